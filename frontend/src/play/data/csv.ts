/** Data of one's own from CSV: inputs in columns, the answer in the last one. What cannot be read is refused in one line. */
import { formatNumber } from "../../analysis/numbers";
import { t } from "../../i18n";
import { MOST_POINTS } from "../fields";
import { START, type DataState, type OwnPoint } from "../state";
import { splitPoints } from "./split";

export class CsvError extends Error {}

const MOST_INPUTS = 20;
const MOST_CLASSES = 8;
const LEAST_POINTS = 4;
/** A message to the engine has a megabyte at most. */
const MOST_CELLS = 60_000;

/** What the engine takes. */
const LARGEST = 1e6;

type OwnData = Pick<DataState, "name" | "problem" | "columns" | "points" | "classes" | "axes">;

interface Row {
  /** Counted from 1, as editors count lines. */
  line: number;
  cells: string[];
}

/** Raises CsvError. */
export function readCsv(text: string, trainShare = START.data.train_share): OwnData {
  const rows = splitRows(text.replace(/^﻿/, ""));
  const head = isHead(rows[0], rows[1]) ? rows.shift()! : null;
  if (!rows.length) throw new CsvError(t("play.csv.empty"));
  checkShape(rows, head ?? rows[0]!);
  const count = rows[0]!.cells.length - 1;
  const columns = Array.from({ length: count }, (_, index) => head?.cells[index]?.slice(0, 60) || `x${index + 1}`);
  const inputs = rows.map(({ line, cells }) => cells.slice(0, count).map((cell, index) => numberAt(cell, line, columns[index]!)));
  const answers = readAnswers(rows, head?.cells[count] || "y");
  const points = inputs.map((x, index): OwnPoint => ({ x, y: answers.y[index]!, test: false }));
  return { name: "own", problem: answers.classes ? "classification" : "regression", columns, points: splitPoints(points, trainShare), classes: answers.classes || 2, axes: [0, 1] };
}

/** The first row has names when it has words where the second has numbers. */
function isHead(first: Row | undefined, second: Row | undefined): boolean {
  if (!first || !second) return false;
  return first.cells.some((cell, index) => cell !== "" && !isNumber(cell) && isNumber(second.cells[index] ?? ""));
}

function splitRows(text: string): Row[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.find((line) => line.trim()) ?? "";
  const delimiter = ["\t", ";", ","].find((one) => first.includes(one)) ?? /\s+/;
  return lines.flatMap((line, index) => (line.trim() ? [{ line: index + 1, cells: splitCells(line, delimiter) }] : []));
}

function splitCells(line: string, delimiter: string | RegExp): string[] {
  if (typeof delimiter !== "string") return line.trim().split(delimiter);
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let [cell, isQuoted] = ["", false];
  for (let at = 0; at < line.length; at++) {
    const letter = line[at]!;
    if (letter === '"' && isQuoted && line[at + 1] === '"') cell += line[++at]!;
    else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === delimiter && !isQuoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

function checkShape(rows: readonly Row[], first: Row): void {
  const count = first.cells.length;
  if (count < 2 || count > MOST_INPUTS + 1) throw new CsvError(t("play.csv.columns", { count, most: MOST_INPUTS }));
  const odd = rows.find(({ cells }) => cells.length !== count);
  if (odd) throw new CsvError(t("play.csv.cells", { row: odd.line, cells: odd.cells.length, expected: count }));
  if (rows.length < LEAST_POINTS || rows.length > MOST_POINTS) {
    throw new CsvError(t("play.csv.rows", { count: rows.length, least: LEAST_POINTS, most: MOST_POINTS }));
  }
  if (rows.length * count > MOST_CELLS) throw new CsvError(t("play.csv.size", { count: rows.length * count, most: MOST_CELLS }));
}

/** `1,5` where commas divide nothing is 1.5. */
const toNumber = (cell: string): number => Number(/^[-+]?\d+,\d+$/.test(cell) ? cell.replace(",", ".") : cell);
const isNumber = (cell: string): boolean => cell !== "" && Number.isFinite(toNumber(cell));

function numberAt(cell: string, row: number, column: string): number {
  if (cell === "") throw new CsvError(t("play.csv.missing", { row, column }));
  if (!isNumber(cell)) throw new CsvError(t("play.csv.number", { row, column, cell: cell.slice(0, 30) }));
  if (Math.abs(toNumber(cell)) > LARGEST) throw new CsvError(t("play.csv.large", { row, column, cell: cell.slice(0, 30), most: formatNumber(LARGEST) }));
  return Number(Math.fround(toNumber(cell)).toPrecision(7)); // as exact as a frame can show
}

/** Words, and few whole numbers, are classes; other numbers are amounts, and then `classes` is 0. */
function readAnswers(rows: readonly Row[], column: string): { y: number[]; classes: number } {
  const answers = rows.map(({ line, cells }) => {
    if (!cells.at(-1)) throw new CsvError(t("play.csv.missing", { row: line, column }));
    return cells.at(-1)!;
  });
  const names = [...new Set(answers)];
  const numeric = names.filter(isNumber).length;
  if (numeric > names.length / 2 && (names.length > MOST_CLASSES || !names.every((name) => Number.isInteger(toNumber(name))))) {
    return { y: answers.map((cell, index) => numberAt(cell, rows[index]!.line, column)), classes: 0 };
  }
  if (names.length > MOST_CLASSES || names.length < 2) throw new CsvError(t("play.csv.classes", { count: names.length, most: MOST_CLASSES }));
  const order = names.sort((one, other) => (isNumber(one) && isNumber(other) ? toNumber(one) - toNumber(other) : one < other ? -1 : 1));
  return { y: answers.map((cell) => order.indexOf(cell)), classes: order.length };
}
