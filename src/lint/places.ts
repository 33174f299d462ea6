import type { ActiveNode, Origin } from "../config/active-config.ts";
import type { Word } from "../../grammar/word.ts";
import type { Fix, TextEdit } from "../diagnostics/diagnostic.ts";
import type { Finding } from "./rule.ts";

/** The part of a finding that says where; spread it into `report`. */
export type Place = Pick<Finding, "reading" | "span" | "related">;

function placeAt(origin: Origin, start: number, end: number): Place {
  const { reading, expandedFrom } = origin;
  const span = { start, end };
  return expandedFrom === undefined
    ? { reading, span }
    : { reading, span, related: [{ origin: expandedFrom, message: "expanded here" }] };
}

/** The whole directive or opening tag, from its name to its last argument. */
export function wholeLine(origin: Origin): Place {
  const { line } = origin;
  if (line.kind !== "directive" && line.kind !== "open" && line.kind !== "close") {
    return placeAt(origin, line.start, line.end);
  }
  return placeAt(origin, line.nameStart, Math.max(line.nameEnd, line.argsEnd));
}

/** The name of a directive or tag. */
export function nameOnly(origin: Origin): Place {
  const { line } = origin;
  if (line.kind !== "directive" && line.kind !== "open" && line.kind !== "close") return wholeLine(origin);
  return placeAt(origin, line.nameStart, line.nameEnd);
}

/** One argument; the whole line when the argument is missing. */
export function wordOnly(node: ActiveNode, word: Word | undefined): Place {
  if (node.origin === null) throw new Error("the server section has no words");
  return word === undefined ? wholeLine(node.origin) : placeAt(node.origin, word.start, word.end);
}

/**
 * A fix for a finding at an origin: none in expanded text, where the place in the file is that of the macro and one edit
 * would change every use of it.
 */
export function fixAt(origin: Origin, safe: boolean, edits: readonly TextEdit[]): { readonly fix?: Fix } {
  return origin.expandedFrom === undefined ? { fix: { safe, edits } } : {};
}
