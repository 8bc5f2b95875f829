/** The course of a training: a row for its start and one for each epoch, as many as a chart can show. */
import type { Measure } from "./measure";

/** Epoch, step, training loss, test loss, training accuracy, test accuracy. */
export const COLUMNS = 6;

const MOST_ROWS = 20_000;
const MOST_LOOKED_AT = 200;

export class History {
  private rows: number[] = [];
  /** From which row on the page has not got them. */
  private unsent = 0;

  add(epoch: number, step: number, { loss, accuracy }: Measure): void {
    this.rows.push(epoch, step, loss.train, loss.test, accuracy?.train ?? NaN, accuracy?.test ?? NaN);
    if (this.rows.length <= MOST_ROWS * COLUMNS) return;
    this.rows = this.rows.filter((_, i) => Math.floor(i / COLUMNS) % 2 === 0);
    this.unsent = 0;
  }

  /** Rows of the course, the first, some between, and the last ones all. */
  course(): number[][] {
    const rows = Array.from({ length: this.rows.length / COLUMNS }, (_, i) => this.rows.slice(i * COLUMNS, (i + 1) * COLUMNS));
    if (rows.length <= MOST_LOOKED_AT) return rows;
    const half = MOST_LOOKED_AT / 2;
    const before = rows.slice(0, rows.length - half);
    const every = Math.ceil(before.length / half);
    return [...before.filter((_, i) => i % every === 0), ...rows.slice(rows.length - half)];
  }

  /** How many rows come before, and those that the page has not got. */
  takeUnsent(): { first: number; values: number[] } {
    const first = this.unsent;
    this.unsent = this.rows.length / COLUMNS;
    return { first, values: this.rows.slice(first * COLUMNS) };
  }
}
