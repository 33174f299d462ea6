import { json } from "../../../src/report/formats/json.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const options = { color: true, columns: 80, fixed: false };

describe("json", () => {
  test("one document, with the keys that scripts read", () => {
    const fix = { safe: true, edits: [{ start: 0, end: 3, text: "Good" }] };
    const related = [{ path: "x.conf", line: 3, column: 1, message: "first here" }];
    const text = json(resultOf("Bad x\n", diagnosticAt(1, 1, { help: "h", related, fix })), options);
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text)).toEqual({
      version: 1,
      apache: "1.3",
      apacheReason: "AddModule, a.conf line 3",
      files: [
        {
          path: "a.conf",
          apache: "1.3",
          diagnostics: [
            {
              rule: "some-rule",
              category: "syntax",
              severity: "error",
              fatal: true,
              message: 'Unknown directive "Bad"',
              help: "h",
              url: "docs/rules/some-rule.md",
              line: 1,
              column: 1,
              endLine: 1,
              endColumn: 5,
              related,
              fix,
            },
          ],
        },
      ],
      summary: { errors: 1, warnings: 0, infos: 0, suppressed: 2, directives: 10, understood: 9, opaque: 1 },
    });
  });

  test("bytes that are no UTF-8 come out as escapes, and the document stays ASCII there", () => {
    expect(json(resultOf("x", diagnosticAt(1, 1, { message: "\udce9" })), options)).toContain("\\udce9");
  });
});
