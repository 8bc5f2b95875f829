import type { RunSummary } from "../src/api/types";

/** A run as the server describes it, with what a test says of it. */
export const run = (told: Partial<RunSummary> = {}): RunSummary => ({
  id: told.id ?? "a",
  name: told.id ?? "a",
  status: "ended",
  settings: {},
  results: {},
  last: {},
  ...told,
});
