import type { Line } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, ActiveSection, FileReading, Origin } from "../config/active-config.ts";

/** One logical line of one file. */
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

/** One file of the source, or one reading of it. */
export interface SourceText {
  readonly path: string;
  readonly reading: FileReading;
  readonly lines: readonly SourceLine[];
  readonly byLine: ReadonlyMap<Line, SourceLine>;
}

/** The lines of a configuration, with the line of every node. */
export interface SourceLines {
  /** In reading order. */
  readonly files: readonly SourceText[];
  /** Null for the server itself and for text out of macros. */
  readonly lineOf: (node: ActiveNode) => SourceLine | null;
  /** Null for text that is none of the source. */
  readonly at: (origin: Origin) => SourceLine | null;
}

/** Every file once, with what httpd makes of each line where it first runs it. */
export function sourceLines(config: ActiveConfig): SourceLines {
  const nodes = nodesByLine(config, () => config);
  const active = new Map<string, boolean[]>();
  const firsts = new Map<string, FileReading>();
  for (const reading of config.readings) {
    const { path } = reading.source;
    const seen = active.get(path);
    if (seen === undefined) {
      firsts.set(path, reading);
      active.set(path, [...reading.active]);
    } else for (const [index, is] of reading.active.entries()) if (is) seen[index] = true;
  }
  const files = new Map(
    [...firsts].map(([path, reading]) => [path, layOut(reading, nodes.get(config), active.get(path) ?? [])]),
  );
  return linesOf([...files.values()], ({ source }) => files.get(source.path));
}

/**
 * Every reading of every file: a file that is included in several places may mean something else in each. Text that was read
 * once is here once.
 */
export function sourceReadings(config: ActiveConfig): SourceLines {
  const nodes = nodesByLine(config, (reading) => reading);
  const files = new Map(
    config.readings.map((reading) => [reading, layOut(reading, nodes.get(reading), reading.active)]),
  );
  return linesOf([...files.values()], (reading) => files.get(reading));
}

function linesOf(files: readonly SourceText[], fileOf: (reading: FileReading) => SourceText | undefined): SourceLines {
  const at = ({ reading, line }: Origin): SourceLine | null => fileOf(reading)?.byLine.get(line) ?? null;
  return {
    files,
    at,
    lineOf: ({ origin, parent }) =>
      origin === null || origin.expandedFrom !== undefined || parent === null ? null : at(origin),
  };
}

function layOut(
  reading: FileReading,
  nodes: ReadonlyMap<Line, ActiveNode> | undefined,
  active: readonly boolean[],
): SourceText {
  const lines: SourceLine[] = [];
  const byLine = new Map<Line, SourceLine>();
  const file: SourceText = { path: reading.source.path, reading, lines, byLine };
  const { text, lines: treeLines } = reading.tree;
  let number = 1;
  for (const [index, line] of treeLines.entries()) {
    const feeds = countFeeds(text, line.start, line.end);
    const endsInFeed = line.end > line.start && text[line.end - 1] === "\n";
    const last = number + Math.max(0, feeds - (endsInFeed ? 1 : 0));
    const source: SourceLine = {
      file,
      line,
      first: number,
      last,
      text: text.slice(line.start, endsInFeed ? line.end - 1 : line.end),
      node: nodes?.get(line) ?? null,
      active: active[index] === true,
    };
    lines.push(source);
    byLine.set(line, source);
    number += feeds;
  }
  return file;
}

/** The node of each line, the first where there are several; text out of macros belongs to no line. */
function nodesByLine<Key>(
  { server }: ActiveConfig,
  keyOf: (reading: FileReading) => Key,
): ReadonlyMap<Key, ReadonlyMap<Line, ActiveNode>> {
  const all = new Map<Key, Map<Line, ActiveNode>>();
  const waiting: ActiveNode[] = childrenBackwards(server);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.origin !== null && node.origin.expandedFrom === undefined) {
      const key = keyOf(node.origin.reading);
      const nodes = all.get(key) ?? new Map<Line, ActiveNode>();
      all.set(key, nodes);
      if (!nodes.has(node.origin.line)) nodes.set(node.origin.line, node);
    }
    if (node.kind === "section") for (const child of childrenBackwards(node)) waiting.push(child);
  }
  return all;
}

const childrenBackwards = ({ children }: ActiveSection): ActiveNode[] => children.toReversed();

function countFeeds(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
