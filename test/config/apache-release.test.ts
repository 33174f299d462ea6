import { hasSince, parseApache } from "../../src/config/apache-release.ts";
import { problemsOf, read } from "./reading.ts";

describe("Naming an httpd", () => {
  test.each([
    ["auto", { dialect: "auto" }],
    ["2.4", { dialect: "2.4" }],
    ["2.4.10", { dialect: "2.4", release: [2, 4, 10] }],
    ["1.3.42", { dialect: "1.3", release: [1, 3, 42] }],
    ["2.3", null],
    ["2.4.", null],
    ["2.4.1000", null],
    ["3", null],
  ])("%s", (text, expected) => {
    expect(parseApache(text)).toEqual(expected);
  });

  test.each([
    ["", true],
    ["2.3.6", true],
    ["2.4", true],
    ["2.4.10", true],
    ["2.4.11", false],
  ])("what came with %j is in 2.4.10: %s", (since, expected) => {
    expect(hasSince(since, [2, 4, 10])).toBe(expected);
  });
});

describe("Reading for one release", () => {
  const versions = (text: string, release?: readonly [number, number, number]): readonly boolean[] =>
    read(text, "2.4", release === undefined ? {} : { release }).conditionals.map(({ value }) => value);

  test("IfVersion compares with it, and with the last one when none is named", () => {
    const text = "<IfVersion >= 2.4.20>\n</IfVersion>\n<IfVersion = 2.4.10>\n</IfVersion>\n";
    expect(versions(text, [2, 4, 10])).toEqual([false, true]);
    expect(versions(text)).toEqual([true, false]);
  });

  test("directives that came later are unknown, and say when they came", () => {
    const config = read("Protocols h2 http/1.1\nServerName a\n", "2.4", { release: [2, 4, 10] });
    expect(config.server.children.map((node) => node.unknown)).toEqual([
      { reason: "younger", since: "2.4.17" },
      undefined,
    ]);
    expect(problemsOf(config)).toEqual([]);
    expect(read("Protocols h2\n", "2.4").server.children[0]?.unknown).toBeUndefined();
  });
});
