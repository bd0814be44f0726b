// The way around a proxy that breaks WebSockets: the same frames in the bodies of POSTs. One request
// waits at the server until it has something to say; what the client says goes beside it, in order.
// Anything unexpected closes the line, and the Socket above comes back with its position, so that
// nothing has to be recovered here.

import type { Clock } from "./clock";
import type { OtherWay } from "./dial";
import type { SocketLike } from "./socket";

export interface PollOptions {
  clock: Clock;
  /** Sends one body and gives the answer's; it rejects when there is none or it is no success. */
  post: (body: object, signal: AbortSignal) => Promise<unknown>;
  /** Opens and closes a WebSocket, to see whether they get through by now. */
  probe: () => Promise<boolean>;
}

interface Answer {
  channel?: string;
  frames?: unknown[];
  closed?: { code: number };
}

const ABNORMAL = 1006;
const PROBE_EVERY_MS = 5 * 60_000;
/** After an empty answer: a server that does not hold requests must not be asked without a breath. */
const BREATH_MS = 500;

/** The other way: polls as long as that works, and asks now and then whether WebSockets do again. */
export function pollWay({ clock, post, probe }: PollOptions): OtherWay {
  let isWorking = false;
  let isSkipped = false;
  let cancel = () => {};

  function look(line: PollLine): void {
    cancel();
    cancel = clock.after(PROBE_EVERY_MS, async () => {
      if (!(await probe())) return look(line);
      isSkipped = true;
      line.end(ABNORMAL);
    });
  }

  return () => {
    cancel();
    // A poll that never worked and the WebSocket take turns; so may the network have come back.
    if (isSkipped) {
      isSkipped = false;
      return null;
    }
    isWorking = false;
    const line = new PollLine(clock, post, {
      onHeard: () => {
        if (!isWorking) look(line);
        isWorking = true;
      },
      onEnd: () => {
        cancel();
        isSkipped ||= !isWorking;
      },
    });
    return line;
  };
}

interface Watch {
  onHeard: () => void;
  onEnd: () => void;
}

/** One channel, as a Socket sees a connection. */
class PollLine implements SocketLike {
  onopen: SocketLike["onopen"] = null;
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  readonly #clock: Clock;
  readonly #post: PollOptions["post"];
  readonly #watch: Watch;
  readonly #abort = new AbortController();
  #channel = "";
  /** The requests that are under way. */
  readonly #open = new Set<Promise<unknown>>();
  #unsent: unknown[] = [];
  #isSending = false;

  constructor(clock: Clock, post: PollOptions["post"], watch: Watch) {
    this.#clock = clock;
    this.#post = post;
    this.#watch = watch;
    // As with a WebSocket, the handlers are set after this returns.
    queueMicrotask(() => this.onopen?.({}));
  }

  send(data: string): void {
    this.#unsent.push(JSON.parse(data));
    void this.#flush();
  }

  close(): void {
    this.onclose = null;
    this.end(ABNORMAL);
  }

  end(code: number): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#watch.onEnd();
    this.onclose?.({ code });
  }

  /** Sends what there is, one request at a time: their order is the order of the conversation. */
  async #flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#unsent.length > 0) {
      const frames = this.#unsent;
      this.#unsent = [];
      await this.#ask(this.#channel ? { channel: this.#channel, frames, wait: false } : { frames });
    }
    this.#isSending = false;
  }

  /** Keeps one request waiting for what the server has to say. */
  async #listen(): Promise<void> {
    while (!this.#abort.signal.aborted) {
      const heard = await this.#ask({ channel: this.#channel, frames: [], wait: true });
      if (!heard) await new Promise<void>((done) => this.#clock.after(BREATH_MS, done));
    }
  }

  /** Asks, and reports whether the server had something to say. */
  #ask(body: object): Promise<boolean> {
    const asking = this.#exchange(body, [...this.#open]).finally(() => this.#open.delete(asking));
    this.#open.add(asking);
    return asking;
  }

  /**
   * Frames are taken in the order of the requests. Were the answer to a later one taken first and the
   * earlier one lost, the position would be past events that nobody has seen.
   */
  async #exchange(body: object, earlier: Promise<unknown>[]): Promise<boolean> {
    const answer = await this.#post(body, this.#abort.signal).catch(() => null);
    if (this.#abort.signal.aborted) return false;
    if (!isAnswer(answer)) {
      this.end(ABNORMAL);
      return false;
    }
    const { channel, frames, closed } = answer;
    if (frames?.length) await Promise.all(earlier);
    if (this.#abort.signal.aborted) return false;
    if (channel && !this.#channel) {
      this.#channel = channel;
      void this.#listen();
    }
    for (const frame of frames ?? []) {
      this.#watch.onHeard();
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
    if (closed) this.end(closed.code);
    return Boolean(frames?.length);
  }
}

function isAnswer(value: unknown): value is Answer {
  if (typeof value !== "object" || value === null) return false;
  const { channel, frames, closed } = value as Record<string, unknown>;
  return (
    ["string", "undefined"].includes(typeof channel) &&
    (frames === undefined || frames === null || Array.isArray(frames)) &&
    (!closed || typeof (closed as { code: unknown }).code === "number")
  );
}
