import type { en } from "./why.en";

export const zh: Record<keyof typeof en, string> = {};
