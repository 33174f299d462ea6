import type { Formula } from "../apache24/formula.ts";
import { all, always, any, never } from "../apache24/formula.ts";

/** Users that are enough: whoever has a password, or those names. */
export type UserSet = "valid" | readonly string[];

/** A test without its negation. */
interface Test {
  readonly provider: string;
  readonly words: readonly string[];
}

/** Every case of a formula that lets somebody in. */
export interface Decision {
  /** Their outcomes, 0 or 1 each, side by side are the key of a row. */
  readonly tests: readonly Test[];
  /** Cases without a row are denied. `user0` asks for a user of the first set, and so on. */
  readonly rows: readonly { readonly key: string; readonly outcome: string }[];
  readonly users: readonly UserSet[];
}

/** More tests would be more rows than anybody reads: two to that power. */
const MOST_TESTS = 7;

const isUser = (provider: string): boolean => provider === "valid-user" || provider === "user";
const keyOf = ({ provider, words }: Test): string => JSON.stringify([provider, words]);

/** Works out all cases; null when there are too many. */
export function decisionRows(formula: Formula): Decision | null {
  const found = new Map<string, Test>();
  collect(formula, found);
  const tests = [...found.values()];
  if (tests.length > MOST_TESTS) return null;
  const rows: { readonly key: string; readonly outcome: string }[] = [];
  const users: UserSet[] = [];
  for (let mask = 0; mask < 1 << tests.length; mask += 1) {
    const holds = new Map(tests.map((test, at) => [keyOf(test), (mask & (1 << at)) !== 0]));
    const rest = withOutcomes(formula, holds);
    const key = tests.map((test) => (holds.get(keyOf(test)) === true ? "1" : "0")).join("");
    if (rest.kind === "always") rows.push({ key, outcome: "granted" });
    const names = rest.kind === "always" ? null : usersOf(rest);
    if (names === null) continue;
    const text = JSON.stringify(names);
    const known = users.findIndex((one) => JSON.stringify(one) === text);
    const index = known === -1 ? users.push(names) - 1 : known;
    rows.push({ key, outcome: `user${index}` });
  }
  return { tests, rows, users };
}

function collect(formula: Formula, found: Map<string, Test>): void {
  if (formula.kind === "test" && !isUser(formula.provider)) found.set(keyOf(formula), formula);
  else if (formula.kind === "all" || formula.kind === "any") for (const one of formula.of) collect(one, found);
}

function withOutcomes(formula: Formula, holds: ReadonlyMap<string, boolean>): Formula {
  switch (formula.kind) {
    case "always":
    case "never":
      return formula;
    case "test": {
      const is = holds.get(keyOf(formula));
      return is === undefined ? formula : is === formula.negated ? never : always;
    }
    case "all":
    case "any": {
      const parts = formula.of.map((one) => withOutcomes(one, holds));
      return formula.kind === "all" ? all(parts) : any(parts);
    }
    default:
      return formula satisfies never;
  }
}

/** Which users are enough where nothing but users is left to ask; null for nobody. */
function usersOf(formula: Formula): UserSet | null {
  switch (formula.kind) {
    case "always":
    case "never":
      return null;
    case "test":
      return formula.provider === "valid-user" ? "valid" : formula.words.toSorted();
    case "any": {
      const sets = formula.of.map(usersOf).filter((one) => one !== null);
      if (sets.includes("valid")) return "valid";
      return sets.length === 0 ? null : [...new Set(sets.flat())].sort();
    }
    case "all": {
      const sets = formula.of.map(usersOf);
      const named = sets.filter((one) => one !== "valid");
      const [first, ...others] = named;
      if (first === null || named.includes(null)) return null;
      if (first === undefined) return "valid";
      const shared = first.filter((name) => others.every((other) => other?.includes(name) === true));
      return shared.length === 0 ? null : shared;
    }
    default:
      return formula satisfies never;
  }
}
