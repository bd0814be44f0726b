// Starts the built binary for a test file and reads from its banner, as a person would, where to go.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const BINARY = resolve(__dirname, "../../bin/yijian");

export interface Running {
  /** http://localhost:port */
  url: string;
  /** The console's address with the one-time sign-in link of the first agent. */
  signIn: string;
  stop(): Promise<void>;
}

/** Starts a server of its own: a free port, an empty record, Redis in the process. */
export async function startServer(...flags: string[]): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "yijian-e2e-"));
  const args = ["serve", "--listen", "127.0.0.1:0", "--db", join(folder, "yijian.db"), ...flags];
  const child = spawn(BINARY, args, { stdio: ["ignore", "pipe", "pipe"] });
  const banner = await readBanner(child);
  const signIn = banner.match(/\S+#sign-in=\S+/)?.[0];
  const url = banner.match(/http:\/\/localhost:\d+/)?.[0];
  if (!signIn || !url) throw new Error(`the banner names no address:\n${banner}`);
  return { url, signIn, stop: () => stop(child, folder) };
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

function stop(child: ChildProcess, folder: string): Promise<void> {
  return new Promise((done) => {
    child.removeAllListeners("exit");
    child.on("exit", () => {
      rmSync(folder, { recursive: true, force: true });
      done();
    });
    child.kill("SIGTERM");
  });
}
