import type { RunDetail, RunEvent } from "../../api/types";
import { formatNumber } from "../../analysis/numbers";
import { Empty } from "../../components/basic";
import { t } from "../../i18n";
import { capitalised } from "../../i18n/names";
import { foldBest, foreignText, sentence } from "./events";
import { Notes } from "./Steering";

const MOST = 500;

export function EventsTab({ run }: { run: RunDetail }) {
  const events = foldBest(run.events ?? []).slice(-MOST).reverse();
  return (
    <>
      <Notes run={run} />
      {events.length ? <EventTable events={events} /> : <Empty title={t("events.empty")} />}
    </>
  );
}

function EventTable({ events }: { events: readonly RunEvent[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t("tab.events")}>
      <table class="events">
        <thead>
          <tr><th scope="col">{t("events.time")}</th><th scope="col">{capitalised(t("axis.epoch"))}</th><th scope="col">{capitalised(t("axis.step"))}</th><th scope="col">{t("events.what")}</th></tr>
        </thead>
        <tbody>
          {events.map((event, index) => (
            <tr key={events.length - index} class={`event-${event.kind}`}>
              <td>{event.time === undefined ? "–" : clock(event.time)}</td>
              <td>{formatNumber(event.epoch)}</td>
              <td>{formatNumber(event.step)}</td>
              <td class="wide"><Sentence event={event} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What comes from the run is English, and is marked so. */
function Sentence({ event }: { event: RunEvent }) {
  const [text, foreign] = [sentence(event), foreignText(event)];
  if (foreign === null) return <>{text}</>;
  const at = text.indexOf(foreign);
  return <>{text.slice(0, at)}<span lang="en">{foreign}</span>{text.slice(at + foreign.length)}</>;
}

/** The time of day as the reader's clock has it, without asking for a language: `14:03:09`. */
export function clock(seconds: number): string {
  const date = new Date(seconds * 1000);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}
