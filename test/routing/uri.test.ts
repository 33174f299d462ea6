import fc from "fast-check";

import { dialects } from "../../grammar/dialect.ts";
import { normalizePath, splitTarget } from "../../src/routing/uri.ts";

describe("splitTarget", () => {
  test.each([
    ["/a?b?c", "2.4", { path: "/a", query: "b?c", authority: null }],
    ["/a?", "2.4", { path: "/a", query: "", authority: null }],
    ["http://x.example", "2.4", { path: "/", query: null, authority: "x.example" }],
    ["http://x.example?q", "2.4", { path: "/", query: "q", authority: "x.example" }],
    ["HTTP://x.example:80/y", "1.3", { path: "/y", query: null, authority: "x.example:80" }],
    ["http:///y", "2.4", { path: "/y", query: null, authority: null }],
    ["http://u@x.example/y", "1.3", { path: "/y", query: null, authority: "x.example" }],
    ["/a#b", "1.3", { path: "/a", query: null, authority: null }],
  ])("%s (%s)", (target, dialect, expected) => {
    expect(splitTarget(target, dialect)).toEqual(expected);
  });

  test.each([
    ["x.txt", "2.4"],
    ["*", "2.4"],
    ["/x#y", "2.4"],
    ["ftp://x/y", "2.4"],
    ["http://u@x/y", "2.4"],
    ["", "1.3"],
  ])("%s is a bad request (%s)", (target, dialect) => {
    expect(splitTarget(target, dialect)).toHaveProperty("status", 400);
  });
});

describe("normalizePath", () => {
  test.each([
    ["/a/../b", "/b", "/b"],
    ["/d1/%2e%2e/x.txt", "/x.txt", "/x.txt"],
    ["/d1/.", "/d1/", "/d1/"],
    ["/d1/..", "/", "/"],
    ["//d1//x", "//d1//x", "/d1/x"],
    ["/a//../b", "/a/b", "/b"],
    ["/%41%20b", "/A b", "/A b"],
    ["/%252e", "/%2e", "/%2e"],
    ["/.../x", "/.../x", "/.../x"],
    ["/a%5cb", "/a\\b", "/a\\b"],
    ["/%e9", "/\u00e9", "/\u00e9"],
  ])("%s is %s until 2.2 and %s in 2.4", (path, old, modern) => {
    expect(normalizePath(path, "1.3")).toBe(old);
    expect(normalizePath(path, "2.4")).toBe(modern);
  });

  test.each(["2.0", "2.2", "2.4"])(
    "an encoded slash is what AllowEncodedSlashes says (%s); 1.3 has no such line",
    (dialect) => {
      expect(normalizePath("/a%2fb", dialect)).toHaveProperty("status", 404);
      expect(normalizePath("/a%2fb", dialect, false, "decoded")).toBe("/a/b");
      expect(normalizePath("/a%2Fb%20", dialect, false, "kept")).toBe("/a%2Fb ");
      expect(normalizePath("/a%2fb", "1.3", false, "decoded")).toHaveProperty("status", 404);
    },
  );

  test.each([
    ["/../x", "/x"],
    ["/%2e%2e/x", "/x"],
    ["/..", "/"],
  ])("%s climbs out: 2.4 answers 400, earlier ones stay at the root", (path, old) => {
    expect(normalizePath(path, "2.2")).toBe(old);
    expect(normalizePath(path, "2.4")).toHaveProperty("status", 400);
  });

  test.each([
    ["/a%2fb", 404],
    ["/a%00b", 404],
    ["/d1%2f..%2fx.txt", 404],
    ["/a%zz", 400],
    ["/a%4", 400],
    ["/%2f%zz", 400],
  ])("%s is refused with %i", (path, status) => {
    for (const dialect of dialects) expect(normalizePath(path, dialect)).toHaveProperty("status", status);
  });

  test("MergeSlashes Off keeps slashes", () => {
    expect(normalizePath("//a//b", "2.4", true)).toBe("//a//b");
  });

  test("the result starts with a slash and has no dot segment", () => {
    const piece = fc.constantFrom("/", ".", "..", "a", "%2e", "%2E", "%41", "//", "/./", "/../");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom(...dialects), (pieces, dialect) => {
        const path = normalizePath(`/${pieces.join("")}`, dialect);
        if (typeof path !== "string") return;
        expect(path.startsWith("/")).toBe(true);
        expect(path.split("/").some((segment) => segment === "." || segment === "..")).toBe(false);
      }),
    );
  });

  // With quadratic work this would take minutes, and time out.
  test.each(["/..", "/.", "//", "%2e", "/a", "%41", "%"])(
    "a megabyte of %s is normalised",
    (piece) => {
      for (const dialect of dialects) expect(normalizePath(`/${piece.repeat(300_000)}`, dialect)).toBeDefined();
    },
    60_000,
  );
});
