import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { usePreferences } from "../settings/Preferences";
import { type Act, actOf, placeOf } from "./shortcuts";

type Handlers = Map<Act, () => void>;

const Context = createContext<Handlers | null>(null);

/** Listens for single keys and calls whoever has taken the act upon itself. */
export function ActsProvider({ children }: { children: ReactNode }) {
  const [handlers] = useState<Handlers>(() => new Map());
  const { keys } = usePreferences();
  useEffect(() => {
    if (!keys) return;
    const press = (event: KeyboardEvent) => {
      const act = event.defaultPrevented ? null : actOf(event, placeOf(event.target));
      const handler = act && handlers.get(act);
      if (!handler) return;
      event.preventDefault(); // the letter must not land in the input the act may focus
      handler();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [handlers, keys]);
  return <Context value={handlers}>{children}</Context>;
}

/** Takes an act upon the component while it is shown. Null leaves the key without effect. */
export function useAct(act: Act, handler: (() => void) | null): void {
  const handlers = useContext(Context);
  useEffect(() => {
    if (!handlers || !handler) return;
    handlers.set(act, handler);
    return () => {
      if (handlers.get(act) === handler) handlers.delete(act);
    };
  }, [handlers, act, handler]);
}
