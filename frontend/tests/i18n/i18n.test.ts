import { expect, test } from "vitest";
import { chooseLanguage } from "../../src/i18n";
import * as common from "../../src/i18n/common/en";
import * as commonZh from "../../src/i18n/common/zh";
import * as play from "../../src/i18n/play/en";
import * as playZh from "../../src/i18n/play/zh";
import * as families from "../../src/i18n/play/families.en";
import * as familiesZh from "../../src/i18n/play/families.zh";
import * as watch from "../../src/i18n/watch/en";
import * as watchZh from "../../src/i18n/watch/zh";

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

type Catalogue = Record<string, string>;
const CATALOGUES: [string, Catalogue, Catalogue][] = [["common", common.en, commonZh.zh], ["play", play.en, playZh.zh], ["families", families.en, familiesZh.zh], ["watch", watch.en, watchZh.zh]];

test.each(CATALOGUES)("every sentence of %s has the same places to fill in both languages", (_, en, zh) => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en)) expect(places(zh[key]!), key).toEqual(places(en[key]!));
});

test("no key is in two catalogues", () => {
  const keys = CATALOGUES.flatMap(([, en]) => Object.keys(en));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("the language is the reader's choice, else the browser's, else English", () => {
  expect(chooseLanguage("en", ["zh-CN"])).toBe("en");
  expect(chooseLanguage(null, ["fr", "zh-Hans-SG", "en"])).toBe("zh-CN");
  expect(chooseLanguage(null, ["en-US@posix"])).toBe("en");
  expect(chooseLanguage(null, [])).toBe("en");
});
