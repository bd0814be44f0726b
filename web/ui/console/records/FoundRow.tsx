import { Link } from "wouter";
import { AiLabel } from "../chat/AiLabel";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { fullTime } from "../text/clock";
import type { Found, FoundMessage } from "./api";
import { Marked } from "./Marked";
import { excerpt } from "./marks";
import classes from "./records.module.css";

interface Props {
  found: Found;
  terms: readonly string[];
  href: string;
  open: boolean;
  /** What the site is called, if there are several. */
  site: string | undefined;
}

/** One conversation that was found, with the message that has the words. */
export function FoundRow({ found, terms, href, open, site }: Props) {
  const { t, lang } = useI18n();
  const at = found.message?.at ?? found.opened;
  const facts = [
    site,
    found.queue && wordFor(t.queues, found.queue),
    found.reason && wordFor(t.reasons, found.reason),
    found.rating && t.chat.rated(found.rating),
  ].filter(Boolean);
  return (
    <li>
      <Link href={href} className={classes.row ?? ""} aria-current={open ? "true" : undefined}>
        <span className={classes.rowHead}>
          <time dateTime={at}>{fullTime(at, lang)}</time>
          <span className={classes.owner} data-owner={found.owner}>
            {t.owners[found.owner]}
          </span>
        </span>
        {found.message ? (
          <Said message={found.message} terms={terms} />
        ) : (
          <span className={classes.dim}>{t.list.noWords}</span>
        )}
        {facts.length > 0 && <span className={classes.facts}>{facts.join(" · ")}</span>}
      </Link>
    </li>
  );
}

/** Who said it, with the AI label where a machine did, and the part that was found. */
function Said({ message, terms }: { message: FoundMessage; terms: readonly string[] }) {
  const { t } = useI18n();
  const who = message.from === "agent" && message.name ? message.name : t.chat[message.from];
  return (
    <span className={classes.said} dir="auto">
      <span className={classes.who}>{who}</span>
      {message.ai && <AiLabel />}
      <span className={classes.words}>
        <Marked text={excerpt(message.text, terms)} />
      </span>
    </span>
  );
}
