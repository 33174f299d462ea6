import fc from "fast-check";

import { compilePattern, PatternInputError, type Pattern, type PatternSyntax } from "../../src/routing/pattern.ts";

function pattern(source: string, syntax: PatternSyntax, atEnd = true): Pattern {
  const compiled = compilePattern(source, syntax, { atEnd });
  if ("error" in compiled) throw new Error(compiled.error);
  return compiled;
}

describe("extended regular expressions of 1.3", () => {
  test.each([
    ["\\.txt$", "a.txt", true],
    ["\\.txt$", "a-txt", false],
    ["\\d", "d", true],
    ["\\d", "5", false],
    ["[\\d]", "\\", true],
    ["[]a]", "]", true],
    ["[^]a]", "b", true],
    ["[^]a]", "]", false],
    ["[[:digit:]]+", "12", true],
    ["[[:digit:]a-c-]", "-", true],
    ["[a-c]", "b", true],
    ["[[.-.]]", "-", true],
    ["a{2}", "aa", true],
    ["a{,2}", "a{,2}", true],
    ["{", "{", true],
    ["a)", "a)", true],
    ["(a|b)c", "bc", true],
    ["a$b", "a$b", false],
    ["x^y", "x^y", false],
    ["htdocs", "/srv/htdocs/", true],
  ])("%s on %s: %s", (source, text, expected) => {
    expect(pattern(source, "ere").test(text)).toBe(expected);
  });

  test.each(["*a", "a**", "a{2}{3}", "(a", "[a", "a\\", "(?:a)", "(?!a)"])(
    "%s is an error, as it is for httpd",
    (source) => {
      expect(compilePattern(source, "ere")).toHaveProperty("error");
    },
  );

  test("the longest match is taken, not the first", () => {
    expect(pattern("^/(a|ab)(c|bcd)?", "ere").exec("/abcd")?.groups[0]).toBe("/abcd");
  });

  test("without an end, which is how directories are tested, a dollar matches nothing", () => {
    expect(pattern("foo$", "ere", false).test("foo")).toBe(false);
    expect(pattern("foo", "ere", false).test("foo")).toBe(true);
    expect(pattern("foo[$]|bar\\$", "pcre", false).test("bar$")).toBe(true);
    expect(pattern("foo$", "pcre", false).test("foo")).toBe(false);
  });
});

describe("Perl's regular expressions of 2.x", () => {
  test.each([
    ["\\.(?:gif|jpe?g)$", "a.jpg", true],
    ["^/(?!admin/)", "/admin/x", false],
    ["^/(?!admin/)", "/other", true],
    ["(?i)\\.GIF$", "a.gif", true],
    ["^/(.)\\1$", "/aa", true],
    ["^/(.)\\1$", "/ab", false],
    ["(?<=/)x", "/x", true],
    ["a(?#remark)b", "ab", true],
    ["a\\hb", "a b", true],
    ["[[:alpha:]]", "a", true],
    ["^(?<first>[^/]+)$", "abc", true],
    ["a.b", "a\nb", true],
    ["[^\\]]", "]", false],
  ])("%s on %s: %s", (source, text, expected) => {
    expect(pattern(source, "pcre").test(text)).toBe(expected);
  });

  test("groups that took no part are empty", () => {
    expect(pattern("^/(a)?(b)$", "pcre").exec("/b")).toEqual({ groups: ["/b", "", "b"], end: 2 });
    expect(pattern("^/(?!c)(a)?(b)$", "pcre").exec("/b")).toEqual({ groups: ["/b", "", "b"], end: 2 });
  });

  test.each(["(?!a)(b+)+$", "(?!x)(a|a)*$", "^(?!x).*a.*b.*c$", "(a)\\1(?R)", "(?>a)(?!b)", "("])(
    "%s is refused, because a request could make it run for very long or nothing here knows it",
    (source) => {
      expect(compilePattern(source, "pcre")).toHaveProperty("error");
    },
  );

  test("a text that is too long for a look-around is refused, not tried", () => {
    const compiled = pattern("(?!a)b*c", "pcre");
    expect(() => compiled.test("b".repeat(5000))).toThrow(PatternInputError);
  });
});

test("plain text and dots behind the start of a text find what they say, however they are looked for", () => {
  const piece = fc.constantFrom("/a", "b", "/", "\\.", ".", ".*", ".+", ".?", "(.*)", "([^/]+)", "(.+)", "-", "%");
  const sample = fc.array(fc.constantFrom("/a", "b", "/", ".", "-", "%", "\n", "A"), { maxLength: 8 });
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.constantFrom<PatternSyntax>("ere", "pcre"),
      fc.array(sample, { maxLength: 20 }),
      (pieces, ends, syntax, samples) => {
        const source = `^${pieces.join("")}${ends ? "$" : ""}`;
        const expected = new RegExp(source, "s");
        for (const text of samples.map((one) => one.join(""))) {
          const found = expected.exec(text);
          expect(pattern(source, syntax).test(text)).toBe(found !== null);
          // How much a group takes is another question in POSIX.
          if (syntax === "pcre")
            expect(pattern(source, syntax).exec(text)?.groups ?? null).toEqual(found && [...found]);
          expect(pattern(source, syntax, false).test(text)).toBe(found !== null && !ends);
        }
      },
    ),
    { numRuns: 500 },
  );
});

test.each(["(a+)+$", "(a|aa)+$", "(.*)*x", "(a?){30}a{30}"])("%s takes time linear in the text", (source) => {
  const start = performance.now();
  pattern(source, "pcre").test(`${"a".repeat(8000)}!`);
  pattern(source, "ere").test(`${"a".repeat(8000)}!`);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("no source makes the compiler throw or hang", () => {
  const piece = fc.constantFrom(
    "a",
    "(",
    ")",
    "[",
    "]",
    "*",
    "+",
    "?",
    "{2}",
    "{1,",
    "|",
    "^",
    "$",
    "\\",
    "(?!",
    "(?:",
    "\\1",
    ".",
    "[:alpha:]",
    "-",
    "é",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom<PatternSyntax>("ere", "pcre"), (pieces, syntax) => {
      const compiled = compilePattern(pieces.join(""), syntax);
      if (!("error" in compiled)) expect(typeof compiled.test("aab-a]".repeat(20))).toBe("boolean");
    }),
    { numRuns: 500 },
  );
});
