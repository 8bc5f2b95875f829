/** The kinds of input that settings are made with. */
import { useState } from "preact/hooks";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import { fieldName } from "../../../play/names";
import { Field } from "./Field";

export function Select<T extends string>(props: { field: string; value: T; options: readonly (readonly [T, string])[]; onChange: (value: T) => void }) {
  return (
    <Field field={props.field}>
      {(id) => (
        <select id={id} value={props.value} onChange={(event) => props.onChange(event.currentTarget.value as T)}>
          {props.options.map(([value, label]) => <option key={value} value={value} selected={value === props.value}>{label}</option>)}
        </select>
      )}
    </Field>
  );
}

/** A slider: it tells of each place on its way, and of the one where it is let go. */
export function Slider(props: {
  field: string; value: number; least: number; greatest: number; step: number; shown: string;
  onChange: (value: number, dragging: boolean) => void;
}) {
  const { value, onChange } = props;
  return (
    <Field field={props.field} value={props.shown}>
      {(id) => (
        <input
          id={id} type="range" min={props.least} max={Math.max(props.greatest, value)} step={props.step} value={value} aria-valuetext={props.shown}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber, true)}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber, false)}
        />
      )}
    </Field>
  );
}

const OTHER = "other";

/** A number from a list, or any other that is typed. `off` names the one number that switches the thing off. */
export function NumberChoice(props: { field: string; value: number; options: readonly number[]; off?: number; onChange: (value: number) => void }) {
  const { field, value, options, off, onChange } = props;
  const [isTyped, setTyped] = useState(false);
  const all = options.includes(value) ? options : [...options, value].sort((one, other) => one - other);
  const take = (text: string) => {
    const typed = Number(text.trim().replace(",", "."));
    setTyped(false);
    if (text.trim() !== "" && !Number.isNaN(typed)) onChange(typed);
  };
  return (
    <Field field={field}>
      {(id) => isTyped ? (
        <input
          id={id} ref={(element) => element?.focus()} inputMode="decimal" aria-label={t("play.typed", { field: fieldName(field) })} defaultValue={String(value)}
          onBlur={(event) => take(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") setTyped(false);
          }}
        />
      ) : (
        <select id={id} value={String(value)} onChange={(event) => (event.currentTarget.value === OTHER ? setTyped(true) : onChange(Number(event.currentTarget.value)))}>
          {all.map((one) => <option key={one} value={String(one)} selected={one === value}>{one === off ? t("play.off") : formatNumber(one)}</option>)}
          <option value={OTHER}>{t("play.other")}</option>
        </select>
      )}
    </Field>
  );
}
