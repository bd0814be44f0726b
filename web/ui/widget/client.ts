// The visitor's side of the conversation without a page: a state, a socket, and what is kept in the
// browser. The view calls the verbs and is told when something changed.

import { visitorAnswers } from "../shared/answer";
import type { Clock } from "../shared/clock";
import { parseVisitor } from "../shared/parse";
import * as log from "../shared/reduce";
import { Socket, type SocketLike, type Status } from "../shared/socket";
import type {
  Extend,
  Owner,
  Pace,
  VisitorHello,
  VisitorIn,
  VisitorKept,
  VisitorOut,
  WarningShown,
} from "../shared/wire";
import type { Store } from "./store";

export interface ClientOptions {
  site: string;
  lang: string;
  dial: () => SocketLike;
  clock: Clock;
  random: () => number;
  newId: () => string;
  store: Store;
  /** Runs when no other tab is about to begin a conversation, or when that takes too long. */
  alone: (run: () => Promise<void>) => void;
  /** How to reach somebody as the page says it, until the server or an earlier visit does. */
  contact?: { phone?: string | undefined; hours?: string | undefined };
  onChange: () => void;
}

/** What the view shows. */
export interface Model {
  state: log.VisitorState;
  status: Status;
  /** Since when there is no connection, ms since 1970; 0 while there is one or none is wanted. */
  lostAt: number;
  /** The server is there but cannot open the conversation now. */
  down: boolean;
  /** A person was asked for and the server has not answered yet. */
  asking: boolean;
  phone: string;
  hours: string;
}

type WithoutId<F> = F extends unknown ? Omit<F, "id"> : never;
/** One press: a frame that is sent until it is answered, and gets its id here. */
export type Tap = WithoutId<VisitorKept>;

const TYPING_EVERY_MS = 3_000;
/** To a bot typing only says that somebody is there, so that nobody is taken for gone. */
const THERE_EVERY_MS = 30_000;
const TEXT_BYTES = 8 << 10;

/** The visitor's side of one session. */
export type Client = ReturnType<typeof createClient>;

