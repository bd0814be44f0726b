import type { Clock } from "../../shared/clock";
import { newId } from "../../shared/ids";
import { parseAgent } from "../../shared/parse";
import { type Answer, Socket, type SocketLike, type Status } from "../../shared/socket";
import type {
  AgentHello,
  AgentIn,
  AgentKept,
  AgentMessage,
  AgentOut,
  Leave,
  Presence,
} from "../../shared/wire";
import type { Link } from "./state";
import type { Store } from "./store";
import { createTeam, type Team, watchAgain } from "./team";

/** What an agent can do at the desk. */
export interface Commands extends Team {
  open(): void;
  stop(): void;
  wake(): void;
  presence(status: Presence): void;
  accept(offer: string): void;
  decline(offer: string): void;
  /** Says that the offer is on a screen somebody can see. */
  shown(offer: string): void;
  /** False: the text is too large for one frame and was not taken. */
  write(kind: AgentMessage["t"], session: string, text: string): boolean;
  retry(id: string): void;
  drop(id: string): void;
  typing(session: string): void;
  /** Notes what was seen and tells the visitor. */
  read(session: string, seq: number): void;
  /** Notes what was seen without telling: for a chat that is no longer this agent's. */
  seen(session: string, seq: number): void;
  close(session: string): void;
  release(session: string): void;
  dismiss(notice: number): void;
}

/** What the line needs from outside. */
export interface LineOptions {
  site: string;
  /** The language in which the server should say what went wrong. */
  lang: () => string;
  store: Store;
  clock: Clock;
  random: () => number;
  dial: () => SocketLike;
}

type Out = AgentOut | (AgentHello & { lang: string }) | { t: "shown"; offer: string };

/** Joins a store to the agent socket and returns the commands that go out over it. */
export function createLine({ site, lang, store, clock, random, dial }: LineOptions): Commands {
  let chosen: Presence | null = null;
  const socket = new Socket<AgentIn, Out, AgentKept>({
    dial,
    clock,
    random,
    hello: () => ({ t: "hello", site, lang: lang() }),
    parse: parseAgent,
    isReady: (frame) => frame.t === "snapshot",
    answer: answerTo,
    isUrgent: (kept) => kept.t === "message",
    onFrame(frame) {
      const { unsent } = store.get();
      store.dispatch(frame);
      for (const text of store.get().unsent) {
        // What a log lacks after a failover goes again, also what the old log had acknowledged.
        const isLost = !unsent.includes(text) || isReset(frame, text.frame.session);
        if (isLost && !text.failure) socket.keep(text.frame);
      }
      if (frame.t !== "snapshot") return;
      watchAgain(socket, store);
      socket.pingEvery(frame.limits.ping_ms);
      // A restarted server has forgotten the status; the agent has not.
      if (frame.seat.status === "offline" && chosen) setPresence(chosen);
    },
    onStatus: (status, code) => store.dispatch({ t: "local.link", link: linkOf(status, code) }),
  });
  const setPresence = (status: Presence) => {
    chosen = status;
    if (socket.send({ t: "presence", status })) store.dispatch({ t: "local.presence", status });
  };
  const reply = (answer: "accept" | "decline", offer: string) => {
    if (socket.send({ t: answer, offer })) store.dispatch({ t: "local.answer", offer, answer });
  };
  const leave = (t: "close" | "release", session: string) => {
    const leaving = socket.kept().some((kept) => isLeave(kept) && kept.session === session);
    if (!leaving) socket.keep({ t, session, id: newId() });
  };
  return {
    ...createTeam(socket, store),
    open: () => socket.open(),
    stop: () => socket.close(),
    wake: () => socket.wake(),
    presence: setPresence,
    accept: (offer) => reply("accept", offer),
    decline: (offer) => reply("decline", offer),
    shown: (offer) => void socket.send({ t: "shown", offer }),
    write(kind, session, text) {
      const frame = { t: kind, session, id: newId(), text };
      if (!socket.keep(frame)) return false;
      store.dispatch({ t: "local.write", frame });
      return true;
    },
    retry(id) {
      const text = store.get().unsent.find((unsent) => unsent.frame.id === id);
      if (!text) return;
      store.dispatch({ t: "local.write", frame: text.frame });
      socket.keep(text.frame);
    },
    drop(id) {
      socket.forget(id);
      store.dispatch({ t: "local.drop", id });
    },
    typing: (session) => void socket.send({ t: "typing", session }),
    read(session, seq) {
      store.dispatch({ t: "local.seen", session, seq });
      socket.send({ t: "read", session, seq });
    },
    seen: (session, seq) => store.dispatch({ t: "local.seen", session, seq }),
    close: (session) => leave("close", session),
    release: (session) => leave("release", session),
    dismiss: (key) => store.dispatch({ t: "local.dismiss", key }),
  };
}

/** What a frame means for a text or a leave that waits for its answer. */
export function answerTo(frame: AgentIn, kept: AgentKept): Answer {
  if (frame.t === "ack" || (frame.t === "event" && frame.id === kept.id)) {
    return frame.id === kept.id ? "done" : "none";
  }
  if (frame.t === "error" && frame.id === kept.id) {
    return frame.retry_ms === undefined ? "done" : { again: frame.retry_ms };
  }
  if (!isLeave(kept) && kept.t !== "transfer") return "none";
  if (frame.t === "event" && frame.session === kept.session && frame.kind === "move") {
    return frame.owner === "human" ? "none" : "done";
  }
  if (frame.t === "snapshot") {
    return frame.sessions.some((head) => head.session === kept.session) ? "none" : "done";
  }
  return "none";
}

function isReset(frame: AgentIn, session: string): boolean {
  return frame.t === "session" && frame.reset === true && frame.session === session;
}

function isLeave(kept: AgentKept): kept is Leave {
  return kept.t === "close" || kept.t === "release";
}

function linkOf(status: Status, code: number | undefined): Link {
  if (status === "ready") return "online";
  if (status === "stopped") return code === 3502 ? "revoked" : "refused";
  return status === "resting" ? "offline" : "connecting";
}
