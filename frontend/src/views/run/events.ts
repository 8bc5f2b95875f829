import type { RunEvent } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { t, type Key } from "../../i18n";
import { metricName, partName } from "../../i18n/names";

const number = (value: number | string | null | undefined): string => (typeof value === "number" ? formatNumber(value) : String(value ?? "–"));

/** An event in a few words, for a mark on a curve. */
export function shortLabel(event: RunEvent): string {
  switch (event.kind) {
    case "best":
      return t("event.best.short");
    case "learning_rate":
      return `${t("event.rate.short")} ${number(event.after)}`;
    case "epochs":
      return `${t("event.epochs.short")} ${number(event.after)}`;
    case "paused":
      return t("status.paused");
    case "resumed":
      return t("event.resumed");
    case "note":
    case "tag":
      return clip(event.text ?? event.tag ?? "");
    case "stop":
      return t("event.stop.short");
    case "finding":
      return t("event.finding.short");
    default:
      return event.kind;
  }
}

/** An event as a sentence. */
export function sentence(event: RunEvent): string {
  switch (event.kind) {
    case "started":
      return t("event.started");
    case "resumed":
      return t("event.resumed");
    case "best":
      return t((event.count ?? 1) > 1 ? "event.best.folded" : "event.best", { count: event.count ?? 1, monitor: event.monitor ? monitorName(event.monitor) : t("metric"), value: number(event.value) });
    case "learning_rate":
      return t("event.rate", { before: number(event.before), after: number(event.after), reason: reasonOf(event) });
    case "epochs":
      return t("event.epochs", { before: number(event.before), after: number(event.after) });
    case "paused":
      return t("event.paused");
    case "continued":
      return t("event.continued");
    case "note":
      return t("event.note", { text: event.text ?? "" });
    case "tag":
      return t("event.tag", { text: event.text ?? event.tag ?? "" });
    case "stop":
      return t("event.stop", { reason: stoppedText(event.reason ?? "") });
    case "listener_failed":
      return t("event.listener", { listener: event.listener ?? "", error: event.error ?? "" });
    case "finding":
      return t("event.finding", { text: event.text ?? "" });
    case "refused":
      return t("event.refused", { error: event.error ?? "" });
    case "ended":
      return event.stopped ? t("event.ended.because", { reason: stoppedText(event.stopped) }) : t("event.ended");
    default:
      return [event.kind, event.text ?? event.reason ?? event.error].filter(Boolean).join(": ");
  }
}

/** A monitor as a run has it: of validation, unless it says otherwise. */
function monitorName(monitor: string): string {
  const [part = "", ...rest] = monitor.replace(/^val_/, "validation.").split(".");
  return rest.length ? `${partName(part)} ${metricName(rest.join("/"))}` : `${partName("validation")} ${metricName(part)}`;
}

function reasonOf(event: RunEvent): string {
  if (event.reason === "asked") return t("reason.asked");
  if (event.reason === "plateau") return t("reason.plateau");
  return event.reason ?? "";
}

/** Why a training ended: the usual reasons in the reader's language, all others as the run has them. */
export function stoppedText(reason: string): string {
  const known = REASONS.get(reason);
  return known ? t(known) : reason;
}

const REASONS: ReadonlyMap<string, Key> = new Map([
  ["all epochs done", "reason.epochs"],
  ["stop asked", "reason.stop"],
  ["stopped as asked", "reason.stop"],
  ["validation no longer improved", "reason.validation"],
]);

/** What an event says in the words of the run, which are English. */
export function foreignText(event: RunEvent): string | null {
  const said = event.kind === "ended" ? event.stopped : event.kind === "finding" ? event.text : (event.error ?? event.reason);
  return said && sentence(event).includes(said) ? said : null;
}

/** Of what was reached again and again, such as the best value, the last alone, with how often it was. */
export function foldBest(events: readonly RunEvent[]): RunEvent[] {
  const best = events.filter(({ kind }) => kind === "best");
  return events.filter((event) => event.kind !== "best" || event === best.at(-1)).map((event) => (event.kind === "best" ? { ...event, count: best.length } : event));
}

const clip = (text: string): string => (text.length > 24 ? `${text.slice(0, 23)}…` : text);
