import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { newsOf } from "../live/alerts";
import { useDesk, useStore } from "../live/Live";
import { attention, visitorTag } from "../live/select";
import { usePreferences } from "../settings/Preferences";
import { oneLine } from "../text/limit";
import { createSounds } from "./sound";

/** Tells the agent what has come in: by sound, by voice (role=status) and in the tab's title. */
export function Alerts({ open }: { open: string | undefined }) {
  const { t } = useI18n();
  const { sound } = usePreferences();
  const store = useStore();
  const [play] = useState(createSounds);
  const [said, say] = useState("");
  const waiting = useDesk(attention);

  useEffect(() => {
    const title = `${t.brand} ${t.console}`;
    document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
  }, [waiting, t]);

  useEffect(
    () =>
      store.subscribe((before, after) => {
        const { offers, messages, consults, notes, online } = newsOf(before, after);
        const unseen = messages.filter(({ chat }) => document.hidden || chat.head.session !== open);
        if (sound && offers.length + consults.length > 0) play("offer");
        else if (sound && unseen.length + notes.length > 0) play("message");
        const words = [
          ...offers.map((offer) => t.announce.offer(wordFor(t.reasons, offer.reason))),
          ...messages.map(({ chat, event }) => {
            const who = t.list.visitor(visitorTag(chat.head.session));
            return t.announce.message(who, oneLine(event.text));
          }),
          ...consults.map(({ from }) => t.announce.consult(oneLine(from, 40))),
          ...notes.map(({ event }) =>
            t.announce.note(oneLine(event.name || t.chat.agent, 40), oneLine(event.text)),
          ),
          ...(online ? [t.announce.online] : []),
        ];
        if (words.length > 0) say(words.join(" "));
      }),
    [store, t, sound, play, open],
  );
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {said}
    </VisuallyHidden>
  );
}
