import type { Dialect, RoutingTable, TableDirective } from "../../compile/table.ts";
import type { Formula } from "../apache24/formula.ts";
import type { Variant } from "../site/region.ts";
import { withTls } from "../site/access-formula.ts";
import type { HostTls } from "../site/tls.ts";
import { restrict } from "../site/restrict.ts";
import { isAskable, variableTest } from "../site/variable-test.ts";
import { decisionRows, type UserSet } from "./decision-rows.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";
import { lastNamed } from "../site/effective.ts";

/** The lines of a location that decide who may, and what of the old rules they do not ask. */
export interface LocationAccess {
  readonly lines: readonly string[];
  /** Words behind Require that stand for what is missing; who was let in by them no longer is. */
  readonly missing: readonly string[];
}

const lastWord = (effective: readonly TableDirective[], name: string): string | null =>
  lastNamed(effective, name)?.args[0] ?? null;

/** Where passwords are, when nginx can read them: a file of Basic authentication. */
function passwordsOf(
  effective: readonly TableDirective[],
  table: RoutingTable,
): { readonly realm: string; readonly file: string } | null {
  const file = lastWord(effective, "authuserfile");
  const provider = lastWord(effective, "authbasicprovider")?.toLowerCase() ?? "file";
  if (file === null || provider !== "file" || lastWord(effective, "authtype")?.toLowerCase() !== "basic") return null;
  const path = file.startsWith("/") ? file : `${table.serverRoot.replace(/\/$/, "")}/${file}`;
  if (!path.startsWith("/") || /[\x00-\x1f\x7f$]/.test(path)) return null;
  return { realm: (lastWord(effective, "authname") ?? "restricted").replace(/[\x00-\x1f\x7f$]/g, ""), file: path };
}

/**
 * Writes the access rules of a variant: `allow`, `deny` and `satisfy` where they say it, else a table of all cases. `tls` is what
 * the host says of it; undefined where it has none. Without `knowsClients` nobody is let in by an address.
 */
export function locationAccess(
  variant: Variant,
  table: RoutingTable,
  variables: SharedVariables,
  tls: HostTls | undefined,
  knowsClients = true,
): LocationAccess {
  const { effective } = variant;
  const passwords = passwordsOf(effective, table);
  const { formula, missing } = restrict(withTls(variant.formula, tls !== undefined), (provider, words, negated) => {
    switch (provider) {
      case "ip":
        return knowsClients;
      case "method":
        return true;
      case "env":
        return words.every((name) => isAskable(variableTest(name, effective, table.apache), knowsClients));
      case "sslverifyclient":
        return tls !== undefined && tls.clients !== null;
      case "valid-user":
        return passwords !== null && !negated;
      case "user":
        return passwords !== null && !negated && words.every((name) => /^[\w.@+-]+$/.test(name));
      default:
        return false;
    }
  });
  const hosts = hostRules(formula);
  if (hosts !== null) return { lines: hosts, missing };
  if (passwords !== null) {
    const basic = [`auth_basic ${quote(passwords.realm)};`, `auth_basic_user_file ${quote(passwords.file)};`];
    const plain = withUsers(formula, basic);
    if (plain !== null) return { lines: plain, missing };
  }
  const lines = byTable(formula, effective, passwords, table.apache, variables);
  return lines === null ? { lines: ["deny all;"], missing: ["more tests than a table holds"] } : { lines, missing };
}

/**
 * Lines for a location inside of another one, which inherits every kind of access line that it has none of: each of them is
 * taken back, so that only its own rules hold.
 */
export function insideOf(outer: readonly string[], lines: readonly string[]): readonly string[] {
  if (outer.length === 0) return lines;
  const has = (list: readonly string[], pattern: RegExp): boolean => list.some((line) => pattern.test(line));
  const kinds = [
    [/^(?:allow|deny) /, /^(?:allow|deny) /, "allow all;"],
    [/^auth_basic /, /^auth_basic /, "auth_basic off;"],
    [/^satisfy any/, /^satisfy /, "satisfy all;"],
  ] as const;
  const reset = kinds.flatMap(([taken, own, line]) => (has(outer, taken) && !has(lines, own) ? [line] : []));
  return [...reset, ...lines];
}

/** `allow` and `deny` lines in the order in which nginx asks them; null when they cannot say it. */
function hostRules(formula: Formula): readonly string[] | null {
  const ips = (one: Formula, negated: boolean): readonly string[] | null =>
    one.kind === "test" && one.provider === "ip" && one.negated === negated ? one.words.map(network) : null;
  const lines = (word: string, list: readonly string[]): readonly string[] => list.map((one) => `${word} ${one};`);
  switch (formula.kind) {
    case "always":
      return [];
    case "never":
      return ["deny all;"];
    case "test": {
      const allowed = ips(formula, false);
      if (allowed !== null) return [...lines("allow", allowed), "deny all;"];
      const denied = ips(formula, true);
      return denied === null ? null : [...lines("deny", denied), "allow all;"];
    }
    case "all": {
      const denied = formula.of.map((one) => ips(one, true));
      const rest = formula.of.filter((_, index) => denied[index] === null);
      const [only] = rest;
      if (rest.length > 1) return null;
      const inner = only === undefined ? ["allow all;"] : hostRules(only);
      return inner === null
        ? null
        : [
            ...lines(
              "deny",
              denied.flatMap((one) => one ?? []),
            ),
            ...inner,
          ];
    }
    case "any":
      return null;
    default:
      return formula satisfies never;
  }
}

