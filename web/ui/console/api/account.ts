import { call, Problem } from "./client";

/** The account behind the cookie. */
export interface Account {
  id: string;
  name: string;
  login: string;
  role: string;
  /** The site to sit at. */
  site: string;
  hasPassword: boolean;
}

/** The site of a server that has only one. */
const ONLY_SITE = "demo";
const EVERY_SITE = "*";

/** Who is signed in; null if nobody is. */
export async function whoAmI(): Promise<Account | null> {
  try {
    return accountOf(await call("GET", "/agents/me"));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/** Signs in with what the person knows. */
export async function signIn(login: string, password: string): Promise<void> {
  await call("POST", "/agents/sign-in", { login, password });
}

/** Signs in with the token of a one-time link. */
export async function signInByLink(token: string): Promise<void> {
  await call("POST", "/agents/sign-in/link", { token });
}

/** Ends this browser's sign-in. */
export async function signOut(): Promise<void> {
  await call("POST", "/agents/sign-out");
}

/** Sets one's own password; the current one is needed if there is one. */
export async function setPassword(password: string, current: string): Promise<void> {
  await call("PUT", "/agents/me/password", current ? { password, current } : { password });
}

/** Reads an account; a field the server does not send gets its most careful value. */
export function accountOf(value: unknown): Account {
  const body = (typeof value === "object" && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const text = (name: string) => (typeof body[name] === "string" ? body[name] : "");
  const sites = Array.isArray(body.sites) ? body.sites : [];
  const named = sites.find((site) => typeof site === "string" && site !== EVERY_SITE);
  return {
    id: text("id"),
    name: text("name"),
    login: text("login"),
    role: text("role"),
    site: text("site") || named || ONLY_SITE,
    hasPassword: body.has_password !== false,
  };
}
