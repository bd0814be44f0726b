import { useEffect, useState } from "react";
import { useAccount, useSignInByLink } from "./api/queries";
import { Desk } from "./desk/Desk";
import { useI18n } from "./i18n/I18n";
import { LiveProvider } from "./live/Live";
import { Opening } from "./signin/Opening";
import { PasswordOffer } from "./signin/PasswordOffer";
import { SignIn } from "./signin/SignIn";
import { WorkRouter } from "./WorkRouter";

/** Lets the agent in: by link, by password, or because the browser is signed in already. */
export function Gate({ linkToken }: { linkToken: string | null }) {
  const { t } = useI18n();
  const [revoked, setRevoked] = useState(false);
  const [later, setLater] = useState(false);
  const link = useSignInByLink(linkToken);
  const account = useAccount(!link.busy);
  useEffect(() => {
    document.title = `${t.brand} ${t.console}`;
  }, [t]);

  if (link.busy) return <Opening text={t.signIn.byLink} />;
  if (account.isPending) return <Opening text={t.loading} />;
  if (account.isError) return <Opening text={t.signIn.unreachable} retry={account.refetch} />;
  if (!account.data) return <SignIn revoked={revoked} linkFailed={link.failed} />;
  if (link.used && !account.data.hasPassword && !later) {
    return <PasswordOffer account={account.data} onDone={() => setLater(true)} />;
  }
  const signedOut = () => {
    setRevoked(true);
    void account.refetch();
  };
  return (
    <LiveProvider key={account.data.id} site={account.data.site} onRevoked={signedOut}>
      <WorkRouter>
        <Desk account={account.data} />
      </WorkRouter>
    </LiveProvider>
  );
}
