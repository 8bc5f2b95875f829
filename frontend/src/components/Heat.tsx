import { useEffect, useRef, useState } from "preact/hooks";
import type { Histograms } from "../api/types";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { drawHeat, extentOf } from "./drawHeat";

const HEIGHT = 132;

export function Heat({ title, histograms }: { title: string; histograms: Histograms }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const version = colours.value;
  useEffect(() => {
    const element = canvas.current!;
    const draw = () => drawHeat(element, histograms, element.clientWidth, HEIGHT);
    draw();
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [histograms, version]);
  const { least, greatest } = extentOf(histograms);
  const last = histograms.steps.length - 1;
  const at = pointed ?? last;
  const label = `${title}: ${t("heat.label", { from: histograms.steps[0] ?? 0, to: histograms.steps[last] ?? 0, least: formatNumber(histograms.least[last]), greatest: formatNumber(histograms.greatest[last]) })}`;
  return (
    <figure class="heat">
      <figcaption>{title}</figcaption>
      <div class="heat-body">
        <div class="heat-scale" aria-hidden="true"><span>{formatNumber(greatest)}</span><span>{formatNumber(least)}</span></div>
        <canvas
          ref={canvas}
          role="img"
          aria-label={label}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const share = (event.clientX - box.left) / box.width;
            setPointed(Math.min(Math.max(Math.floor(share * histograms.steps.length), 0), last));
          }}
          onPointerLeave={() => setPointed(null)}
        />
      </div>
      <p class="readout">
        {t("axis.step")} {formatNumber(histograms.steps[at])} · {formatNumber(histograms.least[at])} … {formatNumber(histograms.greatest[at])}
      </p>
    </figure>
  );
}
