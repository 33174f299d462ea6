import { headerActions, type HeaderAction } from "../../../grammar/directives/header-actions.ts";
import type { Dialect, TableDirective } from "../../compile/table.ts";
import type { RewriteSubject, RewriteTest, RewriteTests } from "./rewrite-conditions.ts";
import { rewritePattern, type RewritePattern } from "./rewrite-words.ts";
import { unescapeHeaderText } from "../../routing/header-escapes.ts";
import { askedTests, askedValue } from "./asked-expression.ts";
import { variableTest, type VariableSource } from "./variable-test.ts";
import { linesNamed } from "./effective.ts";

/** A piece of a value: as it is, or what a request has there. */
export type HeaderPart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "asked"; readonly subject: RewriteSubject };

/** A Header or RequestHeader line as other servers can say it. */
export interface HeaderLine {
  readonly directive: TableDirective;
  /** Fields of answers that are no errors of the server's own, fields of all answers, fields of what is sent on. */
  readonly of: "answer" | "always" | "request";
  readonly action: Exclude<HeaderAction, "note" | "echo" | "edit*">;
  readonly name: string;
  readonly value: readonly HeaderPart[];
  /** Of edit; null for the others. */
  readonly pattern: RewritePattern | null;
  /** Of each group one must hold. */
  readonly tests: RewriteTests;
}

/** A line that says nothing, or that only httpd can say. */
export interface OtherHeaderLine {
  readonly directive: TableDirective;
  readonly why: string;
  /** Whether it does nothing in httpd either. */
  readonly isIdle: boolean;
}

/** What has a meaning for a message beyond its own value, or is written by whoever sends it. */
const untouchable: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "date",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The lines of mod_headers. */
export function fieldLines(effective: readonly TableDirective[]): readonly TableDirective[] {
  return linesNamed(effective, "header", "requestheader", "errorheader");
}

/** Reads the lines among effective directives, in the order in which httpd obeys them. */
export function headerLines(
  effective: readonly TableDirective[],
  dialect: Dialect,
): readonly (HeaderLine | OtherHeaderLine)[] {
  return fieldLines(effective).map((directive) => readLine(directive, effective, dialect));
}

function readLine(
  directive: TableDirective,
  effective: readonly TableDirective[],
  dialect: Dialect,
): HeaderLine | OtherHeaderLine {
  const key = directive.name.toLowerCase();
  const lost = (why: string): OtherHeaderLine => ({ directive, why, isIdle: false });
  const idle = (why: string): OtherHeaderLine => ({ directive, why, isIdle: true });
  const table =
    key === "header" ? /^(?:always|onsuccess)$/i.exec(directive.args[0] ?? "")?.[0].toLowerCase() : undefined;
  const [verb = "", field = "", ...rest] = table === undefined ? directive.args : directive.args.slice(1);
  const action = headerActions.find((one) => one === verb.toLowerCase());
  if (action === undefined) return lost(`it has no ${verb}`);
  if (action === "note" || action === "edit*") return lost(`it has no ${action}`);
  const of = key === "requestheader" ? "request" : table === "always" || key === "errorheader" ? "always" : "answer";
  if (action === "echo") return readEcho(directive, field, rest[0], of);
  const name = field.replace(/:.*$/s, "").trim();
  if (!/^[\w.-]+$/.test(name)) return lost(`${name === "" ? "an empty name" : name} is no name of a field`);
  if (untouchable.has(name.toLowerCase())) return lost(`${name} is written by the server itself`);
  const isEdit = action === "edit";
  const values = action === "unset" ? 0 : isEdit ? 2 : 1;
  const condition = rest[values];
  if (condition?.toLowerCase() === "early" && of !== "request") return lost("early lines are for looking for faults");
  const value = action === "unset" ? [] : valueParts(rest[isEdit ? 1 : 0] ?? "", effective, dialect);
  if (typeof value === "string") return lost(value);
  const pattern = isEdit ? rewritePattern(rest[0] ?? "", false, dialect) : null;
  if (isEdit && (pattern === null || pattern.isNegated)) return lost("its expression may mean something else there");
  if (isEdit && value.some((part) => part.kind === "text" && /[\\&]/.test(part.text)))
    return lost("its replacement may mean something else there");
  const tests = conditionTests(condition, effective, dialect);
  if (typeof tests === "string") return lost(tests);
  if (tests === null) return idle("its condition never holds");
  return { directive, of, action, name, value, pattern, tests };
}

