import type { Dialect } from "../compile/table.ts";
import type { Network } from "./address.ts";
import { contains, parseNetwork } from "./address.ts";

/** What stands behind `Allow from`, `Deny from` and `Require ip`. */
export type Origin =
  | { readonly kind: "all" }
  | { readonly kind: "network"; readonly network: Network }
  /** A name or part of one: never matches, because names would need the DNS. */
  | { readonly kind: "name" }
  /** `env=X`: never matches until variables are set here. */
  | { readonly kind: "variable" }
  /** What no httpd accepts. */
  | { readonly kind: "malformed" };

/** Reads one word behind `from`. */
export function parseOrigin(word: string, dialect: Dialect): Origin {
  if (/^env=/i.test(word)) return { kind: "variable" };
  if (word.toLowerCase() === "all") return { kind: "all" };
  const network = parseNetwork(word, dialect === "1.3");
  if (network !== null) return { kind: "network", network };
  return /^[\d.]+$|\//.test(word) ? { kind: "malformed" } : { kind: "name" };
}

/** Whether a client, given by the bytes of its address, is meant; null is a client without a readable address. */
export function isFrom(origin: Origin, client: readonly number[] | null): boolean {
  switch (origin.kind) {
    case "all":
      return true;
    case "network":
      return client !== null && contains(origin.network, client);
    case "name":
    case "variable":
    case "malformed":
      return false;
    default:
      return origin satisfies never;
  }
}
