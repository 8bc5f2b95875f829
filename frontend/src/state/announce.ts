import { signal } from "@preact/signals";
import type { Status } from "../api/types";

/** What a screen reader says without being asked: that a run changed its state. Never each new number. */
export const announcement = signal<{ status: Status; name: string } | null>(null);

export const announce = (what: { status: Status; name: string }): void => {
  announcement.value = what;
};
