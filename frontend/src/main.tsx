import { render } from "preact";
import "../../src/pellucid/page/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/views.css";
import { App } from "./app";
import "./i18n/watch";
import { startLanguage } from "./i18n";
import { startPreferences } from "./state/preferences";
import { startWatching } from "./state/watch";

startPreferences();
void startLanguage().then(() => render(<App />, document.getElementById("page")!));
void startWatching();
