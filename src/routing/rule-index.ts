import type { ByteString } from "./bytes.ts";
import type { Pattern } from "./pattern.ts";
import { locationTexts } from "./section-index.ts";
import { mergeSlashes } from "./uri.ts";

/** A line that covers a path and what is below it, those that a pattern matches, or (null) whatever it is asked for. */
interface PathRule {
  readonly from: ByteString | Pattern | null;
}

/** So many paths are compared as fast as a few are looked up. */
const FEW = 8;

/**
 * Rules in their order, of which those for plain paths are looked up where there are many. The answer leaves out rules alone
 * that cannot cover a path as `aliasLength` sees it; whether the others do is still to be asked.
 */
export function ruleIndex<Rule extends PathRule>(rules: readonly Rule[]): (path: ByteString) => readonly Rule[] {
  if (rules.length <= FEW) return () => rules;
  const places = new Map<ByteString, number>();
  const others: number[] = [];
  let longest = 0;
  for (const [at, { from }] of rules.entries()) {
    if (typeof from !== "string") {
      others.push(at);
      continue;
    }
    const text = mergeSlashes(from);
    // Of several for one path the first covers all that the others would.
    if (!places.has(text)) places.set(text, at);
    longest = Math.max(longest, text.length);
  }
  if (places.size <= FEW) return () => rules;
  const atPlaces = (found: readonly number[]): readonly Rule[] => found.flatMap((at) => rules[at] ?? []);
  const patterns = atPlaces(others);
  return (path) => {
    const found: number[] = [];
    for (const text of locationTexts(mergeSlashes(path), longest)) {
      const at = places.get(text);
      if (at !== undefined) found.push(at);
    }
    return found.length === 0 ? patterns : atPlaces([...found, ...others].sort((a, b) => a - b));
  };
}
