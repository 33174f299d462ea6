import type { ArgumentKind, DirectiveSpec } from "../../grammar/directives/directive-spec.ts";
import { dialects, type Dialect } from "../../grammar/dialect.ts";
import type { ActiveDirective } from "../../src/config/active-config.ts";
import { argumentProblem } from "../../src/config/arguments.ts";
import { likeDirective } from "../../src/config/like-directive.ts";
import { read } from "./reading.ts";

function problem(kinds: readonly ArgumentKind[], words: string, dialect: Dialect = "2.4"): string | null {
  const [directive] = read(`ServerAdmin ${words}\n`, dialect).server.children;
  const spec: DirectiveSpec = { ...(directive?.spec as DirectiveSpec), args: kinds };
  return argumentProblem(likeDirective(directive as ActiveDirective, { name: "X", spec }));
}

describe("Counting arguments", () => {
  // Accepted numbers of words, from 0 to 4.
  test.each([
    ["NO_ARGS", [0]],
    ["TAKE1", [1]],
    ["TAKE2", [2]],
    ["TAKE3", [3]],
    ["TAKE12", [1, 2]],
    ["TAKE13", [1, 3]],
    ["TAKE23", [2, 3]],
    ["TAKE123", [1, 2, 3]],
    ["ITERATE", [1, 2, 3, 4]],
    ["ITERATE2", [2, 3, 4]],
    ["RAW_ARGS", [0, 1, 2, 3, 4]],
    ["TAKE_ARGV", [0, 1, 2, 3, 4]],
  ] as const)("%s takes %j words", (kind, accepted) => {
    const found = [0, 1, 2, 3, 4].filter((count) => problem([kind], "a ".repeat(count)) === null);
    expect(found).toEqual(accepted);
  });

  test.each([
    ["on", null],
    ["OFF", null],
    ["on off", null],
    ["yes", "X must be On or Off"],
    ["", "X must be On or Off"],
  ])("a flag of %j", (words, expected) => {
    expect(problem(["FLAG"], words)).toBe(expected);
  });

  test("an empty quoted word is no word", () => {
    expect(problem(["TAKE1"], '""')).toBe("X takes one argument");
    expect(problem(["TAKE2"], '"" a')).toBe("X takes two arguments");
    expect(problem(["ITERATE"], '"" a')).toBe("X requires at least one argument");
    expect(problem(["TAKE12"], 'a ""')).toBeNull();
  });

  test("1.3 iterates over nothing without a word", () => {
    expect(dialects.filter((dialect) => problem(["ITERATE"], "", dialect) === null)).toEqual(["1.3"]);
  });

  test("of several kinds one is enough", () => {
    expect(problem(["TAKE1", "TAKE3"], "a b c")).toBeNull();
    expect(problem(["TAKE1", "TAKE3"], "a b")).toBe("X takes three arguments");
  });

  test("nothing is said of a directive that nobody knows", () => {
    const [directive] = read("Nope a b c\n", "2.4").server.children;
    expect(argumentProblem(directive as ActiveDirective)).toBeNull();
  });
});
