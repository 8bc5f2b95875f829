import { isExported } from "./api";
import { formatNumber } from "./analysis/numbers";
import { LANGUAGES, language, setLanguage, t, type Language } from "./i18n";
import { fullName } from "./i18n/names";
import { announcement, type Announcement } from "./state/announce";
import { place, formatPlace } from "./state/location";
import { theme, type Theme } from "./state/preferences";
import { connection, detail, failure, runId, runs, session } from "./state/watch";
import { RunView } from "./views/run/RunView";
import { RunsView } from "./views/runs/RunsView";
import { Fault } from "./components/basic";

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
          <select aria-label={t("theme")} value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
            {(["auto", "light", "dark"] as const).map((name) => <option key={name} value={name}>{t(`theme.${name}`)}</option>)}
          </select>
          <select aria-label={t("language")} value={language.value} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
            {LANGUAGES.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
          </select>
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
  const state = connection.value;
  return (
    <span class={`connection ${state}`} role="status">
      <span aria-hidden="true">{state === "open" ? "●" : "○"}</span> {t(`connection.${state}`)}
    </span>
  );
}
