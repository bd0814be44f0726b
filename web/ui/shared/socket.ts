// One socket that comes back by itself. It knows nothing of visitors or agents: what a frame means
// is passed in. It promises three things: a kept frame is sent, on whatever connection there is, until
// the server has answered it; a dead connection is noticed even when no close ever arrives; and so is
// that the device slept, when timers stood still but time did not.

import type { Clock } from "./clock";
import { MAX_FRAME } from "./wire";

/** Written as a method's type, so that WebSocket's handlers, which want whole events, fit too. */
type Handler<E> = { on(event: E): void }["on"];

/** The part of WebSocket that is used. */
export interface SocketLike {
  onopen: Handler<unknown> | null;
  onmessage: Handler<{ data: unknown }> | null;
  onclose: Handler<{ code: number }> | null;
  send(data: string): void;
  close(): void;
}

/**
 * idle: not opened. connecting: dialling or waiting for the answer to hello. ready: frames flow.
 * resting: lost, comes back by itself. stopped: refused; only open() tries again.
 */
export type Status = "idle" | "connecting" | "ready" | "resting" | "stopped";

/** What a received frame means for a kept one: nothing, the end of it, or "again after ms". */
export type Answer = "none" | "done" | { again: number };

export interface SocketOptions<In, Out, Kept> {
  dial: () => SocketLike;
  clock: Clock;
  random: () => number;
  /** Asked anew for every connection, because the position moves. */
  hello: () => Out;
  /** Null means malformed; it is skipped. */
  parse: (data: unknown) => In | null;
  /** Reports whether the frame is the answer to hello. */
  isReady: (frame: In) => boolean;
  answer: (frame: In, kept: Kept) => Answer;
  /** Kept frames for which this is true go before the others after a reconnect. */
  isUrgent?: (kept: Kept) => boolean;
  onFrame: (frame: In) => void;
  /** The code is that of the close, when there was one. */
  onStatus: (status: Status, code?: number) => void;
  onSkip?: (data: unknown) => void;
}

const HANDSHAKE_MS = 15_000;
const PONG_MS = 8_000;
const RESEND_MS = 10_000;
/** A connection that lived this long is taken as proof that backoff can start afresh. */
const STEADY_MS = 10_000;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 20_000;
const BEAT_MS = 1_000;
/** A beat this far from its time means that the device slept or that somebody set its clock. */
const JUMP_MS = 5_000;

interface Held<Kept> {
  frame: Kept;
  due: number;
}

export class Socket<
  In extends { t: string },
  Out extends { t: string },
  Kept extends Out & { id: string },
