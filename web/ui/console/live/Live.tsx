import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { systemClock } from "../../shared/clock";
import { SUBPROTOCOL } from "../../shared/wire";
import { type Commands, createLine } from "./line";
import type { Desk } from "./state";
import { createStore, type Store } from "./store";

interface Live {
  store: Store;
  commands: Commands;
}

const Context = createContext<Live | null>(null);

interface Props {
  site: string;
  /** The server has ended the sign-in. */
  onRevoked: () => void;
  children: ReactNode;
}

/** Keeps the socket open while the desk is shown, and wakes it when the tab or network returns. */
export function LiveProvider({ site, onRevoked, children }: Props) {
  const [live] = useState(() => createLive(site));
  useEffect(() => {
    const { commands } = live;
    const wake = () => document.visibilityState === "visible" && commands.wake();
    // Hung up, so that the browser may keep the page; back on it, the desk is taken anew.
    const leave = () => commands.stop();
    const back = (event: PageTransitionEvent) => event.persisted && commands.open();
    commands.open();
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", back);
    window.addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", back);
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      commands.stop();
    };
  }, [live]);
  useEffect(
    () => live.store.subscribe((_, after) => after.link === "revoked" && onRevoked()),
    [live, onRevoked],
  );
  return <Context value={live}>{children}</Context>;
}

function createLive(site: string): Live {
  const store = createStore(systemClock);
  const address = new URL("/v1/agent", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const dial = () => new WebSocket(address, SUBPROTOCOL);
  const commands = createLine({
    site,
    lang: () => document.documentElement.lang,
    store,
    clock: systemClock,
    random: Math.random,
    dial,
  });
  return { store, commands };
}

function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("the desk needs a LiveProvider above it");
  return live;
}

/** The store itself, for what listens to changes instead of showing them. */
export function useStore(): Store {
  return useLive().store;
}

/** What this agent can do. */
export function useCommands(): Commands {
  return useLive().commands;
}

/** One part of the desk; the component renders again when that part changes. */
export function useDesk<Part>(select: (desk: Desk) => Part): Part {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}
