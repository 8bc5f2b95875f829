import { t } from "../../i18n";
import { en, type Key } from "../../i18n/en";

/** Statistics that have words of their own; those of a user's own probe are shown as they are named. */
export function statisticName(name: string): string {
  const key = `statistic.${name}`;
  return key in en ? t(key as Key) : name.replaceAll("_", " ");
}
