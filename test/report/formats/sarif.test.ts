import type { Log } from "sarif";
import { rules } from "../../../src/lint/rules/index.ts";
import { sarif } from "../../../src/report/formats/sarif.ts";
import { diagnosticAt, resultOf } from "../result-of.ts";

const options = { color: true, columns: 80, fixed: false };

function logOf(...args: Parameters<typeof resultOf>): Log {
  return JSON.parse(sarif(resultOf(...args), options)) as Log;
}

describe("sarif", () => {
  test("a result has its rule, level, whole range, related places and safe fix", () => {
    const related = [{ path: "/etc/x y.conf", line: 3, column: 2, message: "first here" }];
    const fix = { safe: true, edits: [{ start: 0, end: 3, text: "Good" }] };
    const { version, runs } = logOf(
      "Bad x\n",
      diagnosticAt(1, 1, { rule: "unknown-directive", help: "h", related, fix }),
    );
    expect(version).toBe("2.1.0");
    expect(runs).toHaveLength(1);
    const [run] = runs;
    expect(run?.columnKind).toBe("utf16CodeUnits");
    expect(run?.artifacts).toEqual([{ location: { uri: "a.conf" } }]);
    expect(run?.results).toEqual([
      {
        ruleId: "unknown-directive",
        ruleIndex: rules.findIndex(({ id }) => id === "unknown-directive"),
        level: "error",
        message: { text: 'Unknown directive "Bad" (h)' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "a.conf" },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 },
            },
          },
        ],
        partialFingerprints: { "backhand/v1": expect.stringMatching(/^[0-9a-f]{32}$/) },
        relatedLocations: [
          {
            id: 0,
            physicalLocation: {
              artifactLocation: { uri: "file:///etc/x%20y.conf" },
              region: { startLine: 3, startColumn: 2 },
            },
            message: { text: "first here" },
          },
        ],
        fixes: [
          {
            description: { text: "h" },
            artifactChanges: [
              {
                artifactLocation: { uri: "a.conf" },
                replacements: [
                  {
                    deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 4 },
                    insertedContent: { text: "Good" },
                  },
                ],
              },
            ],
          },
        ],
        properties: { category: "syntax", fatal: true },
      },
    ]);
  });

  test("an unsafe fix is not offered, since a viewer would apply it", () => {
    const fix = { safe: false, edits: [{ start: 0, end: 3, text: "Good" }] };
    expect(logOf("Bad\n", diagnosticAt(1, 1, { fix })).runs[0]?.results?.[0]).not.toHaveProperty("fixes");
  });

  test("every rule is described once, and rule indexes point at their rule", () => {
    const [run] = logOf("x", diagnosticAt(1, 1, { rule: "overlong-line", severity: "info" })).runs;
    const described = run?.tool.driver.rules ?? [];
    expect(described.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    const [result] = run?.results ?? [];
    expect(described[result?.ruleIndex ?? -1]?.id).toBe("overlong-line");
    expect(result?.level).toBe("note");
  });

  test("the page goes with the rules that found something", () => {
    const text = sarif(resultOf("x", diagnosticAt(1, 1, { rule: "lost-line" })), {
      ...options,
      pageOf: (id) => `# ${id}`,
    });
    const described = (JSON.parse(text) as Log).runs[0]?.tool.driver.rules ?? [];
    expect(described.flatMap(({ help }) => (help?.markdown === undefined ? [] : [help.markdown]))).toEqual([
      "# lost-line",
    ]);
  });

  test("lone surrogates, which JSON readers refuse, are replaced", () => {
    const text = sarif(resultOf("x", diagnosticAt(1, 1, { message: "a\udc80", path: "b\udc80" })), options);
    expect(text).not.toMatch(/\\udc80/i);
  });
});
