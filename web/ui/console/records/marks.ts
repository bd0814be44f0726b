// Where the words of a search stand in a text. The server finds words by their tokens
// (session/record/words); this does the same to one text, so that what was found is what is marked.

/** A stretch of a text, and whether it is one of the words that were looked for. */
export interface Stretch {
  text: string;
  found: boolean;
}

/** Scripts that write words without spaces between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]/u;
const PART = /[\p{L}\p{Nd}\p{M}]/u;
const MARK = /\p{M}/u;
const MAX_TOKEN = 40;

/** Cuts a text into stretches; joined they are the text again. */
export function marked(text: string, terms: readonly string[]): Stretch[] {
  const found = new Array<boolean>(text.length).fill(false);
  if (terms.length > 0) {
    for (const run of runs(text)) {
      for (const [from, to] of run.spaced ? word(run, terms) : within(run, terms)) {
        found.fill(true, from, to);
      }
    }
  }
  const stretches: Stretch[] = [];
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    while (end < text.length && found[end] === found[at]) end += 1;
    stretches.push({ text: text.slice(at, end), found: found[at] ?? false });
    at = end;
  }
  return stretches;
}

/** About so many characters of a text in one line, with the first word that was found among them. */
export function excerpt(text: string, terms: readonly string[], most = 120): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  const chars = [...line];
  if (chars.length <= most) return line;
  let before = 0;
  for (const stretch of marked(line, terms)) {
    if (stretch.found) break;
    before += [...stretch.text].length;
  }
  const found = before < chars.length;
  const from = found ? Math.max(0, Math.min(before - most / 4, chars.length - most)) : 0;
  const to = from + most;
  return `${from > 0 ? "…" : ""}${chars.slice(from, to).join("")}${to < chars.length ? "…" : ""}`;
}

/** A word, or a clause of a script without spaces; at[i] is where its i-th character came from. */
interface Run {
  chars: string[];
  at: number[];
  end: number;
  spaced: boolean;
}

function runs(text: string): Run[] {
  const all: Run[] = [];
  let now: Run | null = null;
  let at = 0;
  for (const char of text) {
    for (const c of char.normalize("NFKC").toLowerCase()) {
      if (!PART.test(c)) {
        now = null;
        continue;
      }
      const spaced = !UNSPACED.test(c);
      if (!now || (spaced !== now.spaced && !MARK.test(c))) {
        now = { chars: [], at: [], end: at, spaced };
        all.push(now);
      }
      now.chars.push(c);
      now.at.push(at);
      now.end = at + char.length;
    }
    at += char.length;
  }
  return all;
}

function word(run: Run, terms: readonly string[]): [number, number][] {
  const token = stem(run.chars.slice(0, MAX_TOKEN).join(""));
  return terms.includes(token) ? [[run.at[0] ?? 0, run.end]] : [];
}

function within(run: Run, terms: readonly string[]): [number, number][] {
  const places: [number, number][] = [];
  for (const term of terms) {
    const chars = [...term];
    for (let i = 0; i + chars.length <= run.chars.length; i += 1) {
      if (!chars.every((c, n) => run.chars[i + n] === c)) continue;
      places.push([run.at[i] ?? 0, run.at[i + chars.length] ?? run.end]);
    }
  }
  return places;
}

const ENDINGS = ["ings", "ing", "ies", "ied", "es", "ed", "s", "e", "y"];

/** The word without its English ending, as the server takes it off. */
function stem(token: string): string {
  if (!/^[a-z]+$/.test(token)) return token;
  for (const ending of ENDINGS) {
    const rest = token.slice(0, -ending.length);
    if (!token.endsWith(ending) || rest.length < 3) continue;
    return ending === "s" && rest.endsWith("s") ? token : rest.replace(/e$/, "");
  }
  return token;
}
