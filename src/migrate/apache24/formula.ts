/** Who may, as 2.4 can say it. `test` holds what stands behind Require. */
export type Formula =
  | { readonly kind: "always" }
  | { readonly kind: "never" }
  | { readonly kind: "test"; readonly provider: string; readonly words: readonly string[]; readonly negated: boolean }
  | { readonly kind: "all" | "any"; readonly of: readonly Formula[] };

export const always: Formula = { kind: "always" };
export const never: Formula = { kind: "never" };

/** `Require provider words`. */
export function test(provider: string, words: readonly string[]): Formula {
  return { kind: "test", provider, words, negated: false };
}

/** The opposite. Tests of users have none that asks for a user, so there must be none in it. */
export function not(formula: Formula): Formula {
  switch (formula.kind) {
    case "always":
      return never;
    case "never":
      return always;
    case "test":
      return { ...formula, negated: !formula.negated };
    case "all":
      return any(formula.of.map(not));
    case "any":
      return all(formula.of.map(not));
    default:
      return formula satisfies never;
  }
}

/** Everything must hold. */
export function all(of: readonly Formula[]): Formula {
  return combine("all", of);
}

/** One must hold. */
export function any(of: readonly Formula[]): Formula {
  return combine("any", of);
}

function combine(kind: "all" | "any", of: readonly Formula[]): Formula {
  const neutral = kind === "all" ? "always" : "never";
  const absorbing = kind === "all" ? "never" : "always";
  const flat = of.flatMap((one) => (one.kind === kind ? one.of : [one]));
  if (flat.some((one) => one.kind === absorbing)) return { kind: absorbing };
  const seen = new Set<string>();
  const rest = joinTests(
    kind,
    flat.filter((one) => {
      const text = JSON.stringify(one);
      if (one.kind === neutral || seen.has(text)) return false;
      seen.add(text);
      return true;
    }),
  );
  const [only] = rest;
  if (only === undefined) return { kind: neutral };
  return rest.length === 1 ? only : { kind, of: rest };
}

/** Whether all that follows a provider is one thing, blanks included. */
export function isOneArgument(provider: string): boolean {
  return provider === "expr" || /^ldap-(?:group|dn|filter)$/.test(provider);
}

/** A test that others are put into, with all words so far. */
interface Joined {
  readonly at: number;
  readonly first: Formula & { readonly kind: "test" };
  words: string[] | null;
  readonly known: Set<string>;
}

/** `ip a` or `ip b` is `ip a b`, and so is neither of them. There may be a hundred thousand. */
function joinTests(kind: "all" | "any", of: readonly Formula[]): readonly Formula[] {
  const result: Formula[] = [];
  const byProvider = new Map<string, Joined>();
  for (const one of of) {
    if (one.kind !== "test" || one.negated !== (kind === "all")) {
      result.push(one);
      continue;
    }
    const joined = byProvider.get(one.provider);
    if (joined === undefined || one.words.length === 0 || isOneArgument(one.provider)) {
      if (joined === undefined)
        byProvider.set(one.provider, { at: result.length, first: one, words: null, known: new Set(one.words) });
      result.push(one);
      continue;
    }
    joined.words ??= [...joined.first.words];
    for (const word of one.words) if (!joined.known.has(word)) joined.words.push(word);
    for (const word of one.words) joined.known.add(word);
  }
  for (const { at, first, words } of byProvider.values()) if (words !== null) result[at] = { ...first, words };
  return result;
}

/** The lines of a section that say it; several of them on one level mean any of them. */
export function printFormula(formula: Formula): readonly string[] {
  if (formula.kind !== "any") return print(formula, "any");
  return formula.of.flatMap((one) => print(one, "any"));
}

function print(formula: Formula, outer: "all" | "any"): readonly string[] {
  switch (formula.kind) {
    case "always":
      return ["Require all granted"];
    case "never":
      return ["Require all denied"];
    case "test": {
      const line = `Require ${formula.negated ? "not " : ""}${[formula.provider, ...formula.words].join(" ")}`;
      // What only refuses grants nothing by itself, and is no line of a RequireAny.
      if (formula.negated && outer === "any") return print({ kind: "all", of: [formula] }, outer);
      return [line];
    }
    case "all":
    case "any": {
      const name = formula.kind === "all" ? "RequireAll" : "RequireAny";
      const lines = formula.of.flatMap((one) => print(one, formula.kind));
      const refusesOnly = formula.kind === "all" && formula.of.every((one) => one.kind === "test" && one.negated);
      const granted = refusesOnly ? ["Require all granted"] : [];
      return [`<${name}>`, ...[...granted, ...lines].map((line) => `    ${line}`), `</${name}>`];
    }
    default:
      return formula satisfies never;
  }
}
