import { useEffect, useState } from "preact/hooks";
import { control } from "../../api";
import type { Command, RunDetail } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { lastFinite } from "../../components/Legend";
import { t } from "../../i18n";
import { capitalised } from "../../i18n/names";
import { messageOf } from "../../errors";
import { session, table } from "../../state/watch";
import { sentence } from "./events";

/** Requests to a training. Each is confirmed by an event of the run, so what is shown here is only that it was sent. */
export function Steering({ run }: { run: RunDetail }) {
  const { send, refuse, answer } = useRequests(run);
  const [sure, setSure] = useState(false);
  const rate = lastFinite(table("steps").columns.get("learning_rate") ?? table("epochs").columns.get("learning_rate") ?? []);
  if (!session.value?.steer || !isLive(run)) return null;
  const ask = (command: Command) => {
    setSure(false);
    void send(command);
  };
  return (
    <section class="steering" aria-label={t("steer.label")}>
      <div class="group">
        {run.status === "paused" ? (
          <button type="button" class="strong" onClick={() => ask("continue")}>{t("steer.continue")}</button>
        ) : (
          <button type="button" onClick={() => ask("pause")}>{t("steer.pause")}</button>
        )}
        <button type="button" class={sure ? "danger" : ""} onClick={() => (sure ? ask("stop") : setSure(true))}>
          {sure ? t("steer.stop.sure") : t("steer.stop")}
        </button>
        {sure && <button type="button" onClick={() => setSure(false)}>{t("steer.no")}</button>}
      </div>
      <Value name="learning_rate" label={capitalised(t("metric.learning_rate"))} send={send} refuse={refuse} least={0} step="any" now={rate} />
      <Value name="epochs" label={t("steer.epochs")} send={send} refuse={refuse} least={(run.epochs ?? 0) + 1} step="1" start={run.epochs_planned ?? undefined} />
      <Words name="note" label={t("steer.note")} send={send} />
      <Words name="tag" label={t("steer.tag")} send={send} />
      {answer}
    </section>
  );
}

/** A finished run still gets notes and tags. */
export function Notes({ run }: { run: RunDetail }) {
  const { send, answer } = useRequests(run);
  if (!session.value?.steer || isLive(run)) return null;
  return (
    <div class="notes">
      <Words name="note" label={t("steer.note")} send={send} />
      <Words name="tag" label={t("steer.tag")} send={send} />
      {answer}
    </div>
  );
}

const isLive = (run: RunDetail): boolean => run.status === "running" || run.status === "paused";

/** Milliseconds that the answer to a request stays. */
const STAYS = 8_000;

type Request = "idle" | { id: string } | { error: string; lang?: "en" };

/** What was asked for, until the event that says what was done; that is said, and after a while nothing. */
function useRequests(run: RunDetail) {
  const [state, setState] = useState<Request>("idle");
  const id = typeof state === "object" && "id" in state ? state.id : null;
  const event = id === null ? undefined : run.events?.findLast(({ request }) => request === id);
  const isOpen = id !== null && !event && isLive(run);
  useEffect(() => {
    if (id === null || isOpen) return;
    const timer = setTimeout(() => setState("idle"), STAYS);
    return () => clearTimeout(timer);
  }, [id, isOpen]);
  const send = async (command: Command, value?: number | string): Promise<void> => {
    try {
      setState({ id: await control(run.id, command, value) });
    } catch (error) {
      setState({ error: messageOf(error), lang: "en" });
    }
  };
  const refuse = (error: string): void => setState({ error });
  const answer = (
    <p class="answer" role="status">
      {id !== null && (event ? sentence(event) : t(isOpen ? "steer.sent" : "steer.written"))}
      {typeof state === "object" && "error" in state && <span class="fault-text" lang={state.lang}>{state.error}</span>}
    </p>
  );
  return { send, refuse, answer };
}

interface SendProps {
  name: Command;
  label: string;
  send: (command: Command, value: number | string) => Promise<void>;
}

interface ValueProps extends SendProps {
  refuse: (why: string) => void;
  least: number;
  step: string;
  start?: number | undefined;
  /** What holds now, shown until another is typed. */
  now?: number;
}

function Value({ name, label, send, refuse, least, step, start, now = NaN }: ValueProps) {
  const [value, setValue] = useState(start === undefined ? "" : String(start));
  const number = Number(value);
  const isGood = value.trim() !== "" && Number.isFinite(number) && (name === "epochs" ? number >= least && Number.isInteger(number) : number > 0);
  return (
    <form
      class="group"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) void send(name, number);
        else refuse(name === "epochs" ? t("steer.bad.epochs", { least }) : t("steer.bad.rate"));
      }}
    >
      <label class="field">
        <span>{label}</span>
        <input type="number" name={name} min={least} step={step} value={value} placeholder={Number.isFinite(now) ? formatNumber(now) : ""} aria-invalid={!isGood && value.trim() !== ""} onInput={(event) => setValue(event.currentTarget.value)} />
      </label>
      <button type="submit" disabled={value.trim() === ""} aria-label={`${t("steer.set")}: ${label}`}>{t("steer.set")}</button>
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
