import { useEffect, useRef, useState } from "preact/hooks";
import { messageOf } from "../errors";

export interface Answer<T> {
  value: T | null;
  error: string | null;
}

/** Milliseconds until what failed is tried once more: files of a run that is just ending may be found half changed. */
const AGAIN = 2_000;

/** What is read when a view needs it; the former answer stays in sight until the next is there. */
export function useAnswer<T>(read: () => Promise<T>, inputs: readonly unknown[]): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, error: null });
  useEffect(() => {
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = (isLast: boolean) =>
      read().then(
        (value) => gone || setAnswer({ value, error: null }),
        (error: unknown) => {
          if (gone) return;
          setAnswer({ value: null, error: messageOf(error) });
          if (!isLast) timer = setTimeout(() => void attempt(true), AGAIN);
        },
      );
    void attempt(false);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, inputs);
  return answer;
}

/** A value that changes at most every so many milliseconds: what is costly to read is not read at each new epoch. */
export function useCalm<T>(value: T, milliseconds: number): T {
  const [calm, setCalm] = useState(value);
  const changed = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setCalm(value);
    }, Math.max(0, changed.current + milliseconds - performance.now()));
    return () => clearTimeout(timer);
  }, [value]);
  return calm;
}
