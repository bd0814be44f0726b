import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useId, useState } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { composes } from "../keys/enter";
import classes from "./hand.module.css";
import { OptionRow } from "./OptionRow";
import { found, isOpen, type Option, stepped } from "./options";

interface Props {
  label: string;
  options: readonly Option[];
  onChoose: (option: Option) => void;
}

/** A search with its list below: the arrows walk through it while the input keeps the focus. */
export function Picker({ label, options, onChoose }: Props) {
  const { t } = useI18n();
  const id = useId();
  const [query, search] = useState("");
  const [walked, walk] = useState<string>();
  const shown = found(options, query, (queue) => wordFor(t.queues, queue));
  const first = shown.find(isOpen)?.key;
  const current = shown.some(({ key }) => key === walked) ? walked : first;
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (composes(event.nativeEvent)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(stepped(shown, current, event.key === "ArrowDown" ? 1 : -1));
    }
    const chosen = shown.find(({ key }) => key === current);
    if (event.key === "Enter" && chosen) {
      event.preventDefault();
      onChoose(chosen);
    }
  };
  const rowId = (key: string) => `${id}-${key.replace(/\W/g, "_")}`;
  const groups = [
    { name: t.hand.queues, rows: shown.filter(({ kind }) => kind === "queue") },
    { name: t.hand.colleagues, rows: shown.filter(({ kind }) => kind === "colleague") },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={current && rowId(current)}
        aria-label={label}
        placeholder={t.hand.search}
        autoComplete="off"
        value={query}
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={press}
      />
      <div id={id} role="listbox" aria-label={label} className={classes.list}>
        {groups.map(({ name, rows }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
          <div key={name} role="group" aria-label={name}>
            <div className={classes.group} aria-hidden="true">
              {name}
            </div>
            {rows.map((option) => (
              <OptionRow
                key={option.key}
                id={rowId(option.key)}
                option={option}
                current={option.key === current}
                onChoose={onChoose}
              />
            ))}
          </div>
        ))}
      </div>
      <p className={classes.none} role="status">
        {options.length > 0 && shown.length === 0 && t.hand.nothing}
        {options.length === 0 && t.loading}
      </p>
    </>
  );
}
