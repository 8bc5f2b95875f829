import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { FIRST_VIEW, turned, type View } from "../../../../play/why/relief";
import { colours } from "../../../../state/preferences";
import { useWidth } from "../../network/useNetwork";
import { drawRelief, type SurfaceNumbers } from "./drawSurface";

const HEIGHT = 360;
const KEYS: Record<string, readonly [number, number]> = { ArrowLeft: [-0.15, 0], ArrowRight: [0.15, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] };

/** The surface from the side: dragged or turned with the arrow keys. */
export function Relief({ surface }: { surface: SurfaceNumbers }) {
  const host = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<readonly [number, number] | null>(null);
  const [view, setView] = useState<View>(FIRST_VIEW);
  const width = useWidth(host, 320);
  const scheme = colours.value;
  useEffect(() => drawRelief(canvas.current!, width, HEIGHT, surface, view), [surface, width, view, scheme]);
  const drag = (event: TargetedPointerEvent<HTMLCanvasElement>) => {
    if (!held.current) return;
    const [x, y] = held.current;
    setView((now) => turned(now, (event.clientX - x) / 120, (event.clientY - y) / 160));
    held.current = [event.clientX, event.clientY];
  };
  const press = (event: TargetedKeyboardEvent<HTMLCanvasElement>) => {
    const move = KEYS[event.key];
    if (!move && event.key !== "0") return;
    event.preventDefault();
    setView((now) => (move ? turned(now, ...move) : FIRST_VIEW));
  };
  return (
    <figure class="why-picture" ref={host}>
      <figcaption>{t("why.surface.relief")}</figcaption>
      <canvas
        ref={canvas} class="relief" style={{ width: `${width}px`, height: `${HEIGHT}px` }} tabIndex={0} role="img" aria-label={t("why.surface.relief.keys")} onKeyDown={press}
        onPointerDown={(event) => {
          held.current = [event.clientX, event.clientY];
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={drag} onPointerUp={() => (held.current = null)} onPointerCancel={() => (held.current = null)}
      />
      <p class="why-key">{t("why.surface.relief.how")}</p>
    </figure>
  );
}
