/** The points as CSV, as `pellucid/playground/export/tables.py` writes them. */
import type { PlayNetwork } from "../play_network";
import { float } from "./python";

export function pointsTable({ data }: PlayNetwork): string {
  const { columns, classes } = data;
  const label = ["label", "y", "target", "label of the point"].find((name) => !columns.includes(name))!;
  const rows = Array.from(data.y, (y, row) => [
    ...Array.from(data.x.subarray(row * columns.length, (row + 1) * columns.length), float),
    classes ? String(y) : float(y),
    data.test[row] ? "test" : "train",
  ]);
  return [[...columns, label, "part"], ...rows].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
