import type { Account } from "../api/account";
import { ActsProvider } from "../keys/Acts";
import { PreferencesProvider } from "../settings/Preferences";
import { Shell } from "./Shell";

/** The workplace of one agent. */
export function Desk({ account }: { account: Account }) {
  return (
    <PreferencesProvider>
      <ActsProvider>
        <Shell account={account} />
      </ActsProvider>
    </PreferencesProvider>
  );
}
