import { Autocomplete, Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useFilters } from "./api";
import { ANYTHING, type Asked, filtersIn } from "./asked";
import classes from "./records.module.css";

/** What a conversation may have been handed over for, the most usual first. */
const REASONS = [
  "button",
  "words",
  "failed_turns",
  "refused_bot",
  "repeated",
  "bot_repeated",
  "bot_silent",
  "frustrated",
  "complaint",
  "hesitated",
  "returned",
  "safety",
  "bot",
  "first_human",
  "reopened",
  "transferred",
  "released",
  "agent_lost",
  "callback",
  "imported",
];

interface Props {
  asked: Asked;
  onAsk: (asked: Asked) => void;
}

/** The filters. Each acts at once, but for the agent, who may be typed. */
export function FilterFields({ asked, onAsk }: Props) {
  const { t, lang } = useI18n();
  const { data } = useFilters();
  const people = data?.agents ?? [];
  const [agent, setAgent] = useState(
    () => people.find(({ id }) => id === asked.agent)?.name ?? asked.agent,
  );
  const set = (part: Partial<Asked>) => onAsk({ ...asked, ...part });
  const setPerson = (name: string) => {
    const id = people.find((one) => one.name === name)?.id ?? name.trim();
    if (id !== asked.agent) set({ agent: id });
  };
  const any = { value: "", label: t.records.any };
  const named = (sites = data?.sites ?? []) =>
    sites.map((site) => ({
      value: site.id,
      label: (lang === "en" ? site.name_en : site.name_zh) || site.id,
    }));
  const choice = (name: "site" | "queue" | "reason" | "rating", all: Choice[]) => (
    <NativeSelect
      label={t.records[name]}
      value={asked[name]}
      data={[any, ...kept(all, asked[name])]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  const inWords = (table: Record<string, string>, codes: readonly string[]) =>
    codes.map((code) => ({ value: code, label: wordFor(table, code) }));
  return (
    <div className={classes.filters}>
      <TextInput
        type="date"
        label={t.records.from}
        value={asked.from}
        max={asked.to || undefined}
        onChange={(event) => set({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t.records.to}
        value={asked.to}
        min={asked.from || undefined}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      {(data?.sites.length ?? 0) > 1 && choice("site", named())}
      <Autocomplete
        label={t.records.agent}
        placeholder={t.records.any}
        value={agent}
        data={[...new Set(people.map(({ name }) => name))]}
        onChange={setAgent}
        onOptionSubmit={setPerson}
        onBlur={() => setPerson(agent)}
        onKeyDown={(event) => {
          if (event.key === "Enter") setPerson(agent);
        }}
      />
      {choice("queue", inWords(t.queues, data?.queues ?? []))}
      {choice("reason", inWords(t.reasons, REASONS))}
      {choice(
        "rating",
        [5, 4, 3, 2, 1].map((n) => ({ value: `${n}`, label: t.records.stars(n) })),
      )}
      {filtersIn(asked) > 0 && (
        <Button variant="subtle" onClick={() => onAsk({ ...ANYTHING, q: asked.q })}>
          {t.records.clear}
        </Button>
      )}
    </div>
  );
}

interface Choice {
  value: string;
  label: string;
}

/** The choices, with the one that is made even if nobody offers it any more. */
function kept(all: Choice[], value: string): Choice[] {
  const there = !value || all.some((choice) => choice.value === value);
  return there ? all : [...all, { value, label: value }];
}
