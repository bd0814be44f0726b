/** A piece of a text: plain, or a link that is safe to follow. */
export type Piece = { text: string; href?: string };

// Only http and https, never the punctuation that ends a sentence, Chinese or not, and no address
// that names somebody before its host: "https://bank.example@evil.example" is meant to deceive.
const LINK =
  /https?:\/\/(?![^/\s]*@)[^\s<>"'“”‘’，。；：！？、（）《》【】]*[^\s<>"'“”‘’，。；：！？、（）《》【】.,;:!?)\]}]/gi;

/** Cuts a text at its web addresses. Joining the pieces' texts gives the text back. */
export function pieces(text: string): Piece[] {
  const out: Piece[] = [];
  let from = 0;
  for (const { 0: href, index } of text.matchAll(LINK)) {
    out.push({ text: text.slice(from, index) }, { text: href, href });
    from = index + href.length;
  }
  return [...out, { text: text.slice(from) }].filter((piece) => piece.text !== "");
}
