// Which way a connection takes: a WebSocket, and where something between here and the server breaks
// those, another way that is fetched only then.

import type { SocketLike } from "./socket";

/** The next line of the other way; null to let the WebSocket have a try. */
export type OtherWay = () => SocketLike | null;

export interface DialOptions {
  /** A WebSocket that is being opened. */
  open: () => Pick<WebSocket, "addEventListener"> & SocketLike;
  /** Fetches the other way; it rejects where there is no network at all. */
  load: () => Promise<OtherWay>;
}

/** So many WebSockets in a row have to end before their first frame. */
const BROKEN = 2;

/** Returns the dial of a Socket. */
export function dialer({ open, load }: DialOptions): () => SocketLike {
  let broken = 0;
  let other: OtherWay | undefined;

  function line(): SocketLike {
    const socket = open();
    let heard = false;
    socket.addEventListener("message", () => {
      heard = true;
      broken = 0;
    });
    socket.addEventListener("close", () => {
      if (!heard) broken += 1;
      if (broken < BROKEN || other) return;
      load().then(
        (way) => {
          other = way;
        },
        () => {},
      );
    });
    return socket;
  }

  return () => (broken >= BROKEN && other?.()) || line();
}
