import type { Dialect, TableDirective } from "../../compile/table.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import { toBytes } from "../../routing/bytes.ts";
import { toPcre } from "../apache24/regular-expression.ts";

/** One SetEnvIf line that sets a variable: an expression on something of the request. */
export interface VariableSource {
  /** A field's name in lower case, or what else of the request is looked at. */
  readonly subject:
    { readonly kind: "address" } | { readonly kind: "method" } | { readonly kind: "field"; readonly name: string };
  readonly pattern: string;
  readonly ignoresCase: boolean;
  /** Whether a request without the field matches, as with an empty one. */
  readonly matchesNothing: boolean;
}

const lines = /^(?:setenvif(?:nocase|expr)?|browsermatch(?:nocase)?)$/;

/**
 * The lines of which any sets a variable before access is decided; null when that is not all that there is to it: a line that
 * takes it away, or that looks at what other servers do not know.
 */
export function variableTest(
  variable: string,
  effective: readonly TableDirective[],
  dialect: Dialect,
): readonly VariableSource[] | null {
  const name = variable.toLowerCase();
  const found: VariableSource[] = [];
  const known = new Set<string>();
  for (const { name: directive, args } of effective) {
    const key = directive.toLowerCase();
    if (!lines.test(key)) continue;
    const isBrowser = key.startsWith("browser");
    const changes = args.slice(isBrowser ? 1 : 2).map((word) => word.toLowerCase());
    const sets = changes.some((word) => word.split("=", 1)[0] === name);
    if (changes.includes(`!${name}`) || (sets && key === "setenvifexpr")) return null;
    if (sets) {
      const source = sourceOf(isBrowser ? ["user-agent", ...args] : args, key.endsWith("nocase"), dialect);
      // A name that an earlier line has set is a variable and no field.
      if (source === null || (source.subject.kind === "field" && known.has(source.subject.name))) return null;
      found.push(source);
    }
    for (const word of changes) known.add(word.replace(/^!|=.*$/gs, ""));
  }
  return found;
}

function sourceOf(
  [attribute = "", expression = ""]: readonly string[],
  ignoresCase: boolean,
  dialect: Dialect,
): VariableSource | null {
  const field = attribute.toLowerCase();
  const pattern = dialect === "1.3" ? toPcre(expression) : expression;
  const compiled = compilePattern(toBytes(expression), patternSyntax(dialect), { ignoreCase: ignoresCase });
  if (pattern === null || pattern === "" || "error" in compiled || /[\x00-\x1f\x7f]/.test(pattern)) return null;
  const rest = { pattern, ignoresCase, matchesNothing: compiled.test("") };
  // In 1.3 a field that is not there is no empty one, and other servers do not tell the two apart.
  if (dialect === "1.3" && rest.matchesNothing) return null;
  if (field === "remote_addr") return { subject: { kind: "address" }, ...rest };
  if (field === "request_method") return { subject: { kind: "method" }, ...rest };
  // Underscores belong to names such as Request_URI; fields with them reach neither server.
  return /^[a-z][a-z0-9-]*$/.test(field) ? { subject: { kind: "field", name: field }, ...rest } : null;
}
