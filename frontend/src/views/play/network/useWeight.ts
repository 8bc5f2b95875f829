/** A field for one number of the network: what is typed takes effect at once, Enter keeps it, Escape puts the old one back. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { effect } from "@preact/signals";
import { MOST_WEIGHT, readWeight, recordEdit, setWeight, valueOf } from "../../../play/drawing/editing";
import { stepOf } from "../../../play/drawing/keyboard";
import type { Address } from "../../../play/drawing/pointing";

export interface WeightField {
  input: RefObject<HTMLInputElement | null>;
  isWrong: boolean;
  /** Whether something was typed since the field was entered, or since Enter. */
  isEdited(): boolean;
  /** The number when the field was entered. */
  before(): number;
  attributes: {
    onFocus(): void;
    onInput(event: InputEvent): void;
    onKeyDown(event: KeyboardEvent): void;
    onBlur(): void;
  };
}

/** Six figures: more is noise of float32. */
const written = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "");

/** `onDone`: what follows Enter and Escape. */
export function useWeight(network: number, address: Address, onDone: (kept: boolean) => void): WeightField {
  const input = useRef<HTMLInputElement>(null);
  const [isWrong, setWrong] = useState(false);
  const edited = useRef<{ before: number; last: number | null }>({ before: NaN, last: null });
  const key = JSON.stringify([network, address]);
  // The number follows training until the reader types, or sets the caret into it.
  useEffect(() => effect(() => {
    const value = valueOf(network, address);
    const field = input.current;
    if (!field || edited.current.last !== null) return;
    const isFocused = document.activeElement === field;
    const isWhole = field.value !== "" && field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (isFocused && !isWhole) return;
    edited.current.before = value;
    if (field.value === written(value)) return;
    field.value = written(value);
    if (isFocused) field.select();
  }), [key]);
  const begin = () => {
    edited.current = { before: valueOf(network, address), last: null };
    if (input.current) input.current.value = written(edited.current.before);
  };
  const put = (value: number) => {
    edited.current.last = value;
    setWrong(false);
    setWeight(network, address, value);
  };
  const keep = () => {
    const { before, last } = edited.current;
    if (last !== null) recordEdit(network, address, before, last);
    edited.current = { before: last ?? before, last: null };
    setWrong(false);
  };
  const leave = () => {
    const { before, last } = edited.current;
    if (last !== null && Number.isFinite(before)) setWeight(network, address, before);
    edited.current.last = null;
    if (input.current) input.current.value = written(before);
    setWrong(false);
  };
  const byStep = (event: KeyboardEvent, direction: number) => {
    const value = readWeight(input.current!.value) ?? edited.current.before;
    const step = stepOf(value) * (event.shiftKey ? 10 : 1);
    const next = Math.min(Math.max(Math.round(value / step + direction) * step, -MOST_WEIGHT), MOST_WEIGHT);
    input.current!.value = written(next);
    put(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = { Enter: () => (keep(), onDone(true)), Escape: () => (leave(), onDone(false)), ArrowUp: () => byStep(event, 1), ArrowDown: () => byStep(event, -1) }[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const onInput = (event: InputEvent) => {
    const value = readWeight((event.currentTarget as HTMLInputElement).value);
    if (value === null) setWrong(true);
    else put(value);
  };
  return { input, isWrong, isEdited: () => edited.current.last !== null, before: () => edited.current.before, attributes: { onFocus: begin, onInput, onKeyDown, onBlur: keep } };
}
