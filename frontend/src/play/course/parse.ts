import { readConditions, type Condition } from "./conditions";

/**
 * A chapter of a course, from Markdown: `# title`, then a `## step` after another. A step has paragraphs and lists, and
 * fenced blocks: `state` (JSON: the part of a state that the step begins with), `weights` (JSON: arrays by path), `until`
 * (conditions, one a line: when the step is done), `hint`. Nothing else is Markdown here, and HTML is text.
 */
export interface Chapter {
  title: string;
  steps: Step[];
}

export interface Step {
  title: string;
  paragraphs: Paragraph[];
  state: Record<string, unknown> | null;
  weights: Record<string, unknown> | null;
  until: Condition[];
  hint: string;
}

export type Paragraph = { kind: "text"; spans: Span[] } | { kind: "list"; items: Span[][] };
export interface Span {
  text: string;
  style: "plain" | "strong" | "code";
}

export class CourseError extends Error {}

const LONGEST = 200_000;
const MOST_STEPS = 100;

/** Throws CourseError, which names the line. */
export function parseChapter(markdown: string): Chapter {
  if (markdown.length > LONGEST) throw new CourseError(`a chapter has at most ${LONGEST} characters, not ${markdown.length}`);
  const lines = markdown.replace(/^\uFEFF/, "").split(/\r?\n/);
  const chapter: Chapter = { title: "", steps: [] };
  let step: Step | null = null;
  let text: string[] = [];
  const flush = () => {
    if (step) step.paragraphs.push(...paragraphs(text));
    text = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const fence = /^```(\w+)\s*$/.exec(line);
    if (fence) {
      const end = lines.indexOf("```", i + 1);
      if (end < 0) throw new CourseError(`line ${i + 1}: this block does not end: close it with \`\`\``);
      if (!step) throw new CourseError(`line ${i + 1}: a block stands in a step: begin one with ## and its title`);
      flush();
      addBlock(step, fence[1]!, lines.slice(i + 1, end).join("\n"), i + 1);
      i = end;
    } else if (line.startsWith("## ")) {
      flush();
      if (chapter.steps.length === MOST_STEPS) throw new CourseError(`line ${i + 1}: a chapter has at most ${MOST_STEPS} steps`);
      step = { title: line.slice(3).trim(), paragraphs: [], state: null, weights: null, until: [], hint: "" };
      chapter.steps.push(step);
    } else if (line.startsWith("# ") && !chapter.title) {
      chapter.title = line.slice(2).trim();
    } else if (step) {
      text.push(line);
    } else if (line.trim()) {
      throw new CourseError(`line ${i + 1}: text stands in a step: begin one with ## and its title`);
    }
  }
  flush();
  if (!chapter.title) throw new CourseError("a chapter begins with # and its title");
  if (!chapter.steps.length) throw new CourseError("a chapter has at least one step: ## and its title");
  return chapter;
}

function addBlock(step: Step, kind: string, body: string, line: number): void {
  try {
    if (kind === "state") step.state = readObject(body);
    else if (kind === "weights") step.weights = readObject(body);
    else if (kind === "until") step.until = readConditions(body);
    else if (kind === "hint") step.hint = body.trim();
    else throw new CourseError("a block is state, weights, until or hint");
  } catch (error) {
    throw new CourseError(`line ${line}, ${kind}: ${(error as Error).message}`);
  }
}

function readObject(body: string): Record<string, unknown> {
  const value: unknown = JSON.parse(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new CourseError("an object is needed: { ... }");
  return value as Record<string, unknown>;
}

function paragraphs(lines: string[]): Paragraph[] {
  const blocks = lines.join("\n").split(/\n\s*\n/).map((block) => block.trim()).filter(Boolean);
  return blocks.map((block) => {
    const rows = block.split("\n");
    if (rows.every((row) => row.startsWith("- "))) return { kind: "list", items: rows.map((row) => spans(row.slice(2))) };
    return { kind: "text", spans: spans(joinRows(rows)) };
  });
}

/** Lines of a paragraph go on; between characters of Chinese without a space. */
const joinRows = (rows: string[]): string =>
  rows.map((row) => row.trim()).reduce((text, row) => text + (/[\u2E80-\u9FFF\uFF00-\uFFEF]$/.test(text) ? "" : " ") + row);

export function spans(text: string): Span[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter(Boolean).map((part) => {
    if (part.startsWith("**") && part.length > 4) return { text: part.slice(2, -2), style: "strong" };
    if (part.startsWith("`") && part.length > 2) return { text: part.slice(1, -1), style: "code" };
    return { text: part, style: "plain" };
  });
}
