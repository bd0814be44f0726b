import { copyFile, cp, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipAsync } from "@gfx/zopfli";
import { minify } from "terser";
import { defineConfig, type EnvironmentOptions, type Plugin, type ViteBuilder } from "vite";
import { LANGS } from "./widget/i18n/langs";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * A second minifier over the first: the two know different tricks, and every byte is paid for. The packed
 * form is made here too, by a packer that takes its time; the server sends it as it is.
 */
function squeeze(): Plugin {
  return {
    name: "squeeze",
    enforce: "post",
    async generateBundle({ format }, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const { code } = await minify(chunk.code, {
          ecma: 2020,
          module: format === "es",
          compress: {
            passes: 6,
            pure_getters: true,
            unsafe_arrows: true,
            unsafe_methods: true,
            keep_fargs: false,
          },
          mangle: { toplevel: true },
        });
        chunk.code = code ?? chunk.code;
        const packed = await gzipAsync(Buffer.from(chunk.code), { numiterations: 15 });
        this.emitFile({ type: "asset", fileName: `${chunk.fileName}.gz`, source: packed });
      }
    },
  };
}

/** One file of its own, which imports no other. */
function file(entry: string, name: string, format: "es" | "iife", lang = ""): EnvironmentOptions {
  return {
    consumer: "client",
    define: lang ? { "import.meta.env.YIJIAN_LANG": JSON.stringify(lang) } : {},
    build: {
      outDir: here("dist"),
      emptyOutDir: false,
      target: "es2022",
      // Of what these do not know the least was left: no browser of before understands the rest.
      cssTarget: ["chrome100", "firefox100", "safari15.4"],
      lib: { entry: here(entry), formats: [format], name: "YijianWidget", fileName: () => name },
      minify: true,
      reportCompressedSize: false,
      rolldownOptions: { treeshake: { propertyReadSideEffects: false } },
    },
  };
}

/** Every file of the widget: two loaders, and for each language the core and its parts. */
async function files(): Promise<Record<string, EnvironmentOptions>> {
  const all: Record<string, EnvironmentOptions> = {
    script: file("widget/embed/script.ts", "widget.js", "iife"),
    module: file("widget/embed/module.ts", "widget.mjs", "es"),
  };
  for (const lang of LANGS) {
    const id = lang.replace("-", "_");
    all[`core_${id}`] = file("widget/main.ts", `widget/${lang}/core.js`, "es", lang);
    for (const part of await readdir(here("widget/parts"))) {
      if (part.includes(".test.")) continue;
      const name = part.replace(/\.ts$/, "");
      all[`${name}_${id}`] = file(`widget/parts/${part}`, `widget/${lang}/${name}.js`, "es", lang);
    }
  }
  return all;
}

// A page embeds widget.js with a single tag, or imports widget.mjs. Both are small: they find the
// visitor's language and fetch the core in it. What is not needed to write and to reach a person is in
// parts, which the core fetches when they are wanted. The demo shop is plain files and needs no building.
// dist is shared with the console's build and a committed placeholder, so only our own is taken out.
export default defineConfig(async () => ({
  publicDir: false as const,
  plugins: [squeeze()],
  environments: await files(),
  builder: {
    async buildApp(builder: ViteBuilder) {
      for (const old of ["widget", "widget.js", "widget.js.gz", "widget.mjs", "widget.mjs.gz"]) {
        await rm(here(`dist/${old}`), { recursive: true, force: true });
      }
      for (const environment of Object.values(builder.environments)) {
        if (!/^(client|ssr)$/.test(environment.name)) await builder.build(environment);
      }
      await copyFile(here("widget/embed/yijian.d.ts"), here("dist/widget.d.mts"));
      await cp(here("demo"), here("dist/demo"), { recursive: true });
    },
  },
}));
