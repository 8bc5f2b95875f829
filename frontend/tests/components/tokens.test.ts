import { describe, expect, test } from "vitest";
import css from "../../../src/pellucid/page/tokens.css?raw";

const tokens = new Map([...css.matchAll(/--([\w-]+): light-dark\(#(\w{6}), #(\w{6})\)/g)].map(([, name, light, dark]) => [name!, [light!, dark!]]));

function luminance(hex: string): number {
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string, scheme: number): number {
  const [low, high] = [luminance(tokens.get(one)![scheme]!), luminance(tokens.get(other)![scheme]!)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each([["light", 0], ["dark", 1]] as const)("the %s scheme (WCAG 2.2)", (_, scheme) => {
  test.each(["ground", "raised", "sunken", "lit", "answer", "chosen"])("has text of 4.5 to 1 on %s", (ground) => {
    expect(contrast("text", ground, scheme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(["soft", "link", "way", "good", "bad"])("has %s of 4.5 to 1 on the ground and raised", (ink) => {
    for (const ground of ["ground", "raised"]) expect(contrast(ink, ground, scheme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(["edge", ...Array.from({ length: 8 }, (_, index) => `line-${index + 1}`)])("has %s of 3 to 1", (line) => {
    expect(contrast(line, "ground", scheme)).toBeGreaterThanOrEqual(3);
  });
  test("has words on strong buttons of 4.5 to 1", () => {
    for (const strong of ["link", "bad"]) expect(contrast("on-strong", strong, scheme)).toBeGreaterThanOrEqual(4.5);
  });
});
