import type { OutputLine } from "../verdict.ts";
import { readMark } from "./write-out.ts";

/** Lines of an output, and in their place the uses that brought some of them and the macros that stood there. */
export type MarkedNode =
  | { readonly kind: "line"; readonly line: OutputLine }
  | { readonly kind: "macro"; readonly number: number; readonly line: OutputLine }
  | MarkedUse;

/** The lines that one Use has become. */
export interface MarkedUse {
  readonly kind: "use";
  readonly number: number;
  readonly nodes: readonly MarkedNode[];
  readonly line: OutputLine;
}

/** Lines in the order of their marks, and the numbers of uses of which only one mark is left. */
export interface MarkedLines {
  readonly nodes: readonly MarkedNode[];
  readonly broken: ReadonlySet<number>;
}

interface OpenUse {
  readonly number: number;
  readonly line: OutputLine;
  readonly nodes: MarkedNode[];
}

/** Puts the lines of one file of an output into their uses. */
export function readMarks(lines: readonly OutputLine[]): MarkedLines {
  const nodes: MarkedNode[] = [];
  const open: OpenUse[] = [];
  const broken = new Set<number>();
  const giveUp = (): void => {
    const last = open.pop();
    if (last === undefined) return;
    broken.add(last.number);
    (open.at(-1)?.nodes ?? nodes).push(...last.nodes);
  };
  for (const line of lines) {
    const mark = readMark(line.text);
    const into = open.at(-1)?.nodes ?? nodes;
    if (mark === null) into.push({ kind: "line", line });
    else if (mark.kind === "macro") into.push({ kind: "macro", number: mark.number, line });
    else if (mark.kind === "use") open.push({ number: mark.number, line, nodes: [] });
    else if (!open.some(({ number }) => number === mark.number)) broken.add(mark.number);
    else {
      while (open.at(-1)?.number !== mark.number) giveUp();
      const done = open.pop();
      if (done !== undefined) (open.at(-1)?.nodes ?? nodes).push({ kind: "use", ...done });
    }
  }
  while (open.length > 0) giveUp();
  return { nodes, broken };
}
