// Starts the built binary for a test file and reads from its banner, as a person would, where to go.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = resolve(__dirname, "../../bin/yijian");

export interface Running {
  /** http://localhost:port */
  url: string;
  /** The console's address with the one-time sign-in link of the first agent. */
  signIn: string;
  /** Creates an account and returns its one-time sign-in link. */
  addUser(login: string, ...flags: string[]): string;
  /** Runs another command on the same record, as an operator does beside a running server. */
  run(command: string, ...args: string[]): string;
  /** Ends the process without a word, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with the same record. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server of its own: a free port, an empty record, Redis in the process. */
export async function startServer(...flags: string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "yijian-e2e-"));
  const start = (listen: string) => {
    const args = ["serve", "--listen", listen, "--db", join(folder, "yijian.db"), ...flags];
    return spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
  };
  const run = (...words: string[]) =>
    execFileSync(BINARY, [...words, "--db", join(folder, "yijian.db")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  let child = start("127.0.0.1:0");
  const banner = await readBanner(child);
  const signIn = banner.match(/\S+#sign-in=\S+/)?.[0];
  const url = banner.match(/http:\/\/localhost:\d+/)?.[0];
  if (!signIn || !url) throw new Error(`the banner names no address:\n${banner}`);
  return {
    url,
    signIn,
    run,
    addUser(login, ...more) {
      const link = run("user", "add", login, ...more);
      return `${url}/console${link.slice(link.indexOf("#")).trim()}`;
    },
    kill: () => end(child, "SIGKILL"),
    restart: async () => {
      child = start(`127.0.0.1:${new URL(url).port}`);
      await readBanner(child);
    },
    stop: async () => {
      await end(child, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readBanner(child: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let out = "";
    let errors = "";
    child.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    child.stdout?.on("data", (chunk) => {
      out += chunk;
      if (out.includes("Stop with Ctrl-C")) done(out);
    });
    child.on("exit", (code) => failed(new Error(`the server ended with ${code}:\n${errors}`)));
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((done) => {
    child.removeAllListeners("exit");
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.on("exit", () => done());
    child.kill(signal);
  });
}
