import { useState } from "preact/hooks";
import { control } from "../../api";
import type { Command, RunDetail } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { lastFinite } from "../../components/Legend";
import { t } from "../../i18n";
import { messageOf, session, table } from "../../state/watch";

type State = { kind: "idle" } | { kind: "sent"; command: Command } | { kind: "failed"; error: string };

/** Requests to a training. Each is confirmed by an event of the run, so what is shown here is only that it was sent. */
export function Steering({ run }: { run: RunDetail }) {
  const [state, setState] = useState<State>({ kind: "idle" });
  const [sure, setSure] = useState(false);
  const rate = lastFinite(table("steps").columns.get("learning_rate") ?? table("epochs").columns.get("learning_rate") ?? []);
  if (!session.value?.steer) return null;
  const isLive = run.status === "running" || run.status === "paused";
  const send = async (command: Command, value?: number | string) => {
    setSure(false);
    try {
      await control(run.id, command, value);
      setState({ kind: "sent", command });
    } catch (error) {
      setState({ kind: "failed", error: messageOf(error) });
    }
  };
  return (
    <section class="steering" aria-label={t("steer.label")}>
      {isLive && (
        <div class="group">
          {run.status === "paused" ? (
            <button type="button" class="strong" onClick={() => void send("continue")}>{t("steer.continue")}</button>
          ) : (
            <button type="button" onClick={() => void send("pause")}>{t("steer.pause")}</button>
          )}
          <button type="button" class={sure ? "danger" : ""} onClick={() => (sure ? void send("stop") : setSure(true))}>
            {sure ? t("steer.stop.sure") : t("steer.stop")}
          </button>
          {sure && <button type="button" onClick={() => setSure(false)}>{t("steer.no")}</button>}
        </div>
      )}
      {isLive && <Value name="learning_rate" label={t("metric.learning_rate")} send={send} least={0} step="any" now={rate} />}
      {isLive && <Value name="epochs" label={t("steer.epochs")} send={send} least={(run.epochs ?? 0) + 1} step="1" start={run.epochs_planned ?? undefined} />}
      <Words name="note" label={t("steer.note")} send={send} />
      <Words name="tag" label={t("steer.tag")} send={send} />
      <p class="answer" role="status">
        {state.kind === "sent" && t("steer.sent")}
        {state.kind === "failed" && <span class="fault-text">{state.error}</span>}
      </p>
    </section>
  );
}

interface SendProps {
  name: Command;
  label: string;
  send: (command: Command, value: number | string) => Promise<void>;
}

interface ValueProps extends SendProps {
  least: number;
  step: string;
  start?: number | undefined;
  /** What holds now, shown until another is typed. */
  now?: number;
}

function Value({ name, label, send, least, step, start, now = NaN }: ValueProps) {
  const [value, setValue] = useState(start === undefined ? "" : String(start));
  const number = Number(value);
  const isGood = value.trim() !== "" && Number.isFinite(number) && (name === "epochs" ? number >= least && Number.isInteger(number) : number > 0);
  return (
    <form
      class="group"
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) void send(name, number);
      }}
    >
      <label class="field">
        <span>{label}</span>
        <input type="number" name={name} min={least} step={step} value={value} placeholder={Number.isFinite(now) ? formatNumber(now) : ""} onInput={(event) => setValue(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={!isGood} aria-label={`${t("steer.set")}: ${label}`}>{t("steer.set")}</button>
    </form>
  );
}

function Words({ name, label, send }: SendProps) {
  const [text, setText] = useState("");
  return (
    <form
      class="group"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void send(name, text.trim()).then(() => setText(""));
      }}
    >
      <label class="field">
        <span>{label}</span>
        <input type="text" name={name} maxLength={name === "tag" ? 60 : 2000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={!text.trim()} aria-label={`${t("steer.add")}: ${label}`}>{t("steer.add")}</button>
    </form>
  );
}
