import { Problem } from "../api/client";
import { useI18n } from "../i18n/I18n";

/**
 * What to say about a failed request: our own words for the statuses that are to be expected, else
 * the server's sentence, else that it did not work.
 */
export function useProblem(error: Error | null, expected: Record<number, string>): string {
  const { t } = useI18n();
  if (!error) return "";
  if (!(error instanceof Problem)) return t.signIn.failed;
  if (error.status === 0) return t.signIn.unreachable;
  return expected[error.status] ?? (error.message || t.signIn.failed);
}
