import { useEffect, useRef, useState } from "preact/hooks";
import type { Envelope } from "../api/envelope";
import { formatNumber } from "../analysis/numbers";
import { t } from "../i18n";
import { colours } from "../state/preferences";
import { drawArray, largest, MOST_TILES, tilesOf } from "./drawArray";

/** The numbers of an array as a picture, with its scale in words. */
export function ArrayPicture({ title, array }: { title: string; array: Envelope }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [room, setRoom] = useState(0);
  const shape = array.header.shape ?? [array.values.length];
  const tiles = tilesOf(array.header.shown ?? shape);
  const version = colours.value;
  useEffect(() => {
    const box = canvas.current!.parentElement!;
    const observer = new ResizeObserver(() => setRoom(box.clientWidth));
    observer.observe(box);
    setRoom(box.clientWidth);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!room) return;
    const { width, height } = drawArray(canvas.current!, array.values, tiles, room);
    canvas.current!.style.width = `${width}px`;
    canvas.current!.style.height = `${height}px`;
  }, [array, room, version]);
  const most = largest(array.values);
  const size = shape.join(" × ") || "1";
  return (
    <figure class="array">
      <figcaption>
        <b>{title}</b> <span>{size}</span>
      </figcaption>
      <div class="array-body scroll" tabIndex={0} role="region" aria-label={title}>
        <canvas ref={canvas} role="img" aria-label={`${title}, ${size}, ${t("array.scale", { most: formatNumber(most) })}`} />
      </div>
      <p class="readout scale"><i class="low" /> −{formatNumber(most)} <i class="zero" /> 0 <i class="high" /> {formatNumber(most)}
        {tiles.count > MOST_TILES && ` · ${t("array.first", { count: MOST_TILES, all: tiles.count })}`}
      </p>
    </figure>
  );
}
