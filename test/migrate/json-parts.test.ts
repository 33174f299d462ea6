import { jsonParts } from "../../src/migrate/json-parts.ts";

const many = Array.from({ length: 1201 }, (_, line) => ({ line, text: `"a"\n${line}`, to: ["x", "y\ud800"] }));

describe("jsonParts", () => {
  it.each([
    ["nothing", {}],
    ["plain members", { a: 1, b: null, c: undefined, d: "é\n", e: { f: [1, { g: [] }] } }],
    ["empty and short lists", { a: [], b: [1, [2, { c: 3 }]], d: ["x"] }],
    ["a list of more than are made together", { a: many, b: true }],
    [
      "objects in lists with long lists of their own",
      { files: [{ path: "a", lines: many }, { path: "b", lines: [] }, {}] },
    ],
  ])("gives %s as JSON", (_, value) => {
    expect(JSON.parse([...jsonParts(value)].join(""))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  it("puts members and items on lines of their own", () => {
    const value = { a: 1, files: [{ path: "x", lines: many.slice(0, 2) }], more: { b: [1, { c: 2 }] } };
    expect([...jsonParts(value)].join("").split("\n")).toEqual([
      "{",
      '  "a": 1,',
      '  "files": [',
      "    {",
      '      "path": "x",',
      '      "lines": [',
      `        ${JSON.stringify(many[0])},`,
      `        ${JSON.stringify(many[1])}`,
      "      ]",
      "    }",
      "  ],",
      '  "more": {',
      '    "b": [',
      "      1,",
      "      {",
      '        "c": 2',
      "      }",
      "    ]",
      "  }",
      "}",
    ]);
  });

  it("gives a long list in parts, so that no string has to hold all of it", () => {
    const parts = [...jsonParts({ files: [{ lines: many }] })];
    const whole = parts.join("").length;
    for (const part of parts) expect(part.length).toBeLessThan(whole / 2);
  });
});
