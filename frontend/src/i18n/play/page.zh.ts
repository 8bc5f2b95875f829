import type { en } from "./page.en";

/** What the page of the playground says around its parts, in Simplified Chinese. */
export const zh: Record<keyof typeof en, string> = {
  "play.title": "游乐场 · pellucid",
  "play.lost": "引擎暂时没有响应，页面会自动重试。",
};
