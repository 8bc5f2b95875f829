import type { ComponentChildren } from "preact";
import { Choice } from "../../../components/basic";
import { Toolbar } from "../../../components/Toolbar";
import { formatNumber } from "../../../analysis/numbers";
import { t, type Key } from "../../../i18n";
import type { FamilyFrame } from "../../../play/families/frames";
import { set, tell } from "../../../play/families/session";
import { anySeed } from "../../../play/store";

const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
/** Steps a second along the slider; its end is: as many as go. */
const SPEEDS = [1, 3, 10, 30, 100, null] as const;

/** What trains: run, steps, reset, speed, learning rate, and what a family has of its own. */
export function FamilyBar({ frame, children }: { frame: FamilyFrame; children: ComponentChildren }) {
  const { running, settings } = frame;
  return (
    <section class="play-controls" aria-label={t("family.controls")}>
      <div class="play-row">
        <Toolbar label={t("family.controls")}>
          <button type="button" onClick={() => tell("reset")} {...help("family.reset.help")}><span aria-hidden="true">⟲</span> {t("play.reset")}</button>
          <button type="button" onClick={() => set({ seed: anySeed() })} {...help("family.fresh.help")}><span aria-hidden="true">⚄</span> {t("play.fresh")}</button>
          <button type="button" class="strong run" onClick={() => tell(running ? "pause" : "run")}>
            <span aria-hidden="true">{running ? "❚❚" : "▶"}</span> {t(running ? "play.pause" : "play.run")}
          </button>
          <button type="button" onClick={() => tell("step")} {...help("family.step.one")}>+1 {t("family.step")}</button>
          <button type="button" onClick={() => tell("step", 10)} {...help("family.step.ten")}>+10 {t("family.steps")}</button>
        </Toolbar>
        <div class="epoch"><span>{t("family.step")}</span> <output>{String(frame.step).padStart(5, "0")}</output></div>
        <Speed value={settings["steps_per_second"] as number | null} />
      </div>
      <div class="play-row settings-row">
        <Choice
          label={t("family.rate")} value={String(settings["learning_rate"])} options={RATES.map((rate) => [String(rate), formatNumber(rate)] as const)}
          onChange={(rate) => set({ learning_rate: Number(rate) })}
        />
        {children}
      </div>
    </section>
  );
}

const help = (key: Key) => ({ "data-help": t(key), "aria-description": t(key) });

function Speed({ value }: { value: number | null }) {
  const shown = value === null ? t("play.speed.all") : t("family.speed.steps", { count: value });
  return (
    <div class="field">
      <span class="field-name"><label for="speed">{t("family.speed")}</label> <b>{shown}</b></span>
      <input
        id="speed" type="range" min={0} max={SPEEDS.length - 1} step={1} value={SPEEDS.findIndex((one) => one === value)} aria-valuetext={shown}
        onInput={(event) => set({ steps_per_second: SPEEDS[event.currentTarget.valueAsNumber] ?? null })}
      />
    </div>
  );
}
