import { defineConfig } from "@playwright/test";

// These were written on a machine too busy to see them pass whole on the merged tree. `make e2e-all` runs
// them too; whoever sees one green on a quiet machine takes it off the list.
const UNPROVEN = ["matrix", "sheet", "zoom"];

// Every test drives Debian's Chromium against the built binary, real stores and all. The machine may
// be root's and small: no sandbox, one worker, no background traffic.
export default defineConfig({
  testDir: ".",
  testIgnore: process.env.E2E_ALL ? [] : UNPROVEN.map((name) => `**/${name}.spec.ts`),
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
