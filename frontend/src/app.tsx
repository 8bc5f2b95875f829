import { isExported } from "./api";
import { formatNumber } from "./analysis/numbers";
import { t } from "./i18n";
import { fullName } from "./i18n/names";
import { announcement, type Announcement } from "./state/announce";
import { place, formatPlace } from "./state/location";
import { connection, detail, failure, runId, runs, session } from "./state/watch";
import { RunView } from "./views/run/RunView";
import { RunsView } from "./views/runs/RunsView";
import { Fault } from "./components/basic";
import { ConnectionMark, Preferences } from "./components/Preferences";

export function App() {
  const inRun = runId.value !== null;
  document.title = [inRun ? detail.value?.name : null, session.value?.folder, "pellucid"].filter(Boolean).join(" · ");
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>{t("skip")}</a>
      <header class="top">
        <nav aria-label={t("navigation")}>
          <a class="brand" href={formatPlace("runs", null, new Map())}>pellucid</a>
          {session.value && !session.value.single && (
            <a href={formatPlace("runs", null, new Map())} {...(!inRun && { "aria-current": "page" as const })}>{session.value.folder}</a>
          )}
          {inRun && !session.value?.single && <span aria-current="page">{detail.value?.name ?? ""}</span>}
        </nav>
        <div class="preferences">
          <Connection />
          <Preferences />
        </div>
      </header>
      <main id="main" tabIndex={-1}>
        {place.value.dropped && <p class="note" role="status">{t("address.dropped")}</p>}
        {failure.value && (inRun || runs.value) && <Fault text={failure.value} />}
        {inRun ? <RunView key={runId.value} /> : <RunsView />}
      </main>
      <div class="hidden" aria-live="polite">
        {announcement.value && announced(announcement.value)}
      </div>
    </>
  );
}

function announced(what: Announcement): string {
  if (what.kind === "finding") return t("announce.finding", { text: what.text });
  if (what.kind === "status") return t("announce.status", { name: what.name, status: t(`status.${what.status}`) });
  return t("announce.epoch", { name: what.name, epoch: what.epoch, metric: fullName(what.metric), value: formatNumber(what.value) });
}

/** The hash is the page's state, so the link to the content moves the focus itself. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Connection() {
  if (isExported()) return <span class="connection">{t("connection.exported")}</span>;
  return <ConnectionMark state={connection.value} />;
}
