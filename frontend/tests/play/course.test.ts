import { describe, expect, it } from "vitest";
import { en } from "../../src/i18n/play/en";
import { zh } from "../../src/i18n/play/zh";
import { asksForAnswer, holds, readConditions, type Measured } from "../../src/play/course/conditions";
import { CourseError, parseChapter, type Paragraph } from "../../src/play/course/parse";

const chapters = import.meta.glob<string>("../../../src/pellucid/playground/course/*/*.md", { eager: true, query: "?raw", import: "default" });
/** What stands in bold: names of controls. */
const strongIn = (paragraphs: Paragraph[]): string[] =>
  paragraphs.flatMap((one) => (one.kind === "text" ? one.spans : one.items.flat())).flatMap(({ text, style }) => (style === "strong" ? [text] : []));

const measured: Measured = {
  numbers: { epochs: 20, "loss.train": 0.1, answer: 0.817, gap: null },
  words: { optimizer: "adam" },
  lists: { features: ["x1", "x1^2"] },
  opened: ["surface"],
  selected: [],
};

const all = (text: string) => readConditions(text).every((condition) => holds(condition, measured));

describe("conditions", () => {
  it.each([
    ["epochs >= 20", true], ["epochs >= 21", false], ["loss.train <= 0.1", true], ["gap >= 0", false], ["unknown >= 0", false],
    ["answer = 0.8176 within 0.0006", true], ["answer = 0.8176 within 0.0001", false], ["optimizer = adam", true],
    ["optimizer = momentum", false], ["features has x1^2", true], ["features has x2^2", false], ["opened surface", true],
    ["selected weight", false], ["epochs >= 20\noptimizer = momentum", false], ["", true],
  ])("%s: %s", (text, expected) => expect(all(text)).toBe(expected));

  it.each(["epochs => 20", "optimizer >= adam", "answer = 1 within x", "rm -rf", "opened"])("refuses %s", (text) =>
    expect(() => readConditions(text)).toThrow());
});

describe("chapters", () => {
  it("reads steps, blocks and styles, and leaves HTML as text", () => {
    const { title, steps } = parseChapter("# A\n\n## One\nSee **this** and `that`\n<b>x</b>\n\n- a\n- b\n```until\nanswer = 1 within 0.1\n```\n## Two\n");
    expect(title).toBe("A");
    expect(steps.map((step) => step.title)).toEqual(["One", "Two"]);
    expect(steps[0]!.paragraphs[0]).toEqual({
      kind: "text",
      spans: [
        { text: "See ", style: "plain" }, { text: "this", style: "strong" }, { text: " and ", style: "plain" },
        { text: "that", style: "code" }, { text: " <b>x</b>", style: "plain" },
      ],
    });
    expect(steps[0]!.paragraphs[1]).toMatchObject({ kind: "list" });
    expect(asksForAnswer(steps[0]!.until)).toBe(true);
  });

  it.each([
    ["", "begins with #"], ["# A", "at least one step"], ["# A\ntext", "line 2"], ["# A\n## B\n```until\nx", "line 3"],
    ["# A\n## B\n```state\n[1]\n```", "line 3, state"], ["# A\n## B\n```script\n1\n```", "state, weights, until or hint"],
    [`# A\n${"## B\n".repeat(101)}`, "at most 100"], ["x".repeat(200_001), "at most"],
  ])("refuses %j", (text, why) => {
    expect(() => parseChapter(text)).toThrow(CourseError);
    expect(() => parseChapter(text)).toThrow(why);
  });

  const of = (language: string) =>
    Object.keys(chapters).filter((path) => path.includes(`/${language}/`)).map((path) => [path.split("/").at(-1)!, parseChapter(chapters[path]!)] as const);

  it.each([["en", en], ["zh-CN", zh]] as const)("name controls as the page does (%s)", (language, catalogue) => {
    const known = new Set<string>(Object.values(catalogue));
    const named = of(language).flatMap(([name, { steps }]) => steps.flatMap(({ paragraphs }) => strongIn(paragraphs).map((text) => `${name}: ${text}`)));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((one) => !known.has(one.replace(/^[^:]*: (\+1 )?/, "")))).toEqual([]);
  });

  it("are the same in both languages but for their words", () => {
    const bones = (language: string) =>
      of(language).map(([name, { steps }]) => [name, steps.map(({ state, weights, until, hint }) => ({ state, weights, until, hint: hint !== "" }))]);
    expect(of("en").length).toBe(9);
    expect(bones("zh-CN")).toEqual(bones("en"));
  });
});
