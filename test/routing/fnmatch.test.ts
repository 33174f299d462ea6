import fc from "fast-check";

import { isShellPattern, shellPattern } from "../../src/routing/fnmatch.ts";

describe("isShellPattern", () => {
  test.each([
    ["/srv/www", false],
    ["/srv/*", true],
    ["x?", true],
    ["a[b]c", true],
    ["a[b", false],
    ["a]b[", false],
    ["a\\*b", false],
    ["a\\", false],
  ])("%s: %s", (text, expected) => {
    expect(isShellPattern(text)).toBe(expected);
  });
});

describe("shellPattern", () => {
  test.each([
    ["/fo*", "/foo", true],
    ["/fo*", "/foo/x", false],
    ["/*/x.txt", "/a/x.txt", true],
    ["/*/x.txt", "/a/b/x.txt", false],
    ["/*/x.txt", "//x.txt", true],
    ["?", "/", false],
    ["[/]", "/", false],
    ["[!a]", "/", false],
    ["[!a-c]x", "dx", true],
    ["[!a-c]x", "bx", false],
    ["[^a]x", "bx", true],
    ["[]a]x", "]x", true],
    ["[a-]x", "-x", true],
    ["[\\]]x", "]x", true],
    ["a[b", "a[b", true],
    ["\\*", "*", true],
    ["\\*", "a", false],
    ["a\\", "a\\", true],
    ["*", ".htaccess", true],
    ["*", "", true],
    ["**", "abc", true],
    ["*a*b*", "xaxxbx", true],
    ["*.txt", "a.txt.txt", true],
    ["", "", true],
    ["", "a", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(shellPattern(pattern)(text)).toBe(expected);
  });

  test("agrees with a regular expression of the same meaning", () => {
    const part = fc.constantFrom("*", "?", "a", "b", "/", ".");
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.constantFrom("a", "b", "/", "."), { maxLength: 10 }),
        (parts, text) => {
          const source = parts
            .map((each) => (each === "*" ? "[^/]*" : each === "?" ? "[^/]" : each === "." ? "\\." : each))
            .join("");
          expect(shellPattern(parts.join(""))(text.join(""))).toBe(new RegExp(`^${source}$`).test(text.join("")));
        },
      ),
    );
  });

  test("stays quick on patterns that make backtracking matchers hang", () => {
    const start = performance.now();
    expect(shellPattern("*a".repeat(40) + "b")("a".repeat(8000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
