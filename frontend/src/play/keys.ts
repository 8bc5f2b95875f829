import { redo, undo } from "./undo";

/** Ctrl-Z and Ctrl-Shift-Z (or Ctrl-Y), as everywhere; in a field they are the browser's own. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    const action = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
    if (!action) return;
    event.preventDefault();
    action();
  });
}

const TYPED = ["text", "number", "search"];
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TYPED.includes(target.type));
