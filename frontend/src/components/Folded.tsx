import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

/** What is made only while it is unfolded. */
export function Folded(props: { summary: string; class?: string | undefined; open?: boolean; children: () => ComponentChildren }) {
  const [isOpen, setOpen] = useState(props.open ?? false);
  return (
    <details class={props.class} open={isOpen} onToggle={(event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>{props.summary}</summary>
      {isOpen && props.children()}
    </details>
  );
}
