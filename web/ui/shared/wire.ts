// The frames of both sockets as discriminated unions, exactly as docs/PROTOCOL.md has them.
// The Go side of the same contract is web/wire; both are tested with web/wire/testdata/frames.json.

/** What both sockets negotiate. */
export const SUBPROTOCOL = "yijian.v1";

/** The largest frame the server accepts, in bytes. */
export const MAX_FRAME = 16 << 10;

/** Who answers the visitor now. */
export type Owner = "bot" | "waiting" | "human" | "closed";

/** Who caused an event. */
export type Role = "visitor" | "bot" | "agent" | "system";

/** How a sent message was typed: three buckets 0–4 and nothing else. */
export interface Pace {
  t: number;
  pause: number;
  edits: number;
}

/** What the server holds the client to. */
export interface Limits {
  frame: number;
  text: number;
  per_minute: number;
  ping_ms: number;
}

/** Enough of the site to reach somebody without this service. */
export interface Site {
  id: string;
  name: string;
  phone?: string;
  hours?: string;
}

// ── Events ──────────────────────────────────────────────────────────────────────────────────────

interface EventHead {
  t: "event";
  seq: number;
  at: string;
  from: Role;
  /** Written by a machine; the server says so, and it is shown wherever the event is. */
  ai?: boolean;
  /** The sender's own id for its messages, the event's id for everything else. */
  id: string;
}

interface MessageBody {
  kind: "message";
  text: string;
  /** What the visitor calls the agent by. */
  name?: string;
  /** Of the bot: what the visitor may say next with one press. */
  suggest?: string[];
}

interface MoveBody {
  kind: "move";
  owner: Owner;
  reason?: string;
  name?: string;
}

interface NoticeBody {
  kind: "notice";
  code: string;
  text?: string;
  /** Of the colleague it is about. */
  name?: string;
}

interface ReadBody {
  kind: "read";
  upto: number;
}

/** A call that the visitor asks for, would rather not have, or was missed for after a day away. */
interface CallbackBody {
  kind: "callback";
  reason: "asked" | "missed" | "cancelled";
  /** For the visitor its middle is hidden. */
  phone?: string;
  /** From when on to call, RFC 3339; absent: as soon as possible. */
  when?: string;
  /** What the visitor says on the telephone to name this conversation. */
  number?: string;
}

interface RatingBody {
  kind: "rating";
  score: number;
  text?: string;
}

/** The router steps in. The text is one plain sentence that says why and what happens. */
interface DecisionBody {
  kind: "decision";
  /** Absent in logs of older versions. */
  action?: "assist" | "offer" | "transfer";
  text?: string;
  reason?: string;
  /** Names the question whether a person should take over; see Reply. */
  offer?: string;
}

/** What the visitor said to such a question. */
interface AnswerBody {
  kind: "answer";
  offer: string;
  yes: boolean;
}

/** A kind this build does not know. It is not shown, but it counts for the position. */
interface OtherBody {
  kind: "other";
}

interface NoteBody {
  kind: "note";
  text: string;
  name?: string;
  /** "whisper": a lead to the agent. */
  code?: string;
}

type PublicBody =
  | MessageBody
  | MoveBody
  | NoticeBody
  | ReadBody
  | RatingBody
  | CallbackBody
  | DecisionBody
  | AnswerBody
  | OtherBody;

/** One entry of the log as the visitor sees it. */
export type VisitorEvent = EventHead & PublicBody;

interface ForAgents {
  session: string;
  agent?: string;
  /** Who a transfer or a consultation asks for. */
  to?: string;
  /** Of a move into a line. */
  queue?: string;
  intent?: string;
  confidence?: number;
  unsure?: boolean;
  /** The record that explains a decision; its shape belongs to router/escalate. */
  decision?: unknown;
}

/** One entry of the log as an agent sees it. */
export type AgentEvent = EventHead & ForAgents & (PublicBody | NoteBody);

// ── Frames both sockets share ───────────────────────────────────────────────────────────────────

export interface Ack {
  t: "ack";
  id: string;
  seq: number;
}

/** Says what was wrong with a frame, in a sentence with the next step. It ends nothing. */
export interface ErrorFrame {
  t: "error";
  code: string;
  message: string;
  id?: string;
  retry_ms?: number;
  /** How else to reach somebody, when the conversation cannot be opened now. */
  site?: Site;
}

/** The last frame of a socket. */
export interface Bye {
  t: "bye";
  code: string;
  retry_ms?: number;
}

export interface Pong {
  t: "pong";
}

export interface Ping {
  t: "ping";
}

// ── Visitor socket ──────────────────────────────────────────────────────────────────────────────

export interface Welcome {
  t: "welcome";
  session: string;
  token: string;
  seq: number;
  owner: Owner;
  policy: number;
  limits: Limits;
  /** The client's position is not one of this log's: drop what is shown, take what follows. */
  reset: boolean;
  site: Site;
}

