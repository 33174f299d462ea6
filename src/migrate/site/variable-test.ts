import type { Dialect, TableDirective } from "../../compile/table.ts";
import { compilePattern } from "../../routing/pattern.ts";
import { patternSyntax } from "../../routing/pattern-syntax.ts";
import { toBytes } from "../../routing/bytes.ts";
import { lowerName } from "../../routing/lower-name.ts";
import { toPcre } from "../apache24/regular-expression.ts";
import { linesNamed } from "./effective.ts";

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

/** Whether the lines that set a variable can be asked; one that looks at the address only where that is the client's. */
export function isAskable(sources: readonly VariableSource[] | null, knowsClients: boolean): boolean {
  return sources !== null && (knowsClients || !sources.some(({ subject }) => subject.kind === "address"));
}

const names = ["setenvif", "setenvifnocase", "setenvifexpr", "browsermatch", "browsermatchnocase"] as const;

/** One line with what it changes, in lower case. */
interface ChangingLine {
  readonly at: number;
  /** Name of the directive in lower case. */
  readonly key: string;
  readonly args: readonly string[];
  readonly changes: readonly string[];
}

interface VariableLines {
  /** Lines that may set a variable or take it away, by its name. */
  readonly byName: ReadonlyMap<string, readonly ChangingLine[]>;
  /** The first line that changes each. */
  readonly firsts: ReadonlyMap<string, number>;
}

const indexes = new WeakMap<readonly TableDirective[], VariableLines>();

/** By the list of lines, which all parts of a site that add none to it share. */
function indexOf(lines: readonly TableDirective[]): VariableLines {
  const known = indexes.get(lines);
  if (known !== undefined) return known;
  const byName = new Map<string, ChangingLine[]>();
  const firsts = new Map<string, number>();
  for (const [at, { name, args }] of lines.entries()) {
    const key = lowerName(name);
    const changes = args.slice(isBrowser(key) ? 1 : 2).map((word) => word.toLowerCase());
    const line = { at, key, args, changes };
    const changed = changes.flatMap((word) => [
      word.split("=", 1)[0] ?? "",
      ...(word.startsWith("!") ? [word.slice(1)] : []),
    ]);
    for (const one of new Set(changed)) {
      const list = byName.get(one);
      if (list === undefined) byName.set(one, [line]);
      else list.push(line);
    }
    for (const word of changes) {
      const bare = word.replace(/^!|=.*$/gs, "");
      if (!firsts.has(bare)) firsts.set(bare, at);
    }
  }
  const index = { byName, firsts };
  indexes.set(lines, index);
  return index;
}

const isBrowser = (key: string): boolean => key.startsWith("browser");

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
  const { byName, firsts } = indexOf(linesNamed(effective, ...names));
  const found: VariableSource[] = [];
  for (const { at, key, args, changes } of byName.get(name) ?? []) {
    const sets = changes.some((word) => word.split("=", 1)[0] === name);
    if (changes.includes(`!${name}`) || (sets && key === "setenvifexpr")) return null;
    if (!sets) continue;
    const source = sourceOf(isBrowser(key) ? ["user-agent", ...args] : args, key.endsWith("nocase"), dialect);
    // A name that an earlier line has set is a variable and no field.
    if (source === null || (source.subject.kind === "field" && (firsts.get(source.subject.name) ?? at) < at))
      return null;
    found.push(source);
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
