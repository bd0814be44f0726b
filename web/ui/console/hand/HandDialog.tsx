import { useState } from "react";
import { Dialog } from "../desk/Dialog";
import { useI18n } from "../i18n/I18n";
import { wordFor } from "../i18n/language";
import { useDesk } from "../live/Live";
import type { Chat } from "../live/state";
import { HandForm } from "./HandForm";
import type { Handing } from "./handing";
import { type Option, optionsOf } from "./options";
import { Picker } from "./Picker";
import { useRoster } from "./useRoster";

interface Props {
  chat: Chat;
  /** What is being done, or null while the dialog is closed. */
  what: Handing | null;
  onClose: () => void;
}

/** Hands a chat on, or asks a colleague about it: first to whom, then what to say. */
export function HandDialog({ chat, what, onClose }: Props) {
  const { t } = useI18n();
  const words = what && t.hand[what];
  return (
    <Dialog opened={what !== null} onClose={onClose} title={words?.title ?? ""}>
      {what && <Steps key={what} chat={chat} what={what} onClose={onClose} />}
    </Dialog>
  );
}

function Steps({ chat, what, onClose }: Props & { what: Handing }) {
  const { t } = useI18n();
  const roster = useRoster();
  const lines = useDesk((desk) => desk.lines);
  const me = useDesk((desk) => desk.agent?.id);
  const [chosen, choose] = useState<Option | null>(null);
  const nameOf = (queue: string) => wordFor(t.queues, queue);
  const options = optionsOf({ roster, lines, me, queues: what === "transfer", nameOf });
  if (!chosen) return <Picker label={t.hand[what].whom} options={options} onChoose={choose} />;
  const option = options.find(({ key }) => key === chosen.key) ?? chosen;
  return (
    <HandForm
      chat={chat}
      what={what}
      option={option}
      onBack={() => choose(null)}
      onClose={onClose}
    />
  );
}
