import type { FieldCase, FieldValue, Field } from "../site/header-fields.ts";
import type { HeaderPart } from "../site/header-lines.ts";
import { escaped } from "../site/url-pattern.ts";
import { conditionVariable, subjectVariable } from "./rewrites.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** A text where nginx reads variables, without quotes around it: only `geo` knows a dollar sign by itself. */
export function literal(text: string, variables: SharedVariables): string {
  if (!text.includes("$")) return text;
  const dollar = variables.define("geo", "", "dollar", ['default "$";']);
  return text.replaceAll("$", `\${${dollar.slice(1)}}`);
}

/** A value as nginx reads it, without quotes around it. */
export function valueText(parts: readonly HeaderPart[], variables: SharedVariables): string {
  return parts
    .map((part) =>
      part.kind === "text" ? literal(part.text, variables) : `\${${subjectVariable(part.subject).slice(1)}}`,
    )
    .join("");
}

/** The variables that are 1 where the conditions of a field hold, and 0 elsewhere. */
export function conditionVariables({ conditions }: Field, variables: SharedVariables): readonly string[] {
  return conditions.map((tests) => {
    const looksAtPath = tests.flat().some((one) => one.kind === "match" && one.subject.kind === "path");
    return conditionVariable(tests, variables, looksAtPath ? ["volatile;"] : []) ?? "1";
  });
}

/** The bits of a case as they stand in the source of a map. */
export const bitsOf = ({ holds }: FieldCase): string => holds.map((one) => (one ? "1" : "0")).join("");

/** An expression for lists that hold an element. */
export function listedExpression(parts: readonly HeaderPart[]): string | null {
  const [only, ...rest] = parts;
  return only?.kind === "text" && rest.length === 0 ? `(?:.*,)?[ \\t]*${escaped(only.text)}[ \\t]*(?:,|$)` : null;
}

/** The name of a map for a field. */
export const stemOf = (name: string): string => name.toLowerCase().replace(/\W/g, "_");

/**
 * A variable with the values that a field's cases have at one position, as an answer's `add_header` wants it; `guard` is a
 * variable that must be 1. Null when nginx has no such value.
 */
export function answerValue(field: Field, at: number, guard: string | null, variables: SharedVariables): string | null {
  const values = field.cases.flatMap((one) => {
    const value = one.values[at];
    return value === undefined ? [] : [{ bits: bitsOf(one), value }];
  });
  const [only] = values;
  if (guard === null && field.conditions.length === 0 && only?.value.unless === "never")
    return quote(valueText(only.value.parts, variables));
  const asks = values.some(({ value }) => value.unless !== "never");
  const bits = [...(guard === null ? [] : [guard]), ...conditionVariables(field, variables)];
  const front = guard === null ? "" : "1";
  if (!asks) {
    const rows = values.map(({ bits: own, value }) => `${front}${own} ${quote(valueText(value.parts, variables))};`);
    const [single = ""] = bits;
    return variables.define("map", bits.length === 1 ? single : quote(bits.join("")), stemOf(field.name), [
      'default "";',
      ...rows,
    ]);
  }
  const sent = `$upstream_http_${stemOf(field.name)}`;
  const rows: string[] = [];
  for (const { bits: own, value } of values) {
    const row = caseRows(value, `^${front}${own}:`, variables);
    if (row === null) return null;
    rows.push(...row);
  }
  return variables.define("map", quote(`${bits.join("")}:${sent}`), stemOf(field.name), ['default "";', ...rows]);
}

function caseRows({ parts, unless }: FieldValue, start: string, variables: SharedVariables): readonly string[] | null {
  const text = quote(valueText(parts, variables));
  if (unless === "never") return [`${quote(`~${start}`)} ${text};`];
  if (unless === "present") return [`${quote(`~${start}$`)} ${text};`];
  const listed = listedExpression(parts);
  return listed === null ? null : [`${quote(`~${start}${listed}`)} "";`, `${quote(`~${start}`)} ${text};`];
}
