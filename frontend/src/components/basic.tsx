import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../i18n";
import type { Status } from "../api/types";

/** The small parts that every view is made of. */
export function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
}) {
  return (
    <label class="field">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value as T)}>
        {props.options.map(([value, label]) => (
          <option key={value} value={value} selected={value === props.value}>{label}</option>
        ))}
      </select>
    </label>
  );
}

export function Check(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      <span>{props.label}</span>
    </label>
  );
}

export interface Tab {
  key: string;
  label: string;
  content: () => ComponentChildren;
}

/** Bring a tab into sight in its own row: the page stays where it is. */
function showTab(tab: HTMLElement | null): void {
  const row = tab?.parentElement;
  if (!tab || !row) return;
  const [left, right] = [tab.offsetLeft - row.offsetLeft, tab.offsetLeft - row.offsetLeft + tab.offsetWidth];
  if (left < row.scrollLeft) row.scrollLeft = left;
  else if (right > row.scrollLeft + row.clientWidth) row.scrollLeft = right - row.clientWidth;
}

/** Tabs after the pattern of ARIA: arrow keys go from one to the next. */
export function Tabs(props: { label: string; tabs: readonly Tab[]; chosen: string; onChoose: (key: string) => void }) {
  const { tabs, onChoose } = props;
  const chosen = tabs.find((tab) => tab.key === props.chosen) ?? tabs[0]!;
  useEffect(() => showTab(document.getElementById(`tab-${chosen.key}`)), [chosen.key]);
  const move = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(chosen) + by + tabs.length) % tabs.length]!;
    onChoose(next.key);
    requestAnimationFrame(() => document.getElementById(`tab-${next.key}`)?.focus());
  };
  return (
    <>
      <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            type="button"
            role="tab"
            id={`tab-${tab.key}`}
            key={tab.key}
            aria-selected={tab === chosen}
            aria-controls="panel"
            tabIndex={tab === chosen ? 0 : -1}
            onClick={() => onChoose(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby={`tab-${chosen.key}`} key={chosen.key}>
        {chosen.content()}
      </div>
    </>
  );
}

/** A word with a sign of its own: the colour of a state is not its only mark. */
export function StatusMark({ status }: { status: Status }) {
  const known = (["new", "running", "paused", "measuring", "ended", "stopped", "failed", "crashed", "unreadable"] as const).find((one) => one === status);
  const sign = { new: "○", running: "▶", paused: "❚❚", measuring: "◔", ended: "✓", stopped: "■", failed: "✕", crashed: "✕", unreadable: "?" }[known ?? "unreadable"];
  return (
    <span class={`status ${known ?? "unreadable"}`}>
      <span aria-hidden="true">{sign}</span> {known ? t(`status.${known}`) : status}
    </span>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="lead">{title}</p>
      {children}
    </div>
  );
}

export const Loading = () => <p class="loading" role="status">{t("loading")}</p>;

/** What went wrong, as the server says it: in English. */
export const Fault = ({ text }: { text: string }) => (
  <p class="fault" role="alert"><b>{t("fault")}</b> <span lang="en">{text}</span></p>
);
