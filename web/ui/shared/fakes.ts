// Stand-ins for tests: time that moves when it is told to, and a line to a server that is the test.

import type { Clock } from "./clock";
import type { SocketLike } from "./socket";

/** Time that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { at: number; run: () => void }[] = [];

  constructor(now = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** The device sleeps: time goes on and timers stand still. A negative span sets the clock back. */
  sleep(ms: number): void {
    this.#now += ms;
    for (const timer of this.#timers) timer.at += ms;
  }

  /** Moves time on, running what falls due in its order. */
  pass(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((timer) => timer.at <= until);
      const next = due.reduce<(typeof due)[0] | null>(
        (best, timer) => (best && best.at <= timer.at ? best : timer),
        null,
      );
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }
}

/** One connection; the test plays the server. */
export class FakeLine implements SocketLike {
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  isClosed = false;
  /** What the client sent, parsed. */
  readonly sent: Record<string, unknown>[] = [];

  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }

  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.onopen?.({});
  }

  says(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  drops(code = 1006): void {
    this.onclose?.({ code });
  }

  /** The names of what was sent, for short comparisons. */
  names(): string[] {
    return this.sent.map((frame) => String(frame.t));
  }
}

/** The server's end: a fresh line for every connection. */
export class FakeServer {
  readonly lines: FakeLine[] = [];

  readonly dial = (): FakeLine => {
    const line = new FakeLine();
    this.lines.push(line);
    return line;
  };

  /** The newest connection. */
  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error("nobody has dialled");
    return line;
  }
}
