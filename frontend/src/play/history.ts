/** Losses and accuracies over the epochs, of each network: rows that come with frames. */
import type { Numbers } from "./frames";

export const COLUMNS = ["epoch", "step", "train_loss", "test_loss", "train_accuracy", "test_accuracy"] as const;
export type Column = (typeof COLUMNS)[number];

/** Beyond so many rows every second one is left out: no screen shows more. */
const MOST = 4_000;

export class LossHistory {
  private columns = COLUMNS.map(() => [] as number[]);
  /** So many rows of the engine these stand for. */
  private total = 0;

  /** New rows, which begin at row `from` of the engine's: 0 starts again. Rows may be told of twice, as after a gap. */
  add({ shape, values }: Numbers, from: number): void {
    const [rows = 0, width = COLUMNS.length] = shape;
    if (from === 0) {
      this.columns = COLUMNS.map(() => []);
      this.total = 0;
    }
    for (let row = Math.max(0, this.total - from); row < rows; row++) {
      this.columns.forEach((column, index) => column.push(values[row * width + index]!));
    }
    this.total = Math.max(this.total, from + rows);
    if (this.rows > MOST) this.columns = this.columns.map((column) => column.filter((_, row) => row % 2 === 0 || row === column.length - 1));
  }

  get rows(): number {
    return this.columns[0]!.length;
  }

  column(name: Column): readonly number[] {
    return this.columns[COLUMNS.indexOf(name)]!.slice();
  }
}
