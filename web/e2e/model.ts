// A server of chat completions whose answers a test writes, a piece at a time: what a site has that
// lets a language model answer.

import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const MODEL = "test-model";

export interface Asked {
  say(text: string): void;
  end(): void;
  /** Resolves when the asker has hung up. */
  gone: Promise<void>;
}

export interface Model {
  /** The base of its API. */
  url: string;
  /** Waits for the next question. */
  asked(): Promise<Asked>;
  stop(): void;
}

export async function startModel(): Promise<Model> {
  const asks: Asked[] = [];
  const waiting: ((ask: Asked) => void)[] = [];
  const server: Server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "Content-Type": "text/event-stream" }).flushHeaders();
      const ask = answer(response);
      const next = waiting.shift();
      if (next) next(ask);
      else asks.push(ask);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: () => {
      const ask = asks.shift();
      return ask ? Promise.resolve(ask) : new Promise((done) => waiting.push(done));
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answer(response: ServerResponse): Asked {
  const piece = (delta: object, finish: string | null) =>
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  return {
    say: (content) => piece({ content }, null),
    end: () => {
      piece({}, "stop");
      response.end("data: [DONE]\n\n");
    },
    gone: new Promise((done) => response.on("close", done)),
  };
}
