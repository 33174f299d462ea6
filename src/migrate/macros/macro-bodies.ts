import { lineText } from "../../../grammar/logical-line.ts";
import type { Line } from "../../../grammar/syntax-tree.ts";
import type { Macro, MacroCall } from "../../config/macros.ts";
import type { OutputLine } from "../verdict.ts";
import type { MarkedLines, MarkedNode, MarkedUse } from "./marked-lines.ts";
import type { LineOrigin, WrittenMacro, WrittenOut } from "./write-out.ts";

/** One line of the new text of a macro: one of the old, or another text, with the old line that it stands for. */
export type BodyLine =
  | { readonly kind: "kept"; readonly line: Line }
  | { readonly kind: "text"; readonly text: string; readonly why: string | undefined; readonly near: Line | null };

/** What the macros of a migration become, by their numbers; null for one that has to be written out at each Use. */
export type MacroBodies = (macro: number) => readonly BodyLine[] | null;

/** Where a line of the text without macros comes from; null for what the migration has added. */
export type OriginOf = (line: OutputLine) => LineOrigin | null;

/**
 * Finds the text of each macro with which every Use brings in what it has become. Such a text is only taken when it does not
 * depend on the values of a Use: as far as it is no more that of the old macro, no value may stand in it.
 */
export function macroBodies(written: WrittenOut, files: readonly MarkedLines[], originOf: OriginOf): MacroBodies {
  const uses = new Map<number, MarkedUse[]>();
  const defined = new Set<number>();
  const broken = new Set<number>();
  const visit = (nodes: readonly MarkedNode[]): void => {
    for (const node of nodes) {
      if (node.kind === "macro") defined.add(node.number);
      if (node.kind !== "use") continue;
      const macro = written.uses[node.number]?.macro ?? -1;
      const list = uses.get(macro);
      if (list === undefined) uses.set(macro, [node]);
      else list.push(node);
      visit(node.nodes);
    }
  };
  for (const { nodes, broken: some } of files) {
    visit(nodes);
    for (const number of some) broken.add(written.uses[number]?.macro ?? -1);
  }
  const known = new Map<number, readonly BodyLine[] | null>();

  function bodyOf(number: number): readonly BodyLine[] | null {
    const before = known.get(number);
    if (before !== undefined) return before;
    known.set(number, null);
    const one = written.macros[number];
    const isThere = one !== undefined && !one.isFixed && defined.has(number) && !broken.has(number);
    const body = isThere ? agreed(one, uses.get(number) ?? []) : null;
    known.set(number, body);
    return body;
  }

  function agreed({ macro }: WrittenMacro, all: readonly MarkedUse[]): readonly BodyLine[] | null {
    const [first, ...others] = all.map(linesOf);
    // A macro of which all uses are gone has nothing to bring in.
    if (first === undefined || !others.every((lines) => isSame(lines, first))) return null;
    const calls = all.flatMap(({ number }) => written.uses[number]?.call ?? []);
    return isFreeOf(constantValues(calls), first, macro) ? first : null;
  }

  function linesOf(use: MarkedUse): readonly BodyLine[] {
    return use.nodes.flatMap((node): readonly BodyLine[] => {
      if (node.kind === "macro") return [];
      if (node.kind === "line") return [bodyLine(node.line, use.number)];
      const inner = written.uses[node.number];
      if (inner === undefined) return [];
      if (bodyOf(inner.macro) !== null) return [{ kind: "kept", line: inner.call.from.line }];
      return linesOf(node).map((line) =>
        line.kind === "kept"
          ? { kind: "text", text: textOf(node, line.line), why: undefined, near: inner.call.from.line }
          : line,
      );
    });
  }

  function bodyLine(line: OutputLine, use: number): BodyLine {
    const origin = originOf(line);
    return origin?.use === use && origin.text === line.text.trim()
      ? { kind: "kept", line: origin.line }
      : { kind: "text", text: line.text.trim(), why: line.why, near: origin?.use === use ? origin.line : null };
  }

  /** What a line of the macro of a Use reads there. */
  function textOf(use: MarkedUse, line: Line): string {
    for (const node of use.nodes) {
      if (node.kind === "line" && originOf(node.line)?.line === line) return node.line.text.trim();
      if (node.kind === "use" && written.uses[node.number]?.call.from.line === line) {
        return written.uses[node.number]?.text ?? "";
      }
    }
    return "";
  }

  return bodyOf;
}

/** Parameters with one value in all calls, with that value: that texts are the same does not show that they do not use it. */
function constantValues(calls: readonly MacroCall[]): ReadonlyMap<string, string> {
  const [first, ...others] = calls;
  return new Map(
    [...(first?.values ?? [])].filter(([name, value]) => others.every(({ values }) => values.get(name) === value)),
  );
}

/** Whether new text in a body owes nothing to some parameters: no line with one is gone, and none of their values came in. */
function isFreeOf(values: ReadonlyMap<string, string>, body: readonly BodyLine[], macro: Macro): boolean {
  const kept = new Set(body.map((line) => (line.kind === "kept" ? line.line : null)));
  const { tree } = macro.reading;
  const isUsed = tree.lines
    .slice(macro.from, macro.to)
    .some((line) => !kept.has(line) && macro.find(lineText(tree, line).text).some(({ name }) => values.has(name)));
  if (isUsed) return false;
  return body.every(
    (line) =>
      line.kind === "kept" ||
      (macro.find(line.text).length === 0 && ![...values.values()].some((value) => hasWord(line.text, value))),
  );
}

/** Whether a text has another one in it as a word, or as words. */
function hasWord(text: string, word: string): boolean {
  const isPart = (one = "", other = ""): boolean => /^\w\w$/.test(one + other);
  if (word === "") return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!isPart(text[at - 1], word[0]) && !isPart(word.at(-1), text[end])) return true;
  }
  return false;
}

function isSame(one: readonly BodyLine[], other: readonly BodyLine[]): boolean {
  return (
    one.length === other.length &&
    one.every((line, index) => {
      const there = other[index];
      if (line.kind === "kept") return there?.kind === "kept" && there.line === line.line;
      return there?.kind === "text" && there.text === line.text;
    })
  );
}
