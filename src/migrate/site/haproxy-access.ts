import type { Formula } from "../apache24/formula.ts";

/** Conditions that must all hold, as HAProxy writes anonymous ones. */
type Conjunction = readonly string[];

/** Alternatives beyond this are too many to be a rule that anybody reads. */
const MOST = 32;

/** The alternatives under which a formula holds, each a list of conditions; null for what HAProxy cannot ask. */
export function alternatives(formula: Formula): readonly Conjunction[] | null {
  switch (formula.kind) {
    case "always":
      return [[]];
    case "never":
      return [];
    case "test": {
      const condition = testOf(formula.provider, formula.words);
      return condition === null ? null : [[`${formula.negated ? "!" : ""}{ ${condition} }`]];
    }
    case "any": {
      const parts = formula.of.map(alternatives);
      return parts.includes(null) ? null : limited(parts.flatMap((part) => part ?? []));
    }
    case "all": {
      let result: readonly Conjunction[] = [[]];
      for (const one of formula.of) {
        const part = alternatives(one);
        if (part === null) return null;
        const next = limited(result.flatMap((left) => part.map((right) => [...left, ...right])));
        if (next === null) return null;
        result = next;
      }
      return result;
    }
    default:
      return formula satisfies never;
  }
}

function limited(list: readonly Conjunction[]): readonly Conjunction[] | null {
  return list.length > MOST ? null : list;
}

function testOf(provider: string, words: readonly string[]): string | null {
  if (provider === "ip") return `src ${words.map(network).join(" ")}`;
  // HEAD goes with GET in httpd.
  if (provider === "method")
    return `method ${words.flatMap((word) => (word === "GET" ? ["GET", "HEAD"] : [word])).join(" ")}`;
  return null;
}

function network(word: string): string {
  const parts = /^\d+(?:\.\d+){0,2}$/.exec(word)?.[0].split(".");
  return parts === undefined ? word : `${[...parts, 0, 0, 0].slice(0, 4).join(".")}/${parts.length * 8}`;
}
