// Fails when a file of the widget is larger than what a slow phone loads in its first moments (W25).
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

// widget.js is all that is loaded before a visitor can write and ask for a person. The later file is
// loaded when a rating is asked, or when no WebSocket gets through.
const LIMITS = { "widget.js": 15_000, "widget-later.js": 6_000 };

for (const [name, limit] of Object.entries(LIMITS)) {
  const code = await readFile(new URL(`../dist/${name}`, import.meta.url)).catch(() => {
    process.stderr.write(`dist/${name} is missing. Run: npm run build:widget\n`);
    process.exit(1);
  });
  const gzip = gzipSync(code, { level: 9 }).length;
  process.stdout.write(`${name}: ${code.length} bytes, ${gzip} gzip, limit ${limit}\n`);
  if (gzip <= limit) continue;
  process.stderr.write(`${name} is ${gzip - limit} bytes over its limit. Take something out.\n`);
  process.exitCode = 1;
}
