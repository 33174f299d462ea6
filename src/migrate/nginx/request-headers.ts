import type { Field, FieldCase } from "../site/header-fields.ts";
import { bitsOf, conditionVariables, listedExpression, stemOf, valueText } from "./field-values.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** Fields that httpd and nginx write themselves for a server behind them. */
const own: ReadonlySet<string> = new Set([
  "host",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-server",
  "expect",
  "range",
  "if-modified-since",
  "if-none-match",
]);

/** The `proxy_set_header` of a field; a text: why there is none. */
export function requestLines(field: Field, variables: SharedVariables): { readonly line: string } | string {
  const { name, cases, conditions, lines } = field;
  if (own.has(name.toLowerCase())) return `nginx writes ${name} itself`;
  if (lines.some(({ action }) => action === "edit")) return "it edits no field of the client";
  const sent = `$http_${stemOf(name)}`;
  const [only] = cases;
  if (conditions.length === 0 && only !== undefined && !only.keeps) {
    const text = only.values.map(({ parts }) => valueText(parts, variables)).join(", ");
    return { line: `proxy_set_header ${name} ${quote(text)};` };
  }
  const bits = conditionVariables(field, variables);
  const rows: string[] = [];
  for (const one of cases) {
    const made = caseRows(one, sent, variables);
    if (made === null) return "it cannot look for such an element";
    rows.push(...made);
  }
  const variable = variables.define("map", quote(`${bits.join("")}:${sent}`), stemOf(name), ['default "";', ...rows]);
  return { line: `proxy_set_header ${name} ${variable};` };
}

function caseRows(one: FieldCase, sent: string, variables: SharedVariables): readonly string[] | null {
  const start = `~^${bitsOf(one)}:`;
  const texts = one.values.map(({ parts }) => valueText(parts, variables));
  if (!one.keeps) return [`${quote(start)} ${quote(texts.join(", "))};`];
  if (texts.length === 0) return [`${quote(start)} ${sent};`];
  const absent = `${quote(`${start}$`)} ${quote(texts.join(", "))};`;
  if (one.values.some(({ unless }) => unless === "present")) return [absent, `${quote(start)} ${sent};`];
  const listed = one.values.filter(({ unless }) => unless === "listed").map(({ parts }) => listedExpression(parts));
  if (listed.includes(null) || (listed.length > 0 && texts.length > 1)) return null;
  return [
    absent,
    ...listed.map((expression) => `${quote(`${start}${expression ?? ""}`)} ${sent};`),
    `${quote(start)} ${quote([sent, ...texts].join(", "))};`,
  ];
}
