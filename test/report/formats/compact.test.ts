import { compact } from "../../../src/report/formats/compact.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const options = { color: true, columns: 80, fixed: false };

describe("compact", () => {
  test("one line for each finding, and the counts", () => {
    const result = resultOf("Bad x\n", diagnosticAt(1, 1, { help: "h" }), diagnosticAt(2, 3, { severity: "warning" }));
    expect(compact(result, options)).toBe(
      'a.conf:1:1: error: Unknown directive "Bad" (h) [some-rule]\n' +
        'a.conf:2:3: warning: Unknown directive "Bad" [some-rule]\n' +
        "1 error, 1 warning\n",
    );
  });

  test("line feeds and escape sequences of the file stay harmless", () => {
    const lines = compact(resultOf("x", diagnosticAt(1, 1, { message: "a\nb\u001b[0m" })), options).split("\n");
    expect(lines[0]).toBe("a.conf:1:1: error: a␊b␛[0m [some-rule]");
  });
});