> {
  readonly #o: SocketOptions<In, Out, Kept>;
  readonly #kept = new Map<string, Held<Kept>>();
  #line: SocketLike | null = null;
  #status: Status = "idle";
  #tries = 0;
  #readyAt = 0;
  #pingMs = 25_000;
  #retryMs: number | null = null;
  #cancelTimer = () => {};
  #cancelBeat = () => {};

  constructor(options: SocketOptions<In, Out, Kept>) {
    this.#o = options;
  }

  get status(): Status {
    return this.#status;
  }

  /** Connects, unless it is connected or on the way. */
  open(): void {
    if (this.#status !== "idle" && this.#status !== "stopped") return;
    this.#beat();
    this.#dial();
  }

  /** Hangs up and stays away until open(). Kept frames stay kept. */
  close(): void {
    this.#rest("idle");
  }

  /**
   * The network or the tab came back, or may have gone: reconnect now instead of later, and ask an
   * open connection for a sign of life.
   */
  wake(): void {
    if (this.#status === "resting") this.#dial();
    if (this.#status === "ready") this.#ping();
  }

  /** How long a silence is allowed before a ping, as `limits.ping_ms` says. */
  pingEvery(ms: number): void {
    if (ms > 0) this.#pingMs = ms;
  }

  /** Sends if the line is ready and forgets: for frames that are worthless later. */
  send(frame: Out): boolean {
    if (this.#status !== "ready") return false;
    this.#write(frame);
    return true;
  }

  /**
   * Sends until answered, across reconnects, under the same id; keeping an id twice is keeping it
   * once. False means that the frame is too large for the server and was not taken.
   */
  keep(frame: Kept): boolean {
    if (this.#kept.has(frame.id)) return true;
    if (new TextEncoder().encode(JSON.stringify(frame)).length > MAX_FRAME) return false;
    this.#kept.set(frame.id, { frame, due: 0 });
    this.#flush();
    return true;
  }

  /** Stops sending a kept frame. */
  forget(id: string): void {
    this.#kept.delete(id);
  }

  /** The frames that nobody has answered yet, oldest first. */
  kept(): Kept[] {
    // Not Array.from with a mapper: an old library that a page may have replaces it by one without.
    return [...this.#kept.values()].map((held) => held.frame);
  }

  #dial(): void {
    this.#hangUp();
    this.#become("connecting");
    this.#timer(HANDSHAKE_MS, () => this.#lost());
    try {
      const line = this.#o.dial();
      this.#line = line;
      line.onopen = () => this.#write(this.#o.hello());
      line.onmessage = (event) => this.#heard(event.data);
      line.onclose = (event) => this.#lost(event.code);
    } catch {
      this.#lost();
    }
  }

  #heard(data: unknown): void {
    this.#listen();
    const frame = this.#o.parse(data);
    if (!frame) {
      this.#o.onSkip?.(data);
      return;
    }
    if (frame.t === "bye") this.#retryMs = retryOf(frame);
    this.#settle(frame);
    const ready = this.#o.isReady(frame);
    if (ready) {
      this.#readyAt = this.#o.clock.now();
      this.#dueNow();
      this.#become("ready");
    }
    this.#o.onFrame(frame);
    if (ready) this.#flush();
  }

  #settle(frame: In): void {
    for (const [id, held] of this.#kept) {
      const answer = this.#o.answer(frame, held.frame);
      if (answer === "done") this.#kept.delete(id);
      else if (answer !== "none") held.due = this.#o.clock.now() + answer.again;
    }
  }

  /** Once a second: looks at the clock, and at the kept frames that got no answer. */
  #beat(): void {
    const from = this.#o.clock.now();
    this.#cancelBeat = this.#o.clock.after(BEAT_MS, () => {
      if (Math.abs(this.#o.clock.now() - from - BEAT_MS) > JUMP_MS) this.#woke();
      this.#flush();
      this.#beat();
    });
  }

  /** After a sleep no deadline means anything, and a dial that was under way is dead. */
  #woke(): void {
    this.#dueNow();
    if (this.#status === "connecting") this.#dial();
    else this.wake();
  }

  #dueNow(): void {
    for (const held of this.#kept.values()) held.due = 0;
  }

  /** Writes every kept frame that is due; the beat comes back for those that get no answer. */
  #flush(): void {
    if (this.#status !== "ready") return;
    const now = this.#o.clock.now();
    const due = [...this.#kept.values()].filter((held) => held.due <= now);
    const urgent = (held: Held<Kept>) => (this.#o.isUrgent?.(held.frame) ? 0 : 1);
    for (const held of due.sort((a, b) => urgent(a) - urgent(b))) {
      held.due = now + RESEND_MS;
      this.#write(held.frame);
    }
  }

  /** Something was heard, so the line is alive: ask again after a silence. */
  #listen(): void {
    if (this.#line) this.#timer(this.#pingMs, () => this.#ping());
  }

  #ping(): void {
    this.#write({ t: "ping" } as Out);
    this.#timer(PONG_MS, () => this.#lost());
  }

  #lost(code?: number): void {
    if (code !== undefined && code >= 3500 && code < 4000) {
      this.#rest("stopped", code);
      return;
    }
    this.#hangUp();
    const now = this.#o.clock.now();
    if (this.#readyAt > 0 && now - this.#readyAt >= STEADY_MS) this.#tries = 0;
    this.#readyAt = 0;
    const delay = this.#retryMs ?? this.#backoff();
    this.#retryMs = null;
    this.#timer(delay, () => this.#dial());
    this.#become("resting", code);
  }

  /** Full jitter: anywhere between now and a bound that doubles. */
  #backoff(): number {
    const bound = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#tries);
    this.#tries += 1;
    return this.#o.random() * bound;
  }

  /** Hangs up and does not come back by itself. */
  #rest(status: Status, code?: number): void {
    this.#cancelBeat();
    this.#hangUp();
    this.#become(status, code);
  }

  #hangUp(): void {
    this.#cancelTimer();
    const line = this.#line;
    if (!line) return;
    this.#line = null;
    line.onopen = null;
    line.onmessage = null;
    line.onclose = null;
    line.close();
  }

  #write(frame: Out): void {
    try {
      this.#line?.send(JSON.stringify(frame));
    } catch {
      // A line that cannot be written to will say so with its close, or by its silence.
    }
  }

  #become(status: Status, code?: number): void {
    this.#status = status;
    this.#o.onStatus(status, code);
  }

  #timer(ms: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#o.clock.after(ms, run);
  }
}

function retryOf(frame: { t: string; retry_ms?: unknown }): number | null {
  return typeof frame.retry_ms === "number" ? frame.retry_ms : null;
}
