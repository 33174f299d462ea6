import fc from "fast-check";
import { compileExtendedRegExp } from "../../src/balance/extended-regexp.ts";

function matches(pattern: string, text: string): boolean {
  const compiled = compileExtendedRegExp(pattern);
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled.test(text);
}

describe("an extended regular expression", () => {
  test.each([
    ["b", "abc"],
    ["^a.c$", "abc"],
    ["^(ab|cd)*$", "abcdab"],
    ["^a+$", "aaa"],
    ["^ab?c$", "ac"],
    ["^a{2}$", "aa"],
    ["^a{1,2}b$", "aab"],
    ["^a{,2}$", ""],
    ["^a{2,}$", "aaaa"],
    ["^(a+)+$", "aaa"],
    ["^[[:alpha:]_]+[0-9]$", "web_1"],
    ["^[^[:digit:]]$", "x"],
    ["^[]x]$", "]"],
    ["^[^]x]$", "y"],
    ["^[a-]+$", "a-"],
    ["^[\\.]+$", "\\."],
    ["^\\.\\$\\\\$", ".$\\"],
    ["^\\w\\S$", "a-"],
    ["^(|a)b$", "b"],
    ["", "anything"],
    ["$", ""],
    ["a{x", "a{x"],
  ])("%s matches %j", (pattern, text) => {
    expect(matches(pattern, text)).toBe(true);
  });

  test.each([
    ["^b", "abc"],
    ["^a.c$", "ac"],
    ["^a{2}$", "a"],
    ["^a{2}$", "aaa"],
    ["^a{2,3}$", "aaaa"],
    ["^a+$", ""],
    ["^[^[:digit:]]$", "7"],
    ["^[\\w]$", "x"],
    ["\\.", "abc"],
    ["a^b", "a^b"],
    ["^A$", "a"],
  ])("%s does not match %j", (pattern, text) => {
    expect(matches(pattern, text)).toBe(false);
  });

  test.each([
    "(",
    ")",
    "(a",
    "a)",
    "[",
    "[a",
    "[]",
    "[[:nope:]]",
    "[[.a.]]",
    "[b-a]",
    "*a",
    "+",
    "(?:a)",
    "a{3,2}",
    "a{256}",
  ])("%s is refused", (pattern) => {
    expect(compileExtendedRegExp(pattern)).toHaveProperty("error");
  });

  test.each(["\\1", "\\d", "a\\"])("%s is refused: other dialects mean something by it", (pattern) => {
    expect(compileExtendedRegExp(pattern)).toHaveProperty("error");
  });

  test("cannot be made to take long, by pattern or by text", () => {
    expect(matches("^(([a-z])+.)+[A-Z]([a-z])+$", "a".repeat(20_000))).toBe(false);
    expect(compileExtendedRegExp("((a{255}){255}){255}")).toHaveProperty("error");
    expect(compileExtendedRegExp("(".repeat(1000))).toHaveProperty("error");
    expect(compileExtendedRegExp("a".repeat(1001))).toHaveProperty("error");
    expect(matches(`${"(".repeat(300)}a${")*".repeat(300)}`, "a".repeat(100))).toBe(true);
  });

  test("agrees with RegExp where both speak the same language", () => {
    const atom = fc.constantFrom("a", "b", ".", "[ab]", "[^a]", "(a|b)", "(ab)", "(a*b)");
    const piece = fc.tuple(atom, fc.constantFrom("", "*", "+", "?", "{2}", "{0,2}")).map((parts) => parts.join(""));
    const branch = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(""));
    const pattern = fc
      .tuple(fc.constantFrom("", "^"), fc.array(branch, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "$"))
      .map(([start, branches, end]) => start + branches.join("|") + end);
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(pattern, text, (expression, subject) => {
        expect(matches(expression, subject)).toBe(new RegExp(expression).test(subject));
      }),
      { numRuns: 2000 },
    );
  });

  test("never throws at any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."a b ( [ { } ] ) * + ? | ^ $ \\ . - : , 1 2".split(" ")), maxLength: 30 }),
        (pattern) => {
          compileExtendedRegExp(pattern);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
