import { headerActions } from "../../grammar/directives/header-actions.ts";
import type { HeaderAction } from "../../grammar/directives/header-actions.ts";
import type { Dialect, TableDirective } from "../compile/table.ts";
import { toBytes } from "../routing/bytes.ts";
import type { Expression } from "../routing/expression.ts";
import { evaluate, parseExpression } from "../routing/expression.ts";
import type { Pattern } from "../routing/pattern.ts";
import { compilePattern, PatternInputError } from "../routing/pattern.ts";
import { patternSyntax } from "../routing/pattern-syntax.ts";
import { substitute } from "../routing/substitute.ts";
import { HeaderFields } from "./header-fields.ts";
import type { HeaderFacts, HeaderValue } from "./header-value.ts";
import { parseHeaderValue } from "./header-value.ts";

type Condition =
  | { readonly kind: "none" }
  | { readonly kind: "variable"; readonly name: string; readonly negated: boolean }
  | { readonly kind: "expression"; readonly expression: Expression };

/** A Header or RequestHeader line ready to be applied. */
export interface HeaderRule {
  readonly action: HeaderAction;
  readonly name: string;
  readonly lower: string;
  readonly value: HeaderValue;
  /** Of edit, for values; of echo, for names. */
  readonly pattern: Pattern | null;
  readonly condition: Condition;
}

/** The lines in effect, in their order. */
export interface HeaderRules {
  readonly request: readonly HeaderRule[];
  /** For answers that are no errors of this server's own. */
  readonly onSuccess: readonly HeaderRule[];
  /** For all answers, on fields of their own. */
  readonly always: readonly HeaderRule[];
}

/** Fields without which a message would be another one, and what is written by whoever sends it. */
const untouchable: ReadonlySet<string> = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "date",
  "server",
]);

function conditionOf(word: string | undefined, dialect: Dialect): Condition {
  if (word === undefined || dialect === "1.3") return { kind: "none" };
  const [, key = "", text = ""] = /^(env|expr)=([^]*)$/i.exec(word) ?? [];
  if (key.toLowerCase() === "expr") return { kind: "expression", expression: parseExpression(toBytes(text)) };
  const negated = text.startsWith("!");
  return key === "" ? { kind: "none" } : { kind: "variable", name: negated ? text.slice(1) : text, negated };
}

/** Null for a line that httpd does not take either. */
function parseRule(words: readonly string[], dialect: Dialect): HeaderRule | null {
  const [verb = "", field = "", ...rest] = words;
  const action = headerActions.find((name) => name === verb.toLowerCase());
  const name = (action === "echo" ? field : (field.split(":", 1)[0] ?? "")).trim();
  if (action === undefined || name === "") return null;
  const isEdit = action === "edit" || action === "edit*";
  const source = isEdit ? rest[0] : action === "echo" ? name : null;
  const pattern = source === null ? null : compilePattern(toBytes(source ?? ""), patternSyntax(dialect));
  if (pattern !== null && "error" in pattern) return null;
  const hasValue = action !== "unset" && action !== "echo";
  const value = hasValue ? (rest[isEdit ? 1 : 0] ?? "") : "";
  const condition = conditionOf(rest[hasValue ? (isEdit ? 2 : 1) : 0], dialect);
  return {
    action,
    name,
    lower: name.toLowerCase(),
    value: parseHeaderValue(toBytes(value), dialect !== "1.3"),
    pattern,
    condition,
  };
}

/**
 * Reads the lines among effective directives; null when there is none. `early` ones count as the others: they are for
 * debugging, and see no sections in httpd.
 */
export function readHeaderRules(effective: readonly TableDirective[], dialect: Dialect): HeaderRules | null {
  const rules = { request: [] as HeaderRule[], onSuccess: [] as HeaderRule[], always: [] as HeaderRule[] };
  let found = false;
  for (const { name, args } of effective) {
    const key = name.toLowerCase();
    if (key !== "header" && key !== "requestheader" && key !== "errorheader") continue;
    found = true;
    const table = key === "header" ? /^(always|onsuccess)$/i.exec(args[0] ?? "")?.[0]?.toLowerCase() : undefined;
    const rule = parseRule(table === undefined ? args : args.slice(1), dialect);
    if (rule === null) continue;
    if (key === "requestheader") rules.request.push(rule);
    else if (table === "always" || key === "errorheader") rules.always.push(rule);
    else rules.onSuccess.push(rule);
  }
  return found ? rules : null;
}

function holds(condition: Condition, { asked, variable }: HeaderFacts): boolean {
  switch (condition.kind) {
    case "none":
      return true;
    case "variable":
      return (variable(condition.name) !== null) !== condition.negated;
    case "expression":
      return asked !== null && evaluate(condition.expression, asked) === true;
    default:
      return condition satisfies never;
  }
}

/** Whether a list has an element, as a text. */
function hasElement(list: string, wanted: string): boolean {
  return (list.match(/(?:"[^"]*"?|[^,"])+/g) ?? []).some((element) => element.trimStart() === wanted);
}

/** A substitution in one value; with `everywhere` behind each match again. A value that is too long for its pattern stays. */
function edited(value: string, pattern: Pattern, replacement: string, dialect: Dialect, everywhere: boolean): string {
  let done = "";
  let rest = value;
  try {
    for (;;) {
      const match = pattern.exec(rest);
      if (match === null) return done + rest;
      const [whole = ""] = match.groups;
      done += rest.slice(0, match.end - whole.length) + substitute(replacement, match.groups, dialect);
      rest = rest.slice(match.end);
      // An empty match would be found for ever.
      if (!everywhere || whole === "" || rest === "") return done + rest;
    }
  } catch (error) {
    if (error instanceof PatternInputError) return value;
    throw error;
  }
}

/**
 * The fields behind some rules; `asked` are the client's, for echo. All flat.
 * httpd mod_headers.c do_headers_fixup
 */
export function applyHeaderRules(
  rules: readonly HeaderRule[],
  flat: readonly string[],
  facts: HeaderFacts,
  sent: readonly string[],
  dialect: Dialect,
): readonly string[] {
  if (rules.length === 0) return flat;
  const fields = new HeaderFields(flat);
  for (const rule of rules) {
    const { action, name, lower, pattern } = rule;
    if (untouchable.has(lower) || !holds(rule.condition, facts)) continue;
    const value = rule.value(facts);
    if (value === null) continue;
    switch (action) {
      case "add":
        fields.add(name, value);
        break;
      case "set":
        fields.set(name, lower, value);
        break;
      case "setifempty":
        if (fields.all(lower).length === 0) fields.set(name, lower, value);
        break;
      case "append":
        fields.append(name, lower, value);
        break;
      case "merge":
        if (!hasElement(fields.all(lower)[0] ?? "", value)) fields.append(name, lower, value);
        break;
      case "unset":
        fields.unset(lower);
        break;
      case "echo":
        for (let at = 0; at + 1 < sent.length; at += 2) {
          const field = sent[at] ?? "";
          if (pattern?.test(field) === true && !untouchable.has(field.toLowerCase()))
            fields.add(field, sent[at + 1] ?? "");
        }
        break;
      case "edit":
      case "edit*":
        if (pattern !== null) fields.edit(lower, (old) => edited(old, pattern, value, dialect, action === "edit*"));
        break;
      case "note":
        break;
      default:
        action satisfies never;
    }
  }
  return fields.flat;
}
