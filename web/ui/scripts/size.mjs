// Fails when the widget is larger than what a slow phone loads in its first moments (W25).
import { readdir, stat } from "node:fs/promises";

// The loader and the core of one language are all that is fetched before a visitor can write and ask for
// a person. Everything else is a part, fetched when it is wanted.
const FIRST = 15_000;
const PART = 6_000;

const dist = new URL("../dist/", import.meta.url);

/** The size of a file as the server sends it. */
async function packed(name) {
  const { size } = await stat(new URL(`${name}.gz`, dist)).catch(() => {
    process.stderr.write(`dist/${name}.gz is missing. Run: npm run build:widget\n`);
    process.exit(1);
  });
  return size;
}

function hold(name, size, limit) {
  process.stdout.write(`${name}: ${size} gzip, limit ${limit}\n`);
  if (size <= limit) return;
  process.stderr.write(`${name} is ${size - limit} bytes over its limit. Take something out.\n`);
  process.exitCode = 1;
}

const loaders = {
  "widget.js": await packed("widget.js"),
  "widget.mjs": await packed("widget.mjs"),
};
for (const lang of (await readdir(new URL("widget/", dist))).sort()) {
  const core = await packed(`widget/${lang}/core.js`);
  for (const [loader, size] of Object.entries(loaders)) {
    hold(`${loader} + ${lang}/core.js`, size + core, FIRST);
  }
  for (const file of await readdir(new URL(`widget/${lang}/`, dist))) {
    if (/\.js$/.test(file) && file !== "core.js")
      hold(`${lang}/${file}`, await packed(`widget/${lang}/${file}`), PART);
  }
}
