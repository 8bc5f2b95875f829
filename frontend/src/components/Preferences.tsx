import { LANGUAGES, language, setLanguage, t, type Language } from "../i18n";
import { theme, type Theme } from "../state/preferences";

/** Colours and language, which every page lets its reader choose. */
export const Preferences = () => (
  <>
    <select aria-label={t("theme")} value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
      {(["auto", "light", "dark"] as const).map((name) => <option key={name} value={name}>{t(`theme.${name}`)}</option>)}
    </select>
    <select aria-label={t("language")} value={language.value} onChange={(event) => setLanguage(event.currentTarget.value as Language)}>
      {LANGUAGES.map(([code, name]) => <option key={code} value={code}>{name}</option>)}
    </select>
  </>
);

/** Whether the page hears its server. */
export const ConnectionMark = ({ state }: { state: "open" | "connecting" | "lost" }) => (
  <span class={`connection ${state}`} role="status">
    <span aria-hidden="true">{state === "open" ? "●" : "○"}</span> {t(`connection.${state}`)}
  </span>
);
