import type { Line } from "../../../grammar/syntax-tree.ts";
import type { SourceLine, SourceLines } from "../source-lines.ts";
import type { JudgedLine, Migration, OutputFile, OutputLine, SourcePlace, Verdict } from "../verdict.ts";
import { changed, folded, kept } from "../verdict.ts";
import { type BodyLine, type MacroBodies, macroBodies } from "./macro-bodies.ts";
import { type MarkedNode, readMarks } from "./marked-lines.ts";
import { type LineOrigin, readMark, type WrittenOut, type WrittenUse } from "./write-out.ts";

/**
 * Puts the macros back into a migration of the text without them: those with which every Use still brings in what it has
 * become. The others stay written out. With `none` all do.
 */
export function foldBack(
  migration: Migration,
  written: WrittenOut,
  source: SourceLines,
  wanted: "all" | "none",
): Migration {
  const folder = new Folder(migration, written, source, wanted);
  return {
    files: migration.files.map((file) => folder.file(file)),
    lines: folder.judged(),
    notes: migration.notes.map((note) => ({ ...note, place: folder.placeOf(note.place) })),
  };
}

class Folder {
  readonly #migration: Migration;
  readonly #written: WrittenOut;
  readonly #source: SourceLines;
  readonly #bodies: MacroBodies;
  /** By path and line of the text without macros. */
  readonly #verdicts = new Map<string, Verdict>();
  /** What became of each Use of a file, by its line. */
  readonly #useVerdicts = new Map<Line, Verdict>();

  constructor(migration: Migration, written: WrittenOut, source: SourceLines, wanted: "all" | "none") {
    this.#migration = migration;
    this.#written = written;
    this.#source = source;
    const marked = migration.files.map(({ lines }) => readMarks(lines));
    const none: MacroBodies = () => null;
    this.#bodies = wanted === "none" ? none : macroBodies(written, marked, ({ from }) => this.#originAt(from));
    for (const { path, line, text, verdict } of migration.lines) {
      this.#verdicts.set(`${line} ${path}`, this.#renumbered(verdict, path));
      const mark = readMark(text);
      const use = mark?.kind === "use" ? written.uses[mark.number] : undefined;
      if (use?.call.from.line === use?.outer && use !== undefined) this.#useVerdicts.set(use.outer, verdict);
    }
  }

  /** The place in the source of one in the text without macros. */
  placeOf(place: SourcePlace | null): SourcePlace | null {
    const origin = this.#originAt(place);
    if (origin === null) return place;
    return this.#placeOfLine(origin.line) ?? place;
  }

  file({ path, lines }: OutputFile): OutputFile {
    return { path, lines: this.#nodes(readMarks(lines).nodes) };
  }

  /** Every line of the source with its verdict. */
  judged(): readonly JudgedLine[] {
    const verdicts = new Map<Line, Verdict>();
    for (const [path, origins] of this.#written.origins) {
      for (const [number, { line, use }] of origins) {
        const verdict = this.#verdicts.get(`${number} ${path}`) ?? kept;
        const before = verdicts.get(line);
        // What one Use loses is lost.
        if (before?.kind === "dropped" && before.decides) continue;
        const isWritten = use !== null && this.#bodies(this.#written.uses[use]?.macro ?? -1) === null;
        const isLost = verdict.kind === "dropped" && verdict.decides;
        verdicts.set(line, isWritten && !isLost ? folded("stands where the macro is used, written out") : verdict);
      }
    }
    for (const { macro, isFixed } of this.#written.macros)
      this.#macroTags(macro.reading.tree.lines, macro, isFixed, verdicts);
    const own = this.#source.files.flatMap((file) =>
      file.lines.map((line): JudgedLine =>
        this.#judgedLine(
          line,
          this.#useVerdicts.get(line.line) ?? verdicts.get(line.line) ?? folded("nothing of it is left"),
        ),
      ),
    );
    const paths = new Set(this.#source.files.map(({ path }) => path));
    return [...own, ...this.#migration.lines.filter(({ path }) => !paths.has(path))];
  }

  #judgedLine({ file, first, last, text }: SourceLine, verdict: Verdict): JudgedLine {
    return { path: file.path, line: first, endLine: last, text, verdict };
  }

  #macroTags(
    lines: readonly Line[],
    { from, to }: { readonly from: number; readonly to: number },
    isFixed: boolean,
    verdicts: Map<Line, Verdict>,
  ): void {
    const number = this.#written.macros.findIndex(
      ({ macro }) => macro.from === from && macro.reading.tree.lines === lines,
    );
    const isKept = this.#bodies(number) !== null;
    const why = isFixed
      ? "its text is written out, since a macro or UndefMacro stands in its way"
      : "its text is written out where it is used";
    for (const line of [lines[from - 1], lines[to]]) {
      if (line !== undefined) verdicts.set(line, isKept ? kept : folded(why));
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
    const source = this.#source.byLine.get(line);
    return source === undefined ? null : { path: source.file.path, line: source.first };
  }

  #nodes(nodes: readonly MarkedNode[]): readonly OutputLine[] {
    return nodes.flatMap((node): readonly OutputLine[] => {
      switch (node.kind) {
        case "line":
          return [{ ...node.line, from: this.placeOf(node.line.from) }];
        case "macro":
          return this.#macro(node.number);
        case "use": {
          const use = this.#written.uses[node.number];
          return use === undefined ? [] : this.#use(use, node.nodes, /^\s*/.exec(node.line.text)?.[0] ?? "");
        }
        default:
          return node satisfies never;
      }
    });
  }

  #use(use: WrittenUse, nodes: readonly MarkedNode[], indent: string): readonly OutputLine[] {
    const isOwn = use.call.from.line === use.outer;
    if (this.#bodies(use.macro) !== null) {
      if (isOwn) this.#useVerdicts.set(use.outer, kept);
      return [{ text: indent + use.text, from: this.#placeOfLine(use.outer) }];
    }
    const name = this.#written.macros[use.macro]?.macro.name ?? "";
    const why = `the text of macro ${name}`;
    const lines = this.#nodes(nodes).map((line) => ({ ...line, from: line.from ?? this.#placeOfLine(use.outer) }));
    if (isOwn) {
      const to = lines.map(({ text }) => text.trim());
      this.#useVerdicts.set(
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
