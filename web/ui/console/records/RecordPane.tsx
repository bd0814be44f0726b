import { ActionIcon, Button, CopyButton, Loader, Tooltip } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { Problem } from "../api/client";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { Icon } from "../icons/Icon";
import { visitorTag } from "../live/select";
import { fullTime } from "../text/clock";
import { eventsOf, exportOneAddress, type Found, useTranscript } from "./api";
import { EraseOne } from "./EraseOne";
import { ExportMenu } from "./ExportMenu";
import { Terms } from "./Marked";
import { RecordLog } from "./RecordLog";
import classes from "./records.module.css";

interface Props {
  session: string;
  seq: number;
  /** What the search told about it, if it is in sight. */
  found: Found | undefined;
  terms: readonly string[];
  /** The address of the list. */
  back: string;
  mayTake: boolean;
  mayErase: boolean;
}

/** One conversation of the record, to read. */
export function RecordPane(props: Props) {
  const { session, seq, found, terms, back, mayTake, mayErase } = props;
  const { t, lang } = useI18n();
  const [erased, setErased] = useState(false);
  const pages = useTranscript(session, seq);
  const events = eventsOf(pages.data?.pages);
  const owner = pages.data?.pages.at(-1)?.owner;
  const began = found?.opened ?? (events[0]?.seq === 1 ? events[0].at : undefined);
  const facts = [
    owner && t.owners[owner],
    began && fullTime(began, lang),
    found?.queue && wordFor(t.queues, found.queue),
    found?.reason && wordFor(t.reasons, found.reason),
    found?.rating && t.chat.rated(found.rating),
  ].filter(Boolean);
  if (erased) return <Erased session={session} back={back} />;
  const gone = pages.error instanceof Problem && pages.error.status === 404;
  return (
    <>
      <header className={classes.head}>
        <Link href={back} className={classes.back ?? ""} aria-label={t.records.toList}>
          <Icon name="back" size={20} />
        </Link>
        <div className={classes.title}>
          <h2>{t.list.visitor(visitorTag(session))}</h2>
          <p>{facts.join(" · ")}</p>
        </div>
        <CopyId id={session} />
        {mayTake && (
          <ExportMenu
            name={t.records.takeOne}
            address={(format) => exportOneAddress(session, format)}
          />
        )}
        {mayErase && <EraseOne session={session} onErased={() => setErased(true)} />}
      </header>
      {pages.isPending && (
        <div className={classes.empty} role="status">
          <Loader size="sm" />
          <span>{t.loading}</span>
        </div>
      )}
      {pages.isError && events.length === 0 && (
        <div className={classes.empty} role="alert">
          <strong>{gone ? t.records.gone : t.records.failed}</strong>
          <span>{gone ? t.records.goneHint : t.records.failedHint}</span>
          {!gone && (
            <Button variant="light" onClick={() => pages.refetch()}>
              {t.records.again}
            </Button>
          )}
        </div>
      )}
      {events.length > 0 && (
        <Terms value={terms}>
          <RecordLog
            events={events}
            seq={seq}
            earlier={pages.hasPreviousPage ? () => void pages.fetchPreviousPage() : undefined}
            later={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
          />
        </Terms>
      )}
    </>
  );
}

/** What stands where a conversation stood that was erased from here. */
function Erased({ session, back }: { session: string; back: string }) {
  const { t } = useI18n();
  return (
    <div className={classes.empty} role="status">
      <span className={classes.sign}>
        <Icon name="check" size={36} />
      </span>
      <strong>{t.records.erase.done(visitorTag(session))}</strong>
      <span>{t.records.erase.doneHint}</span>
      <Button component={Link} href={back} variant="light">
        {t.records.toList}
      </Button>
    </div>
  );
}

/** The number of the chat, to take along: the search finds it, and so do the commands. */
function CopyId({ id }: { id: string }) {
  const { t } = useI18n();
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t.about.copied : t.about.copy}>
          <ActionIcon aria-label={copied ? t.about.copied : t.about.copy} onClick={copy}>
            <Icon name={copied ? "check" : "copy"} size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}
