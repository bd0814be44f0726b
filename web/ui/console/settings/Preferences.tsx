import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { readSetting, type Setting, writeSetting } from "./kept";

/** What an agent can switch on and off. */
export interface Preferences {
  sound: boolean;
  keys: boolean;
  setSound: (on: boolean) => void;
  setKeys: (on: boolean) => void;
}

const Context = createContext<Preferences | null>(null);

/** Gives the agent's switches to everything below; both are on until switched off. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [sound, setSound] = useKept("sound");
  const [keys, setKeys] = useKept("keys");
  const value = useMemo(
    () => ({ sound, keys, setSound, setKeys }),
    [sound, keys, setSound, setKeys],
  );
  return <Context value={value}>{children}</Context>;
}

/** The agent's switches. */
export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error("usePreferences needs a PreferencesProvider above it");
  return preferences;
}

function useKept(name: Setting): [boolean, (on: boolean) => void] {
  const [on, keep] = useState(() => readSetting(name) !== "off");
  const set = useMemo(
    () => (next: boolean) => {
      writeSetting(name, next ? "on" : "off");
      keep(next);
    },
    [name],
  );
  return [on, set];
}
