import type { ActiveConfig } from "../../config/active-config.ts";
import type { DirectiveSpec } from "../../../grammar/directives/directive-spec.ts";
import type { CloseTag, DirectiveLine, Line, OpenTag, SyntaxTree } from "../../../grammar/syntax-tree.ts";
import { knownName } from "./known-names.ts";
import { withoutMarks } from "./links.ts";

/** One line of a page that was copied from a wiki, as its author meant it. */
export type PageLine =
  | {
      readonly kind: "text";
      readonly index: number;
      readonly line: Exclude<Line, { kind: "blank" | "comment" | "raw" }>;
    }
  | { readonly kind: "directive"; readonly index: number; readonly line: DirectiveLine; readonly spec: DirectiveSpec }
  | { readonly kind: "open"; readonly index: number; readonly line: OpenTag; readonly spec: DirectiveSpec }
  | { readonly kind: "close"; readonly index: number; readonly line: CloseTag; readonly name: string };

/** A sentence of this many words is none that a directive with that name could be. */
const SENTENCE = 4;

/** Whether a line that starts like a directive goes on like one: `Include the following lines.` does not. */
function readsAsDirective(tree: SyntaxTree, line: DirectiveLine, spec: DirectiveSpec): boolean {
  const args = tree.text.slice(line.argsStart, Math.min(line.argsEnd, line.argsStart + 2000));
  const words = args.split(/\s+/).filter((word) => word !== "");
  const most = Math.max(...spec.args.map(mostWords));
  return words.length <= most || words.length < SENTENCE || !/[.!?:,)]$/.test(args);
}

function mostWords(kind: DirectiveSpec["args"][number]): number {
  switch (kind) {
    case "NO_ARGS":
      return 0;
    case "TAKE1":
    case "FLAG":
      return 1;
    case "TAKE2":
    case "TAKE12":
      return 2;
    case "TAKE3":
    case "TAKE13":
    case "TAKE23":
    case "TAKE123":
      return 3;
    case "ITERATE":
    case "ITERATE2":
    case "RAW_ARGS":
    case "TAKE_ARGV":
      // Lists of that length exist, but they do not end like a sentence.
      return SENTENCE;
    default:
      return kind satisfies never;
  }
}

/** Whether a tag's line ends with the tag: a sentence may begin with one. */
function endsWithBracket(tree: SyntaxTree, line: OpenTag | CloseTag): boolean {
  return line.bracket >= 0 && tree.text.slice(line.bracket + 1, line.end).trim() === "";
}

function pageLine(tree: SyntaxTree, line: Line, index: number): PageLine | null {
  switch (line.kind) {
    case "blank":
    case "comment":
    case "raw":
      return null;
    case "directive": {
      const unmarked = withoutMarks(line.name);
      const spec = knownName(unmarked ?? line.name, false);
      const isDirective = spec !== null && (unmarked !== null || readsAsDirective(tree, line, spec));
      return isDirective ? { kind: "directive", index, line, spec } : { kind: "text", index, line };
    }
    case "open": {
      const spec = knownName(withoutMarks(line.name) ?? line.name, true);
      return spec !== null && endsWithBracket(tree, line)
        ? { kind: "open", index, line, spec }
        : { kind: "text", index, line };
    }
    case "close":
      return endsWithBracket(tree, line)
        ? { kind: "close", index, line, name: withoutMarks(line.name) ?? line.name }
        : { kind: "text", index, line };
    default:
      return line satisfies never;
  }
}

/** Whether a line carries a directive or tag with a wiki's marks on its name: no configuration has that. */
function isEvidence(line: Line): boolean {
  if (line.kind !== "directive" && line.kind !== "open") return false;
  const unmarked = withoutMarks(line.name);
  return unmarked !== null && knownName(unmarked, line.kind === "open") !== null;
}

/**
 * The lines of a page from a wiki, blank lines and comments left out; null for a text that bears no marks of a wiki, so
 * that an ordinary configuration with a typing error is never taken for prose.
 */
export function wikiPage(tree: SyntaxTree): readonly PageLine[] | null {
  if (!tree.lines.some(isEvidence)) return null;
  return tree.lines.flatMap((line, index) => pageLine(tree, line, index) ?? []);
}

/** Whether some file is such a page: what seems to be missing may then be there, with marks on its name. */
export function fromWiki(config: ActiveConfig): boolean {
  return config.readings.some(({ tree }) => tree.lines.some(isEvidence));
}
