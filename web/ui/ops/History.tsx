import { Button } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../console/i18n/I18n";
import { type Now, useVersions, type Version } from "./api";
import { ChangeList } from "./ChangeList";
import { changes } from "./draft";
import classes from "./ops.module.css";
import { Publish } from "./Publish";
import { useWords } from "./words/useWords";

/** What was published: who, when, why, and what changed; any version can be restored. */
export function History({ now, readOnly }: { now: Now; readOnly: boolean }) {
  const words = useWords();
  const versions = useVersions();
  if (!versions.data) return null;
  const all = versions.data;
  return (
    <div className={classes.narrow}>
      {!readOnly && (
        <a className={classes.csv} href="/v1/policies/audit.csv" download>
          {words.history.csv}
        </a>
      )}
      <ol className={classes.versions}>
        {all.map((version, at) => (
          <li key={version.version}>
            <Entry version={version} before={all[at + 1]} now={now} readOnly={readOnly} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface EntryProps {
  version: Version;
  before: Version | undefined;
  now: Now;
  readOnly: boolean;
}

function Entry({ version, before, now, readOnly }: EntryProps) {
  const { lang } = useI18n();
  const words = useWords().history;
  const [restoring, setRestoring] = useState(false);
  const isCurrent = version.version === now.version;
  const when = new Date(version.at).toLocaleString(lang, {
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <article className={classes.card} aria-labelledby={`v${version.version}`}>
      <header className={classes.entry}>
        <h2 id={`v${version.version}`}>{words.version(version.version)}</h2>
        {isCurrent && <span className={classes.badge}>{words.current}</span>}
        {version.restores && (
          <span className={classes.restores}>{words.restores(version.restores)}</span>
        )}
        <code title={version.hash}>{version.hash.slice(0, 8)}</code>
      </header>
      <p className={classes.hint}>
        {version.name} · {when}
      </p>
      <p className={classes.reason}>{version.version === 1 ? words.first : version.reason}</p>
      {before && (
        <ChangeList changes={changes(before.policy, version.policy)} signals={now.signals} />
      )}
      {!readOnly && !isCurrent && !restoring && (
        <Button variant="default" onClick={() => setRestoring(true)}>
          {words.restore}
        </Button>
      )}
      {restoring && (
        <section aria-label={words.restoring(version.version)}>
          <ChangeList changes={changes(now.policy, version.policy)} signals={now.signals} />
          <Publish
            base={now.version}
            restore={version.version}
            disabled={false}
            label={words.confirm}
            onDone={() => setRestoring(false)}
          >
            <Button variant="default" onClick={() => setRestoring(false)}>
              {words.cancel}
            </Button>
          </Publish>
        </section>
      )}
    </article>
  );
}
