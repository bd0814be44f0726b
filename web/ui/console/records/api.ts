import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AgentEvent, Owner } from "../../shared/wire";
import { call } from "../api/client";
import { type Asked, queryOf } from "./asked";

/** A message of a conversation, as a search shows it. */
export interface FoundMessage {
  seq: number;
  at: string;
  from: "visitor" | "bot" | "agent" | "system";
  /** Written by a machine. */
  ai?: boolean;
  name?: string;
  text: string;
}

/** A conversation that was found. */
export interface Found {
  session: string;
  site: string;
  lang: string;
  owner: Owner;
  agent?: string;
  reason?: string;
  queue?: string;
  rating?: number;
  opened: string;
  closed?: string;
  message?: FoundMessage;
}

interface Page {
  items: Found[];
  next?: string;
  /** The words as they were understood. */
  terms?: string[];
}

/** What a search may ask for. */
export interface Filters {
  sites: { id: string; name_zh?: string; name_en?: string }[];
  agents: { id: string; name: string }[];
  queues: string[];
}

interface Events {
  items: AgentEvent[];
  next?: number;
  owner: Owner;
  seq: number;
}

/** Events a page of a transcript holds at most. */
const EVENTS = 200;
/** How many events before the one that was found are read with it. */
const BEFORE = 30;

/** The sites, agents and queues there are. */
export function useFilters() {
  return useQuery({
    queryKey: ["records", "filters"],
    queryFn: () => call("GET", "/sessions/filters") as Promise<Filters>,
    staleTime: 60_000,
  });
}

/** What a search finds, page by page, the newest first. */
export function useFound(asked: Asked) {
  const query = queryOf(asked).toString();
  return useInfiniteQuery({
    queryKey: ["records", "found", query],
    queryFn: ({ pageParam }) => {
      const page = new URLSearchParams(query);
      if (pageParam) page.set("after", pageParam);
      return call("GET", `/sessions?${page}`) as Promise<Page>;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** A conversation from a little before one of its events on; seq 0 is from its beginning. */
export function useTranscript(session: string, seq: number) {
  return useInfiniteQuery({
    queryKey: ["records", "events", session, seq],
    queryFn: ({ pageParam }) =>
      call(
        "GET",
        `/sessions/${encodeURIComponent(session)}/events?after=${pageParam}`,
      ) as Promise<Events>,
    initialPageParam: Math.max(0, seq - BEFORE),
    getNextPageParam: (last) => last.next,
    getPreviousPageParam: (_first, _all, after) =>
      after > 0 ? Math.max(0, after - EVENTS) : undefined,
  });
}

/** The events of the pages that were read, each once. */
export function eventsOf(pages: readonly Events[] | undefined): AgentEvent[] {
  const all = new Map<number, AgentEvent>();
  for (const page of pages ?? []) for (const event of page.items) all.set(event.seq, event);
  return [...all.values()].sort((a, b) => a.seq - b.seq);
}

/** Erases a conversation for good; the reason goes into the audit log. */
export function eraseOne(session: string, reason: string): Promise<unknown> {
  const why = new URLSearchParams({ reason });
  return call("DELETE", `/sessions/${encodeURIComponent(session)}?${why}`);
}

/** How conversations are taken out. */
export type Format = "csv" | "jsonl";

/** The address that takes out all that a search finds. */
export function exportAddress(asked: Asked, format: Format): string {
  const query = queryOf(asked);
  query.set("format", format);
  return `/v1/sessions/export?${query}`;
}

/** The address that takes out one conversation. */
export function exportOneAddress(session: string, format: Format): string {
  return `/v1/sessions/${encodeURIComponent(session)}/export?format=${format}`;
}
