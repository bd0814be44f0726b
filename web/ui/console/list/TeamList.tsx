import { TextInput } from "@mantine/core";
import { useState } from "react";
import { byRoom, freeOf } from "../hand/options";
import { useRoster } from "../hand/useRoster";
import { useI18n } from "../i18n/I18n";
import { useDesk } from "../live/Live";
import classes from "./ListPane.module.css";
import { SeatCard } from "./SeatCard";

/** From this many on a name is found faster by typing. */
const MANY = 8;

/** Who is there, how much each has to do and, for a lead, with what. */
export function TeamList({ open }: { open: string | undefined }) {
  const { t } = useI18n();
  const roster = useRoster();
  const me = useDesk((desk) => desk.agent?.id);
  const [query, search] = useState("");
  if (!roster) return <p className={classes.empty}>{t.loading}</p>;
  const seats = roster.seats.toSorted(byRoom);
  const word = query.trim().toLocaleLowerCase();
  const shown = seats.filter(({ name }) => name.toLocaleLowerCase().includes(word));
  const ready = seats.filter(({ status }) => status === "available");
  const free = ready.reduce((sum, seat) => sum + freeOf(seat), 0);
  return (
    <section aria-label={t.tabs.team}>
      <h2 className={classes.heading}>
        {t.team.there}
        <span className={classes.count}>{seats.length}</span>
      </h2>
      <p className={classes.sum}>{t.team.sum(ready.length, free)}</p>
      {seats.length >= MANY && (
        <TextInput
          className={classes.search ?? ""}
          aria-label={t.team.search}
          placeholder={t.team.search}
          value={query}
          onChange={(event) => search(event.currentTarget.value)}
        />
      )}
      {shown.map((seat) => (
        <SeatCard key={seat.agent} seat={seat} me={seat.agent === me} open={open} />
      ))}
      {shown.length === 0 && <p className={classes.empty}>{t.hand.nothing}</p>}
    </section>
  );
}
