import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../console/api/client";
import type { Policy } from "./draft";

/** One published policy. */
export interface Version {
  version: number;
  hash: string;
  at: string;
  by: string;
  name: string;
  reason: string;
  restores?: number;
  policy: Policy;
}

export interface Limit {
  name: string;
  least: number;
  most: number;
  floor?: boolean;
}

/** A signal that carries points, in words. */
export interface Signal {
  signal: string;
  label: string;
  values: string[];
  always?: number;
}

/** The policy that decides, with what it may be. */
export type Now = Version & { limits: Limit[]; signals: Signal[] };

export interface Row {
  signal: string;
  label: string;
  value: string;
  points: number;
  decided?: boolean;
  evidence?: number[];
}

export interface Verdict {
  action: string;
  policy: number;
  sentence?: string;
  table: { action: string; because: string; rows: Row[] };
}

export interface Judged {
  session: string;
  seq: number;
  site: string;
  at: string;
  done: string;
  was: Verdict;
  would?: Verdict;
  changed?: boolean;
}

export interface Preview {
  problems: string[];
  items: Judged[];
  changed: number;
}

const NOW = ["policy"];
/** How often the page looks what somebody else published, and what was judged meanwhile. */
const LOOK_MS = 5_000;

/** The policy that decides now; its signals speak the given language. */
export function usePolicy(lang: string) {
  return useQuery({
    queryKey: [...NOW, lang],
    queryFn: () => call("GET", `/policy?lang=${lang}`) as Promise<Now>,
    refetchInterval: LOOK_MS,
  });
}

/** What the last decisions would have been under a draft; those made meanwhile come in by themselves. */
export function usePreview(policy: Policy, lang: string, enabled: boolean) {
  return useQuery({
    queryKey: ["preview", lang, policy],
    queryFn: () => call("POST", `/policies/preview?lang=${lang}`, { policy }) as Promise<Preview>,
    placeholderData: (before) => before,
    enabled,
    refetchInterval: LOOK_MS,
  });
}

/** What was published, newest first. */
export function useVersions() {
  return useQuery({
    queryKey: [...NOW, "versions"],
    queryFn: async () => ((await call("GET", "/policies")) as { items: Version[] }).items,
  });
}

/** What was judged lately. */
export function useDecisions(lang: string, acted: boolean) {
  return useQuery({
    queryKey: ["decisions", lang, acted],
    queryFn: async () => {
      const answer = await call("GET", `/decisions?lang=${lang}&acted=${acted}`);
      return (answer as { items: Judged[] }).items;
    },
    refetchInterval: LOOK_MS,
  });
}

/** Publishes a draft, or with `restore` an old version again. */
export function usePublish() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (o: { base: number; reason: string; policy?: Policy; restore?: number }) => {
      const { restore, ...body } = o;
      const path = restore ? `/policies/${restore}/restore` : "/policies";
      return call("POST", path, body) as Promise<Version>;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: NOW }),
  });
}
