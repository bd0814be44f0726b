/** Where Mantine keeps the choice between dark and light. */
const KEY = "mantine-color-scheme-value";

/** Sets dark or light before the first drawing, so that nobody is blinded by a flash of white. */
export function applyScheme(): void {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEY);
  } catch {
    // storage is blocked: the system decides
  }
  const dark = kept === "dark" || (kept !== "light" && prefersDark());
  document.documentElement.dataset.mantineColorScheme = dark ? "dark" : "light";
}

function prefersDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
