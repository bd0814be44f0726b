import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the demo shop beside the widget; it is plain files and needs no building. */
function demoShop(): Plugin {
  return {
    name: "demo-shop",
    closeBundle: () => cp(here("demo"), here("dist/demo"), { recursive: true }),
  };
}

// One classic script: a page embeds it with a single tag. dist is shared with the console's build
// and a committed placeholder, so nothing in it is emptied.
export default defineConfig({
  build: {
    outDir: here("dist"),
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: here("widget/main.ts"),
      formats: ["iife"],
      name: "YijianWidget",
      fileName: () => "widget.js",
    },
    reportCompressedSize: false,
    rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
  },
  publicDir: false,
  plugins: [demoShop()],
});
