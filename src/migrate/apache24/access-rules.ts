import type { Dialect } from "../../../grammar/dialect.ts";
import type { ActiveDirective, MethodLimit } from "../../config/active-config.ts";
import type { Formula } from "./formula.ts";
import { all, always, any, isOneArgument, never, not, test } from "./formula.ts";
import { originTest } from "./host-tests.ts";

/** A line about access, of the configuration or of the routing table. */
export interface AccessLine {
  /** Lower case. */
  readonly key: string;
  readonly words: readonly { readonly value: string }[];
  readonly limit: { readonly kind: MethodLimit["kind"]; readonly methods: readonly string[] } | null;
}

/** The lines of one section about addresses (Order, Allow, Deny), about users (Require), and how they go together. */
export interface AccessLines<Line extends AccessLine = ActiveDirective> {
  readonly hosts: readonly Line[];
  readonly users: readonly Line[];
  readonly satisfy: readonly Line[];
}

export type Component = keyof AccessLines;
export const components: readonly Component[] = ["hosts", "users", "satisfy"];

/** Methods for which the lines of a Limit hold; HEAD goes with GET. */
function appliesTo(limit: AccessLine["limit"], method: string): boolean {
  if (limit === null) return true;
  return limit.methods.includes(method) === (limit.kind === "Limit");
}

/** Methods that 2.4 can test by name. */
const testable = new Set(
  (
    "GET PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT " +
    "UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE"
  ).split(" "),
);

/** What the users' lines may ask in 2.4; others have lost their module. */
const userProviders = new Set(
  "valid-user user group file-owner file-group dbm-group dbd-group ldap-user ldap-group ldap-dn ldap-attribute ldap-filter".split(
    " ",
  ),
);

/**
 * Who may by the lines of up to three sections, those that hold for one request. A word that no httpd accepts closes.
 * httpd 1.3 mod_access.c check_dir_access, http_request.c process_request_internal
 */
export function accessFormula({ hosts, users, satisfy }: AccessLines<AccessLine>, dialect: Dialect): Formula {
  // 1.3 does not know methods for Satisfy.
  const satisfyLines = satisfy.map((line): AccessLine =>
    dialect === "1.3" ? { key: line.key, words: line.words, limit: null } : line,
  );
  const named = new Set(
    [...hosts, ...users, ...satisfyLines].flatMap(({ limit }) =>
      (limit?.methods ?? []).map((method) => (method === "HEAD" ? "GET" : method)),
    ),
  );
  const methods = [...named].filter((method) => testable.has(method));
  const byFormula = new Map<string, { readonly formula: Formula; readonly methods: string[] }>();
  const formulaFor = (method: string): Formula => {
    const byHost = hostFormula(
      hosts.filter(({ limit }) => appliesTo(limit, method)),
      dialect,
    );
    const asked = users.filter(({ limit }) => appliesTo(limit, method));
    const byUser = asked.length === 0 ? null : any(asked.map((line) => userFormula(line, dialect)));
    const isAny =
      satisfyLines.findLast(({ limit }) => appliesTo(limit, method))?.words[0]?.value.toLowerCase() === "any";
    if (byUser === null) return byHost;
    return isAny ? any([byHost, byUser]) : all([byHost, byUser]);
  };
  const other = formulaFor("");
  for (const method of methods) {
    const formula = formulaFor(method);
    const text = JSON.stringify(formula);
    const found = byFormula.get(text);
    if (found === undefined) byFormula.set(text, { formula, methods: [method] });
    else found.methods.push(method);
  }
  byFormula.delete(JSON.stringify(other));
  if (byFormula.size === 0) return other;
  const groups = [...byFormula.values()];
  const special = groups.flatMap((group) => group.methods);
  return any([
    ...groups.map((group) => all([test("method", group.methods), group.formula])),
    all([not(test("method", special)), other]),
  ]);
}

/** What Order, Allow and Deny lines say of the client's address. */
function hostFormula(lines: readonly AccessLine[], dialect: Dialect): Formula {
  const order =
    lines
      .findLast(({ key }) => key === "order")
      ?.words.map(({ value }) => value)
      .join("")
      .toLowerCase() ?? "deny,allow";
  const originsOf = (key: string): readonly (Formula | null)[] =>
    lines
      .filter((line) => line.key === key)
      .flatMap(({ words }) => words.slice(1).map(({ value }) => originTest(value, dialect)));
  const allowed = any(originsOf("allow").map((one) => one ?? never));
  const denied = any(originsOf("deny").map((one) => one ?? always));
  return order === "deny,allow" ? any([allowed, not(denied)]) : all([allowed, not(denied)]);
}

/** One Require line of before 2.4. */
function userFormula({ words }: AccessLine, dialect: Dialect): Formula {
  const [provider, ...rest] = requireWords(words, dialect);
  if (!userProviders.has(provider)) return never;
  if (rest.some((word) => /[\r\n]/.test(word))) return never;
  if (isOneArgument(provider)) return rest.length === 0 ? never : test(provider, [rest.join(" ")]);
  return test(provider, provider === "valid-user" ? [] : rest.map(requireWord));
}

/** Require splits its words as other lines do: blanks and quotes need quotes. */
function requireWord(word: string): string {
  if (!/[\s"'\\]/.test(word)) return word;
  return `"${word.replace(/[\\"]/g, "\\$&")}"`;
}

/** Whether a Require line asks for what 2.4 has no module for. */
export function isUnknownRequire({ words }: ActiveDirective, dialect: Dialect): boolean {
  return !userProviders.has(requireWords(words, dialect)[0]);
}

/**
 * What a Require line asks for, with the names of 2.4: the LDAP modules of 1.3 and 2.0 (mod_auth_ldap and others) took a
 * `group` that is the name of an entry, which no name of an AuthGroupFile looks like, and `dn`.
 */
function requireWords(words: AccessLine["words"], dialect: Dialect): readonly [provider: string, ...rest: string[]] {
  const [first = "", ...rest] = words.map(({ value }) => value);
  const provider = first.toLowerCase();
  if (dialect !== "1.3" && dialect !== "2.0") return [provider, ...rest];
  if (provider === "dn") return ["ldap-dn", ...rest];
  if (provider === "group" && /^[a-z][\w.-]*=./i.test(rest[0] ?? "")) return ["ldap-group", ...rest];
  return [provider, ...rest];
}

/** The new form of a Require line whose provider has another name in 2.4, or null. */
export function renamedRequire({ words }: Pick<AccessLine, "words">, dialect: Dialect): string | null {
  const [provider, ...rest] = requireWords(words, dialect);
  return provider === words[0]?.value.toLowerCase() ? null : `Require ${[provider, ...rest].join(" ")}`;
}
