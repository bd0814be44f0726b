import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { signIn, signInByLink, signOut, whoAmI } from "./account";

const me = ["me"] as const;

/** Who is signed in, asked once the page may ask. */
export function useAccount(enabled: boolean) {
  return useQuery({ queryKey: me, queryFn: whoAmI, enabled, staleTime: Number.POSITIVE_INFINITY });
}

/** Signs in with login and password; afterwards the account is asked for again. */
export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (known: { login: string; password: string }) => signIn(known.login, known.password),
    onSuccess: () => queries.invalidateQueries({ queryKey: me }),
  });
}

/** Signs out; the page falls back to the sign-in even if the server could not be told. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: signOut, onSettled: () => queries.setQueryData(me, null) });
}

/**
 * Redeems the token of a one-time link, if the page was opened with one. It is a query, not a
 * mutation, because those run once however often a component is mounted, and a link works once.
 */
export function useSignInByLink(token: string | null) {
  const link = useQuery({
    queryKey: ["link"],
    queryFn: () => signInByLink(token ?? "").then(() => true),
    enabled: token !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnMount: false,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  return { busy: token !== null && link.isPending, failed: link.isError, used: link.isSuccess };
}
