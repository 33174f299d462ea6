import type { Line } from "../../../grammar/syntax-tree.ts";
import type { SourceLine, SourceLines } from "../source-lines.ts";
import type { JudgedLine, Migration, OutputFile, OutputLine, SourcePlace, Verdict } from "../verdict.ts";
import { changed, folded, kept } from "../verdict.ts";
import { type BodyLine, type MacroBodies, macroBodies } from "./macro-bodies.ts";
import { type MarkedNode, readMarks } from "./marked-lines.ts";
import { overUses } from "./over-uses.ts";
import { type LineOrigin, readMark, type WrittenOut, type WrittenUse } from "./write-out.ts";

/**
 * What takes the place of macros: `all`, those with which every Use still brings in what it has become; `none`, their text at
 * each Use; `foreign`, no text of httpd at all, so that only the report has them.
 */
export type WantedMacros = "all" | "none" | "foreign";

/** Puts the macros back into a migration of the text without them. */
export function foldBack(
  migration: Migration,
  written: WrittenOut,
  source: SourceLines,
  wanted: WantedMacros,
): Migration {
  const folder = new Folder(migration, written, source, wanted);
  return {
    files: migration.files.map((file) => folder.file(file)),
    lines: folder.judged(),
    notes: migration.notes.map((note) => ({
      ...note,
      place: folder.placeOf(note.place),
      ...(note.about === undefined ? {} : { about: folder.placeOf(note.about) ?? note.about }),
    })),
  };
}

class Folder {
  readonly #migration: Migration;
  readonly #written: WrittenOut;
  readonly #source: SourceLines;
  readonly #bodies: MacroBodies;
  /** Those of the source, which the readings of a file share. */
  readonly #lines = new Map<Line, SourceLine>();
  /** What became of the lines of files, by the file of the output. */
  readonly #own = new Map<string, Map<Line, Verdict>>();
  /** What became of the text of macros, in each of their uses. */
  readonly #ofMacros = new Map<Line, Verdict[]>();
  readonly #ofTags = new Map<Line, Verdict>();
  readonly #wanted: WantedMacros;

  constructor(migration: Migration, written: WrittenOut, source: SourceLines, wanted: WantedMacros) {
    this.#wanted = wanted;
    this.#migration = migration;
    this.#written = written;
    this.#source = source;
    for (const { byLine } of source.files) for (const [line, one] of byLine) this.#lines.set(line, one);
    const marked = migration.files.map(({ lines }) => readMarks(lines));
    const none: MacroBodies = () => null;
    this.#bodies = wanted !== "all" ? none : macroBodies(written, marked, ({ from }) => this.#originAt(from));
    for (const line of migration.lines) this.#take(line);
    for (const { macro, isFixed } of written.macros) this.#macroTags(macro.reading.tree.lines, macro, isFixed);
  }

  /** The place in the source of one in the text without macros. */
  placeOf(place: SourcePlace | null): SourcePlace | null {
    const origin = this.#originAt(place);
    if (origin === null) return place;
    return this.#placeOfLine(origin.line) ?? place;
  }

  file({ path, lines }: OutputFile): OutputFile {
    return { path, lines: this.#nodes(readMarks(lines).nodes, path) };
  }

  /** Every line of the source with its verdict, in each form that its file comes out in. */
  judged(): readonly JudgedLine[] {
    const files = new Map(this.#source.files.map((file) => [file.path, file]));
    const done = new Set<string>();
    return this.#migration.lines.flatMap((judgedLine): readonly JudgedLine[] => {
      const { path, output } = judgedLine;
      const file = files.get(path);
      if (file === undefined) return [judgedLine];
      const key = `${output ?? ""} ${path}`;
      if (done.has(key)) return [];
      done.add(key);
      const own = this.#ownOf(output);
      return file.lines.map(({ line, first, last, text }) => ({
        path,
        ...(output === undefined ? {} : { output }),
        line: first,
        endLine: last,
        text,
        verdict: own.get(line) ?? this.#ofTags.get(line) ?? this.#overUses(line) ?? folded("nothing of it is left"),
      }));
    });
  }

