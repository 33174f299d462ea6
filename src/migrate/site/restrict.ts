import type { Formula } from "../apache24/formula.ts";
import { all, any, never } from "../apache24/formula.ts";

/** A formula without what a target cannot ask, and the words behind Require for that; empty when nothing is missing. */
export interface Restricted {
  readonly formula: Formula;
  readonly missing: readonly string[];
}

/**
 * Puts "never" in the place of every test that a target cannot ask, negated ones too, so that what is left lets nobody in
 * who was kept out before.
 */
export function restrict(
  formula: Formula,
  canAsk: (provider: string, words: readonly string[], negated: boolean) => boolean,
): Restricted {
  switch (formula.kind) {
    case "always":
    case "never":
      return { formula, missing: [] };
    case "test": {
      const { provider, words, negated } = formula;
      return canAsk(provider, words, negated)
        ? { formula, missing: [] }
        : { formula: never, missing: [[provider, ...words].join(" ")] };
    }
    case "all":
    case "any": {
      const parts = formula.of.map((one) => restrict(one, canAsk));
      return {
        formula: (formula.kind === "all" ? all : any)(parts.map((part) => part.formula)),
        missing: parts.flatMap(({ missing }) => missing),
      };
    }
    default:
      return formula satisfies never;
  }
}
