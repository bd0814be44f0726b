import { Switch } from "@mantine/core";
import { useState } from "react";
import type { Preview } from "./api";
import { JudgedRow } from "./JudgedRow";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** What is wrong with a draft, else what the last decisions would have been under it. */
export function PreviewPane({ preview }: { preview: Preview | undefined }) {
  const words = useWords().preview;
  const [all, setAll] = useState(false);
  if (!preview) return <Pane title={words.title} text={words.loading} />;
  const { problems, items, changed } = preview;
  if (problems.length > 0) {
    return (
      <section className={classes.card} data-problem="true">
        <h2>{words.problems}</h2>
        <ul className={classes.problems} role="alert">
          {problems.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
    );
  }
  if (items.length === 0) return <Pane title={words.title} text={words.none} />;
  const shown = all ? items : items.filter((item) => item.changed);
  const text = changed ? words.changed(changed, items.length) : words.same(items.length);
  return (
    <Pane title={words.title} text={text}>
      <Switch
        label={words.all}
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      {shown.map((item) => (
        <JudgedRow key={`${item.session}${item.seq}${item.at}`} item={item} />
      ))}
    </Pane>
  );
}

function Pane({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: React.ReactNode;
}) {
  return (
    <section className={classes.card}>
      <h2>{title}</h2>
      <p className={classes.summary} role="status">
        {text}
      </p>
      {children}
    </section>
  );
}
