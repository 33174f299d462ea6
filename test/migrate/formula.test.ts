import { all, any, not, test as ask, type Formula } from "../../src/migrate/apache24/formula.ts";

const ip = (...words: readonly string[]): Formula => ask("ip", words);

describe("tests of one provider", () => {
  it("are one line where one of them must hold, each word once and in the order of the first", () => {
    expect(any([ip("10.0.0.1"), ask("user", ["a"]), ip("10.0.0.2", "10.0.0.1"), ask("user", ["b"])])).toEqual({
      kind: "any",
      of: [ip("10.0.0.1", "10.0.0.2"), ask("user", ["a", "b"])],
    });
  });

  it("are one line where none of them may hold", () => {
    expect(all([not(ip("10.0.0.1")), ask("user", ["a"]), not(ip("10.0.0.2"))])).toEqual({
      kind: "all",
      of: [not(ip("10.0.0.1", "10.0.0.2")), ask("user", ["a"])],
    });
  });

  it("stay apart where each of them must hold", () => {
    const both = [ip("10.0.0.0/8"), ip("10.1.0.0/16")];
    expect(all(both)).toEqual({ kind: "all", of: both });
    expect(any(both.map(not))).toEqual({ kind: "any", of: both.map(not) });
  });

  it("stay apart where they have no words or one argument", () => {
    const apart = [ask("valid-user", []), ask("expr", ["a == b"]), ask("expr", ["c == d"])];
    expect(any(apart)).toEqual({ kind: "any", of: apart });
  });

  it("are 50,000 at once", () => {
    const many = Array.from({ length: 50_000 }, (_, at) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`);
    expect(any(many.map((word) => ip(word)))).toEqual(ip(...many));
  });
});
