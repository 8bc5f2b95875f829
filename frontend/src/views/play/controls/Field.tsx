import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { isKey, t } from "../../../i18n";
import { fieldName } from "../../../play/names";

/** A control with its name above it and a short help beside the name. */
export function Field({ field, value, children }: { field: string; value?: string; children: (id: string) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <span class="field-name"><label for={id}>{fieldName(field)}</label>{value !== undefined && <b>{value}</b>}<Help field={field} /></span>
      {children(id)}
    </div>
  );
}

/** What a setting does: shown by a button, for the mouse and the keyboard alike. */
export function Help({ field }: { field: string }) {
  const [isOpen, setOpen] = useState(false);
  const host = useRef<HTMLSpanElement>(null);
  const id = useId();
  const key = `play.help.${field}`;
  useKeptInside(host, isOpen);
  if (!isKey(key)) return null;
  return (
    <span class="help" ref={host} onFocusOut={() => setOpen(false)}>
      <button
        type="button" aria-label={t("play.help", { field: fieldName(field) })} aria-expanded={isOpen} aria-controls={id} title={t(key)}
        onClick={() => setOpen(!isOpen)} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      >
        <span aria-hidden="true">?</span>
      </button>
      <span class="help-text" id={id} role="status">{isOpen && t(key)}</span>
    </span>
  );
}

/** A help that would leave the screen is moved back into it. */
function useKeptInside(host: { readonly current: HTMLElement | null }, isOpen: boolean): void {
  useEffect(() => {
    const text = host.current?.querySelector<HTMLElement>(".help-text");
    if (!isOpen || !text) return;
    text.style.translate = "";
    const { left, right } = text.getBoundingClientRect();
    const by = Math.max(8 - left, Math.min(0, document.documentElement.clientWidth - 8 - right));
    text.style.translate = `${by}px`;
  }, [isOpen]);
}
