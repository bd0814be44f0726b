import type { ReactNode } from "react";
import { Router } from "wouter";

/** Addresses below /console: "/" is the list, "/chats/<session>" a chat, ".../about" its details. */
export function WorkRouter({ children }: { children: ReactNode }) {
  return <Router base="/console">{children}</Router>;
}
