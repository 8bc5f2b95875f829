import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { RunSummary } from "../../api/types";
import { Empty } from "../../components/basic";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { chosenIds, toggle } from "../../state/selection";
import { parallelAxis, parallelPath } from "./parallelAxes";

const HEIGHT = 440;
const TOP = 40;
const BOTTOM = 16;
const GAP = { least: 110, greatest: 280 };
const SIDE = 70;
const MOST_AXES = 8;

interface Props {
  runs: readonly RunSummary[];
  settings: readonly string[];
  metric: string;
}

/** Runs as lines through their settings to a metric. Those chosen, and the one pointed at, stand out. */
export function Parallel(props: Props) {
  return props.settings.length ? <Lines {...props} /> : <Empty title={t("parallel.same")} />;
}

function Lines({ runs, settings, metric }: Props) {
  const box = useRef<HTMLElement>(null);
  const [room, setRoom] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(() => setRoom(box.current?.clientWidth ?? 0));
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const [pointed, setPointed] = useState<string | null>(null);
  const names = [...settings.slice(0, MOST_AXES - 1), metric].filter(Boolean);
  const axes = useMemo(() => names.map((name) => parallelAxis(runs, name)), [runs, names.join()]);
  const gap = Math.min(Math.max((room - 2 * SIDE) / Math.max(names.length - 1, 1), GAP.least), GAP.greatest);
  const x = (axis: number) => SIDE + axis * gap;
  const y = (place: number) => HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
  const paths = useMemo(
    () => runs.map((run) => ({ run, path: parallelPath(axes.map((axis) => axis.place(run)), x, y) })),
    [runs, axes, gap],
  );
  const width = 2 * SIDE + (axes.length - 1) * gap;
  const chosen = new Set(chosenIds.value);
  const named = runs.find((run) => run.id === pointed);
  return (
    <figure ref={box}>
      <figcaption>{t("parallel.how")}</figcaption>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("tab.parallel")}>
        <svg class="parallel" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={t("parallel.label", { count: runs.length, axes: names.join(", ") })}>
          {paths.map(({ run, path }) => (
            <path
              key={run.id}
              d={path}
              class={run.id === pointed ? "pointed" : chosen.has(run.id) ? "chosen" : chosen.size || pointed ? "pale" : ""}
              onPointerEnter={() => setPointed(run.id)}
              onPointerLeave={() => setPointed(null)}
              onClick={() => toggle(run.id)}
            />
          ))}
          {axes.map((axis, index) => (
            <g key={axis.name} class="axis">
              <line x1={x(index)} x2={x(index)} y1={y(1)} y2={y(0)} />
              <text x={x(index)} y={18} class="head">{clip(index === axes.length - 1 ? fullName(axis.name) : axis.name)}</text>
              {axis.ticks.map(({ label, at }) => <text key={label} x={x(index) + 6} y={y(at) + 4} class="tick">{clip(label)}</text>)}
            </g>
          ))}
        </svg>
      </div>
      <p class="readout">{named ? named.name : " "}</p>
    </figure>
  );
}

const clip = (text: string): string => (text.length > 20 ? `…${text.slice(-19)}` : text);