/** The place in line. */
export interface Queue {
  t: "queue";
  /** From 1. */
  position: number;
  /** Seconds, a range; null when nobody can honestly say. */
  eta: [number, number] | null;
  /** Why the turn comes later than was said before; it never does without a reason. */
  why?: "fewer_agents" | "urgent_ahead" | "longer_chats";
  /** The turn may come any moment. */
  near?: boolean;
  /** People answer at this hour; a place is kept either way. */
  open: boolean;
  /** It is open, and yet nobody is on duty now. */
  unstaffed?: boolean;
  /** When a closed desk opens next, RFC 3339; absent when nobody can say. */
  opens_at?: string;
  hours?: string;
  /** So many are in front that a call may be the better wait. */
  full?: boolean;
  /** What the visitor says on the telephone to name this conversation. */
  number?: string;
}

/**
 * A page of older events, oldest first. It is no part of VisitorIn: who asks for pages reads them
 * with parseHistory, and a widget that does not ask pays nothing for them.
 */
export interface History {
  t: "history";
  /** As it was asked. */
  before: number;
  events: VisitorEvent[];
  more: boolean;
  /** What to ask before for the page ahead of this one, while there is more. */
  next?: number;
}

/** When a quiet conversation ends by itself, on a site that has turned that on. */
export interface Idle {
  t: "idle";
  /** Show that the end is near, with one tap that sends extend. False takes it back. */
  warn: boolean;
  /** Absent: it does not end by itself. */
  left_ms?: number;
}

/** A part of an answer that a machine is still making; see docs/PROTOCOL.md. */
export interface Delta {
  t: "delta";
  stream: string;
  ai: true;
  /** Where the text belongs, in UTF-16 units from the beginning of the answer. */
  at: number;
  text: string;
}

export interface AgentTyping {
  t: "typing";
  from: Role;
}

/** Every frame a visitor's socket receives. */
export type VisitorIn =
  | Welcome
  | VisitorEvent
  | Ack
  | Queue
  | Idle
  | AgentTyping
  | Delta
  | ErrorFrame
  | Bye
  | Pong;

export interface VisitorHello {
  t: "hello";
  site: string;
  token?: string;
  since?: number;
  tail?: string;
  lang: string;
  assist?: Assist;
  /** A person first, always; "bot" takes that back. */
  first?: "human" | "bot";
}

/** The help the visitor switched on: none, larger text, larger still. */
export type Assist = 0 | 1 | 2;

/** The visitor chose anew how to be served. */
export interface Prefer {
  t: "prefer";
  assist: Assist;
  first?: "human" | "bot";
}

/** Yes or no to a decision that asks whether a person should take over. */
export interface Reply {
  t: "answer";
  id: string;
  offer: string;
  yes: boolean;
}

export interface VisitorMessage {
  t: "message";
  id: string;
  text: string;
  pace?: Pace;
}

export interface Human {
  t: "human";
  id: string;
}

export interface BackToBot {
  t: "bot";
  id: string;
}

export interface End {
  t: "end";
  id: string;
}

/** The id is only the client's own; the server answers with a rating event. */
export interface Rate {
  t: "rate";
  id: string;
  score: number;
  comment?: string;
}

/** Turns the place in line into a call, or with cancel back. The server answers with a callback event. */
export interface AskCall {
  t: "callback";
  id: string;
  phone?: string;
  /** RFC 3339; absent: as soon as possible. */
  when?: string;
  cancel?: true;
}

export interface VisitorRead {
  t: "read";
  seq: number;
}

export interface AskHistory {
  t: "history";
  before: number;
  id?: string;
}

/** One more full time before the end that an idle frame warned of. */
export interface Extend {
  t: "extend";
}

/** The warning of an idle frame is on a visible screen: only from then on does its time count. */
export interface WarningShown {
  t: "shown";
}

export interface VisitorTyping {
  t: "typing";
}

/** The visitor's frames that are sent again until they are answered. */
export type VisitorKept = VisitorMessage | Human | BackToBot | End | Rate | AskCall | Reply;

/** Every frame a visitor's socket sends. */
export type VisitorOut =
  | VisitorHello
  | VisitorKept
  | Prefer
  | VisitorRead
  | VisitorTyping
  | Extend
  | WarningShown
  | AskHistory
  | Ping;

// ── Agent socket ────────────────────────────────────────────────────────────────────────────────

export type SeatStatus = "available" | "busy" | "away" | "wrap_up" | "offline";

/** The statuses an agent may choose. */
export type Presence = Exclude<SeatStatus, "wrap_up">;

export interface Seat {
  status: SeatStatus;
  capacity: number;
  load: number;
  /** What is left of the time for notes; of one's own seat only. */
  wrap_ms?: number;
}

export interface Me {
  id: string;
  name: string;
  role: string;
  site: string;
}

/** The head of one session; its events from since+1 follow. */
export interface SessionHead {
  session: string;
  seq: number;
  owner: Owner;
  lang?: string;
  reason?: string;
  queue?: string;
  wait_ms: number;
  away?: boolean;
  /** What the visitor may say on the telephone to name this conversation. */
  number?: string;
  /** Set while the visitor waits for a call. */
  call?: Call;
  /** When people answer the queue, in a line; absent if they always do. */
  hours?: string;
  /** The log is another one than was shown: drop it and take the events that follow. */
  reset?: boolean;
}

