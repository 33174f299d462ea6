import type { RoutingTable } from "../../compile/table.ts";
import type { Formula } from "../apache24/formula.ts";
import { all, any, test } from "../apache24/formula.ts";
import type { Variant } from "../site/region.ts";
import { withTls } from "../site/access-formula.ts";
import { restrict } from "../site/restrict.ts";
import { isAskable, variableTest } from "../site/variable-test.ts";
import { word } from "./words.ts";

/** Conditions that must all hold, as HAProxy writes anonymous ones. */
type Conjunction = readonly string[];

/** Who may have what a variant holds, and what of the old rules is not asked. */
export interface Conditions {
  /** Of these one must hold; one without conditions always does. */
  readonly alternatives: readonly Conjunction[];
  /** Words behind Require that stand for what is missing; who was let in by them no longer is. */
  readonly missing: readonly string[];
}

/** Alternatives beyond this are too many to be a rule that anybody reads. */
const MOST = 32;

/**
 * The conditions of a variant; `isTls`: whether all requests of its host come over TLS. Without `knowsClients` nobody is let in by
 * an address.
 */
export function accessConditions(
  { formula, effective }: Variant,
  { apache }: RoutingTable,
  isTls: boolean,
  knowsClients = true,
): Conditions {
  const restricted = restrict(withTls(formula, isTls), (provider, words) => {
    if (provider === "env")
      return words.every((name) => isAskable(variableTest(name, effective, apache), knowsClients));
    return (provider === "ip" && knowsClients) || provider === "method";
  });
  const found = alternatives(withConditions(restricted.formula, (name) => variableTest(name, effective, apache) ?? []));
  if (found === null) return { alternatives: [], missing: ["more cases than a rule holds"] };
  return { alternatives: found, missing: restricted.missing };
}

/** Variables as what sets them: any of these conditions. */
function withConditions(
  formula: Formula,
  sourcesOf: (name: string) => NonNullable<ReturnType<typeof variableTest>>,
): Formula {
  if (formula.kind === "all") return all(formula.of.map((one) => withConditions(one, sourcesOf)));
  if (formula.kind === "any") return any(formula.of.map((one) => withConditions(one, sourcesOf)));
  if (formula.kind !== "test" || formula.provider !== "env") return formula;
  const conditions = formula.words.flatMap(sourcesOf).flatMap(({ subject, pattern, ignoresCase, matchesNothing }) => {
    const sample =
      subject.kind === "address" ? "src" : subject.kind === "method" ? "method" : `req.fhdr(${subject.name})`;
    const matches = test("condition", [`${sample} -m reg${ignoresCase ? " -i" : ""} ${word(pattern)}`]);
    const absent: Formula = {
      ...test("condition", [`${sample} -m found`]),
      kind: "test",
      provider: "condition",
      words: [`${sample} -m found`],
      negated: true,
    };
    return matchesNothing ? [matches, absent] : [matches];
  });
  if (!formula.negated) return any(conditions);
  return all(conditions.map((one) => (one.kind === "test" ? { ...one, negated: !one.negated } : one)));
}

/** The alternatives under which a formula holds, each a list of conditions; null when they are too many. */
function alternatives(formula: Formula): readonly Conjunction[] | null {
  switch (formula.kind) {
    case "always":
      return [[]];
    case "never":
      return [];
    case "test": {
      const { provider, words, negated } = formula;
      // Tests of one provider may have been joined, of which one is enough.
      const list = provider === "condition" ? words : [conditionOf(provider, words)];
      const sign = negated ? "!" : "";
      return negated ? [list.map((one) => `${sign}{ ${one} }`)] : list.map((one) => [`{ ${one} }`]);
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

function conditionOf(provider: string, words: readonly string[]): string {
  if (provider === "ip") return `src ${words.map(network).join(" ")}`;
  // HEAD goes with GET in httpd.
  return `method ${words.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one])).join(" ")}`;
}

function network(text: string): string {
  const parts = /^\d+(?:\.\d+){0,2}$/.exec(text)?.[0].split(".");
  return parts === undefined ? text : `${[...parts, 0, 0, 0].slice(0, 4).join(".")}/${parts.length * 8}`;
}
