import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useI18n } from "../console/i18n/I18n";
import { type Now, usePreview } from "./api";
import { ChangeList } from "./ChangeList";
import { changes } from "./draft";
import classes from "./ops.module.css";
import { PreviewPane } from "./PreviewPane";
import { Publish } from "./Publish";
import { Rules } from "./Rules";
import { useWords } from "./words/useWords";

const REST_MS = 300;

/** The draft: every number on one side, what it would mean and the way to publish it on the other. */
export function Editor({ now, readOnly }: { now: Now; readOnly: boolean }) {
  const { lang } = useI18n();
  const words = useWords();
  /** What the draft was begun from: a version that came later is offered, not forced. */
  const [base, setBase] = useState(now);
  const [draft, setDraft] = useState(now.policy);
  const [done, setDone] = useState(0);
  const [rested] = useDebouncedValue(draft, REST_MS);
  const preview = usePreview(rested, lang, !readOnly);
  const changed = changes(base.policy, draft);
  const restart = () => {
    setBase(now);
    setDraft(now.policy);
  };
  if (now.version !== base.version && (changed.length === 0 || now.version === done)) restart();
  const isNewer = now.version !== base.version;
  const isBad = rested !== draft || (preview.data?.problems.length ?? 1) > 0;
  return (
    <div className={classes.editor}>
      <Rules
        now={{ ...base, signals: now.signals }}
        draft={draft}
        readOnly={readOnly}
        onChange={setDraft}
      />
      <aside className={classes.side} aria-label={words.preview.title}>
        {readOnly && <p className={classes.notice}>{words.readOnly}</p>}
        {done > 0 && changed.length === 0 && (
          <p className={classes.done} role="status">
            {words.publish.done(done)}
          </p>
        )}
        {isNewer && (
          <div className={classes.notice} role="alert">
            <p>{words.newer(now.version)}</p>
            <Button variant="default" onClick={restart}>
              {words.takeNewer}
            </Button>
          </div>
        )}
        {!readOnly && (
          <section className={classes.card}>
            <h2>{words.diff.title}</h2>
            {changed.length === 0 && <p className={classes.hint}>{words.diff.nothing}</p>}
            {changed.length > 0 && (
              <>
                <ChangeList changes={changed} signals={now.signals} />
                <Publish
                  base={base.version}
                  policy={draft}
                  disabled={isBad || isNewer}
                  label={words.publish.button}
                  onDone={setDone}
                >
                  <Button variant="default" onClick={() => setDraft(base.policy)}>
                    {words.diff.reset}
                  </Button>
                </Publish>
              </>
            )}
          </section>
        )}
        {!readOnly && <PreviewPane preview={preview.data} />}
      </aside>
    </div>
  );
}
