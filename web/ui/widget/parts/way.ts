// The other way to the server, for networks whose proxies break WebSockets.

import { systemClock } from "../../shared/clock";
import type { OtherWay } from "../../shared/dial";
import { pollWay } from "../../shared/poll";

/** The way over plain requests to url; open opens a WebSocket, to see whether they work by now. */
export function otherWay(url: string, open: () => WebSocket): OtherWay {
  return pollWay({ clock: systemClock, post: poster(url), probe: () => opens(open()) });
}

function poster(url: string) {
  return async (body: object, signal: AbortSignal): Promise<unknown> => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      body: JSON.stringify(body),
      signal,
    });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  };
}

function opens(socket: WebSocket): Promise<boolean> {
  return new Promise((done) => {
    socket.onclose = () => done(false);
    socket.onopen = () => {
      done(true);
      socket.close();
    };
  });
}
