/** Pictures of the playground as files. */
import { t } from "../../../i18n";
import type { Column } from "../../../play/drawing/columns";
import { layOut } from "../../../play/drawing/geometry";
import { litOf, NONE } from "../../../play/drawing/lights";
import { sourcesOf } from "../../../play/drawing/pictures";
import { sceneOf } from "../../../play/drawing/scene";
import { mapSvg, networkSvg, type Paper } from "../../../play/drawing/svg";
import { data, frame } from "../../../play/session";
import { lights } from "../../../play/selection";
import { state } from "../../../play/store";
import { pointsOf } from "./mapPoints";
import { inkNow } from "./useNetwork";

/** As wide as a page of print has room for. */
const WIDTH = 900;
const PLANE = [[-6, 6], [-6, 6]] as const;
const paperNow = (): Paper => inkNow();

/** The network shown, as it is now. */
export function networkPicture(index: number, columns: readonly Column[]): string {
  const now = frame.peek()?.networks[index] ?? null;
  const layout = layOut({ units: columns.map(({ units }) => units.length), width: WIDTH, labels: 60, heads: false });
  const scene = sceneOf(layout, columns, now, { lit: litOf(lights.peek(), columns), chosen: NONE, near: null });
  const sources = sourcesOf(columns, now, data.peek()?.domain ?? PLANE).flat();
  return networkSvg(scene, sources, state.peek().view.discretize, paperNow(), t("net.title"));
}

export function mapPicture(index: number): string {
  const now = frame.peek()?.networks[index];
  const [points, map] = [data.peek(), now?.arrays.get("map")];
  const { discretize, show_test } = state.peek().view;
  const source = map?.shape[1] ? { values: map.values, from: 0, side: map.shape[1] } : { values: new Float32Array([0]), from: 0, side: 1 };
  const shown = points ? pointsOf(points).filter(({ test }) => show_test || !test) : [];
  return mapSvg(source, points?.domain ?? PLANE, shown, discretize, paperNow(), t("net.map_of", { name: "" }));
}

export const downloadSvg = (svg: string, name: string): void => download(new Blob([svg], { type: "image/svg+xml" }), `${name}.svg`);

/** Twice as fine as on the screen. */
const FINENESS = 2;

export async function downloadPng(svg: string, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * FINENESS;
  canvas.height = image.naturalHeight * FINENESS;
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => blob && download(blob, `${name}.png`), "image/png");
}

function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
