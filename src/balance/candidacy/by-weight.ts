import type { CandidacyDefinition } from "../candidacy.ts";
import { sortedBy } from "../order.ts";

/**
 * Random order in which a server comes first as often as its weight says. Names that are not given have weight 1; those with
 * weight 0 come last, for the case that all others fail.
 * Weighted sampling without replacement after Efraimidis and Spirakis: sort by −ln(random) / weight.
 */
export const byWeight: CandidacyDefinition = {
  name: "byWeight",
  sharedObject: null,
  summary: "puts the servers in random order, weighted by what the argument gives to their names",
  argument: { description: "name=weight pairs, separated by commas", default: null },
  ours: true,
  effect: "shuffle",
  create(argument) {
    const weights = readWeights(argument ?? "");
    if ("error" in weights) return weights;
    return (candidates, { random }) =>
      sortedBy(candidates, ({ id }) => {
        const weight = weights.get(id) ?? 1;
        return weight > 0 ? -Math.log1p(-random()) / weight : Infinity;
      });
  },
};

function readWeights(text: string): ReadonlyMap<string, number> | { readonly error: string } {
  const weights = new Map<string, number>();
  for (const part of text.split(",")) {
    const [, name, digits] = /^([^=,\s]{1,253})=(\d{1,6}(?:\.\d{1,6})?)$/.exec(part.trim()) ?? [];
    if (name === undefined) return { error: `Expected name=weight,… instead of "${text}"` };
    if (weights.has(name)) return { error: `Expected "${name}" once in "${text}"` };
    weights.set(name, Number(digits));
  }
  return weights;
}
