import { nearest } from "../../src/lint/nearest.ts";

describe("nearest", () => {
  test.each([
    ["ServrName", ["ServerName", "ServerAlias"], "ServerName"],
    ["servername", ["ServerName"], "ServerName"],
    ["Foo", ["ServerName"], null],
    ["", ["a"], null],
    ["User", ["Use", "Users"], "Use"],
    ["x".repeat(100), ["x".repeat(100)], null],
  ])("%s", (word, candidates, expected) => {
    expect(nearest(word, candidates)).toBe(expected);
  });
});
