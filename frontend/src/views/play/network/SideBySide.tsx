import { useEffect, useMemo, useRef } from "preact/hooks";
import { effect } from "@preact/signals";
import { prepare } from "../../../components/drawHeat";
import { formatNumber } from "../../../analysis/numbers";
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { layOut } from "../../../play/drawing/geometry";
import { answerPicture, paint, type Shown } from "../../../play/map/picture";
import { drawMapPoints } from "../../../play/map/points";
import { MOST_NETWORKS } from "../../../play/fields";
import { data, frame } from "../../../play/session";
import type { LayerState } from "../../../play/state";
import { changeView, state } from "../../../play/store";
import { colours } from "../../../state/preferences";
import { activationName } from "./names";
import { NetworkCanvas } from "./NetworkCanvas";
import { addNetwork, removeNetwork } from "./networks";
import { networkName, useColumns, useWidth } from "./useNetwork";

/** Two to four networks on the same data, in step: each with its drawing, map and losses; one is worked on. */
export function SideBySide({ chosen }: { chosen: number }) {
  const { networks, view } = state.value;
  return (
    <div class="net-cards" role="group" aria-label={t("net.side_by_side")}>
      {networks.map((_, index) => <NetworkCard key={index} index={index} isChosen={index === chosen} />)}
      {networks.length < MOST_NETWORKS && !view.hide.includes("networks") && (
        <button type="button" class="net-add" onClick={() => addNetwork(chosen)}>+ {t("net.add_short")}</button>
      )}
    </div>
  );
}

function NetworkCard({ index, isChosen }: { index: number; isChosen: boolean }) {
  const name = networkName(index);
  const { networks, view } = state.value;
  const network = networks[index]!;
  const whole = useColumns(index);
  const columns = useMemo(() => inUse(whole), [whole]);
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 180);
  const layout = useMemo(() => thumbnail(columns.map(({ units }) => units.length), width), [columns, width]);
  const summary = layersText(network.layers) || t("net.no_layers");
  return (
    <article class={`net-card-of${isChosen ? " chosen" : ""}`} aria-label={t("net.named", { name })}>
      <header>
        <button type="button" class="net-choose" aria-pressed={isChosen} onClick={() => changeView({ network: index })}>
          <b>{t("net.named", { name })}</b> <small>{isChosen ? t("net.chosen") : summary}</small>
        </button>
        {!view.hide.includes("networks") && (
          <span class="net-card-tools">
            <button type="button" class="small" disabled={networks.length >= MOST_NETWORKS} aria-label={t("net.duplicate", { name })} title={t("net.duplicate", { name })} onClick={() => addNetwork(index)}><CopyIcon /></button>
            <button type="button" class="small" aria-label={t("net.remove", { name })} title={t("net.remove", { name })} onClick={() => removeNetwork(index)}>✕</button>
          </span>
        )}
      </header>
      <div class="net-card-body">
        <div class="net-thumb" ref={box} onClick={() => changeView({ network: index })}>
          <NetworkCanvas index={index} columns={columns} layout={layout} label={`${t("net.drawing_of", { name })}: ${summary}`} />
        </div>
        <SmallMap index={index} label={t("net.map_of", { name })} />
      </div>
      <Losses index={index} />
    </article>
  );
}

/** `6 × 8 Tanh, 4 ReLU`: layers in a row that are alike are told once. */
function layersText(layers: readonly LayerState[]): string {
  const groups: [string, number][] = [];
  for (const { units, activation } of layers) {
    const text = `${units} ${activationName(activation)}`;
    const last = groups.at(-1);
    if (last?.[0] === text) last[1]++;
    else groups.push([text, 1]);
  }
  return groups.map(([text, count]) => (count > 1 ? `${count} × ${text}` : text)).join(", ");
}

/** What a small drawing shows: features that are switched off are left out. */
const inUse = (columns: readonly Column[]): Column[] => columns.map((column) => ({ ...column, units: column.units.filter(({ row }) => row !== null) }));

const CopyIcon = () => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5">
    <rect x="1" y="1" width="8" height="8" rx="1.5" />
    <path d="M12 5.5a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H6.5a1 1 0 0 1-1-1" />
  </svg>
);

/** A drawing as small as the room: its layout is that of a wide one, scaled by the style. */
function thumbnail(units: readonly number[], width: number) {
  return layOut({ units, width: Math.max(width, units.length * 58 + 20), labels: 0, heads: false });
}

function Losses({ index }: { index: number }) {
  const now = frame.value?.networks[index];
  return (
    <dl class="net-losses">
      <div><dt>{t("net.train_loss")}</dt><dd>{formatNumber(now?.loss.train)}</dd></div>
      <div><dt>{t("net.test_loss")}</dt><dd>{formatNumber(now?.loss.test)}</dd></div>
    </dl>
  );
}

const MAP_SIDE = 112;
const BOX = { left: 0, top: 0, width: MAP_SIDE, height: MAP_SIDE };

/** The answer of a network over the plane, with the points. */
function SmallMap({ index, label }: { index: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = prepare(canvas.current!, MAP_SIDE, MAP_SIDE);
    const picture = document.createElement("canvas");
    return effect(() => {
      const shown = answerPicture(frame.value?.networks[index]?.arrays.get("map"));
      void colours.value;
      if (shown) drawAnswer(context, picture, shown);
      if (data.value) drawMapPoints(context, BOX, data.value.domain, 1.8);
    });
  }, [index]);
  return <canvas ref={canvas} class="net-small-map" style={{ width: `${MAP_SIDE}px`, height: `${MAP_SIDE}px` }} role="img" aria-label={label} />;
}

/** `own`: a canvas of the picture's own size, which is stretched. */
function drawAnswer(context: CanvasRenderingContext2D, own: HTMLCanvasElement, shown: Shown): void {
  const { side } = shown.picture;
  if (own.width !== side) own.width = own.height = side;
  const image = new ImageData(side, side);
  paint(new Uint32Array(image.data.buffer), shown);
  own.getContext("2d")!.putImageData(image, 0, 0);
  context.drawImage(own, 0, 0, MAP_SIDE, MAP_SIDE);
}
