import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { Router } from "wouter";
import { I18nProvider } from "../console/i18n/I18n";
import { theme, variables } from "../console/theme";
import { Gate } from "./Gate";

/** The page for ops with everything it stands on. */
export function App({ nonce, linkToken }: { nonce: string; linkToken: string | null }) {
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <I18nProvider>
          <Router base="/ops">
            <Gate linkToken={linkToken} />
          </Router>
        </I18nProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
