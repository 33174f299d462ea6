import type { SourceLine, SourceLines, SourceText } from "./source-lines.ts";
import type { JudgedLine, Note, OutputFile, OutputLine, SourcePlace, Verdict } from "./verdict.ts";
import { kept } from "./verdict.ts";

/** Lines that the source does not have. */
export interface Addition {
  readonly lines: readonly string[];
  readonly why: string;
  /** The line that they say in other words; null when nothing does. */
  readonly from: SourceLine | null;
}

/** A migration while it is made: a verdict for each line, and lines to put before, behind and around them. */
export class Draft {
  readonly source: SourceLines;
  readonly notes: Note[] = [];
  readonly #verdicts = new Map<SourceLine, Verdict>();
  readonly #before = new Map<SourceLine, Addition[]>();
  readonly #after = new Map<SourceLine, Addition[]>();
  readonly #top = new Map<SourceText, Addition[]>();
  readonly #bottom = new Map<SourceText, Addition[]>();
  readonly #gone = new Set<SourceLine>();
  readonly #unread = new Set<SourceText>();
  #reads: Map<SourceLine, SourceText[]> | null = null;
  readonly #places = new Map<SourceLine, SourcePlace>();
  readonly #lines = new Map<SourcePlace, SourceLine>();

  constructor(source: SourceLines) {
    this.source = source;
  }

  /** The last word on a line counts. */
  judge(line: SourceLine, verdict: Verdict): void {
    this.#verdicts.set(line, verdict);
  }

  /** A line that goes with all that was to stand around it, and with the files that it alone reads. */
  drop(line: SourceLine, verdict: Verdict): void {
    this.judge(line, verdict);
    this.#gone.add(line);
    this.#before.delete(line);
    this.#after.delete(line);
    for (const file of this.#filesRead().get(line) ?? []) {
      this.#unread.add(file);
      for (const inner of file.lines) this.drop(inner, verdict);
    }
  }

  /** Whether {@link drop} took a line out. */
  isGone(line: SourceLine): boolean {
    return this.#gone.has(line);
  }

  /** Whether nothing is left that reads a file. */
  isUnread(file: SourceText): boolean {
    return this.#unread.has(file);
  }

  #filesRead(): ReadonlyMap<SourceLine, readonly SourceText[]> {
    if (this.#reads === null) {
      this.#reads = new Map();
      for (const file of this.source.files) {
        const line = file.reading.via === null ? null : this.source.at(file.reading.via);
        if (line !== null && line.file !== file) append(this.#reads, line, file);
      }
    }
    return this.#reads;
  }

  verdictOf(line: SourceLine): Verdict {
    return this.#verdicts.get(line) ?? kept;
  }

  isJudged(line: SourceLine): boolean {
    return this.#verdicts.has(line);
  }

  addBefore(line: SourceLine, addition: Addition): void {
    append(this.#before, line, addition);
  }

  addAfter(line: SourceLine, addition: Addition): void {
    append(this.#after, line, addition);
  }

  addTop(file: SourceText, addition: Addition): void {
    append(this.#top, file, addition);
  }

  addBottom(file: SourceText, addition: Addition): void {
    append(this.#bottom, file, addition);
  }

  note(message: string, decides: boolean, line: SourceLine | null = null, about: SourceLine | null = null): void {
    const placeOf = ({ file, first }: SourceLine): SourcePlace => ({ path: file.path, line: first });
    const other = about === null ? {} : { about: placeOf(about) };
    this.notes.push({ message, decides, place: line === null ? null : placeOf(line), ...other });
  }

  /** Every line with its verdict, in the order of the files; `outputs`: of these alone, with the names of their output. */
  judged(outputs: ReadonlyMap<SourceText, string> | null = null): readonly JudgedLine[] {
    const files = outputs === null ? this.source.files : [...outputs.keys()];
    const judged: JudgedLine[] = [];
    for (const file of files) {
      const { path } = file;
      const output = outputs?.get(file) ?? "";
      for (const source of file.lines) {
        const { first: line, last: endLine, text } = source;
        const verdict = this.verdictOf(source);
        // There are as many as lines of the source, so each is made at once and not out of parts.
        judged.push(
          outputs === null ? { path, line, endLine, text, verdict } : { path, output, line, endLine, text, verdict },
        );
      }
    }
    return judged;
  }

  /** The line that a line of {@link output} comes from; null when nothing in the source says it. */
  lineBehind({ from }: OutputLine): SourceLine | null {
    return from === null ? null : (this.#lines.get(from) ?? null);
  }

  #placeOf(line: SourceLine): SourcePlace {
    let place = this.#places.get(line);
    if (place === undefined) {
      place = { path: line.file.path, line: line.first };
      this.#places.set(line, place);
      this.#lines.set(place, line);
    }
    return place;
  }

  /** The lines of one file of the output. */
  output(file: SourceText, path: string): OutputFile {
    const lines: OutputLine[] = [];
    const add = (additions: readonly Addition[] | undefined, indent: string): void => {
      for (const { lines: texts, why, from } of additions ?? []) {
        for (const text of texts) {
          lines.push({
            text: text === "" ? "" : indent + text,
            from: from === null ? null : this.#placeOf(from),
            why,
          });
        }
      }
    };
    add(this.#top.get(file), "");
    for (const line of file.lines) {
      const indent = /^[ \t]*/.exec(line.text)?.[0] ?? "";
      add(this.#before.get(line), indent);
      const verdict = this.verdictOf(line);
      const from = this.#placeOf(line);
      if (verdict.kind === "kept") lines.push({ text: line.text, from });
      else if (verdict.kind !== "folded") {
        const texts = verdict.kind === "changed" ? verdict.to : (verdict.instead ?? []);
        for (const text of texts) lines.push({ text: text === "" ? "" : indent + text, from });
      }
      add(this.#after.get(line), indent);
    }
    add(this.#bottom.get(file), "");
    return { path, lines: withoutEmptyRuns(lines, file) };
  }
}

function append<Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [item]);
  else list.push(item);
}

/** Where lines went, the blank lines around them would pile up: of those that now touch one stays. */
function withoutEmptyRuns(lines: readonly OutputLine[], file: SourceText): readonly OutputLine[] {
  const result: OutputLine[] = [];
  for (const line of lines) {
    const before = result.at(-1);
    const isRun = line.text.trim() === "" && before?.text.trim() === "";
    // Blank lines that stood together in the source stay together.
    const stoodTogether = line.from !== null && before?.from !== undefined && before.from?.line === line.from.line - 1;
    if (isRun && !stoodTogether && file.lines.length > 0) continue;
    result.push(line);
  }
  return result;
}
