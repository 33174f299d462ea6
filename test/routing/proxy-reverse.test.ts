import type { ReverseRule } from "../../src/routing/proxy-reverse.ts";
import { reverseCookie, reverseLocation } from "../../src/routing/proxy-reverse.ts";

const rules = (...pairs: (readonly [from: string, to: string])[]): readonly ReverseRule[] =>
  pairs.map(([from, to]) => ({ from, to }));

test.each<[string, readonly ReverseRule[], string, string | null]>([
  ["a URL of the server", rules(["http://in/", "/app/"]), "http://in/x?y", "/app/x?y"],
  ["in other letters", rules(["http://in/", "/app/"]), "HTTP://IN/X", "/app/X"],
  ["of another server", rules(["http://in/", "/app/"]), "http://out/x", null],
  ["of a server whose name begins so", rules(["http://in", "/app"]), "http://inner/x", "/appner/x"],
  ["a path, by a rule with a path", rules(["/x/", "/app/"]), "/x/y", "/app/y"],
  ["a URL, by a rule with a path", rules(["/x/", "/app/"]), "http://any/x/y", "/app/y"],
  ["a URL without a path, by a rule with a path", rules(["/", "/app/"]), "http://any", null],
  ["a path, by a rule with a server", rules(["http://in/", "/app/"]), "/x", null],
  ["the first of two that fit", rules(["http://in/", "/a/"], ["http://in/x", "/b"]), "http://in/x", "/a/x"],
  [
    "the second, when the first does not fit",
    rules(["http://on/", "/a/"], ["http://in/", "/b/"]),
    "http://in/x",
    "/b/x",
  ],
  ["nothing for an empty rule", rules(["", "/app/"]), "http://in/x", null],
  ["what is shorter than the rule", rules(["http://in/x", "/app"]), "http://in/", null],
])("a Location: %s", (_what, given, location, expected) => {
  expect(reverseLocation(given, location)).toBe(expected);
});

const cookies = { domains: rules(["in.example", "out.example"]), paths: rules(["/x", "/app"]) };

test.each([
  ["a=1", "a=1"],
  ["a=1; Path=/x; Domain=in.example; Secure", "a=1; Path=/app; Domain=out.example; Secure"],
  ["a=1;domain=IN.Example;path=/x/y/z", "a=1;domain=out.example;path=/app"],
  ["a=1; path=/X; domain=.in.example", "a=1; path=/X; domain=.in.example"],
  ["path=/x; a=1", "path=/app; a=1"],
  ["a=path=/x; pathless=/x", "a=path=/x; pathless=/x"],
])("a Set-Cookie: %j", (cookie, expected) => {
  expect(reverseCookie(cookies, cookie)).toBe(expected);
});

test("without rules a cookie stays as it is", () => {
  expect(reverseCookie({ domains: [], paths: [] }, "a=1; path=/x")).toBe("a=1; path=/x");
});
