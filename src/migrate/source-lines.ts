import type { Line } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, ActiveSection, FileReading } from "../config/active-config.ts";

/** One logical line of one file, read once however often the file is included. */
export interface SourceLine {
  readonly file: SourceText;
  readonly line: Line;
  /** Physical lines, from 1. */
  readonly first: number;
  readonly last: number;
  /** As in the file, without the line end. */
  readonly text: string;
  /** What httpd runs there; null for comments, closing tags and lines that it does not read. */
  readonly node: ActiveNode | null;
  /** Whether httpd reads the line. */
  readonly active: boolean;
}

/** One file of the source. */
export interface SourceText {
  readonly path: string;
  readonly reading: FileReading;
  readonly lines: readonly SourceLine[];
  /** How often it is read. */
  readonly readings: number;
}

/** Every file that was read, in reading order, each once; with the line of every node. */
export interface SourceLines {
  readonly files: readonly SourceText[];
  readonly lineOf: (node: ActiveNode) => SourceLine | null;
  readonly byLine: ReadonlyMap<Line, SourceLine>;
}

/** Lays out the lines of a configuration with what httpd makes of each. */
export function sourceLines(config: ActiveConfig): SourceLines {
  const nodes = new Map<Line, ActiveNode>();
  collect(config.server, nodes);
  const active = new Map<string, boolean[]>();
  const counts = new Map<string, number>();
  const firsts = new Map<string, FileReading>();
  for (const reading of config.readings) {
    const { path } = reading.source;
    counts.set(path, (counts.get(path) ?? 0) + 1);
    if (!firsts.has(path)) firsts.set(path, reading);
    const seen = active.get(path);
    if (seen === undefined) active.set(path, [...reading.active]);
    else for (const [index, is] of reading.active.entries()) if (is) seen[index] = true;
  }
  const byLine = new Map<Line, SourceLine>();
  const files = [...firsts.values()].map((reading): SourceText => {
    const { path } = reading.source;
    const lines: SourceLine[] = [];
    const file: SourceText = { path, reading, lines, readings: counts.get(path) ?? 1 };
    const { text, lines: treeLines } = reading.tree;
    let number = 1;
    for (const [index, line] of treeLines.entries()) {
      const raw = text.slice(line.start, line.end);
      const feeds = countFeeds(raw);
      const endsInFeed = raw.endsWith("\n");
      const last = number + Math.max(0, feeds - (endsInFeed ? 1 : 0));
      const source: SourceLine = {
        file,
        line,
        first: number,
        last,
        text: endsInFeed ? raw.slice(0, -1) : raw,
        node: nodes.get(line) ?? null,
        active: active.get(path)?.[index] === true,
      };
      lines.push(source);
      byLine.set(line, source);
      number += feeds;
    }
    return file;
  });
  return {
    files,
    byLine,
    lineOf: (node) => {
      if (node.origin === null || node.origin.expandedFrom !== undefined) return null;
      return node.parent === null ? null : (byLine.get(node.origin.line) ?? null);
    },
  };
}

/** The node of each line: of a file that is read several times the first; text out of macros belongs to no line. */
function collect(root: ActiveSection, nodes: Map<Line, ActiveNode>): void {
  const waiting: ActiveNode[] = [...root.children].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.origin !== null && node.origin.expandedFrom === undefined && !nodes.has(node.origin.line)) {
      nodes.set(node.origin.line, node);
    }
    if (node.kind === "section") {
      for (let index = node.children.length - 1; index >= 0; index -= 1) {
        const child = node.children[index];
        if (child !== undefined) waiting.push(child);
      }
    }
  }
}

function countFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
