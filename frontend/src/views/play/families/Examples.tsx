import { t } from "../../../i18n";
import type { Numbers } from "../../../play/frames";
import { partOf, type FamilyFrame } from "../../../play/families/frames";
import { set, settingNow } from "../../../play/families/session";
import { HeatGrid } from "./HeatGrid";
import { count } from "./NumberTable";

const EXAMPLES = 30;

/** The test example that is looked at: the one before, the next. `own` are the settings that hold something of one's own. */
export function ExampleSteps({ frame, own }: { frame: FamilyFrame; own: readonly string[] }) {
  const example = frame.settings["example"] as number;
  const isOwn = own.some((name) => frame.settings[name] !== null);
  const cleared = Object.fromEntries(own.map((name) => [name, null]));
  const go = (by: number) => set({ ...cleared, example: ((settingNow(frame, "example") as number) + by + EXAMPLES) % EXAMPLES });
  return (
    <div class="example-steps">
      <button type="button" class="small" onClick={() => go(-1)} aria-label={t("family.previous")}>◀</button>
      <span>{isOwn ? t("family.own") : t("family.example", { number: example + 1, count: EXAMPLES })}</span>
      <button type="button" class="small" onClick={() => go(1)} aria-label={t("family.next")}>▶</button>
      {isOwn && <button type="button" class="small" onClick={() => set(cleared)}>{t("family.own.back")}</button>}
    </div>
  );
}

/** Digits to choose from. */
export function DigitExamples(props: { title: string; examples: Numbers; labels: (at: number) => number; chosen: number | null; onChoose: (at: number) => void }) {
  const { examples, labels, chosen, onChoose } = props;
  return (
    <div class="digit-examples" role="group" aria-label={props.title}>
      {count(examples.shape[0]!).map((at) => (
        <button
          key={at} type="button" aria-pressed={at === chosen} onClick={() => onChoose(at)}
          aria-label={t("family.conv.pick.one", { digit: labels(at), number: at + 1 })}
        >
          <HeatGrid rows={8} columns={8} values={partOf(examples, at).values} scale="ink" />
        </button>
      ))}
    </div>
  );
}
