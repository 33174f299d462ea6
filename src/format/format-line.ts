import { isBlank, skipBlanks } from "../../grammar/characters.ts";
import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { CloseTag, DirectiveLine, Line, OpenTag, SyntaxTree } from "../../grammar/syntax-tree.ts";
import { argsWords } from "../../grammar/words.ts";
import { isRaw } from "./raw-arguments.ts";

/** The text of a logical line, line end and all, as it should be; `indent` goes before everything but blank and raw lines. */
export function formatLine(tree: SyntaxTree, line: Line, indent: string): string {
  const { text } = tree;
  const whole = text.slice(line.start, line.end);
  const { body, lineEnd } = splitEnd(whole);
  switch (line.kind) {
    case "raw":
      return whole;
    case "blank":
      return body.includes("\n") || body.includes("\\") || body.includes("\0") ? whole : lineEnd;
    case "comment":
      return indent + trimmed(body.slice(skipBlanks(body, 0, body.length))) + lineEnd;
    case "directive":
    case "open":
    case "close":
      return indent + namedLine(tree, line) + lineEnd;
    default:
      return line satisfies never;
  }
}

/** From the name or its bracket on, without the line end. */
function namedLine(tree: SyntaxTree, line: DirectiveLine | OpenTag | CloseTag): string {
  const { text } = tree;
  const { body } = splitEnd(text.slice(line.start, line.end));
  const end = line.start + body.length;
  const start = skipBlanks(text, line.start, end);
  const written = text.slice(line.nameStart, line.nameEnd);
  // Quoted, glued from two lines, or missing: whatever it is, it is not for us to spell.
  if (written === "" || written !== line.name) return tail(text, start, end, line.continued);
  const name = text.slice(start, line.nameStart) + spelling(tree, line);
  if (line.argsStart >= line.argsEnd) return name + tail(text, line.nameEnd, end, line.continued);
  const gap = text.slice(line.nameEnd, line.argsStart);
  const between = gap === "" || gap.includes("\n") || skipBlanks(gap, 0, gap.length) < gap.length ? gap : " ";
  if (line.continued || line.kind !== "directive" || isRaw(tree, line)) {
    return name + between + tail(text, line.argsStart, end, line.continued);
  }
  let args = "";
  let from = line.argsStart;
  for (const word of argsWords(tree, line)) {
    args += (word.start > from ? " " : "") + text.slice(word.start, word.end);
    from = word.end;
  }
  return name + between + args + tail(text, line.argsEnd, end, false);
}

/** The manual's spelling of a known name, or the one that is there. */
function spelling(tree: SyntaxTree, line: DirectiveLine | OpenTag | CloseTag): string {
  const [spec] = lookupDirective(tree.dialect, line.name, line.kind !== "directive");
  return spec === undefined || spec.name.toLowerCase() !== line.name.toLowerCase() ? line.name : spec.name;
}

function tail(text: string, from: number, to: number, continued: boolean): string {
  const rest = text.slice(from, to);
  return continued ? rest : trimmed(rest);
}

/** Without the blanks at the end, unless a backslash or NUL before them would then mean something else. */
function trimmed(text: string): string {
  if (text.includes("\n")) return text;
  let end = text.length;
  while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text[end - 1] === "\\" || text.includes("\0") ? text : text.slice(0, end);
}

/** A logical line without its line feed, carriage return included, and that end. */
function splitEnd(line: string): { readonly body: string; readonly lineEnd: string } {
  const lineEnd = line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "";
  return { body: line.slice(0, line.length - lineEnd.length), lineEnd };
}
