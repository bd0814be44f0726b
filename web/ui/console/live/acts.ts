import type { AgentEvent, AgentIn, ErrorFrame } from "../../shared/wire";

/** What can be asked of the server besides writing. */
export type ActName = "transfer" | "consult" | "join" | "leave" | "takeover" | "take" | "watch";

/** Something asked of the server that it has not done yet, or has refused. */
export interface Act {
  id: string;
  t: ActName;
  session: string;
  /** The server's answer, if it was no. */
  failure?: { code: string; message: string };
}

/** The acts a dialog waits for: it shows the refusal itself. All others are told above the panes. */
const inDialog: readonly ActName[] = ["transfer", "consult"];

/** The acts that are sent once: nobody knows what became of them when the connection breaks. */
const sentOnce: readonly ActName[] = ["takeover", "take", "watch"];

/** Reports whether the act is sent again, under the same id, until it is answered. */
export function isKept(act: Act): boolean {
  return !sentOnce.includes(act.t);
}

/** The acts that are still open after a frame. */
export function openActs(
  acts: readonly Act[],
  frame: AgentIn,
  me: string | undefined,
): readonly Act[] {
  const open = acts.filter((act) => !isDone(act, frame, me));
  return open.length === acts.length ? acts : open;
}

function isDone(act: Act, frame: AgentIn, me: string | undefined): boolean {
  switch (frame.t) {
    case "ack":
      return frame.id === act.id;
    case "session":
      return frame.session === act.session && (act.t === "watch" || act.t === "take");
    case "snapshot":
      // What is watched is asked for again, and a chat that is not listed has gone where it was sent.
      return (
        act.t === "watch" ||
        (act.t === "transfer" && !frame.sessions.some(({ session }) => session === act.session))
      );
    case "event":
      return frame.id === act.id || (frame.session === act.session && ends(act, frame, me));
    default:
      return false;
  }
}

/** A move may bring about what was asked for, or make it pointless. */
function ends(act: Act, event: AgentEvent, me: string | undefined): boolean {
  if (event.kind !== "move" || act.t === "watch") return false;
  if (act.t === "take" || act.t === "takeover") {
    return event.owner === "closed" || (event.owner === "human" && event.agent === me);
  }
  return event.owner !== "human" && act.t !== "consult";
}

/** The acts after an error, and the code to tell above the panes if no dialog shows it. */
export function refusedAct(
  acts: readonly Act[],
  { id, code, message }: ErrorFrame,
): { acts: readonly Act[]; tell?: string } | null {
  const act = acts.find((one) => one.id === id);
  if (!act) return null;
  if (inDialog.includes(act.t)) {
    const failed = { ...act, failure: { code, message } };
    return { acts: acts.map((one) => (one === act ? failed : one)) };
  }
  return { acts: acts.filter((one) => one !== act), tell: `${act.t}.${code}` };
}

/** The acts whose end nobody will learn now that the connection is broken, and the others. */
export function lostActs(acts: readonly Act[]): { lost: Act[]; kept: readonly Act[] } {
  // What is watched is asked for again by itself.
  const lost = acts.filter((act) => !isKept(act) && act.t !== "watch");
  return { lost, kept: lost.length > 0 ? acts.filter(isKept) : acts };
}
