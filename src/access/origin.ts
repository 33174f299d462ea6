import type { Dialect } from "../compile/table.ts";
import type { Network } from "./address.ts";
import { contains, parseNetwork } from "./address.ts";
import type { Variables } from "../routing/client-facts.ts";

/** What stands behind `Allow from`, `Deny from` and `Require ip`. */
export type Origin =
  | { readonly kind: "all" }
  | { readonly kind: "network"; readonly network: Network }
  /** A name or part of one: never matches, because names would need the DNS. */
  | { readonly kind: "name" }
  /** `env=X`, and from 2.2 on `env=!X`; the name in lower case. */
  | { readonly kind: "variable"; readonly name: string; readonly negated: boolean }
  /** What no httpd accepts. */
  | { readonly kind: "malformed" };

/** Reads one word behind `from`. */
export function parseOrigin(word: string, dialect: Dialect): Origin {
  if (/^env=/i.test(word)) {
    const negated = word[4] === "!" && dialect !== "1.3" && dialect !== "2.0";
    return { kind: "variable", name: word.slice(negated ? 5 : 4).toLowerCase(), negated };
  }
  if (word.toLowerCase() === "all") return { kind: "all" };
  const network = parseNetwork(word, dialect === "1.3");
  if (network !== null) return { kind: "network", network };
  return /^[\d.]+$|\//.test(word) ? { kind: "malformed" } : { kind: "name" };
}

/**
 * Whether a client, given by the bytes of its address, is meant; null is a client without a readable address. Where variables
 * are not known (null) the answer is `unknown`, which each side of Order takes for what closes.
 */
export function isFrom(
  origin: Origin,
  client: readonly number[] | null,
  variables: Variables | null,
  unknown: boolean,
): boolean {
  switch (origin.kind) {
    case "all":
      return true;
    case "network":
      return client !== null && contains(origin.network, client);
    case "variable":
      return variables === null ? unknown : variables.has(origin.name) !== origin.negated;
    case "name":
    case "malformed":
      return false;
    default:
      return origin satisfies never;
  }
}
