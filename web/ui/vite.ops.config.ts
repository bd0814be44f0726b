import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page for ops: built like the console, whose sign-in, looks and languages it shares. */
export default defineConfig({
  root: here("ops"),
  base: "/ops/",
  plugins: [react()],
  html: { cspNonce: "__NONCE__" },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: {
    outDir: here("dist/ops"),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/ }] } },
    },
  },
});
