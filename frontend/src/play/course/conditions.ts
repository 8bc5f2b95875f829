/**
 * What a step of a course waits for, one condition a line; all must hold:
 *
 *     epochs >= 20                 a number against a number: >=, <=, =; "of what" is a name of MEASURES or a setting
 *     answer = 0.8176 within 0.001 what the learner typed
 *     features has x1^2            a list has it
 *     optimizer = adam             a setting is a word
 *     opened surface               a panel is open, or: selected weight
 */
export type Condition =
  | { kind: "number"; name: string; relation: Relation; value: number; within: number }
  | { kind: "word"; name: string; value: string }
  | { kind: "has"; name: string; value: string }
  | { kind: "opened" | "selected"; value: string };

export type Relation = ">=" | "<=" | "=";

/** What a step can measure; whatever else has a number or a word is a setting of the data or of the network shown. */
export interface Measured {
  /** Numbers by name: epoch, epochs and steps since the step began, loss.train, gap, edits, answer, layers, units ... */
  numbers: Record<string, number | null>;
  words: Record<string, string>;
  lists: Record<string, readonly string[]>;
  /** The panel that is open. */
  opened: readonly string[];
  /** Since the step began. */
  selected: readonly string[];
}

const LINE = /^([a-z_.]+)\s+(>=|<=|=)\s+(\S+)(?:\s+within\s+(\S+))?$/;

export function readConditions(text: string): Condition[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean).map(readCondition);
}

function readCondition(line: string): Condition {
  const event = /^(opened|selected)\s+(\w+)$/.exec(line);
  if (event) return { kind: event[1] as "opened" | "selected", value: event[2]! };
  const has = /^(\w+)\s+has\s+(\S+)$/.exec(line);
  if (has) return { kind: "has", name: has[1]!, value: has[2]! };
  const [, name, relation, value, within] = LINE.exec(line) ?? [];
  if (name === undefined) throw new Error(`"${line}" is no condition: write for example  epochs >= 20`);
  const number = Number(value);
  if (Number.isFinite(number)) {
    const tolerance = within === undefined ? 0 : Number(within);
    if (!(tolerance >= 0)) throw new Error(`"${line}": within needs a number`);
    return { kind: "number", name, relation: relation as Relation, value: number, within: tolerance };
  }
  if (relation !== "=") throw new Error(`"${line}": ${relation} needs a number`);
  return { kind: "word", name, value: value! };
}

export function holds(condition: Condition, measured: Measured): boolean {
  switch (condition.kind) {
    case "number": {
      const found = measured.numbers[condition.name] ?? null;
      if (found === null || !Number.isFinite(found)) return false;
      if (condition.relation === ">=") return found >= condition.value;
      if (condition.relation === "<=") return found <= condition.value;
      return Math.abs(found - condition.value) <= condition.within + 1e-12;
    }
    case "word":
      return measured.words[condition.name] === condition.value;
    case "has":
      return measured.lists[condition.name]?.includes(condition.value) ?? false;
    default:
      return measured[condition.kind].includes(condition.value);
  }
}

/** Whether a step asks the learner for a number. */
export const asksForAnswer = (conditions: readonly Condition[]): boolean =>
  conditions.some((condition) => condition.kind === "number" && condition.name === "answer");
