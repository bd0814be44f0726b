import { useCallback } from "react";
import { useLocation, useRoute } from "wouter";

/** Where the agent is: in which chat, and with which pane in front on a narrow screen. */
export interface Place {
  session: string | undefined;
  view: "list" | "chat" | "about";
}

/** Reads the place from the address, so that the browser's back button works. */
export function usePlace(): Place {
  const [inChat, params] = useRoute<{ id: string; view?: string }>("/chats/:id/:view?");
  if (!inChat) return { session: undefined, view: "list" };
  return { session: params.id, view: params.view === "about" ? "about" : "chat" };
}

/** Whether the agent reads in the record, and the chats stand back. */
export function useInRecords(): boolean {
  return useRoute("/records/:id?")[0];
}

/** The address of a chat, below the base. */
export function chatAddress(session: string): string {
  return `/chats/${encodeURIComponent(session)}`;
}

/** Goes to a chat. */
export function useOpenChat(): (session: string) => void {
  const [, navigate] = useLocation();
  return useCallback((session: string) => navigate(chatAddress(session)), [navigate]);
}