/** `echo` of one name: that field as the client sent it. */
function readEcho(
  directive: TableDirective,
  expression: string,
  condition: string | undefined,
  of: HeaderLine["of"],
): HeaderLine | OtherHeaderLine {
  const name = /^\^([a-z][a-z\d-]*)\$$/i.exec(expression)?.[1];
  if (name === undefined || condition !== undefined || untouchable.has(name.toLowerCase()))
    return { directive, why: "echo of any but one name is httpd's alone", isIdle: false };
  const subject: RewriteSubject = { kind: "field", name: name.toLowerCase() };
  return { directive, of, action: "add", name, value: [{ kind: "asked", subject }], pattern: null, tests: [] };
}

/** The pieces of a value, or why they are not known. */
function valueParts(
  text: string,
  effective: readonly TableDirective[],
  dialect: Dialect,
): readonly HeaderPart[] | string {
  if (dialect !== "1.3" && text.startsWith("expr=")) {
    return askedValue(text.slice("expr=".length)) ?? "its value asks for more than the client's fields and address";
  }
  // A line end or a zero would end the field.
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(text)) return "its value holds control characters";
  if (dialect === "1.3") return [{ kind: "text", text }];
  if (/\\[nr]/.test(text)) return "its value holds ends of lines";
  let plain = "";
  const items = /%(?:\{([^}]*)\})?(.?)/gs;
  let at = 0;
  for (let match = items.exec(text); match !== null; match = items.exec(text)) {
    const [whole, argument = "", letter = ""] = match;
    const said = letter === "%" ? "%" : letter === "e" ? constantOf(argument, effective) : null;
    if (said === null) return `nothing there says ${whole}`;
    plain += unescapeHeaderText(text.slice(at, match.index)) + said;
    at = items.lastIndex;
  }
  return [{ kind: "text", text: plain + unescapeHeaderText(text.slice(at)) }];
}

const setsVariables = /^(?:setenvif(?:nocase|expr)?|browsermatch(?:nocase)?|passenv|unsetenv|rewriterule|rewritemap)$/;

/** What SetEnv gives a variable that nothing else sets. */
function constantOf(variable: string, effective: readonly TableDirective[]): string | null {
  const isIt = (word: string): boolean => word.replace(/^!|=.*$/gs, "").toLowerCase() === variable.toLowerCase();
  const isTouched = effective.some(
    ({ name, args }) =>
      setsVariables.test(name.toLowerCase()) && (/^rewrite/i.test(name) ? args.length > 2 : args.some(isIt)),
  );
  const line = effective.findLast(({ name, args }) => /^setenv$/i.test(name) && isIt(args[0] ?? ""));
  const value = line?.args[1] ?? "";
  return line === undefined || isTouched || /[\x00-\x1f\x7f]/.test(value) ? null : value;
}

/** When a line counts; null: never; a text: why that is not known. */
function conditionTests(
  word: string | undefined,
  effective: readonly TableDirective[],
  dialect: Dialect,
): RewriteTests | string | null {
  if (word === undefined || dialect === "1.3" || word.toLowerCase() === "early") return [];
  const [, key = "", text = ""] = /^(env|expr)=(.*)$/is.exec(word) ?? [];
  if (key.toLowerCase() === "expr")
    return askedTests(text, dialect) ?? "its condition asks for what is not known there";
  if (key === "") return `${word} is no condition`;
  const negated = text.startsWith("!");
  const variable = negated ? text.slice(1) : text;
  if (constantOf(variable, effective) !== null) return negated ? null : [];
  if (effective.some(({ name, args }) => /^rewriterule$/i.test(name) && /\bE=/i.test(args[2] ?? "")))
    return `mod_rewrite may set ${variable}`;
  const sources = variableTest(variable, effective, dialect);
  if (sources === null) return `what sets ${variable} is not known there`;
  if (sources.length === 0) return `no line sets ${variable}`;
  const tests = sources.map((one) => testOf(one, negated));
  return negated ? tests.map((one) => [one]) : [tests];
}

function testOf({ subject, pattern, ignoresCase, matchesNothing }: VariableSource, isNegated: boolean): RewriteTest {
  return {
    kind: "match",
    subject,
    pattern: {
      text: pattern,
      groups: 0,
      isNegated,
      isAll: false,
      ignoresCase,
      matches: (one) => one === "" && matchesNothing,
    },
  };
}
