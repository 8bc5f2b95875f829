interface Props {
  value: number;
  least: number;
  most: number;
  /** As far as the buttons go; more by typing. */
  easy: number;
  label: string;
  fewer: string;
  more: string;
  onChange(value: number): void;
}

/** A small whole number: two buttons, and a field to type it into. */
export function Stepper({ value, least, most, easy, label, fewer, more, onChange }: Props) {
  const take = (input: HTMLInputElement) => {
    const typed = Math.round(Number(input.value));
    const next = input.value.trim() !== "" && Number.isFinite(typed) ? Math.min(Math.max(typed, least), most) : value;
    input.value = String(next);
    if (next !== value) onChange(next);
  };
  return (
    <span class="stepper">
      <button type="button" aria-label={fewer} title={fewer} disabled={value <= least} onClick={() => onChange(value - 1)}>−</button>
      <input
        type="text" inputMode="numeric" aria-label={label} title={label} value={value}
        onChange={(event) => take(event.currentTarget)}
        onKeyDown={(event) => {
          const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (!by) return;
          event.preventDefault();
          onChange(Math.min(Math.max(value + by, least), most));
        }}
      />
      <button type="button" aria-label={more} title={more} disabled={value >= easy} onClick={() => onChange(value + 1)}>+</button>
    </span>
  );
}
