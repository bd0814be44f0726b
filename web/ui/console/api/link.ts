/** The token of a one-time sign-in link, from the fragment of the address; null if there is none. */
export function tokenIn(fragment: string): string | null {
  return new URLSearchParams(fragment.replace(/^#/, "")).get("sign-in") || null;
}

/**
 * Takes the token out of the address, so that it is neither bookmarked nor kept in the history.
 * The fragment is never sent to a server.
 */
export function takeToken(): string | null {
  const token = tokenIn(location.hash);
  if (token) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}
