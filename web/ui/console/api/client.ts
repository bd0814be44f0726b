/** An answer of the server that says what went wrong (problem+json), or that there was none. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.code = code;
  }
}

/** Calls the REST API. Rejects with a Problem only. */
export async function call(method: string, path: string, body?: object): Promise<unknown> {
  const headers: HeadersInit = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin", cache: "no-store" };
  if (body) init.body = JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(`/v1${path}`, init);
  } catch {
    throw new Problem(0, "unreachable", "");
  }
  const value: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response.status, value);
  return value;
}

/** Reads a problem+json body; whatever is missing in it is left empty. */
export function problemOf(status: number, value: unknown): Problem {
  const body = typeof value === "object" && value !== null ? value : {};
  const text = (name: string) => {
    const field = (body as Record<string, unknown>)[name];
    return typeof field === "string" ? field : "";
  };
  return new Problem(
    status,
    text("code"),
    [text("title"), text("detail")].filter(Boolean).join(" "),
  );
}
