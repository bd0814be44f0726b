/** The drawings, as strokes on a field of 24 × 24. */
export const paths = {
  back: "M15 5l-7 7 7 7",
  down: "M6 9l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  cross: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4",
  note: "M5 4h14v11l-5 5H5V4zM14 20v-5h5M8.5 8.5h7M8.5 12h4",
  sound: "M4 10v4h3.5L12 18V6L7.5 10H4zM15.5 9a4 4 0 010 6M18 6.5a8 8 0 010 11",
  mute: "M4 10v4h3.5L12 18V6L7.5 10H4zM16 10l4.5 4.5M20.5 10L16 14.5",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 019.5 4 8.5 8.5 0 1020 14.5z",
  keyboard: "M3 7h18v11H3zM7 11h.01M11 11h.01M15 11h.01M17.5 11h.01M8 14.5h8",
  globe:
    "M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3z",
  info: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.5h.01",
  alert: "M12 4L2.5 20h19L12 4zM12 10v4.5M12 17.2h.01",
  release: "M9 7L4.5 11.5 9 16M5 11.5h9a5 5 0 015 5V19",
  key: "M8 11a4 4 0 100 8 4 4 0 000-8zM11 12.2L20 4M16 7.5l3 3",
  leave: "M14 4H5v16h9M10 12h10M16.5 8.5L20 12l-3.5 3.5",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3.5 2",
  copy: "M9 9h10v11H9zM15 9V4H5v11h4",
  chat: "M4 5h16v11h-8l-4.5 4v-4H4V5z",
} as const;

/** The name of a drawing. */
export type IconName = keyof typeof paths;
