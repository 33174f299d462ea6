import fc from "fast-check";
import { SourceFile } from "../../src/source/source-file.ts";

test("lines and columns count from one, and a line feed belongs to the line that it ends", () => {
  const file = new SourceFile("a.conf", "ab\n\r\nc");
  expect([0, 1, 2, 3, 4, 5, 6].map((offset) => Object.values(file.position(offset)).join(":"))).toEqual([
    "1:1",
    "1:2",
    "1:3",
    "2:1",
    "2:2",
    "3:1",
    "3:2",
  ]);
});

test("offsets outside of the text count as its ends", () => {
  const file = new SourceFile("a.conf", "ab\ncd");
  expect(file.position(-5)).toEqual({ line: 1, column: 1 });
  expect(file.position(99)).toEqual({ line: 2, column: 3 });
  expect(new SourceFile("empty", "").position(3)).toEqual({ line: 1, column: 1 });
});

test("a line is given without its line end", () => {
  const file = new SourceFile("a.conf", "ab\r\ncd\n\ne\r");
  expect([0, 1, 2, 3, 4, 5].map((line) => file.lineText(line))).toEqual(["", "ab", "cd", "", "e\r", ""]);
});

test("position is what counting line feeds gives", () => {
  const text = fc.array(fc.constantFrom("\n", "a", "\r\n", "😀")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.nat(40), (text, at) => {
      const before = text.slice(0, at);
      const line = before.split("\n").length;
      const column = before.length - before.lastIndexOf("\n");
      expect(new SourceFile("x", text).position(at)).toEqual({ line, column });
    }),
  );
});
