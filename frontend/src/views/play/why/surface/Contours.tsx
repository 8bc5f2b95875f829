import { useEffect, useRef } from "preact/hooks";
import { formatNumber } from "../../../../analysis/numbers";
import { t } from "../../../../i18n";
import { colours } from "../../../../state/preferences";
import type { Surface } from "../../../../play/why/answers";
import { useWidth } from "../../network/useNetwork";
import { contourHeight, drawContours, type SurfaceNumbers } from "./drawSurface";

/** Lines of equal loss, the path over them. */
export function Contours({ surface, now }: { surface: SurfaceNumbers; now: Surface }) {
  const host = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(host, 320);
  const scheme = colours.value;
  useEffect(() => drawContours(canvas.current!, width, surface), [surface, width, scheme]);
  const [a, b] = surface.path.at(-1) ?? [NaN, NaN];
  return (
    <figure class="why-picture" ref={host}>
      <figcaption>{t("why.surface.contours")}</figcaption>
      <canvas
        ref={canvas} style={{ width: `${width}px`, height: `${contourHeight(width)}px` }} role="img"
        aria-label={t("why.surface.said", { first: surface.names[0], second: surface.names[1], a: formatNumber(a), b: formatNumber(b), least: formatNumber(now.least) })}
      />
      <p class="why-key"><i class="ring" /> {t("why.surface.start")} <i class="disc" /> {t("why.surface.now")}</p>
    </figure>
  );
}
