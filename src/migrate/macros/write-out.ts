import { lineText } from "../../../grammar/logical-line.ts";
import type { Line } from "../../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, FileReading, Origin } from "../../config/active-config.ts";
import { type Macro, type MacroCall, substitute } from "../../config/macros.ts";

/** A macro of the source. */
export interface WrittenMacro {
  readonly macro: Macro;
  /** Whether a Macro stands in it, or an UndefMacro ends it: then it can only be written out. */
  readonly isFixed: boolean;
}

/** One Use, for all readings of its file: what it brings in is the same in each. */
export interface WrittenUse {
  /** Number of its macro. */
  readonly macro: number;
  readonly call: MacroCall;
  /** The line as it stands there, parameters of a macro around it put in. */
  readonly text: string;
  /** The Use of the file itself that brought this one, which may be the same. */
  readonly outer: Line;
}

/** Where a line of the text without macros comes from. */
export interface LineOrigin {
  /** A line of the same file, or of a macro. */
  readonly line: Line;
  /** Number of the Use that brought it; null for lines of the file itself. */
  readonly use: number | null;
  readonly text: string;
}

/** A configuration with the text of its macros in the place of each Use; comments say where. */
export interface WrittenOut {
  /** By path. */
  readonly texts: ReadonlyMap<string, string>;
  /** By path, then by physical line, from 1. */
  readonly origins: ReadonlyMap<string, ReadonlyMap<number, LineOrigin>>;
  readonly macros: readonly WrittenMacro[];
  readonly uses: readonly WrittenUse[];
}

/** What marks a place of the text without macros. */
export interface Mark {
  readonly kind: "macro" | "use" | "end";
  readonly number: number;
}

const MARK = "#<backhand ";

/** Reads the line that {@link writeOut} has put at a place; null for all other lines. */
export function readMark(text: string): Mark | null {
  const [, kind, number] = /^\s*#<backhand (macro|use|end) (\d+)>$/.exec(text) ?? [];
  if (kind !== "macro" && kind !== "use" && kind !== "end") return null;
  return { kind, number: Number(number) };
}

/** More than this is no configuration that somebody wants to read; the macros then stay as they are. In characters. */
const MOST_TEXT = 16 * 1024 * 1024;

/** Text that would not say alone what it says in a macro: it would be joined with the next line. */
const isJoined = (text: string): boolean => text.endsWith("\\") || text.includes("\n");

/** Puts the text of macros in the place of each Use; null when there is none, or when the text would not say the same. */
export function writeOut(config: ActiveConfig): WrittenOut | null {
  const { macroCalls, readings } = config;
  if (macroCalls === null || macroCalls.length === 0) return null;
  const writer = new Writer(config, macroCalls);
  const texts = new Map<string, string>();
  const origins = new Map<string, ReadonlyMap<number, LineOrigin>>();
  for (const reading of readings) {
    const { path } = reading.source;
    const written = writer.file(reading);
    const before = texts.get(path);
    if (written === null || (before !== undefined && before !== written.text)) return null;
    texts.set(path, written.text);
    origins.set(path, written.origins);
  }
  return { texts, origins, macros: writer.macros, uses: writer.uses };
}

/** Collects the lines of one file. */
class Page {
  readonly origins = new Map<number, LineOrigin>();
  readonly #parts: string[] = [];
  #line = 1;
  isBroken = false;

  mark(kind: Mark["kind"], number: number, indent: string): void {
    this.#add(`${indent}${MARK}${kind} ${number}>\n`);
  }

  /** A whole line with its end. */
  line(text: string, origin: LineOrigin): void {
    this.origins.set(this.#line, origin);
    this.#add(text.endsWith("\n") ? text : `${text}\n`);
  }

  get text(): string {
    return this.#parts.join("");
  }

  #add(text: string): void {
    this.#parts.push(text);
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#line += 1;
  }
}

class Writer {
  readonly macros: WrittenMacro[] = [];
  readonly uses: WrittenUse[] = [];
  /** Calls by the Use that they stand in (null: none), then by line. */
  readonly #calls = new Map<Origin | FileReading, Map<Line, MacroCall>>();
  readonly #macroNumbers = new Map<string, number>();
  readonly #useNumbers = new Map<string, number>();
  /** In lower case. */
  readonly #undefined: ReadonlySet<string>;
  #length = 0;

  constructor(config: ActiveConfig, calls: readonly MacroCall[]) {
    this.#undefined = namesUndefined(config.server.children);
    for (const call of calls) {
      const around = call.from.expandedFrom ?? call.from.reading;
      const known = this.#calls.get(around) ?? new Map<Line, MacroCall>();
      known.set(call.from.line, call);
      this.#calls.set(around, known);
      this.#numberOf(call.macro);
    }
  }

