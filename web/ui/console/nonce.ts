/**
 * The nonce of this page, which the server wrote into it. Mantine puts it on its style elements, and
 * so does the scroll lock below its dialogs, which looks for this global name.
 */
export function pageNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  return nonce;
}
