import { language, loadLanguage, register } from "..";
import { en } from "./families.en";

register(en, () => import("./families.zh").then(({ zh }) => zh));

/** Settles when the sentences are here in the reader's language; where they cannot be had they are English. */
export const ready: Promise<void> = loadLanguage(language.peek()).catch(() => undefined);
