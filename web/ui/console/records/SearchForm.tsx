import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useI18n } from "../i18n/I18n";
import { Icon } from "../icons/Icon";
import { useAct } from "../keys/Acts";
import { composes } from "../keys/enter";
import { type Asked, filtersIn, searchOf } from "./asked";
import { FilterFields } from "./FilterFields";
import classes from "./records.module.css";

interface Props {
  asked: Asked;
  onAsk: (asked: Asked) => void;
  /** What can be done with all that is found. */
  children: ReactNode;
}

/** The search field, and the filters beside it. */
export function SearchForm({ asked, onAsk, children }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState(asked.q);
  const [open, setOpen] = useState(() => filtersIn(asked) > 0);
  const [field, setField] = useState<HTMLInputElement | null>(null);
  useEffect(() => setText(asked.q), [asked.q]);
  const [focus] = useState(() => () => document.getElementById("records-q")?.focus());
  useAct("records", focus);
  useEffect(() => {
    // A phone's keyboard would hide what there is to see.
    if (field && window.matchMedia("(min-width: 768px)").matches) field.focus();
  }, [field]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAsk({ ...asked, q: text.trim() });
  };
  const filters = filtersIn(asked);
  return (
    <search>
      <form className={classes.form} onSubmit={submit}>
        <TextInput
          id="records-q"
          ref={setField}
          className={classes.field ?? ""}
          type="search"
          maxLength={500}
          leftSection={<Icon name="search" size={16} />}
          aria-label={t.records.search}
          placeholder={t.records.placeholder}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && composes(event.nativeEvent)) event.preventDefault();
          }}
        />
        <Button type="submit">{t.records.go}</Button>
        <Button
          variant="default"
          aria-expanded={open}
          aria-controls="records-filters"
          leftSection={<Icon name="filter" size={16} />}
          onClick={() => setOpen(!open)}
        >
          {filters > 0 ? t.records.filtersOn(filters) : t.records.filters}
        </Button>
        <span className={classes.take}>{children}</span>
      </form>
      <div id="records-filters" hidden={!open}>
        <FilterFields key={searchOf({ ...asked, q: "" })} asked={asked} onAsk={onAsk} />
      </div>
    </search>
  );
}