/** Makes the client; it connects when it is told to. */
export function createClient(o: ClientOptions) {
  const { store, clock, newId } = o;
  const saved = store.session();
  const posted = new Set<string>();
  let state = log.EMPTY;
  let status: Status = "idle";
  let lostAt = 0;
  let down = false;
  let hasLeft = false;
  /** Of all tabs without a conversation, the one that holds the turn begins it. */
  let turn: "" | "asked" | "held" = "";
  let passTurn = () => {};
  let typedAt = 0;
  let readSeq = 0;
  let token = saved?.token;

  const socket = new Socket<VisitorIn, VisitorOut, VisitorKept>({
    dial: o.dial,
    clock,
    random: o.random,
    hello,
    parse: parseVisitor,
    isReady: (frame) => frame.t === "welcome",
    answer: visitorAnswers(),
    isUrgent: (frame) => frame.t === "human",
    onFrame: heard,
    onStatus: turned,
  });
  const keeps = (t: VisitorKept["t"]) => socket.kept().some((frame) => frame.t === t);

  function model(): Model {
    const { phone = "", hours = "" } = state.site ?? saved ?? o.contact ?? {};
    return { state, status, lostAt, down, asking: keeps("human"), phone, hours };
  }

  /** Somebody waits for us, or we have something to say: connect without being opened. */
  function isExpected(): boolean {
    return isServed(saved?.owner) || socket.kept().length > 0;
  }

  /** Connects: to the conversation of this browser, or to a new one when it is this tab's turn. */
  function connect(): void {
    if (token || turn === "held") socket.open();
    else if (!turn) {
      turn = "asked";
      o.alone(begin);
    }
  }

  /** Begins, unless another tab has begun meanwhile. The turn ends when a token is there to share. */
  async function begin(): Promise<void> {
    if (turn !== "asked") return;
    turn = "held";
    token ||= store.session()?.token;
    const shared = new Promise<void>((done) => {
      passTurn = done;
    });
    if (token) passTurn();
    connect();
    await shared;
    turn = "";
  }

  /** Another tab has begun a conversation, or begun it anew: it is this tab's too. */
  function follow(): void {
    if ((token || turn) && isElsewhere()) startOver();
  }

  /** What is stored is the truth for all tabs. */
  function isElsewhere(): boolean {
    return (store.session()?.token ?? token) !== token;
  }

  /** The page is left, perhaps to be returned to: hangs up, so that the browser may keep it. */
  function leave(): void {
    hasLeft = status !== "idle" || turn !== "";
    turn = "";
    passTurn();
    socket.close();
  }

  /** The network, the tab or the page came back, or may have gone. */
  function wake(): void {
    if (hasLeft) connect();
    hasLeft = false;
    socket.wake();
  }

  /** Sends a message, now or when there is a connection. False: it is too long to be sent. */
  function say(text: string, pace?: Pace): boolean {
    const bytes = new TextEncoder().encode(text).length;
    const id = newId();
    const fits =
      bytes <= (state.limits?.text ?? TEXT_BYTES) &&
      socket.keep({ t: "message", id, text, ...(pace && { pace }) });
    if (fits) become(log.say(state, { id, text, at: clock.now() }));
    connect();
    return fits;
  }

  /** One press of the visitor: to be called, to rate, to answer, to end, to go back to the bot. */
  function tap(what: Tap): void {
    socket.keep({ ...what, id: newId() });
    connect();
    become(log.dismissed(state));
  }

  /** One press for a person. Pressing again while the first is under way is the same press. */
  function human(): void {
    if (!keeps("human")) tap({ t: "human" });
    connect();
    socket.wake();
  }

  /** The visitor writes; said now and then, more often to who sees it and under a warning. */
  function typing(): void {
    const now = clock.now();
    const every = isServed(state.owner) || state.endsAt ? TYPING_EVERY_MS : THERE_EVERY_MS;
    if (now - typedAt < every) return;
    if (socket.send({ t: "typing" })) typedAt = now;
  }

  /** The visitor has everything on a visible screen: tells so once for each newest message of a person. */
  function seen(): void {
    const newest = state.events.findLast((e) => e.kind === "message" && e.from === "agent");
    if (!newest || newest.seq <= Math.max(readSeq, state.read.visitor ?? 0)) return;
    if (socket.send({ t: "read", seq: newest.seq })) readSeq = newest.seq;
  }

  /** How the visitor has chosen to be served; nothing is said of what was not chosen. */
  function wishes(): Pick<VisitorHello, "assist" | "first"> {
    const { large, size = 0, first } = store.choices();
    return {
      ...(large && { assist: size > 20 ? 2 : 1 }),
      ...(first && { first: "human" }),
    };
  }

  function hello(): VisitorHello {
    const { seq: since, tail } = state;
    const base: VisitorHello = { t: "hello", site: o.site, lang: o.lang, ...wishes() };
    return { ...base, ...(token && { token }), ...(since > 0 && { since, tail }) };
  }

  function heard(frame: VisitorIn): void {
    if (isLost(frame)) startOver(frame.t === "error" && frame.code === "erased");
    else if (frame.t === "error" && frame.code === "unavailable" && status !== "ready") {
      down = true;
      become({ ...state, site: frame.site ?? state.site });
    } else take(frame);
  }

  function take(frame: VisitorIn): void {
    if (frame.t === "welcome") {
      token = frame.token;
      passTurn();
      socket.pingEvery(frame.limits.ping_ms);
    }
    const askAgain = isWishLost(frame);
    become(log.reduce(state, frame, clock.now()));
    if (askAgain) human();
    // The answer to this ping marks the end of what the server had to tell after a reset.
    if (frame.t === "welcome" && state.rebuild) socket.send({ t: "ping" });
  }

  /** A failover took back that the visitor is to have a person: the one wish that waits for no replica. */
  function isWishLost(frame: VisitorIn): boolean {
    if (frame.t !== "welcome" || !frame.reset || frame.session !== state.session) return false;
    return isServed(state.owner) && frame.owner === "bot";
  }

  /** Our token opens nothing any more, or we began while another tab had begun. */
  function isLost(frame: VisitorIn): boolean {
    if (frame.t === "welcome") return !token && isElsewhere();
    return !!token && frame.t === "error" && /bad_token|no_session|erased/.test(frame.code);
  }

  function turned(next: Status): void {
    status = next;
    if (status === "ready" || status === "idle") {
      lostAt = 0;
      down = false;
    } else lostAt ||= clock.now();
    o.onChange();
  }

  /**
   * Gives up a conversation that can no longer be opened, for the one that another tab has begun, or
   * for a new one, where a visitor who had asked for a person has still asked. Of one that was erased
   * nothing is said again.
   */
  function startOver(erased = false): void {
    const other = isElsewhere() ? store.session() : null;
    const forPerson = !other && !erased && isServed(state.session ? state.owner : saved?.owner);
    token = other?.token ?? "";
    if (!other) store.saveSession(null);
    passTurn();
    socket.close();
    // What waits is kept anew, behind the older words that now go before it.
    for (const { id } of state.pending) socket.forget(id);
    become(log.forgotten(state, forPerson));
    if (forPerson) human();
    connect();
  }

  function become(next: log.VisitorState): void {
    state = next;
    for (const { id, text } of log.unsent(state)) socket.keep({ t: "message", id, text });
    save();
    o.onChange();
  }

  function save(): void {
    const kept = new Map(socket.kept().map((frame) => [frame.id, frame]));
    for (const [id, frame] of kept) if (!posted.has(id)) store.post(id, frame);
    for (const id of posted) if (!kept.has(id)) store.post(id);
    posted.clear();
    for (const id of kept.keys()) posted.add(id);
    if (!token || !state.session || isElsewhere()) return;
    const { seq, owner, site } = state;
    const { phone, hours } = site ?? {};
    store.saveSession({ token, seq, owner, phone, hours });
  }

  for (const frame of store.outbox()) {
    posted.add(frame.id);
    socket.keep(frame);
    if (frame.t === "message") state = log.say(state, { ...frame, at: clock.now() });
  }

  return {
    model,
    isExpected,
    connect,
    follow,
    leave,
    wake,
    say,
    human,
    tap,
    /** Whether such a press waits for its answer. */
    keeps,
    /** Sends what is worthless later; false: there is no connection. */
    send: (frame: Extend | WarningShown) => socket.send(frame),
    typing,
    seen,
    /** The visitor has chosen anew how to be served; hello says it, too. */
    prefer(): void {
      const { assist = 0, first = "bot" } = wishes();
      socket.send({ t: "prefer", assist, first });
    },
    /** Takes a refused message back, to be written anew. */
    withdraw: (id: string) => become(log.withdraw(state, id)),
    dismiss: () => become(log.dismissed(state)),
  };
}

/** A person answers, or will. */
function isServed(owner: Owner | undefined): boolean {
  return owner === "waiting" || owner === "human";
}
