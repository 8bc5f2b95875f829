import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Buttons as one stop of the Tab key (the toolbar pattern of ARIA): arrow keys go from one to the next. */
export function Toolbar({ label, children }: { label: string; children: ComponentChildren }) {
  const host = useRef<HTMLDivElement>(null);
  const buttons = () => [...host.current!.querySelectorAll("button")];
  const stopAt = (chosen: HTMLButtonElement | undefined) => {
    for (const button of buttons()) button.tabIndex = button === chosen ? 0 : -1;
  };
  // Buttons come and go with the language and with what is hidden: one of them is always reached.
  useEffect(() => {
    const all = buttons();
    stopAt(all.find((button) => button.tabIndex === 0 && button.dataset["stop"]) ?? all[0]);
  });
  const move = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const all = buttons();
    const now = all.indexOf(event.target as HTMLButtonElement);
    const next = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    all[(next + all.length) % all.length]!.focus();
  };
  const onFocus = (event: FocusEvent) => {
    for (const button of buttons()) delete button.dataset["stop"];
    const button = event.target as HTMLButtonElement;
    button.dataset["stop"] = "yes";
    stopAt(button);
  };
  return <div class="toolbar" role="toolbar" aria-label={label} ref={host} onKeyDown={move} onFocusIn={onFocus}>{children}</div>;
}
