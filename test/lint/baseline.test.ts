import { baselineOf, baselineText, readBaseline, withoutKnown } from "../../src/lint/baseline.ts";
import type { LintResult } from "../../src/lint/lint.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { lintText } from "./test-rule.ts";

function resultOf(config: string): LintResult {
  return lintText(rules, config, "2.4").result;
}

const old = "ServrName a\nBogus b\nListen 80\nListen 80\n";

function left(config: string): readonly string[] {
  const { result } = withoutKnown(resultOf(config), baselineOf(resultOf(old)));
  return result.files.flatMap(({ diagnostics }) => diagnostics.map(({ line, rule }) => `${line} ${rule}`));
}

describe("a baseline", () => {
  test("takes all known findings out, and counts them as suppressed", () => {
    const { result, known, gone } = withoutKnown(resultOf(old), baselineOf(resultOf(old)));
    expect(result.summary).toMatchObject({ errors: 0, warnings: 0, infos: 0, suppressed: 3 });
    expect([known, gone]).toEqual([3, 0]);
  });

  test("holds when lines are put in, taken out and indented", () => {
    expect(left(`# new\n\n  ${old}`)).toEqual([]);
    expect(left(old.replace("Bogus b\n", ""))).toEqual([]);
  });

  test("lets a new finding through, also one like a known one", () => {
    expect(left(`${old}Nonsense c\n`)).toEqual(["5 unknown-directive"]);
    expect(left(`${old}Bogus b\n`)).toEqual(["5 unknown-directive"]);
  });

  test("lets a finding through whose line has changed", () => {
    expect(left(old.replace("Bogus b", "Bogus c"))).toEqual(["2 unknown-directive"]);
  });

  test("counts what is no longer there", () => {
    expect(withoutKnown(resultOf("ServrName a\n"), baselineOf(resultOf(old))).gone).toBe(2);
  });

  test("is the same after writing and reading", () => {
    const baseline = baselineOf(resultOf(old));
    expect(readBaseline(baselineText(baseline))).toEqual(baseline);
  });

  test.each([
    ["", "no JSON"],
    ["[]", "no baseline"],
    ['{"version":2,"findings":{}}', "another version"],
    ['{"version":1,"findings":[]}', "no object"],
    ['{"version":1,"findings":{"a":[1]}}', 'findings of "a"'],
  ])("is refused when it is %j", (text, message) => {
    expect(() => readBaseline(text)).toThrow(message);
  });

  test("takes paths for paths", () => {
    expect(readBaseline('{"version":1,"findings":{"__proto__":["x"]}}').findings).not.toHaveProperty("length");
  });
});
