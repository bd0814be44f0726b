// A real redis-server of a test's own, which it may stop dead or take away.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Redis {
  /** redis://host:port */
  url: string;
  /** Holds it still: connections stay open and nothing is answered. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/** Starts redis-server on a free loopback port, with nothing in it and nothing kept. */
export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "yijian-e2e-redis-"));
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  await ready(child);
  return {
    url: `redis://127.0.0.1:${port}`,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    stop: () => ended(child, folder),
  };
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.on("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => failed(new Error(`redis-server ended with ${code}`)));
    child.stdout?.on("data", (chunk) => {
      if (String(chunk).includes("Ready to accept connections")) done();
    });
  });
}

function ended(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((done) => {
    const clean = () => {
      rmSync(folder, { recursive: true, force: true });
      done();
    };
    child.removeAllListeners("exit");
    if (child.exitCode !== null || child.signalCode !== null) return clean();
    child.on("exit", clean);
    child.kill("SIGKILL");
  });
}
