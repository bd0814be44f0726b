// Fails when the widget is larger than what a slow phone loads in its first moments (W25).
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const LIMIT = 15_000;
const file = new URL("../dist/widget.js", import.meta.url);

const code = await readFile(file).catch(() => {
  process.stderr.write("dist/widget.js is missing. Run: npm run build:widget\n");
  process.exit(1);
});
const gzip = gzipSync(code, { level: 9 }).length;
process.stdout.write(`widget.js: ${code.length} bytes, ${gzip} gzip, limit ${LIMIT}\n`);
if (gzip > LIMIT) {
  process.stderr.write(`The widget is ${gzip - LIMIT} bytes over its limit. Take something out.\n`);
  process.exit(1);
}
