import "../src/i18n/play";
import "../src/i18n/watch";
