import { widthOf } from "../../src/report/printable.ts";

test.each([
  ["", 0],
  ["Listen 80", 9],
  ["Straße", 6],
  ["日本", 4],
  ["e\u0301", 1],
  ["😀", 2],
  ["ﾊ", 1],
])("%j takes %i columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});
