/** Pictures of the playground as files. */
import { colourOf, css } from "../../../components/colours";
import { t } from "../../../i18n";
import { colourOf as onScale } from "../../../play/drawing/colours";
import type { Column } from "../../../play/drawing/columns";
import { layOut } from "../../../play/drawing/geometry";
import { litOf, NONE } from "../../../play/drawing/lights";
import { sourcesOf } from "../../../play/drawing/pictures";
import { sceneOf } from "../../../play/drawing/scene";
import { MAP_BOX, mapSvg, networkSvg, type Mark, type Paper } from "../../../play/drawing/svg";
import { toScreen, type Domain } from "../../../play/map/geometry";
import { answerPicture, paint } from "../../../play/map/picture";
import { hasAmounts, scaleOfLabels, seenPoints, type MapPoint } from "../../../play/map/points";
import { classToken, markOf, shapeText, signedPalette } from "../../../play/palette";
import { data, frame } from "../../../play/session";
import { lights } from "../../../play/selection";
import { state } from "../../../play/store";
import { inkNow, networkName } from "./useNetwork";

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

/** The answer of a network over the plane, with the points that are seen. */
export function mapPicture(index: number): string {
  const shown = answerPicture(frame.peek()?.networks[index]?.arrays.get("map"));
  const side = shown?.picture.side ?? 1;
  const pixels = new Uint32Array(side * side);
  if (shown) paint(pixels, shown);
  const domain = data.peek()?.domain ?? PLANE;
  return mapSvg(pixels, side, domain, seenPoints().flatMap((point) => markFor(point, domain)), paperNow(), t("net.map_of", { name: networkName(index) }));
}

function markFor({ x, y, label, isTest }: MapPoint, domain: Domain): Mark[] {
  const [[x0, x1], [y0, y1]] = domain;
  if (x < x0 || x > x1 || y < y0 || y > y1) return [];
  const isRegression = hasAmounts();
  const fill = isRegression ? css(onScale(signedPalette(), label / scaleOfLabels())) : colourOf(classToken(label));
  return [{ path: shapeText(markOf(label, isRegression), ...toScreen(MAP_BOX, domain, x, y), 4), fill, edge: colourOf(isTest ? "--text" : "--ground") }];
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
