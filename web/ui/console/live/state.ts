import type {
  AgentEvent,
  AgentIn,
  AgentMessage,
  Callbacks,
  Consult,
  Limits,
  Line,
  Me,
  OfferBody,
  Presence,
  Seat,
  Seats,
  SessionHead,
} from "../../shared/wire";
import type { Act } from "./acts";

/** How the line to the server is. */
export type Link = "connecting" | "online" | "offline" | "restarting" | "refused" | "revoked";

/** What this agent wrote, and where it stood in the log. */
export interface OwnText {
  seq: number;
  frame: AgentMessage;
}

/** One visitor's conversation as the console holds it. */
export interface Chat {
  head: SessionHead;
  /** When the head was received; what was measured then has grown since. */
  headAt: number;
  /** By seq, without doubles. */
  events: readonly AgentEvent[];
  /** The agent behind the last move to a person; unknown until such a move was seen. */
  agent?: string;
  /** What that agent is called. */
  agentName?: string;
  /** Shown until the server has sent it anew. */
  stale?: boolean;
  /** The last seq this agent has seen. */
  seen: number;
  /** A failover replaced the log, and until it is back: up to which seq, and what this agent wrote. */
  rebuild?: { upto: number; own: readonly OwnText[] };
  /** The visitor is typing until then. */
  typingUntil: number;
}

/** A ticket that is held for this agent. */
export interface Offered extends OfferBody {
  until: number;
  receivedAt: number;
  /** What this agent has answered and the server has not confirmed yet. */
  answer?: "accept" | "decline";
}

/** A text of this agent that is not in the log yet. */
export interface Unsent {
  frame: AgentMessage;
  at: number;
  /** Set when the server refused it: the code and the server's own sentence. */
  failure?: { code: string; message: string };
}

/** How an agent reads what somebody else answers: as a lead, or because that colleague asked. */
export type Watching = "lead" | "guest";

/** Something the agent has to be told outside a conversation. */
export interface Notice {
  key: number;
  /** `gone`: why an offer ended. `error`: what the server refused. */
  about: "gone" | "error";
  code: string;
  message?: string;
}

/** All that the console knows from its socket. */
export interface Desk {
  link: Link;
  agent: Me | null;
  seat: Seat | null;
  /** When the seat was told of. */
  seatAt: number;
  /** The status asked for, until the server has said which one holds. */
  wanted?: Presence;
  limits: Limits | null;
  chats: Readonly<Record<string, Chat>>;
  offers: readonly Offered[];
  lines: readonly Line[];
  linesAt: number;
  /** How many are to be called or were missed. */
  calls: number;
  /** Who is there and what the queues are, since it was last asked for. */
  roster: Seats | null;
  /** Who is to be called or was missed, since it was last asked for. */
  callbacks: Callbacks | null;
  /** When that list was told. */
  callbacksAt: number;
  /** The conversations that colleagues ask about and this agent has not looked at. */
  consults: readonly Consult[];
  /** The conversations of others that this agent reads. */
  watched: Readonly<Record<string, Watching>>;
  /** What was asked of the server and is not done yet. */
  acts: readonly Act[];
  /** What colleagues are called, by their id. */
  people: Readonly<Record<string, string>>;
  unsent: readonly Unsent[];
  notices: readonly Notice[];
  noticeKey: number;
}

/** What happens in the page itself. */
export type Local =
  | { t: "local.link"; link: Link }
  | { t: "local.presence"; status: Presence }
  | { t: "local.answer"; offer: string; answer: "accept" | "decline" }
  | { t: "local.write"; frame: AgentMessage }
  | { t: "local.drop"; id: string }
  | { t: "local.seen"; session: string; seq: number }
  | { t: "local.forget"; session: string }
  | { t: "local.answered"; session: string }
  | { t: "local.watch"; session: string; as: Watching }
  | { t: "local.act"; act: Act }
  | { t: "local.forgetAct"; id: string }
  | { t: "local.dismiss"; key: number };

/** Everything that can change the desk. */
export type Action = AgentIn | Local;

/** The desk before the first snapshot. */
export const emptyDesk: Desk = {
  link: "connecting",
  agent: null,
  seat: null,
  seatAt: 0,
  limits: null,
  chats: {},
  offers: [],
  lines: [],
  linesAt: 0,
  calls: 0,
  roster: null,
  callbacks: null,
  callbacksAt: 0,
  consults: [],
  watched: {},
  acts: [],
  people: {},
  unsent: [],
  notices: [],
  noticeKey: 0,
};
