import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { minify } from "terser";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Puts the demo shop beside the widget; it is plain files and needs no building. */
function demoShop(): Plugin {
  return {
    name: "demo-shop",
    closeBundle: () => cp(here("demo"), here("dist/demo"), { recursive: true }),
  };
}

/** A second minifier over the first: the two know different tricks, and every byte is paid for. */
function squeeze(): Plugin {
  return {
    name: "squeeze",
    enforce: "post",
    async generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const { code } = await minify(chunk.code, {
          ecma: 2020,
          module: chunk.fileName === LATER,
          compress: { passes: 4, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
          mangle: { toplevel: true },
        });
        chunk.code = code ?? chunk.code;
      }
    },
  };
}

const LATER = "widget-later.js";

// Two files. widget.js is a classic script: a page embeds it with a single tag, and it holds all that
// is needed to write and to reach a person. widget-later.js (--mode later) is a module that it fetches
// when something rare is wanted: the rating, or a way around a proxy that breaks WebSockets.
// dist is shared with the console's build and a committed placeholder, so nothing in it is emptied.
export default defineConfig(({ mode }) => ({
  build: {
    outDir: here("dist"),
    emptyOutDir: false,
    target: "es2022",
    lib:
      mode === "later"
        ? { entry: here("widget/later/index.ts"), formats: ["es"], fileName: () => LATER }
        : {
            entry: here("widget/main.ts"),
            formats: ["iife"],
            name: "YijianWidget",
            fileName: () => "widget.js",
          },
    minify: true,
    reportCompressedSize: false,
    rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
  },
  publicDir: false,
  plugins: [squeeze(), demoShop()],
}));
