import { useComputed } from "@preact/signals";
import { Toolbar } from "../../../components/Toolbar";
import { t, type Key } from "../../../i18n";
import { frame, pause, reset, run, running, speed, step } from "../../../play/session";
import { changeAllSeeds, state } from "../../../play/store";
import { Control } from "../Control";
import { Help } from "./Field";
import { HidePanel } from "./HidePanel";
import { MainSettings } from "./MainSettings";
import { SettingsPanel } from "./SettingsPanel";

/** What trains: run, steps, reset, speed, the epoch, and the settings that matter most; more of them folded away. */
export function ControlBar() {
  const isRunning = running.value;
  return (
    <section class="play-controls" aria-label={t("play.controls")}>
      <div class="play-row">
        <Toolbar label={t("play.controls")}>
          <Control name="reset">
            <button type="button" onClick={reset} {...help("play.reset.help")}><span aria-hidden="true">⟲</span> {t("play.reset")}</button>
            <button type="button" onClick={changeAllSeeds} {...help("play.fresh.help")}><span aria-hidden="true">⚄</span> {t("play.fresh")}</button>
          </Control>
          <Control name="run">
            <button type="button" class="strong run" onClick={isRunning ? pause : run}>
              <span aria-hidden="true">{isRunning ? "❚❚" : "▶"}</span> {t(isRunning ? "play.pause" : "play.run")}
            </button>
          </Control>
          <Control name="step">
            <button type="button" onClick={() => step("epoch")} {...help("play.step.epoch.help")}>+1 {t("play.step.epoch")}</button>
            <button type="button" onClick={() => step("batch")} {...help("play.step.batch.help")}>+1 {t("play.step.batch")}</button>
          </Control>
        </Toolbar>
        <Epoch />
        <Control name="speed"><Speed /></Control>
      </div>
      <div class="play-row settings-row"><MainSettings /></div>
      {!state.value.view.embed && (
        <div class="play-folded">
          <SettingsPanel />
          <HidePanel />
        </div>
      )}
    </section>
  );
}

/** A help for the eye, on pointing and on the keyboard's way, and for the ear. */
const help = (key: Key) => ({ "data-help": t(key), "aria-description": t(key) });

function Epoch() {
  const epoch = useComputed(() => frame.value?.networks[state.value.view.network]?.epoch ?? 0);
  return (
    <div class="epoch"><span>{t("play.epoch")}</span> <output>{String(epoch.value).padStart(6, "0").replace(/(\d)(?=(\d{3})+$)/g, "$1,")}</output></div>
  );
}

/** Epochs a second along the slider; its end is: as many as go. */
const SPEEDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 1000, null] as const;

function Speed() {
  const place = SPEEDS.findIndex((one) => one === speed.value);
  const shown = speed.value === null ? t("play.speed.all") : t("play.speed.epochs", { count: speed.value });
  return (
    <div class="field">
      <span class="field-name"><label for="speed">{t("play.field.speed")}</label> <b>{shown}</b><Help field="speed" /></span>
      <input
        id="speed" type="range" min={0} max={SPEEDS.length - 1} step={1} value={place} aria-valuetext={shown}
        onInput={(event) => (speed.value = SPEEDS[event.currentTarget.valueAsNumber] ?? null)}
      />
    </div>
  );
}
