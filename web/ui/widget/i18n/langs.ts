/**
 * The languages of the widget, as they are sent in hello; the first is the default. One that is added
 * here gets files of its own in the build: a visitor fetches the words of one language only.
 */
export const LANGS = ["zh-CN", "zh-TW", "en"] as const;

export type Lang = (typeof LANGS)[number];