  #ownOf(output = ""): Map<Line, Verdict> {
    const own = this.#own.get(output) ?? new Map<Line, Verdict>();
    this.#own.set(output, own);
    return own;
  }

  /** Notes what became of a line of the text without macros. */
  #take({ path, line: number, text, output, verdict: given }: JudgedLine): void {
    const mark = readMark(text);
    const marked = mark?.kind === "use" ? this.#written.uses[mark.number] : undefined;
    if (marked !== undefined && marked.call.from.line === marked.outer) {
      const name = this.#written.macros[marked.macro]?.macro.name ?? "";
      const judged = this.#wanted === "foreign" ? folded(`brings in macro ${name}: see its lines`) : given;
      this.#ownOf(output).set(marked.outer, judged);
    }
    const origin = this.#originAt({ path, line: number });
    if (origin === null) return;
    const { line, use } = origin;
    const verdict = this.#renumbered(given, path);
    if (use === null) {
      this.#ownOf(output).set(line, verdict);
      return;
    }
    const isWritten = this.#bodies(this.#written.uses[use]?.macro ?? -1) === null;
    const isThere = this.#wanted !== "foreign" && isWritten && verdict.kind !== "dropped";
    const all = this.#ofMacros.get(line) ?? [];
    this.#ofMacros.set(line, all);
    all.push(isThere ? folded("stands where the macro is used, written out") : verdict);
  }

  /** One verdict for a line of a macro; what one Use loses is lost. */
  #overUses(line: Line): Verdict | null {
    const all = this.#ofMacros.get(line);
    return all === undefined ? null : overUses(all);
  }

  #macroTags(
    lines: readonly Line[],
    { from, to }: { readonly from: number; readonly to: number },
    isFixed: boolean,
  ): void {
    const number = this.#written.macros.findIndex(
      ({ macro }) => macro.from === from && macro.reading.tree.lines === lines,
    );
    const isKept = this.#bodies(number) !== null;
    const why =
      this.#wanted === "foreign"
        ? "its lines are worked out at each Use"
        : isFixed
          ? "its text is written out, since a macro or UndefMacro stands in its way"
          : "its text is written out where it is used";
    for (const line of [lines[from - 1], lines[to]]) {
      if (line !== undefined) this.#ofTags.set(line, isKept ? kept : folded(why));
    }
  }

  /** A verdict that names lines of its file by their numbers in the source. */
  #renumbered(verdict: Verdict, path: string): Verdict {
    if (verdict.kind === "kept") return verdict;
    const why = verdict.why.replace(/\bline (\d+)\b/g, (text, number: string) => {
      const origin = this.#originAt({ path, line: Number(number) });
      const place = origin === null ? null : this.#placeOfLine(origin.line);
      return place === null ? text : `line ${place.line}`;
    });
    return { ...verdict, why };
  }

  #originAt(place: SourcePlace | null): LineOrigin | null {
    return place === null ? null : (this.#written.origins.get(place.path)?.get(place.line) ?? null);
  }

  #placeOfLine(line: Line): SourcePlace | null {
    const source = this.#lines.get(line);
    return source === undefined ? null : { path: source.file.path, line: source.first };
  }

  #nodes(nodes: readonly MarkedNode[], output: string): readonly OutputLine[] {
    return nodes.flatMap((node): readonly OutputLine[] => {
      switch (node.kind) {
        case "line":
          return [{ ...node.line, from: this.placeOf(node.line.from) }];
        case "macro":
          return this.#macro(node.number);
        case "use": {
          const use = this.#written.uses[node.number];
          return use === undefined ? [] : this.#use(use, node.nodes, /^\s*/.exec(node.line.text)?.[0] ?? "", output);
        }
        default:
          return node satisfies never;
      }
    });
  }

  #use(use: WrittenUse, nodes: readonly MarkedNode[], indent: string, output: string): readonly OutputLine[] {
    const isOwn = use.call.from.line === use.outer;
    if (this.#bodies(use.macro) !== null) {
      if (isOwn) this.#ownOf(output).set(use.outer, kept);
      return [{ text: indent + use.text, from: this.#placeOfLine(use.outer) }];
    }
    const name = this.#written.macros[use.macro]?.macro.name ?? "";
    const why = `the text of macro ${name}`;
    const lines = this.#nodes(nodes, output).map((line) => ({
      ...line,
      from: line.from ?? this.#placeOfLine(use.outer),
    }));
    if (isOwn) {
      const to = lines.map(({ text }) => text.trim());
      this.#ownOf(output).set(
        use.outer,
        to.length === 0 ? folded(`${why} is empty now`) : changed(to, `${why}, written out`),
      );
    }
    return lines;
  }

  #macro(number: number): readonly OutputLine[] {
    const body = this.#bodies(number);
    const { macro } = this.#written.macros[number] ?? {};
    if (body === null || macro === undefined) return [];
    const { tree } = macro.reading;
    const raw = (line: Line | undefined): string =>
      line === undefined ? "" : tree.text.slice(line.start, line.end).replace(/\r?\n$/, "");
    const lines = tree.lines.slice(macro.from, macro.to);
    const indentOf = (line: Line | undefined): string => /^[ \t]*/.exec(raw(line))?.[0] ?? "";
    const usual = lines.find(({ kind }) => kind !== "blank");
    const open = tree.lines[macro.from - 1];
    const close = tree.lines[macro.to];
    const place = open === undefined ? null : this.#placeOfLine(open);
    const whole = (line: Line | undefined): OutputLine[] =>
      line === undefined ? [] : [{ text: raw(line), from: this.#placeOfLine(line) }];
    return [
      ...whole(open),
      ...body.flatMap((line: BodyLine): OutputLine[] =>
        line.kind === "kept"
          ? whole(line.line)
          : [
              {
                text: indentOf(line.near ?? usual) + line.text,
                from: place,
                ...(line.why === undefined ? {} : { why: line.why }),
              },
            ],
      ),
      ...whole(close),
    ];
  }
}
