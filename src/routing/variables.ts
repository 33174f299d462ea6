import type { Dialect, TableDirective } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";
import { lowerAscii, toBytes } from "./bytes.ts";
import type { AskedRequest, Variables } from "./client-facts.ts";
import { headerOf } from "./client-facts.ts";
import type { Expression } from "./expression.ts";
import { evaluate, parseExpression } from "./expression.ts";
import type { Pattern } from "./pattern.ts";
import { compilePattern } from "./pattern.ts";
import { patternSyntax } from "./pattern-syntax.ts";
import { substitute } from "./substitute.ts";

/** What a line looks at. */
type Subject =
  | { readonly kind: "address" | "serverAddress" | "uri" | "method" | "protocol" | "unknown" }
  | { readonly kind: "field"; readonly name: string }
  /** Every field whose name matches; the last of them counts. */
  | { readonly kind: "fields"; readonly name: Pattern };

/** A SetEnvIf line or one of its kin. */
export type VariableRule = {
  /** A null value takes the variable away. */
  readonly changes: readonly { readonly name: string; readonly value: ByteString | null }[];
} & (
  | { readonly kind: "match"; readonly subject: Subject; readonly pattern: Pattern }
  | { readonly kind: "expression"; readonly expression: Expression }
);

/** Names in lower case. */
export const variableNames: ReadonlySet<string> = new Set([
  "setenvif",
  "setenvifnocase",
  "setenvifexpr",
  "browsermatch",
  "browsermatchnocase",
]);

const special: Readonly<Record<string, Subject>> = {
  remote_addr: { kind: "address" },
  request_uri: { kind: "uri" },
  request_method: { kind: "method" },
  // Would need the DNS or ident.
  remote_host: { kind: "unknown" },
  remote_user: { kind: "unknown" },
};

const special2: Readonly<Record<string, Subject>> = {
  server_addr: { kind: "serverAddress" },
  request_protocol: { kind: "protocol" },
};

function subjectOf(word: ByteString, dialect: Dialect, ignoreCase: boolean): Subject | { readonly error: string } {
  const lower = lowerAscii(word);
  const found = special[lower] ?? (dialect === "1.3" && lower === "server_addr" ? undefined : special2[lower]);
  if (found !== undefined) return found;
  if (dialect === "1.3" || /^[-A-Za-z0-9_]*$/.test(word)) return { kind: "field", name: lower };
  const name = compilePattern(word, patternSyntax(dialect), { ignoreCase });
  return "error" in name ? name : { kind: "fields", name };
}

function changeOf(word: ByteString): VariableRule["changes"][number] {
  const equals = word.indexOf("=");
  if (equals !== -1) return { name: lowerAscii(word.slice(0, equals)), value: word.slice(equals + 1) };
  return word.startsWith("!")
    ? { name: lowerAscii(word.slice(1)), value: null }
    : { name: lowerAscii(word), value: "1" };
}

/**
 * Reads a line of the family.
 * httpd mod_setenvif.c add_setenvif_core; an unknown expression never sets anything
 */
export function parseVariableRule(
  directive: TableDirective,
  dialect: Dialect,
): VariableRule | { readonly error: string } {
  const name = directive.name.toLowerCase();
  const words = directive.args.map(toBytes);
  if (name === "setenvifexpr") {
    const expression = parseExpression(words[0] ?? "");
    return { kind: "expression", expression, changes: words.slice(1).map(changeOf) };
  }
  const ignoreCase = name.endsWith("nocase");
  const [subjectWord, source = "", ...variables] = name.startsWith("browser") ? ["user-agent", ...words] : words;
  const subject = subjectOf(subjectWord ?? "", dialect, ignoreCase);
  if ("error" in subject) return subject;
  const pattern = compilePattern(source, patternSyntax(dialect), { ignoreCase });
  if ("error" in pattern) return pattern;
  return { kind: "match", subject, pattern, changes: variables.map(changeOf) };
}

function valueOf(subject: Subject, request: AskedRequest, variables: Variables, dialect: Dialect): ByteString | null {
  switch (subject.kind) {
    case "address":
      return request.client.address;
    case "serverAddress":
      return request.localAddress;
    case "uri":
      return request.uri;
    case "method":
      return request.method;
    case "protocol":
      return request.client.protocol;
    case "unknown":
      return null;
    case "field":
      return (
        headerOf(request.client, subject.name) ?? (dialect === "1.3" ? null : (variables.get(subject.name) ?? null))
      );
    case "fields": {
      const { headers } = request.client;
      let value: ByteString | null = null;
      for (let at = 0; at + 1 < headers.length; at += 2) {
        const field = headers[at] ?? "";
        if (subject.name.test(field)) value = headerOf(request.client, lowerAscii(field));
      }
      return value;
    }
    default:
      return subject satisfies never;
  }
}

/** What SetEnv and UnsetEnv leave behind: they come after access, so only the look for an index file sees them. */
export function withFixedVariables(variables: Variables, effective: readonly TableDirective[]): Variables {
  const lines = effective.filter(({ name }) => /^(?:un)?setenv$/i.test(name));
  if (lines.length === 0) return variables;
  // UnsetEnv takes back what SetEnv has set, and nothing of SetEnvIf.
  const fixed = new Map<string, ByteString>();
  for (const { name, args } of lines) {
    const [first = "", value = ""] = args.map(toBytes);
    if (/^unset/i.test(name)) for (const each of args) fixed.delete(lowerAscii(toBytes(each)));
    else fixed.set(lowerAscii(first), value);
  }
  return new Map([...variables, ...fixed]);
}

/**
 * The variables behind some lines. What is absent counts as an empty text from 2.0 on; in 1.3 its line does nothing.
 * httpd mod_setenvif.c match_headers
 */
export function applyVariables(rules: readonly VariableRule[], request: AskedRequest, dialect: Dialect): Variables {
  if (rules.length === 0) return request.variables;
  const variables = new Map(request.variables);
  for (const rule of rules) {
    let groups: readonly ByteString[] | null = null;
    if (rule.kind === "expression") {
      if (evaluate(rule.expression, { ...request, variables }) !== true) continue;
    } else {
      const value = valueOf(rule.subject, request, variables, dialect) ?? (dialect === "1.3" ? null : "");
      groups = value === null ? null : (rule.pattern.exec(value)?.groups ?? null);
      if (groups === null) continue;
    }
    for (const { name, value } of rule.changes) {
      if (value === null) variables.delete(name);
      else variables.set(name, groups === null || dialect === "1.3" ? value : substitute(value, groups, dialect));
    }
  }
  return variables;
}
