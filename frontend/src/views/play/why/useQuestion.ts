import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { messageOf } from "../../../errors";
import { t } from "../../../i18n";
import type { Numbers } from "../../../play/frames";
import { ask, connection, frame, hello, running } from "../../../play/session";

export interface Found<T> {
  value: T | null;
  arrays: ReadonlyMap<string, Numbers>;
  error: string | null;
}

const NONE: Found<never> = { value: null, arrays: new Map(), error: null };

/**
 * The answer to a question, asked again with each frame: at once while training pauses, else every `calm` milliseconds.
 * One is on its way at a time; the former answer stays in sight. No question (null) has no answer.
 */
export function useQuestion<T>(what: string, about: Record<string, unknown> | null, calm: number): Found<T> {
  const [found, setFound] = useState<Found<T>>(NONE);
  const key = about && JSON.stringify(about);
  useEffect(() => {
    if (key === null) {
      setFound(NONE);
      return;
    }
    return repeatedly(calm, () =>
      ask(what, JSON.parse(key) as Record<string, unknown>).then(
        ({ header, arrays }) => setFound({ value: header as T, arrays, error: null }),
        (error: unknown) => setFound((before) => ({ ...before, error: isKnown(what) ? messageOf(error) : t("why.lacks") })),
      ));
  }, [what, key, calm]);
  return found;
}

const isKnown = (what: string): boolean => hello.peek()?.questions.includes(what) ?? true;

/** Do something with each frame, as often as `calm` allows; gives what ends it. */
function repeatedly(calm: number, act: () => Promise<void>): () => void {
  let [gone, busy, stale, last] = [false, false, false, -Infinity];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = () => {
    stale = busy;
    if (gone || busy || timer !== undefined) return;
    timer = setTimeout(start, running.peek() ? Math.max(0, last + calm - performance.now()) : 0);
  };
  const start = () => {
    timer = undefined;
    busy = true;
    last = performance.now();
    void act().finally(() => {
      busy = false;
      if (stale) plan();
    });
  };
  const stop = effect(() => {
    if (frame.value && connection.value === "open") plan();
  });
  return () => {
    gone = true;
    clearTimeout(timer);
    stop();
  };
}
