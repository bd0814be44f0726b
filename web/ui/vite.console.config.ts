import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The agent console: one page under /console/ with hashed assets. */
export default defineConfig({
  root: here("console"),
  base: "/console/",
  plugins: [react()],
  // The server puts a fresh nonce for this word into every page it serves.
  html: { cspNonce: "__NONCE__" },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: {
    outDir: here("dist/console"),
    emptyOutDir: true,
    target: "es2022",
    // The policy of the page allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The libraries stay in the browser's cache when only the console changes.
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/ }] } },
    },
  },
});