/** A valid user, alone or together with addresses. */
function withUsers(formula: Formula, basic: readonly string[]): readonly string[] | null {
  const isUser = (one: Formula): boolean => one.kind === "test" && one.provider === "valid-user";
  if (isUser(formula)) return basic;
  if (formula.kind !== "all" && formula.kind !== "any") return null;
  const rest = formula.of.filter((one) => !isUser(one));
  const [only] = rest;
  if (rest.length === formula.of.length || rest.length !== 1 || only === undefined) return null;
  const inner = hostRules(only);
  return inner === null ? null : [`satisfy ${formula.kind};`, ...inner, ...basic];
}

/** A `map` that has an answer for every outcome of the tests. */
function byTable(
  formula: Formula,
  effective: readonly TableDirective[],
  passwords: { readonly realm: string; readonly file: string } | null,
  dialect: Dialect,
  variables: SharedVariables,
): readonly string[] | null {
  const decision = decisionRows(formula);
  if (decision === null) return null;
  const { tests, rows, users } = decision;
  const [only] = users;
  if (tests.length === 0 && passwords !== null && only !== undefined) {
    const names = variables.define("map", "$remote_user", "passwords", [
      'default "/dev/null";',
      `${quote(`~^${namesExpression(only)}`)} ${quote(passwords.file)};`,
    ]);
    return [`auth_basic ${quote(passwords.realm)};`, `auth_basic_user_file ${names};`];
  }
  const source = tests
    .map(({ provider, words }) => testVariable(provider, words, effective, dialect, variables))
    .join("");
  const answer = variables.define("map", quote(source), "access", [
    "default denied;",
    ...rows.map(({ key, outcome }) => `${key} ${outcome};`),
  ]);
  const refuse = `if (${answer} = denied) { return 403; }`;
  if (users.length === 0 || passwords === null) return [refuse];
  const realm = variables.define("map", answer, "realm", ["default off;", `~^user ${quote(passwords.realm)};`]);
  // A user who is not asked for is looked up where there is nobody, so that the browser asks again.
  const file = variables.define("map", quote(`${answer} $remote_user`), "passwords", [
    'default "/dev/null";',
    ...users.map((names, index) => `${quote(`~^user${index} ${namesExpression(names)}`)} ${quote(passwords.file)};`),
  ]);
  return [refuse, `auth_basic ${realm};`, `auth_basic_user_file ${file};`];
}

function namesExpression(names: UserSet): string {
  return names === "valid" ? "" : `(?:${names.map((name) => name.replace(/[.+]/g, "\\$&")).join("|")})$`;
}

/** A variable that is 1 where a test holds, and 0 elsewhere. */
function testVariable(
  provider: string,
  words: readonly string[],
  effective: readonly TableDirective[],
  dialect: Dialect,
  variables: SharedVariables,
): string {
  if (provider === "ip") {
    return variables.define("geo", "", "from", ["default 0;", ...new Set(words.map((word) => `${network(word)} 1;`))]);
  }
  if (provider === "sslverifyclient")
    return variables.define("map", "$ssl_client_verify", "certificate", ["default 0;", "SUCCESS 1;"]);
  if (provider === "method") {
    // HEAD goes with GET in httpd.
    const names = new Set(words.flatMap((word) => (word === "GET" ? ["GET", "HEAD"] : [word])));
    return variables.define("map", "$request_method", "method", [
      "default 0;",
      ...[...names].map((word) => `${word} 1;`),
    ]);
  }
  const found = words.map((name) => {
    const parts = (variableTest(name, effective, dialect) ?? []).map(
      ({ subject, pattern, ignoresCase, matchesNothing }) => {
        const source =
          subject.kind === "address"
            ? "$remote_addr"
            : subject.kind === "method"
              ? "$request_method"
              : `$http_${subject.name.replaceAll("-", "_")}`;
        return variables.define("map", source, "set", [
          "default 0;",
          // No expression is tried on an empty value.
          ...(matchesNothing ? ['"" 1;'] : []),
          `${quote(`~${ignoresCase ? "*" : ""}${pattern}`)} 1;`,
        ]);
      },
    );
    return parts.join("");
  });
  return variables.define("map", quote(found.join("")), "set", ["default 0;", '"~1" 1;']);
}

/** `10.1` as nginx reads it. */
function network(word: string): string {
  const parts = /^\d+(?:\.\d+){0,2}$/.exec(word)?.[0].split(".");
  if (parts !== undefined) return `${[...parts, 0, 0, 0].slice(0, 4).join(".")}/${parts.length * 8}`;
  const [base = "", mask = ""] = word.split("/");
  if (!mask.includes(".")) return word;
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return `${base}/${bits.lastIndexOf("1") + 1}`;
}
