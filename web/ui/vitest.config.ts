import { defineConfig } from "vitest/config";

// Tests run in Node; one that needs a page says so in its first line:
// "// @vitest-environment happy-dom".
export default defineConfig({
  test: {
    include: ["{shared,widget,console,ops}/**/*.test.{ts,tsx}"],
    restoreMocks: true,
  },
});
