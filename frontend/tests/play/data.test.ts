import { describe, expect, test } from "vitest";
import { readCsv } from "../../src/play/data/csv";
import { splitPoints } from "../../src/play/data/split";

const rows = (count: number, row: (index: number) => string) => Array.from({ length: count }, (_, index) => row(index)).join("\n");

describe("CSV", () => {
  test("has names in its first row, classes in words, and points of both parts", () => {
    const own = readCsv(`height,width,kind\n${rows(20, (index) => `${index},${index / 2},${index % 2 ? "cat" : "dog"}`)}`, 50);
    expect(own).toMatchObject({ name: "own", problem: "classification", columns: ["height", "width"], classes: 2, axes: [0, 1] });
    expect(own.points[3]).toMatchObject({ x: [3, 1.5], y: 0 });
    expect(own.points.filter(({ test }) => test)).toHaveLength(10);
  });

  test.each([
    ["tabs", "1\t2\t0\n3\t4\t1\n5\t6\t0\n7\t8\t1"],
    ["semicolons and decimal commas", "1,0;2,0;0\r\n3;4;1\r\n5;6;0\r\n7;8;1\r\n"],
    ["spaces", "1 2 0\n3  4 1\n\n5 6 0\n7 8 1"],
    ["quotes", '"1","2","0"\n"3","4","1"\n5,6,0\n7,8,1'],
  ])("may be divided by %s", (_, text) => {
    expect(readCsv(text).points.map(({ x, y }) => [...x, y])).toEqual([[1, 2, 0], [3, 4, 1], [5, 6, 0], [7, 8, 1]]);
  });

  test("has amounts where answers are no few whole numbers", () => {
    const own = readCsv(rows(12, (index) => `${index},1,${index / 3}`));
    expect([own.problem, own.points[1]!.y]).toEqual(["regression", 0.3333333]);
  });

  test("has whole numbers as classes in their order", () => {
    expect(readCsv("1,1,10\n1,1,9\n1,1,-1\n1,1,9").points.map(({ y }) => y)).toEqual([2, 1, 0, 1]);
  });

  test("keeps a name with a quote and a comma", () => {
    expect(readCsv('"a ""b"", c",d,y\n1,2,0\n1,2,1\n1,2,0\n1,2,1').columns).toEqual(['a "b", c', "d"]);
  });

  test.each([
    ["", "There is no row of numbers."],
    ["a,b,y\n1,2,0\n1,x,1\n1,2,0\n1,2,1", "Row 3, column b: “x” is not a number."],
    ["1,2,0\n\n1,,1\n1,2,0\n1,2,1", "Row 3, column x2 is empty."],
    ["1,2,0\n1,2\n1,2,0\n1,2,0", "Row 2 has 2 cells, the first row has 3."],
    ["1,2,0\n1,2,1", "2 rows: at least 4 and at most 5000 are taken."],
    ["1\n2\n3\n4", "1 columns: there must be at least one input and an answer, and at most 20 inputs."],
    ["1,2,0\n1,2,0\n1,2,0\n1,2,0", "1 classes: at most 8 are taken, and at least 2 are needed."],
    ["1,2,a\n1,2e7,b\n1,2,a\n1,2,b", "Row 2, column x2: 2e7 is beyond 1,000,000. Scale the column down."],
    [rows(4000, () => Array.from({ length: 16 }, () => "1").join()), "64000 cells are too many: at most 60000 are taken."],
    ["1,2,1.5\n1,2,2.5\n1,2,x\n1,2,0.5", "Row 3, column y: “x” is not a number."],
  ])("that cannot be read is refused in one line: %#", (text, line) => {
    expect(() => readCsv(text)).toThrow(line);
  });
});

test("as many points as asked for are for training, the same each time, two at least", () => {
  const points = Array.from({ length: 50 }, (_, row) => ({ x: [row], y: 0, test: false }));
  const split = splitPoints(points, 30);
  expect(split.filter(({ test }) => !test)).toHaveLength(15);
  expect(splitPoints(split, 30)).toEqual(split);
  expect(splitPoints(points.slice(0, 4), 10).filter(({ test }) => !test)).toHaveLength(2);
});
