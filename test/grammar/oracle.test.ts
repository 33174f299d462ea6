import { readFileSync } from "node:fs";
import type { Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import { argsWords } from "../../grammar/words.ts";
import { describeIfShared, sharedPath } from "../support/shared.ts";

interface Verdict {
  readonly ok: boolean;
  readonly error_line?: number;
}

interface Case {
  readonly group: string;
  readonly name: string;
  readonly input: string;
  readonly httpd13: Verdict;
  readonly httpd24: Verdict;
}

/**
 * The physical line of the first line that is no `ServerAdmin` with one argument (nor one that httpd does not look at), as
 * httpd counts: the last one of a joined group. Null when all are right.
 */
function firstError(text: string, dialect: Dialect): number | null {
  const tree = parse(text, dialect);
  for (const line of tree.lines) {
    if (line.kind === "blank" || line.kind === "comment" || line === tree.lost) continue;
    const words = "name" in line ? argsWords(tree, line) : [];
    const right =
      line.kind === "directive" && line.name.toLowerCase() === "serveradmin" && words.length === 1 && words[0]?.value;
    if (!right) return text.slice(0, line.end).replace(/\n$/, "").split("\n").length;
  }
  return null;
}

describeIfShared("what httpd itself said", () => {
  const { cases } = JSON.parse(readFileSync(sharedPath("reference", "httpd-oracle-syntax.json"), "utf8")) as {
    cases: Case[];
  };
  const simple = cases.filter(
    ({ group, input }) =>
      group === "syntax" && /^(ServerAdmin|Server\\|ServrName|"ServerAdmin|#|\ufeff| +#)/i.test(input),
  );

  test("there are cases to compare with", () => {
    expect(simple.length).toBeGreaterThan(20);
  });

  test.each(simple.map((one) => [one.name, one] as const))("%s", (_, { input, httpd13, httpd24 }) => {
    for (const [dialect, verdict] of [
      ["1.3", httpd13],
      ["2.4", httpd24],
    ] as const) {
      const error = firstError(input, dialect);
      expect([dialect, error === null]).toEqual([dialect, verdict.ok]);
      // A file that ends in a continuation is an error behind its last line.
      if (error !== null && !input.endsWith("\\\n")) expect([dialect, error]).toEqual([dialect, verdict.error_line]);
    }
  });

  test("a line of 9000 bytes goes on in 1.3 as a directive, in 2.4 as the same line", () => {
    const long = cases.find(({ name }) => name === "9000-byte line");
    expect(long?.httpd13).toMatchObject({
      ok: false,
      output: [expect.anything(), expect.stringContaining("Invalid command 'a'")],
    });
    expect(long?.httpd24.ok).toBe(true);
    const text = `ServerAlias${" a".repeat(4500)}\n`;
    const names = (dialect: Dialect): string[] =>
      parse(text, dialect).lines.map((line) => ("name" in line ? line.name : line.kind));
    expect(names("2.4")).toEqual(["ServerAlias"]);
    expect(names("1.3")).toEqual(["ServerAlias", "a"]);
  });
});
