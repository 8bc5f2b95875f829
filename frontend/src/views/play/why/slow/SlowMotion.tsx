import { useEffect, useState } from "preact/hooks";
import { Choice } from "../../../../components/basic";
import { Toolbar } from "../../../../components/Toolbar";
import { t } from "../../../../i18n";
import { lights } from "../../../../play/selection";
import { pause, running, step } from "../../../../play/session";
import { state } from "../../../../play/store";
import type { Stages } from "../../../../play/why/answers";
import { lightsOf, moved } from "../../../../play/why/slow";
import { ExampleChooser, exampleOf } from "../ExampleChooser";
import { Failed } from "../Failed";
import { inputNames, useLayers } from "../network";
import { useQuestion } from "../useQuestion";
import { StageView, stageName } from "./StageView";

const SPEEDS = ["0.5", "1", "2"] as const;

/** One step of training, a stage at a time: forward, loss, backward, update. */
export function SlowMotion() {
  const layers = useLayers();
  const [at, setAt] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  const isRunning = running.value;
  useEffect(() => {
    if (running.peek()) pause(); // the step shown is the next one, which must wait to be seen
  }, []);
  const found = useQuestion<Stages>("stages", layers.length && !isRunning ? { network: state.value.view.network, example: exampleOf() } : null, 0);
  const { value } = found;
  const count = value?.stages.length ?? 1;
  const stage = value?.stages[Math.min(at, count - 1)] ?? null;
  useEffect(() => {
    lights.value = stage ? lightsOf(stage, layers) : [];
    return () => void (lights.value = []);
  }, [stage, layers]);
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(() => setAt((now) => (now + 1 < count ? now + 1 : now)), 1000 / Number(speed));
    return () => clearInterval(timer);
  }, [isPlaying, speed, count]);
  useEffect(() => {
    if (at >= count - 1) setPlaying(false);
  }, [at, count]);
  const take = () => {
    step("batch");
    setAt(0);
  };
  return (
    <>
      <p class="lead-in">{t("why.slow.lead")}</p>
      <div class="why-choosers">
        <ExampleChooser />
        <Toolbar label={t("why.slow.controls")}>
          <button type="button" disabled={at === 0} onClick={() => setAt(moved(at, -1, count))}><span aria-hidden="true">‹ </span>{t("why.slow.before")}</button>
          <button type="button" class="strong" disabled={at >= count - 1} onClick={() => setAt(moved(at, 1, count))}>{t("why.slow.next")}<span aria-hidden="true"> ›</span></button>
          <button
            type="button" aria-pressed={isPlaying}
            onClick={() => {
              if (at >= count - 1) setAt(0);
              setPlaying(!isPlaying);
            }}
          >
            {t(isPlaying ? "why.slow.stop" : "why.slow.play")}
          </button>
          <button type="button" onClick={take}>{t("why.slow.take")}</button>
        </Toolbar>
        <Choice label={t("why.slow.speed")} value={speed} options={SPEEDS.map((one) => [one, t("why.slow.per_second", { count: one })] as const)} onChange={setSpeed} />
      </div>
      {isRunning && <p class="note">{t("why.slow.running")}</p>}
      {!isRunning && <Failed found={found} />}
      {value && stage && !isRunning && (
        <div class="why-slow">
          <ol class="why-stages" aria-label={t("why.slow.stages")}>
            {value.stages.map((one, index) => (
              <li key={index}>
                <button type="button" class={`stage ${one.stage}`} aria-current={index === Math.min(at, count - 1) ? "step" : undefined} onClick={() => setAt(index)}>
                  <span class="stage-number">{index + 1}</span> {stageName(one, layers)}
                </button>
              </li>
            ))}
          </ol>
          <div class="why-stage" aria-live="polite">
            <StageView stage={stage} all={value} layers={layers} inputs={inputNames()} />
          </div>
        </div>
      )}
    </>
  );
}
