import type { Dialect, MethodLimit, TableDirective } from "../compile/table.ts";
import type { Variables } from "../routing/client-facts.ts";
import { appliesTo } from "./method.ts";
import type { Origin } from "./origin.ts";
import { isFrom, parseOrigin } from "./origin.ts";

type OrderKind = "deny,allow" | "allow,deny" | "mutual-failure";

interface OriginRule {
  readonly origins: readonly Origin[];
  readonly limit: MethodLimit | undefined;
}

/** The Order, Allow and Deny lines that hold: those of one section, which replaces all of an outer one's. */
export interface HostRules {
  readonly orders: readonly { readonly kind: OrderKind; readonly limit: MethodLimit | undefined }[];
  readonly allow: readonly OriginRule[];
  readonly deny: readonly OriginRule[];
}

const orderKinds: readonly OrderKind[] = ["deny,allow", "allow,deny", "mutual-failure"];

/** Reads the lines. A word that is wrong closes: an unknown order is mutual-failure, an unreadable Deny denies all. */
export function parseHostRules(directives: readonly TableDirective[], dialect: Dialect): HostRules {
  const rules = { orders: [] as HostRules["orders"][number][], allow: [] as OriginRule[], deny: [] as OriginRule[] };
  for (const { name, args, limit } of directives) {
    const key = name.toLowerCase();
    if (key === "order") {
      const word = args.join("").toLowerCase();
      rules.orders.push({ kind: orderKinds.find((kind) => kind === word) ?? "mutual-failure", limit });
    } else if (key === "allow") {
      rules.allow.push({ origins: args.slice(1).map((word) => parseOrigin(word, dialect)), limit });
    } else if (key === "deny") {
      const origins = args.slice(1).map((word): Origin => {
        const origin = parseOrigin(word, dialect);
        return origin.kind === "malformed" ? { kind: "all" } : origin;
      });
      rules.deny.push({ origins, limit });
    }
  }
  return rules;
}

/** Who asks, for the lines. */
export interface OrderClient {
  /** Null: no readable address. */
  readonly address: readonly number[] | null;
  readonly method: string;
  readonly variables: Variables | null;
}

function matches(rules: readonly OriginRule[], client: OrderClient, unknown: boolean): boolean {
  return rules.some(
    ({ origins, limit }) =>
      appliesTo(limit, client.method) &&
      origins.some((origin) => isFrom(origin, client.address, client.variables, unknown)),
  );
}

/**
 * Whether the lines let a client in. Without an Order line, and for methods that none names, it is deny,allow.
 * httpd 1.3 mod_access.c check_dir_access
 */
export function letsIn(rules: HostRules, client: OrderClient): boolean {
  const order = rules.orders.findLast(({ limit }) => appliesTo(limit, client.method))?.kind ?? "deny,allow";
  const allowed = matches(rules.allow, client, false);
  const denied = matches(rules.deny, client, true);
  switch (order) {
    case "deny,allow":
      return allowed || !denied;
    case "allow,deny":
    case "mutual-failure":
      return allowed && !denied;
    default:
      return order satisfies never;
  }
}
