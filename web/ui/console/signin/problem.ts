import { Problem } from "../api/client";
import { useI18n } from "../i18n/I18n";

/** What to say about a failed request: the server's own sentence, or ours if it said nothing. */
export function useProblem(error: Error | null): string {
  const { t } = useI18n();
  if (!error) return "";
  if (error instanceof Problem) {
    if (error.status === 0) return t.signIn.unreachable;
    if (error.message) return error.message;
  }
  return t.signIn.failed;
}