/** A call that a visitor waits for. */
export interface Call {
  phone?: string;
  /** From when on to call, RFC 3339; absent: as soon as possible. */
  when?: string;
  /** Missed: the visitor was gone for a day. */
  reason: "asked" | "missed";
}

/** Holds a ticket for this agent for left_ms from the moment the frame arrived. */
export interface OfferBody {
  offer: string;
  session: string;
  queue: string;
  reason: string;
  lang?: string;
  wait_ms: number;
  left_ms: number;
  summary?: string;
  number?: string;
  /** Set if the visitor waits for a call. */
  call?: Call;
}

export interface Line {
  queue: string;
  waiting: number;
  longest_ms: number;
}

/** Replaces all the console holds. */
export interface Snapshot {
  t: "snapshot";
  agent: Me;
  seat: Seat;
  sessions: SessionHead[];
  offers: OfferBody[];
  queues: Line[];
  limits: Limits;
}

export type Offer = { t: "offer" } & OfferBody;

export interface OfferGone {
  t: "offer_gone";
  offer: string;
  code: string;
}

export type SessionFrame = { t: "session" } & SessionHead;

export interface Queues {
  t: "queues";
  queues: Line[];
  /** How many are to be called or were missed. */
  calls?: number;
}

export interface SeatFrame {
  t: "seat";
  seat: Seat;
}

/** Who is to be called or was missed, in the order of the calls. */
export interface Callbacks {
  t: "callbacks";
  callbacks: Callback[];
  /** There are more than a frame holds. */
  more?: boolean;
}

/** One ticket of that list. Any agent may take it. */
export interface Callback {
  session: string;
  number: string;
  call: Call;
  queue: string;
  lang?: string;
  wait_ms: number;
  summary?: string;
  /** It is offered to somebody just now. */
  taken?: boolean;
}

/** Somebody on a seat. */
export type Colleague = {
  agent: string;
  name: string;
  skills?: string[];
  /** What this agent answers; told to those who may watch it. */
  holds?: Held[];
} & Seat;

/** A conversation that a colleague answers. */
export interface Held {
  session: string;
  number: string;
  queue: string;
  lang?: string;
  reason?: string;
  summary?: string;
  held_ms: number;
}

/** Who is there and what the queues are, for those who hand on a conversation. */
export interface Seats {
  t: "seats";
  seats: Colleague[];
  queues: string[];
}

/** A colleague asks for help with a session; watch opens it. */
export interface Consult {
  t: "consult";
  session: string;
  /** The colleague's name. */
  from: string;
}

export interface SessionTyping {
  t: "typing";
  session: string;
  from: Role;
}

/** An ack on the agent socket; it names its session too. */
export type AgentAck = Ack & { session: string };

/** Every frame an agent's socket receives. */
export type AgentIn =
  | Snapshot
  | Offer
  | OfferGone
  | SessionFrame
  | AgentEvent
  | Queues
  | SeatFrame
  | Callbacks
  | Seats
  | Consult
  | SessionTyping
  | AgentAck
  | ErrorFrame
  | Bye
  | Pong;

export interface AgentHello {
  t: "hello";
  site: string;
  token?: string;
}

/** What an agent writes: to the visitor, to colleagues, or as a lead to the agent who answers. */
export interface AgentMessage {
  t: "message" | "note" | "whisper";
  session: string;
  id: string;
  text: string;
}

/** Ends a session or gives it back to the line. */
export interface Leave {
  t: "close" | "release";
  session: string;
  id: string;
}

/** Gives a session to a queue or to one colleague, with a note that only agents read. */
export interface Transfer {
  t: "transfer";
  session: string;
  id: string;
  queue?: string;
  agent?: string;
  note?: string;
}

/** Asks a colleague about a session, who may then read it and write notes. */
export interface AskColleague {
  t: "consult";
  session: string;
  id: string;
  agent: string;
  text: string;
}

/** A lead writes beside the agent from join to leave. */
export interface Beside {
  t: "join" | "leave";
  session: string;
  id: string;
}

/** A session is answered by this agent from now on: a colleague's, or one that waits. */
export interface Take {
  t: "takeover" | "take";
  session: string;
  id: string;
}

/** The agent's frames that are sent again until they are answered. */
export type AgentKept = AgentMessage | Leave | Transfer | AskColleague | Beside;

/** Every frame an agent's socket sends. */
export type AgentOut =
  | AgentHello
  | AgentKept
  | Take
  | { t: "callbacks" | "seats" }
  | { t: "presence"; status: Presence }
  | { t: "accept" | "decline"; offer: string }
  | { t: "typing" | "unwatch"; session: string }
  | { t: "read"; session: string; seq: number }
  | { t: "watch"; session: string; id: string; since?: number }
  | Ping;
