import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer to the end than this counts as being there. */
const NEAR_PX = 60;

/**
 * Keeps a scrolled box at its end while the reader is there, and leaves it alone while the reader
 * looks at something further up. `content` changes whenever something was added.
 */
export function useBottom(content: string) {
  const box = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [below, setBelow] = useState(false);
  const toBottom = useCallback(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
    sticks.current = true;
    setBelow(false);
  }, []);
  const watch = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
    sticks.current = rest < NEAR_PX;
    if (sticks.current) setBelow(false);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: content is the reason to run
  useLayoutEffect(() => {
    if (sticks.current) toBottom();
    else setBelow(true);
  }, [content, toBottom]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    // The composer grows, a phone's keyboard opens, a long text unfolds: the end stays in sight.
    const observer = new ResizeObserver(() => sticks.current && toBottom());
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, [toBottom]);
  return { box, atBottom: !below, toBottom, watch };
}
