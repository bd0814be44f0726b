import { useMemo } from "react";
import { useAct } from "../keys/Acts";
import { useCommands, useDesk } from "../live/Live";
import { leftChats, myChats, watchedChats } from "../live/select";
import type { Desk } from "../live/state";
import { useOpenChat } from "./place";

/**
 * The keys that go through the list: next, previous, and accepting the first offer. Where the list is
 * not in sight, only the last.
 */
export function useWalk(open: string | undefined, inSight: boolean): void {
  const desk = useDesk(whole);
  const go = useOpenChat();
  const { accept } = useCommands();
  const acts = useMemo(() => {
    const chats = [...myChats(desk), ...watchedChats(desk), ...leftChats(desk)].map(
      (chat) => chat.head.session,
    );
    const at = chats.indexOf(open ?? "");
    const step = (to: string | undefined) => (to ? () => go(to) : null);
    const first = desk.offers.find((offer) => !offer.answer);
    return {
      next: step(chats[at + 1]),
      previous: step(chats[at < 0 ? chats.length - 1 : at - 1]),
      accept: first
        ? () => {
            accept(first.offer);
            go(first.session);
          }
        : null,
    };
  }, [desk, open, go, accept]);
  useAct("next", inSight ? acts.next : null);
  useAct("previous", inSight ? acts.previous : null);
  useAct("accept", acts.accept);
}

function whole(desk: Desk): Desk {
  return desk;
}
