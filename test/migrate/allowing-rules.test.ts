import { allowingRules } from "../../src/migrate/haproxy/allowing-rules.ts";
import { randomFrom } from "../support/random.ts";

const SEED = 20_261_124;
const HERE = "{ var(txn.host) -m int 1 } { var(txn.place) -m int 3 }";

/** What HAProxy makes of conditions of these kinds for a client. */
function meets(conditions: string, client: string, variables: ReadonlyMap<string, string>): boolean {
  return [...conditions.matchAll(/(!?)\{ (\S+) (.*?) \}/g)].every(([, not, what = "", rest = ""]) => {
    const name = /^var\((.*)\)$/.exec(what)?.[1];
    const does = name === undefined ? rest.split(" ").includes(client) : `-m int ${variables.get(name) ?? ""}` === rest;
    return does !== (not === "!");
  });
}

function isAllowed(rules: readonly string[], client: string): boolean {
  const variables = new Map([
    ["txn.host", "1"],
    ["txn.place", "3"],
  ]);
  for (const rule of rules) {
    const [, name = "", value = "", conditions = ""] =
      /^http-request set-var\((\S+)\) int\((\d+)\) if (.*)$/.exec(rule) ?? [];
    if (meets(conditions, client, variables)) variables.set(name, value);
  }
  return variables.get("txn.ok") === "1";
}

it("short conditions are one line for each alternative", () => {
  expect(allowingRules([["{ src 10.0.0.1 }"], ["!{ src 10.0.0.2 }", "{ method GET }"]], HERE)).toEqual([
    `http-request set-var(txn.ok) int(1) if ${HERE} { src 10.0.0.1 }`,
    `http-request set-var(txn.ok) int(1) if ${HERE} !{ src 10.0.0.2 } { method GET }`,
  ]);
});

it("however many addresses there are, the same clients are let in, by lines that HAProxy takes", () => {
  const random = randomFrom(SEED);
  const addresses = Array.from({ length: 200 }, (_, index) => `10.0.${index >> 6}.${index & 63}`);
  let allowed = 0;
  for (let round = 0; round < 300; round += 1) {
    const list = (): string =>
      Array.from({ length: 1 + random.below(round % 3 === 0 ? 5 : 120) }, () => random.of(addresses)).join(" ");
    const alternatives = Array.from({ length: 1 + random.below(3) }, () =>
      Array.from({ length: 1 + random.below(3) }, () => `${random.of(["", "!"])}{ src ${list()} }`),
    );
    const rules = allowingRules(alternatives, HERE);
    expect(Math.max(...rules.map((rule) => rule.split(" ").length))).toBeLessThanOrEqual(64);
    for (let asked = 0; asked < 20; asked += 1) {
      const client = random.of(addresses);
      const before = alternatives.some((one) => meets(one.join(" "), client, new Map()));
      if (before) allowed += 1;
      expect({ round, client, isAllowed: isAllowed(rules, client) }).toEqual({ round, client, isAllowed: before });
    }
  }
  expect(allowed).toBeGreaterThan(500);
});
