import type { Dialect, TableDirective } from "../../compile/table.ts";
import type { AccessLine } from "../apache24/access-rules.ts";
import { accessFormula } from "../apache24/access-rules.ts";
import type { Formula } from "../apache24/formula.ts";
import { all, always, any, never, not, test } from "../apache24/formula.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { MANY_LINES } from "../../routing/merge-slots.ts";
import { lastNamed, linesNamed } from "./effective.ts";

const hostKeys = new Set(["order", "allow", "deny"]);
const requireKeys = new Set(["require", "requireall", "requireany", "requirenone"]);

/** Lines of mod_ssl that keep requests out. */
const tlsKeys = ["sslrequiressl", "sslrequire", "sslverifyclient"] as const;

const userAndHostKeys = [...hostKeys, ...requireKeys, "satisfy"] as const;
const accessKeys: ReadonlySet<string> = new Set([...userAndHostKeys, ...tlsKeys]);

/** Whether a directive decides access. */
export function isAccess({ name }: Pick<TableDirective, "name">): boolean {
  return accessKeys.has(lowerName(name));
}

/**
 * What mod_ssl asks beside all others: `tls` whether the connection has TLS, `sslverifyclient` whether the client showed a
 * certificate that is known; `sslrequire` is what nobody else can ask.
 * httpd mod_ssl ssl_engine_kernel.c ssl_hook_Access
 */
function tlsFormula(effective: readonly TableDirective[]): Formula {
  const asked = linesNamed(effective, ...tlsKeys);
  if (asked.length === 0) return always;
  const tls = test("tls", []);
  const wantsCertificate = lastNamed(asked, "sslverifyclient")?.args[0]?.toLowerCase() === "require";
  return all([
    lastNamed(asked, "sslrequiressl") === undefined ? always : tls,
    lastNamed(asked, "sslrequire") === undefined ? always : any([not(tls), test("sslrequire", [])]),
    wantsCertificate ? any([not(tls), test("sslverifyclient", [])]) : always,
  ]);
}

function lineOf({ name, args, limit }: TableDirective): AccessLine {
  return {
    key: name.toLowerCase(),
    words: args.map((value) => ({ value })),
    limit: limit === undefined ? null : { kind: limit.except ? "LimitExcept" : "Limit", methods: limit.methods },
  };
}

/** So many formulas are remembered. */
const MOST_REMEMBERED = 10_000;

const formulas = new Map<string, Formula>();
/** By the arguments of a line. */
const texts = new WeakMap<TableDirective["args"], string>();

function textOf({ name, args, limit }: TableDirective): string {
  const text = texts.get(args) ?? JSON.stringify([name, args]);
  texts.set(args, text);
  return limit === undefined ? text : text + JSON.stringify(limit);
}

/** Who may by the effective directives of a request; `unknown` tests are what no formula of ours can say. */
export function formulaOf(effective: readonly TableDirective[], dialect: Dialect): Formula {
  if (dialect === "2.4") return formulaOfLines(effective, dialect);
  const lines = effective.length < MANY_LINES ? effective.filter(isAccess) : linesNamed(effective, ...accessKeys);
  // Thousands of hosts have the same lines.
  const key = `${dialect} ${lines.map(textOf).join(" ")}`;
  const known = formulas.get(key);
  if (known !== undefined) return known;
  const formula = formulaOfLines(lines, dialect);
  if (formulas.size >= MOST_REMEMBERED) formulas.clear();
  formulas.set(key, formula);
  return formula;
}

function formulaOfLines(effective: readonly TableDirective[], dialect: Dialect): Formula {
  return all([tlsFormula(effective), formulaOfUsersAndHosts(effective, dialect)]);
}

function formulaOfUsersAndHosts(effective: readonly TableDirective[], dialect: Dialect): Formula {
  const lines = linesNamed(effective, ...userAndHostKeys).map(lineOf);
  const hosts = lines.filter(({ key }) => hostKeys.has(key));
  const satisfy = lines.filter(({ key }) => key === "satisfy");
  if (dialect !== "2.4") {
    // A container of 2.4 lets nobody in before it.
    const users = lines.flatMap((line) => (requireKeys.has(line.key) ? [{ ...line, key: "require" }] : []));
    return accessFormula({ hosts, users, satisfy }, dialect);
  }
  const byHost = accessFormula({ hosts, users: [], satisfy: [] }, dialect);
  const required = linesNamed(effective, ...requireKeys);
  const merges = linesNamed(effective, "authmerging").some(({ args }) => args[0]?.toLowerCase() !== "off");
  const asksNobody = required.length === 0 && lastNamed(effective, "authtype") !== undefined;
  const byUser =
    merges || asksNobody ? test("unknown", []) : required.length === 0 ? always : any(required.map(granting));
  const isAny = satisfy.findLast(({ limit }) => limit === null)?.words[0]?.value.toLowerCase() === "any";
  return isAny ? any([byHost, byUser]) : all([byHost, byUser]);
}

const isNegated = ({ args }: TableDirective): boolean => args[0]?.toLowerCase() === "not";

/** A Require or container of 2.4 where one that grants is enough; what only refuses grants nothing there. */
function granting(directive: TableDirective): Formula {
  const { name, children = [], limit } = directive;
  if (limit !== undefined) return test("unknown", []);
  switch (name.toLowerCase()) {
    case "requireany":
      return any(children.map(granting));
    case "requirenone":
      return never;
    case "requireall": {
      const isRefusing = (one: TableDirective): boolean => isNegated(one) || one.name.toLowerCase() === "requirenone";
      const refused = children.filter(isRefusing);
      const grants = children.filter((one) => !isRefusing(one));
      if (grants.length === 0) return never;
      return all([
        ...grants.map(granting),
        ...refused.map((one) =>
          not(any((one.name.toLowerCase() === "requirenone" ? (one.children ?? []) : [one]).map(tested))),
        ),
      ]);
    }
    default:
      return isNegated(directive) ? never : tested(directive);
  }
}

const named = new Set(["ip", "method", "env", "valid-user", "user", "group"]);

/** What a Require line asks, `not` aside. */
function tested(directive: TableDirective): Formula {
  const [provider = "", ...words] = isNegated(directive) ? directive.args.slice(1) : directive.args;
  const key = provider.toLowerCase();
  if (directive.limit !== undefined || directive.name.toLowerCase() !== "require") return test("unknown", []);
  if (key === "all") return words[0]?.toLowerCase() === "granted" ? always : never;
  return named.has(key) ? test(key, words) : test("unknown", []);
}

/** A formula where it is known whether connections have TLS. */
export function withTls(formula: Formula, isTls: boolean): Formula {
  switch (formula.kind) {
    case "always":
    case "never":
      return formula;
    case "test":
      return formula.provider === "tls" ? (isTls === formula.negated ? never : always) : formula;
    case "all":
      return all(formula.of.map((one) => withTls(one, isTls)));
    case "any":
      return any(formula.of.map((one) => withTls(one, isTls)));
    default:
      return formula satisfies never;
  }
}