  /** The text of one reading; null when it cannot be told. */
  file(reading: FileReading): { readonly text: string; readonly origins: ReadonlyMap<number, LineOrigin> } | null {
    const { tree } = reading;
    // Lines of the command line are in no file, and a mark of the text itself would be taken for one of ours.
    if (reading.source.path.startsWith("-C") || reading.source.path === "-c" || tree.text.includes(MARK)) {
      return this.#calls.has(reading) ? null : { text: tree.text, origins: new Map() };
    }
    const page = new Page();
    for (let index = 0; index < tree.lines.length; index += 1) {
      const line = tree.lines[index];
      if (line === undefined) break;
      const raw = tree.text.slice(line.start, line.end);
      const indent = /^[ \t]*/.exec(raw)?.[0] ?? "";
      const macro = line.kind === "open" ? this.#macroNumbers.get(keyOf(reading, index + 1)) : undefined;
      const end = macro === undefined ? undefined : this.macros[macro]?.macro.to;
      const call = line.kind === "directive" ? this.#calls.get(reading)?.get(line) : undefined;
      if (macro !== undefined && end !== undefined) {
        page.mark("macro", macro, indent);
        index = end;
      } else if (call !== undefined) {
        this.#use(page, call, `${reading.source.path} ${line.start}`, raw.trim(), indent, line);
      } else if (reading.active[index] !== true || !this.#endsMacro(line, raw)) {
        page.line(raw, { line, use: null, text: raw.replace(/\n$/, "") });
      }
    }
    return page.isBroken ? null : { text: page.text, origins: page.origins };
  }

  #numberOf(macro: Macro): number {
    const key = keyOf(macro.reading, macro.from);
    const known = this.#macroNumbers.get(key);
    if (known !== undefined) return known;
    const lines = macro.reading.tree.lines.slice(macro.from, macro.to);
    const hasMacro = lines.some((line) => line.kind === "open" && line.name.toLowerCase() === "macro");
    this.macros.push({ macro, isFixed: hasMacro || this.#undefined.has(macro.name.toLowerCase()) });
    this.#macroNumbers.set(key, this.macros.length - 1);
    return this.macros.length - 1;
  }

  /** Whether it is an UndefMacro of what is no more there. */
  #endsMacro(line: Line, text: string): boolean {
    if (line.kind !== "directive" || line.name.toLowerCase() !== "undefmacro") return false;
    const name = text.trim().split(/\s+/)[1]?.replace(/^"|"$/g, "").toLowerCase();
    return this.macros.some(({ macro }) => macro.name.toLowerCase() === name);
  }

  #use(page: Page, call: MacroCall, key: string, text: string, indent: string, outer: Line): void {
    const { macro, from } = call;
    const number = this.#useNumbers.get(key) ?? this.uses.length;
    if (number === this.uses.length) {
      this.#useNumbers.set(key, number);
      this.uses.push({ macro: this.#numberOf(macro), call, text, outer });
    }
    page.mark("use", number, indent);
    const { tree } = macro.reading;
    const inner = this.#calls.get(from);
    let depth = 0;
    for (const line of tree.lines.slice(macro.from, macro.to)) {
      if ((line.kind === "open" || line.kind === "close") && line.name.toLowerCase() === "macro") {
        depth += line.kind === "open" ? 1 : -1;
        continue;
      }
      if (depth > 0) continue;
      const filled = substitute(lineText(tree, line), call, MOST_TEXT).text.trim();
      this.#length += filled.length + 1;
      if (line.kind === "raw" || isJoined(filled) || this.#length > MOST_TEXT) page.isBroken = true;
      if (page.isBroken) return;
      const own = indent + (/^[ \t]*/.exec(tree.text.slice(line.start, line.end))?.[0] ?? "");
      const next = line.kind === "directive" ? inner?.get(line) : undefined;
      if (next !== undefined) this.#use(page, next, `${key} ${line.start}`, filled, own, outer);
      else if (!this.#endsMacro(line, filled))
        page.line(filled === "" ? "" : own + filled, { line, use: number, text: filled });
    }
    page.mark("end", number, indent);
  }
}

/** A macro by its place, since a file that is included twice has it twice. */
function keyOf({ source }: FileReading, from: number): string {
  return `${from} ${source.path}`;
}

function namesUndefined(children: readonly ActiveNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [...children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "section") for (const child of node.children) waiting.push(child);
    else if (node.key === "undefmacro") names.add(node.words[0]?.value.toLowerCase() ?? "");
  }
  return names;
}
