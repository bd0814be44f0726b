import { defineConfig } from "@playwright/test";

// Every test drives Debian's Chromium against the built binary, real stores and all. The machine may
// be root's and small: no sandbox, one worker, no background traffic.
export default defineConfig({
  testDir: ".",
  outputDir: "../../bin/e2e",
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
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
