import type { MethodLimit, TableDirective } from "../compile/table.ts";
import type { ByteString } from "../routing/bytes.ts";
import { toBytes } from "../routing/bytes.ts";
import type { AskedRequest } from "../routing/client-facts.ts";
import type { Expression } from "../routing/expression.ts";
import { evaluate, parseExpression } from "../routing/expression.ts";
import type { User } from "./authenticator.ts";
import { appliesTo, methodNumber } from "./method.ts";
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
  | { readonly kind: "variables"; readonly names: readonly string[] }
  | { readonly kind: "expression"; readonly expression: Expression }
  /** Needs a user name: `user`, `group` or `valid-user` and what stands behind. */
  | { readonly kind: "user"; readonly words: readonly ByteString[] }
  /** What cannot be known here (host, …): never granted. */
  | { readonly kind: "unknown" };

/** What one requirement says: `neutral` counts neither way, `needs-user` may change with a user name. */
export type Verdict = "granted" | "denied" | "needs-user" | "neutral";

export interface RequireClient {
  readonly address: readonly number[] | null;
  /** Address that the client connected to, when known. */
  readonly local: readonly number[] | null;
  readonly method: string;
  /** Null: variables and expressions are not known. */
  readonly asked: AskedRequest | null;
  readonly user: User | null;
}

/** Tests of a user's name that can be made here. */
const namedTests = new Set(["user", "group", "valid-user"]);

/** Those that cannot: a user is asked for, and none is ever let in. */
const userTests = new Set([
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
      return { kind: "methods", methods: rest.map((word) => methodNumber(word.toUpperCase())) };
    case "env":
      return { kind: "variables", names: rest.map((word) => word.toLowerCase()) };
    case "expr":
      return { kind: "expression", expression: parseExpression(toBytes(rest.join(" "))) };
    default: {
      const lower = name.toLowerCase();
      if (namedTests.has(lower)) return { kind: "user", words: [lower, ...rest.map(toBytes)] };
      return userTests.has(lower) ? { kind: "user", words: [] } : { kind: "unknown" };
    }
  }
}

/** Whether `valid-user`, `user name …` or `group name …` lets a user in. */
export function isNamed([kind, ...names]: readonly ByteString[], user: User): boolean {
  switch (kind) {
    case "valid-user":
      return true;
    case "user":
      return names.includes(user.name);
    case "group":
      return names.some((name) => user.groups?.has(name) === true);
    default:
      return false;
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

function outcome(test: RequirementTest, { address, local, method, asked, user }: RequireClient): Verdict {
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
      return known(test.methods.includes(methodNumber(method)));
    case "variables":
      return known(asked !== null && test.names.some((name) => asked.variables.has(name)));
    case "expression":
      return known(asked !== null && evaluate(test.expression, asked) === true);
    case "user":
      return user === null ? "needs-user" : known(isNamed(test.words, user));
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

/** A container concerns the methods that something in it concerns. */
function concerns(requirement: Requirement, method: string): boolean {
  return requirement.kind === "test"
    ? appliesTo(requirement.limit, method)
    : requirement.children.some((child) => concerns(child, method));
}

/**
 * Judges a requirement. `outer` is what it stands in: out of its Limit it grants inside of an "all" and refuses elsewhere.
 * httpd 2.4 mod_authz_core.c apply_authz_sections
 */
function judge(requirement: Requirement, client: RequireClient, outer: "all" | "any"): Verdict {
  if (!concerns(requirement, client.method)) return outer === "all" ? "granted" : "denied";
  if (requirement.kind === "test") {
    const verdict = outcome(requirement.test, client);
    return requirement.negated ? negate(verdict, isUnknown(requirement.test, client)) : verdict;
  }
  const kind = requirement.kind === "all" ? "all" : "any";
  const verdict = combine(
    kind,
    requirement.children.map((child) => judge(child, client, kind)),
  );
  return requirement.kind === "none" ? negate(verdict, holdsUnknown(requirement, client)) : verdict;
}

function isUnknown(test: RequirementTest, { asked }: RequireClient): boolean {
  switch (test.kind) {
    case "unknown":
      return true;
    case "variables":
      return asked === null;
    case "expression":
      return asked === null || evaluate(test.expression, asked) === null;
    default:
      return false;
  }
}

function holdsUnknown(requirement: Requirement, client: RequireClient): boolean {
  return requirement.kind === "test"
    ? isUnknown(requirement.test, client)
    : requirement.children.some((child) => holdsUnknown(child, client));
}

/** Judges the lines of a section, which count as one RequireAny. Without any, nothing is required: granted. */
export function judgeAll(requirements: readonly Requirement[], client: RequireClient): Verdict {
  if (requirements.length === 0) return "granted";
  // A section whose lines all stand in one Limit asks nothing of other methods.
  if (!requirements.some((requirement) => concerns(requirement, client.method))) return "granted";
  const verdict = combine(
    "any",
    requirements.map((requirement) => judge(requirement, client, "any")),
  );
  return verdict === "neutral" ? "denied" : verdict;
}
