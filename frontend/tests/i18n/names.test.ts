import { expect, test } from "vitest";
import { fullName, metricName, statisticName } from "../../src/i18n/names";
import { language } from "../../src/i18n";

test("metrics have readable names in both languages; unknown ones stay as they are", () => {
  const names = ["test/macro_f1", "validation/roc_auc", "test/columns/OT/rmse", "seconds", "my/own_score"];
  expect(names.map(fullName)).toEqual([
    "Test · F1, mean of classes", "Validation · area under the ROC curve", "Test · root mean squared error, OT", "seconds an epoch", "own score, my",
  ]);
  language.value = "zh-CN";
  expect([fullName("test/macro_f1"), metricName("lift"), statisticName("dead")]).toEqual(["测试 · F1（各类平均）", "lift", "失活单元比例"]);
  language.value = "en";
});
