import type { en } from "./network.en";

export const zh: Record<keyof typeof en, string> = {};
