import fc from "fast-check";
import { printable, printableLines } from "../../src/report/printable.ts";

test("lines together are shown as each by itself", () => {
  const piece = fc.constantFrom(
    "plain",
    " ",
    "\n",
    "\n\n",
    "…",
    "é",
    "\t",
    "\r",
    "\x1b[2J",
    "\u2028",
    "\u202e",
    "\udce9",
    "😀",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join("");
      expect(printableLines(text)).toBe(text.split("\n").map(printable).join("\n"));
    }),
    { numRuns: 1000 },
  );
});
