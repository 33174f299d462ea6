import type { TableDirective } from "../../compile/table.ts";
import { isProgramType } from "../apache24/handlers.ts";
import { escaped } from "./url-pattern.ts";
import { linesNamed } from "./effective.ts";
import { MANY_LINES } from "../../routing/merge-slots.ts";

/** Handlers for which a file may be sent as it is, or that are no file's. */
const harmless = /^(?:none|default-handler|type-map|imap-file|send-as-is)$/i;

/** Whether a handler runs something, so that the file must not be sent. */
export function isProgramHandler(handler: string | null): boolean {
  return handler !== null && !harmless.test(handler);
}

const programNames = ["addhandler", "removehandler", "addtype"] as const;

/** Extensions whose files AddHandler and AddType make programs, with what the last line says of each. */
export function programExtensions(effective: readonly TableDirective[]): readonly string[] {
  const found = new Map<string, boolean>();
  const set = (words: readonly string[], is: boolean): void => {
    for (const word of words) found.set(word.replace(/^\./, "").toLowerCase(), is);
  };
  for (const { name, args } of linesNamed(effective, ...programNames)) {
    const [first = "", ...rest] = args;
    switch (name.toLowerCase()) {
      case "addhandler":
        set(rest, isProgramHandler(first));
        break;
      case "removehandler":
        set(args, false);
        break;
      case "addtype":
        if (isProgramType(first)) set(rest, true);
        break;
      default:
    }
  }
  return [...found].flatMap(([extension, is]) => (is && extension !== "" ? [extension] : []));
}

/** Whether a line makes programs of files. */
export function makesPrograms({ name, args: [first = ""] }: TableDirective): boolean {
  const key = name.toLowerCase();
  if (key === "addtype" || key === "forcetype") return isProgramType(first);
  return (key === "addhandler" || key === "sethandler") && isProgramHandler(first);
}

/** By the lines that say it, which thousands of parts of a site may share. */
const patterns = new WeakMap<readonly TableDirective[], { readonly pattern: string | null }>();

/** An expression for the paths of programs, those with something behind the file among them; null when there are none. */
export function programPattern(effective: readonly TableDirective[]): string | null {
  const lines = linesNamed(effective, ...programNames);
  if (lines.length < MANY_LINES) return patternOf(lines);
  const known = patterns.get(lines) ?? { pattern: patternOf(lines) };
  patterns.set(lines, known);
  return known.pattern;
}

function patternOf(lines: readonly TableDirective[]): string | null {
  const extensions = programExtensions(lines);
  return extensions.length === 0 ? null : `(?i:\\.(?:${extensions.map(escaped).join("|")})(?:[./]|$))`;
}

/** Whether the expression that `programPattern` gave matches a path. */
export function matchesPath(pattern: string, path: string): boolean {
  return new RegExp(pattern.replace(/^\(\?i:(.*)\)$/s, "$1"), "i").test(path);
}
