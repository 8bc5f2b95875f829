import { expect } from "vitest";

/** How far numbers may be apart that are measured by differences. */
const MEASURED: Record<string, number> = { sharpness: 1e-4 };

/** The same names and words, and numbers to 1e-9 of those they stand among. */
export function same(found: unknown, wanted: unknown, where: string, scale = 1): void {
  if (typeof wanted === "number") {
    const bar = MEASURED[where] ?? 1e-9 * Math.max(scale, Math.abs(wanted));
    if (!(Math.abs((found as number) - wanted) <= bar)) expect.fail(`${where} is ${found}, not ${wanted}`);
  } else if (typeof wanted === "object" && wanted !== null && typeof found === "object" && found !== null) {
    expect(Object.keys(found), where).toEqual(Object.keys(wanted));
    const numbers = Object.values(wanted).filter((value): value is number => typeof value === "number");
    const among = Array.isArray(wanted) ? Math.max(0, ...numbers.map(Math.abs)) : 0;
    for (const [name, part] of Object.entries(wanted)) same(found[name as keyof typeof found], part, Array.isArray(wanted) ? where : name, among);
  } else if (typeof wanted === "string" && typeof found === "string") sameText(found, wanted, where);
  else expect(found, where).toEqual(wanted);
}

const NUMBER = /-?\d+\.\d+(?:e[-+]\d+)?/g;

/** The same words, and numbers with a point in them to 1e-9. */
function sameText(found: string, wanted: string, where: string): void {
  expect(found.replaceAll(NUMBER, "1.0"), where).toEqual(wanted.replaceAll(NUMBER, "1.0"));
  const numbers = wanted.match(NUMBER)?.map(Number) ?? [];
  same(found.match(NUMBER)?.map(Number) ?? [], numbers, where);
}
