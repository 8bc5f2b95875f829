import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { RunSummary } from "../../api/types";
import { valueOf } from "../../analysis/filter";
import { Empty } from "../../components/basic";
import { t } from "../../i18n";
import { fullName } from "../../i18n/names";
import { chosenIds, toggle } from "../../state/selection";
import { shown } from "../run/SettingsTab";
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
  const at = runs.findIndex((run) => run.id === pointed);
  const named = runs[at];
  const heading = (name: string) => (name === metric ? fullName(name) : name);
  const onKey = (event: KeyboardEvent) => {
    const to = nextPlace(event.key, at, runs.length);
    if (to !== null) setPointed(runs[to]?.id ?? null);
    else if (named && (event.key === "Enter" || event.key === " ")) toggle(named.id);
    else return;
    event.preventDefault();
  };
  return (
    <figure ref={box}>
      <figcaption>{t("parallel.how")}</figcaption>
      <div class="scroll" tabIndex={0} role="region" aria-label={t("tab.parallel")}>
        <svg
          class="parallel"
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          tabIndex={0}
          role="listbox"
          aria-multiselectable="true"
          aria-label={t("parallel.label", { count: runs.length, axes: names.map(heading).join(", ") })}
          {...(at >= 0 && { "aria-activedescendant": `parallel-${at}` })}
          onKeyDown={onKey}
          onBlur={() => setPointed(null)}
        >
          {paths.map(({ run, path }, index) => (
            <path
              key={run.id}
              id={`parallel-${index}`}
              role="option"
              aria-selected={chosen.has(run.id)}
              aria-label={t("parallel.run", { name: run.name, values: names.map((name) => `${heading(name)} ${shown(valueOf(run, name))}`).join(", ") })}
              d={path}
              class={run.id === pointed ? "pointed" : chosen.has(run.id) ? "chosen" : chosen.size || pointed ? "pale" : ""}
              onPointerEnter={() => setPointed(run.id)}
              onPointerLeave={() => setPointed(null)}
              onClick={() => toggle(run.id)}
            />
          ))}
          {axes.map((axis, index) => (
            <g key={axis.name} class="axis" aria-hidden="true">
              <line x1={x(index)} x2={x(index)} y1={y(1)} y2={y(0)} />
              <text x={x(index)} y={18} class="head">{clip(heading(axis.name))}</text>
              {axis.ticks.map(({ label, at }) => <text key={label} x={x(index) + 6} y={y(at) + 4} class="tick">{clip(label)}</text>)}
            </g>
          ))}
        </svg>
      </div>
      <p class="readout">{named ? `${named.name}: ${names.map((name) => `${heading(name)} ${shown(valueOf(named, name))}`).join(" · ")}` : "\u00a0"}</p>
    </figure>
  );
}

/** Where a key goes from one of so many; null where it goes nowhere, -1: to none. */
export function nextPlace(key: string, at: number, count: number): number | null {
  const places: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at < 0 ? count - 1 : at - 1, Home: 0, End: count - 1, Escape: -1 };
  const place = places[key];
  return place === undefined ? null : key === "Escape" ? -1 : Math.min(Math.max(place, 0), count - 1);
}

const clip = (text: string): string => (text.length > 20 ? `…${text.slice(-19)}` : text);
