import { render } from "preact";
import "../../src/pellucid/page/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/play/page.css";
import "./styles/play/course.css";
import "./styles/play/why.css";
import { startLanguage } from "./i18n";
import "./i18n/play";
import { startAdapting } from "./play/adapt";
import { startPreset } from "./play/beginPreset";
import type { OpenEngine } from "./play/engine";
import { startKeys } from "./play/keys";
import { startSession } from "./play/session";
import { startStore } from "./play/store";
import { startPreferences } from "./state/preferences";
import { PlayPage } from "./views/play/PlayPage";

/** The playground, on an engine: that of the server, or the page's own. */
export function startPlay(open: OpenEngine): void {
  startPreferences();
  const language = startLanguage();
  startStore();
  startKeys();
  startSession(open);
  startAdapting();
  startPreset();
  void language.then(() => render(<PlayPage />, document.getElementById("page")!));
}
