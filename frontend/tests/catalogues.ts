import { loadLanguage } from "../src/i18n";
import "../src/i18n/play";
import "../src/i18n/play/families";
import "../src/i18n/watch";

await loadLanguage("zh-CN");
