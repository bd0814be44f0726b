import { createContext, useContext } from "react";
import { marked } from "./marks";

/** The words that were looked for, for everything below that shows a text. */
export const Terms = createContext<readonly string[]>([]);

/** A text as text, with the words in it that were looked for. */
export function Marked({ text }: { text: string }) {
  const terms = useContext(Terms);
  return marked(text, terms).map(({ text: words, found }, i) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of a text never change places
    return found ? <mark key={i}>{words}</mark> : <span key={i}>{words}</span>;
  });
}
