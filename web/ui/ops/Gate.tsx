import { useEffect } from "react";
import { useAccount, useSignInByLink } from "../console/api/queries";
import { useI18n } from "../console/i18n/I18n";
import { Opening } from "../console/signin/Opening";
import { SignIn } from "../console/signin/SignIn";
import { Page } from "./Page";
import { useWords } from "./words/useWords";

/** Lets in who may tune the rules; an agent is told where the own work is. */
export function Gate({ linkToken }: { linkToken: string | null }) {
  const { t } = useI18n();
  const words = useWords();
  const link = useSignInByLink(linkToken);
  const account = useAccount(!link.busy);
  useEffect(() => {
    document.title = `${t.brand} ${words.title}`;
  }, [t, words]);
  if (link.busy || account.isPending) return <Opening text={t.loading} />;
  if (account.isError) return <Opening text={t.signIn.unreachable} retry={account.refetch} />;
  if (!account.data) return <SignIn revoked={false} linkFailed={link.failed} />;
  return <Page account={account.data} />;
}
