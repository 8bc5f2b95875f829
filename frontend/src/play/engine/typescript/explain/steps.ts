/** The steps of a derivation, numbered, each with the steps that its numbers come from. */
import { numbers, symbols, text, type Formula } from "./formula";

export interface Step {
  id: number;
  name: string;
  formula: string | null;
  numbers: string | null;
  symbols: Record<string, number>;
  terms: readonly number[] | null;
  value: number;
  why: string;
  grids: never[];
  parts: number[];
}

export class Steps {
  private count = 0;
  private readonly known = new Map<string, { id: number; value: number }>();

  /** The next step; the same name again stands for another number from now on. */
  add(name: string, formula: Formula | null, value: number, why: string): Step {
    const found = formula ? symbols(formula) : [];
    const parts = found.flatMap((symbol) => {
      const known = this.known.get(symbol.name);
      return known && known.value === symbol.value ? [known.id] : [];
    });
    const id = ++this.count;
    if (!this.known.has(name)) this.known.set(name, { id, value });
    return {
      id, name, value, why,
      formula: formula && text(formula),
      numbers: formula && numbers(formula),
      symbols: Object.fromEntries(found.map((symbol) => [symbol.name, symbol.value])),
      terms: formula?.terms ?? null,
      grids: [],
      parts: [...new Set(parts)],
    };
  }

  /** The step of this name is also known by another. */
  rename(name: string, also: string): void {
    const known = this.known.get(name);
    if (known) this.known.set(also, known);
  }
}
