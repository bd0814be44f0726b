import { newId } from "../../shared/ids";
import type { AgentKept, AgentOut } from "../../shared/wire";
import type { Act, ActName } from "./acts";
import type { Watching } from "./state";
import type { Store } from "./store";

/** What agents do with each other's conversations. Those that return a string return an act's id. */
export interface Team {
  /** Asks who is there and what the queues are. */
  seats(): void;
  /** Asks who is to be called. */
  callbacks(): void;
  /** Hands a chat to a queue or a colleague. */
  transfer(session: string, to: Target, note: string): string;
  /** Asks a colleague about a chat. */
  consult(session: string, agent: string, text: string): string;
  /** Writes beside the agent from now on, or no more; the visitor is told. */
  beside(t: "join" | "leave", session: string): void;
  /** Answers a colleague's chat from now on. */
  takeover(session: string): void;
  /** Answers a chat that waits, whatever the order of the line. */
  take(session: string): void;
  /** Reads a chat that somebody else answers. */
  watch(session: string, as: Watching): void;
  /** Takes a chat off the page, and no longer reads it. */
  forget(session: string): void;
  /** A colleague's question was looked at or put aside. */
  answered(session: string): void;
  forgetAct(id: string): void;
}

/** Where a chat is handed on: to a line, or to one colleague. */
export type Target = { queue: string } | { agent: string };

interface Out {
  send(frame: AgentOut): boolean;
  keep(frame: AgentKept): boolean;
}

/** The commands around colleagues, over a socket. */
export function createTeam(socket: Out, store: Store): Team {
  const begin = (t: ActName, session: string): Act => {
    const act = { id: newId(), t, session };
    store.dispatch({ t: "local.act", act });
    return act;
  };
  const keep = (act: Act, frame: AgentKept) => {
    if (socket.keep(frame)) return act.id;
    const failure = { code: "too_large", message: "" };
    store.dispatch({ t: "local.act", act: { ...act, failure } });
    return act.id;
  };
  const once = (t: "takeover" | "take", session: string) => {
    const pending = store.get().acts.some((act) => act.t === t && act.session === session);
    if (pending || store.get().link !== "online") return;
    const { id } = begin(t, session);
    socket.send({ t, session, id });
  };
  return {
    seats: () => void socket.send({ t: "seats" }),
    callbacks: () => void socket.send({ t: "callbacks" }),
    transfer(session, to, note) {
      const act = begin("transfer", session);
      return keep(act, { t: "transfer", session, id: act.id, ...to, ...(note ? { note } : {}) });
    },
    consult(session, agent, text) {
      const act = begin("consult", session);
      return keep(act, { t: "consult", session, id: act.id, agent, text });
    },
    beside(t, session) {
      const act = begin(t, session);
      keep(act, { t, session, id: act.id });
    },
    takeover: (session) => once("takeover", session),
    take: (session) => once("take", session),
    watch(session, as) {
      const { watched, chats, link } = store.get();
      if (watched[session] && chats[session]) return;
      store.dispatch({ t: "local.watch", session, as });
      if (link === "online") socket.send({ t: "watch", ...named(begin("watch", session)) });
    },
    forget(session) {
      store.dispatch({ t: "local.forget", session });
      socket.send({ t: "unwatch", session });
    },
    answered: (session) => store.dispatch({ t: "local.answered", session }),
    forgetAct: (id) => store.dispatch({ t: "local.forgetAct", id }),
  };
}

/** After a new start the server has forgotten what this console watches. */
export function watchAgain(socket: Out, store: Store): void {
  for (const session of Object.keys(store.get().watched)) {
    const act: Act = { id: newId(), t: "watch", session };
    store.dispatch({ t: "local.act", act });
    socket.send({ t: "watch", ...named(act) });
  }
}

function named({ id, session }: Act): { id: string; session: string } {
  return { id, session };
}
