/**
 * A new client id, unlike any other: a UUID where the browser makes one, and as many random bits in
 * hex where it does not, which is on plain-http origins and old phones.
 */
export function newId(source: Crypto = globalThis.crypto): string {
  if ("randomUUID" in source) return source.randomUUID();
  const bytes = (source as Crypto).getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
