import { run } from "../../../src/cli/commands/rules.ts";
import { rules } from "../../../src/lint/rules/index.ts";
import { recordedTerminal } from "../../support/recorded-terminal.ts";

async function shown(id?: string): Promise<string> {
  const { terminal, out } = recordedTerminal("/");
  expect(await run(id, terminal)).toBe(0);
  return out();
}

describe("backhand rules", () => {
  test("one line for each rule", async () => {
    const lines = (await shown()).trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual(rules.map(({ id }) => id));
  });

  test("the page of one rule", async () => {
    expect(await shown("stats-ttl")).toMatch(/^# stats-ttl\n/);
  });

  test("an id that no rule has is a usage error", async () => {
    await expect(() => shown("stats-tll")).rejects.toThrow("did you mean stats-ttl?");
    await expect(() => shown("../../README")).rejects.toThrow("Unknown rule");
  });
});
