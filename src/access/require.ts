import type { MethodLimit, TableDirective } from "../compile/table.ts";
import { appliesTo } from "./method.ts";
import type { Network } from "./address.ts";
import { contains, parseNetwork } from "./address.ts";

/** A Require line or container of 2.4. */
export type Requirement =
  | {
      readonly kind: "test";
      readonly negated: boolean;
      readonly test: RequirementTest;
      readonly limit: MethodLimit | undefined;
    }
  | {
      readonly kind: "all" | "any" | "none";
      readonly children: readonly Requirement[];
      readonly limit: MethodLimit | undefined;
    };

type RequirementTest =
  | { readonly kind: "granted" }
  | { readonly kind: "denied" }
  | { readonly kind: "networks"; readonly networks: readonly Network[] }
  /** The client has an address of this host: loopback, or the address that it connected to. */
  | { readonly kind: "local" }
  | { readonly kind: "methods"; readonly methods: readonly string[] }
  /** Needs a user name. */
  | { readonly kind: "user" }
  /** What cannot be known here (host, env, expr, …): never granted. */
  | { readonly kind: "unknown" };

/** What one requirement says: `neutral` counts neither way, `needs-user` may change with a user name. */
export type Verdict = "granted" | "denied" | "needs-user" | "neutral";

export interface RequireClient {
  readonly address: readonly number[] | null;
  /** Address that the client connected to, when known. */
  readonly local: readonly number[] | null;
  readonly method: string;
}

const userTests = new Set([
  "user",
  "group",
  "valid-user",
  "ldap-user",
  "ldap-group",
  "ldap-dn",
  "ldap-attribute",
  "ldap-filter",
  "dbm-group",
  "dbd-group",
  "file-owner",
  "file-group",
]);

function parseTest(words: readonly string[]): RequirementTest {
  const [name = "", ...rest] = words;
  switch (name.toLowerCase()) {
    case "all":
      return { kind: rest[0]?.toLowerCase() === "granted" ? "granted" : "denied" };
    case "ip": {
      const networks = rest.map((word) => parseNetwork(word, false));
      return networks.includes(null)
        ? { kind: "unknown" }
        : { kind: "networks", networks: networks.filter((network) => network !== null) };
    }
    case "local":
      return { kind: "local" };
    case "method":
      return { kind: "methods", methods: rest.map((word) => word.toUpperCase()) };
    default:
      return { kind: userTests.has(name.toLowerCase()) ? "user" : "unknown" };
  }
}

/** Reads Require lines and containers. */
export function parseRequirements(directives: readonly TableDirective[]): readonly Requirement[] {
  return directives.map(({ name, args, limit, children }): Requirement => {
    const kind = /^require(all|any|none)$/i.exec(name)?.[1]?.toLowerCase();
    if (kind === "all" || kind === "any" || kind === "none") {
      return { kind, children: parseRequirements(children ?? []), limit };
    }
    const negated = args[0]?.toLowerCase() === "not";
    return { kind: "test", negated, test: parseTest(negated ? args.slice(1) : args), limit };
  });
}

const isLoopback = (address: readonly number[]): boolean =>
  address.length === 4 ? address[0] === 127 : address.every((byte, index) => byte === (index === 15 ? 1 : 0));

function outcome(test: RequirementTest, { address, local, method }: RequireClient): Verdict {
  const known = (is: boolean): Verdict => (is ? "granted" : "denied");
  switch (test.kind) {
    case "granted":
      return "granted";
    case "denied":
    case "unknown":
      return "denied";
    case "networks":
      return known(address !== null && test.networks.some((network) => contains(network, address)));
    case "local":
      return known(
        address !== null &&
          (isLoopback(address) ||
            (local !== null &&
              local.length === address.length &&
              local.every((byte, index) => byte === address[index]))),
      );
    case "methods":
      return known(test.methods.includes(method === "HEAD" ? "GET" : method));
    case "user":
      return "needs-user";
    default:
      return test satisfies never;
  }
}

/** A negated grant denies; a negated refusal says nothing. What cannot be known never helps, so negated it denies. */
function negate(verdict: Verdict, unknown: boolean): Verdict {
  return verdict === "granted" || unknown ? "denied" : "neutral";
}

/** All: one refusal decides, else a missing user, else a grant. Any: one grant decides, else a missing user. */
function combine(kind: "all" | "any", verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] =
    kind === "all" ? ["denied", "needs-user", "granted"] : ["granted", "needs-user", "denied"];
  return order.find((verdict) => verdicts.includes(verdict)) ?? "neutral";
}

/**
 * Judges a requirement. `outer` is what it stands in: out of its Limit it grants inside of an "all" and refuses elsewhere.
 * httpd 2.4 mod_authz_core.c apply_authz_sections
 */
function judge(requirement: Requirement, client: RequireClient, outer: "all" | "any"): Verdict {
  if (!appliesTo(requirement.limit, client.method)) return outer === "all" ? "granted" : "denied";
  if (requirement.kind === "test") {
    const verdict = outcome(requirement.test, client);
    return requirement.negated ? negate(verdict, requirement.test.kind === "unknown") : verdict;
  }
  const kind = requirement.kind === "all" ? "all" : "any";
  const verdict = combine(
    kind,
    requirement.children.map((child) => judge(child, client, kind)),
  );
  return requirement.kind === "none" ? negate(verdict, holdsUnknown(requirement)) : verdict;
}

function holdsUnknown(requirement: Requirement): boolean {
  return requirement.kind === "test" ? requirement.test.kind === "unknown" : requirement.children.some(holdsUnknown);
}

/** Judges the lines of a section, which count as one RequireAny. Without any, nothing is required: granted. */
export function judgeAll(requirements: readonly Requirement[], client: RequireClient): Verdict {
  if (requirements.length === 0) return "granted";
  // A section whose lines all stand in one Limit asks nothing of other methods.
  if (requirements.every(({ limit }) => !appliesTo(limit, client.method))) return "granted";
  const verdict = combine(
    "any",
    requirements.map((requirement) => judge(requirement, client, "any")),
  );
  return verdict === "neutral" ? "denied" : verdict;
}
