import { expect, test } from "vitest";
import { chooseLanguage } from "../../src/i18n";
import { en } from "../../src/i18n/en";
import { zh } from "../../src/i18n/zh";

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("every sentence has the same places to fill in both languages", () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(places(zh[key]), key).toEqual(places(en[key]));
});

test("the language is the reader's choice, else the browser's, else English", () => {
  expect(chooseLanguage("en", ["zh-CN"])).toBe("en");
  expect(chooseLanguage(null, ["fr", "zh-Hans-SG", "en"])).toBe("zh-CN");
  expect(chooseLanguage(null, ["en-US@posix"])).toBe("en");
  expect(chooseLanguage(null, [])).toBe("en");
});
