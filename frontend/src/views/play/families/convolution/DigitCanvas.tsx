import { useRef, useState } from "preact/hooks";
import { t } from "../../../../i18n";
import { nextInk, SIDE, stroked } from "../../../../play/families/drawing";
import type { FamilyFrame } from "../../../../play/families/frames";
import { set, settingNow } from "../../../../play/families/session";
import type { Place } from "../drawGrid";
import { DigitExamples } from "../Examples";
import { ARROWS, HeatGrid } from "../HeatGrid";
import { NumberTable } from "../NumberTable";
import type { ChosenNumber } from "./FeatureMaps";

/** The digit that is read: drawn by mouse, finger or keys, or taken from the test digits. */
export function DigitCanvas({ frame, chosen }: { frame: FamilyFrame; chosen: ChosenNumber }) {
  const [isErasing, setErasing] = useState(false);
  const pixels = frame.array("input");
  const labels = frame.array("labels").values;
  const example = frame.settings["pixels"] === null ? (frame.settings["example"] as number) : null;
  const window = chosen.part === "maps" ? { row: chosen.row, column: chosen.column, rows: 3, columns: 3 } : { row: 2 * chosen.row, column: 2 * chosen.column, rows: 4, columns: 4 };
  return (
    <div class="stack family-digit">
      <h2>{t("family.conv.digit")}</h2>
      <Paper pixels={pixels.values} begun={() => (settingNow(frame, "pixels") as number[] | null) ?? [...pixels.values]} window={window} isErasing={isErasing} />
      <div class="group wrap">
        <button type="button" class="small" aria-pressed={!isErasing} onClick={() => setErasing(false)}>{t("family.conv.pen")}</button>
        <button type="button" class="small" aria-pressed={isErasing} onClick={() => setErasing(true)}>{t("family.conv.eraser")}</button>
        <button type="button" class="small" onClick={() => set({ pixels: new Array<number>(SIDE * SIDE).fill(0) })}>{t("family.conv.clear")}</button>
      </div>
      <p class="note">{t("family.conv.pick")}</p>
      <DigitExamples
        title={t("family.conv.pick")} examples={frame.array("examples")} labels={(at) => labels[at]!} chosen={example}
        onChoose={(at) => set({ pixels: null, example: at })}
      />
      <NumberTable parts={[{ title: t("family.conv.digit"), rows: SIDE, columns: SIDE, values: pixels.values }]} />
    </div>
  );
}

interface PaperProps {
  pixels: Float32Array;
  /** The digit as it was last drawn. */
  begun: () => number[];
  window: { row: number; column: number; rows: number; columns: number };
  isErasing: boolean;
}

function Paper({ pixels, begun, window, isErasing }: PaperProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const pen = useRef<[number, number] | null>(null);
  const place = (event: PointerEvent): [number, number] => {
    const box = sheet.current!.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };
  const go = (event: PointerEvent) => {
    if (!pen.current) return;
    const at = place(event);
    set({ pixels: stroked(begun(), pen.current, at, isErasing) });
    pen.current = at;
  };
  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return;
    sheet.current!.setPointerCapture(event.pointerId);
    pen.current = place(event);
    go(event);
  };
  const press = (event: KeyboardEvent) => {
    const now = cursor ?? { row: 0, column: 0 };
    const by = ARROWS[event.key];
    if (!by && event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    const wrapped = (at: number) => (at + SIDE) % SIDE;
    if (by) setCursor({ row: wrapped(now.row + by[0]), column: wrapped(now.column + by[1]) });
    else set({ pixels: begun().map((value, at) => (at === now.row * SIDE + now.column ? nextInk(value) : value)) });
  };
  return (
    <div
      ref={sheet} class="paper" role="group" tabIndex={0} aria-label={t("family.conv.draw")} onKeyDown={press}
      onFocus={(event) => event.currentTarget.matches(":focus-visible") && setCursor(cursor ?? { row: 3, column: 3 })} onBlur={() => setCursor(null)}
      onPointerDown={begin} onPointerMove={go} onPointerUp={() => (pen.current = null)} onPointerCancel={() => (pen.current = null)}
    >
      <HeatGrid label={t("family.conv.digit")} rows={SIDE} columns={SIDE} values={pixels} scale="ink" chosen={cursor} box={window} />
    </div>
  );
}
