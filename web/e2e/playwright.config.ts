import { defineConfig } from "@playwright/test";

/** Files whose tests hold Yijian to a time: each has the machine to itself. */
const TIMED = /(hardship|idle|network|policy|promises|search|stream)\.spec\.ts$/;

// Every test drives Debian's Chromium against the built binary, real stores and all. Each file has
// servers of its own, so two go side by side, but for those that are timed. The machine may be root's
// and small: no sandbox, no background traffic.
export default defineConfig({
  testDir: ".",
  outputDir: "../../bin/e2e",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  projects: [
    { name: "together", testIgnore: TIMED },
    { name: "timed", testMatch: TIMED, workers: 1 },
  ],
  reporter: [["list"]],
  forbidOnly: Boolean(process.env.CI),
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
