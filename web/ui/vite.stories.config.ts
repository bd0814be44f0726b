import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The widget's states on one page, for tests and for eyes; never part of the binary.
export default defineConfig({
  root: here("widget/stories"),
  base: "./",
  build: {
    outDir: here("../../bin/stories"),
    emptyOutDir: true,
    target: "es2022",
    reportCompressedSize: false,
  },
});
