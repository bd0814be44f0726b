import { Switch } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../console/i18n/I18n";
import { useDecisions } from "./api";
import { JudgedRow } from "./JudgedRow";
import classes from "./ops.module.css";
import { useWords } from "./words/useWords";

/** What was judged lately, each with its trail of reasons. */
export function Decisions() {
  const { lang } = useI18n();
  const words = useWords().decisions;
  const [acted, setActed] = useState(false);
  const { data } = useDecisions(lang, acted);
  return (
    <section className={`${classes.card} ${classes.narrow}`}>
      <p className={classes.hint}>{words.hint}</p>
      <Switch
        label={words.acted}
        checked={acted}
        onChange={(event) => setActed(event.currentTarget.checked)}
      />
      {data?.length === 0 && <p className={classes.summary}>{words.empty}</p>}
      {data?.map((item) => (
        <JudgedRow key={`${item.session}${item.seq}${item.at}`} item={item} />
      ))}
    </section>
  );
}
