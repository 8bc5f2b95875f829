import { isKey, t } from "../i18n";

/** The name of a part of the state, as readers know it; `2.noise` is that of the second network. */
export function fieldName(field: string): string {
  const [, number, name = field] = /^(\d)\.(.+)$/.exec(field) ?? [];
  const key = `play.field.${name}`;
  const words = isKey(key) ? t(key) : field;
  return number && isKey(key) ? `${t("play.network.of", { name: networkLetter(Number(number) - 1) })}, ${words}` : words;
}

/** Networks side by side are A, B, C, D. */
export const networkLetter = (index: number): string => String.fromCharCode("A".charCodeAt(0) + index);
