import { expect, test } from "vitest";
import { announce, announcement } from "../../src/state/announce";

const epoch = (number: number) => ({ kind: "epoch" as const, name: "a", epoch: number, metric: "validation/loss", value: 1 });

test("ends of epochs are told of every ten seconds, changes of state at once", () => {
  const told = [[1, 0], [2, 5_000], [3, 11_000]].map(([number, now]) => {
    announce(epoch(number!), now);
    return announcement.value;
  });
  expect(told).toEqual([epoch(1), epoch(1), epoch(3)]);
  announce({ kind: "status", name: "a", status: "ended" }, 12_000);
  expect(announcement.value).toMatchObject({ status: "ended" });
});
