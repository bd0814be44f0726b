/** A new client id, unlike any other: 128 random bits, which also plain-http pages and old phones have. */
export function newId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
