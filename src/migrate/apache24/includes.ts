import { posix } from "node:path";

import type { ActiveConfig, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine, SourceText } from "../source-lines.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import { mainOf, type OutputNames } from "./output-names.ts";
import type { Tags } from "./tags.ts";

/** Name of the variable for the directory of the output: one line to change when it moves. */
export const DIRECTORY = "CONFIG_DIR";

/** Lines of the output that read other files of it. They are written when the names of these are known. */
export interface IncludeLines {
  /** The file that they stand in. */
  readonly home: SourceText;
  /** The files that are read here, in order. */
  readonly files: readonly SourceText[];
  /** The path as the source has it; null when it names none. */
  readonly word: string | null;
  /** Filled by {@link nameIncludes}. */
  readonly lines: string[];
}

const includeLine = (path: string): string => `Include "\${${DIRECTORY}}/${path.replace(/["\\]/g, "\\$&")}"`;

const hostLike = new Set(["server", "virtualhost"]);

/** Places every Include, and those for ResourceConfig and AccessConfig, without their paths. */
export function migrateIncludes(
  { dialect, problems }: ActiveConfig,
  draft: Draft,
  tags: Tags,
): readonly IncludeLines[] {
  const { files, at } = draft.source;
  const main = mainOf(files);
  const byLine = new Map<SourceLine, SourceText[]>();
  const unnamed: SourceText[] = [];
  for (const file of files) {
    const { via } = file.reading;
    if (via === null) continue;
    const line = at(via);
    if (line === null) unnamed.push(file);
    else byLine.set(line, [...(byLine.get(line) ?? []), file]);
  }
  const found: IncludeLines[] = [];
  const placed = (home: SourceText, read: readonly SourceText[], word: string | null = null): string[] => {
    const lines: string[] = [];
    found.push({ home, files: read, word, lines });
    return lines;
  };
  for (const [line, read] of byLine) {
    if (draft.isGone(line)) continue;
    const key = line.node?.kind === "directive" ? line.node.key : "";
    if (key === "include" || key === "includeoptional") include(line, read, dialect === "1.3", draft, tags, placed);
    else if (key === "resourceconfig" || key === "accessconfig") extraFile(line, read, draft, tags, main, placed);
    else if (line.node === null && line.active) inMacro(line, read, draft, placed);
    else unnamed.push(...read);
  }
  const refused = new Map(
    problems.flatMap(({ kind, origin, message }) => (/include/.test(kind) ? [[origin.line, message]] : [])),
  );
  for (const { lines } of files)
    for (const line of lines) if (!byLine.has(line)) nothingThere(line, refused.get(line.line) ?? null, draft);
  if (main === undefined) return found;
  if (unnamed.length > 0) {
    const why = "httpd 1.3 reads these files behind the main one without being told";
    draft.addBottom(main, { lines: placed(main, unnamed), why, from: null });
  }
  for (const file of files) {
    if (file.path !== "-C" && file.path !== "-c") continue;
    const addition = { lines: placed(main, [file]), why: "lines of the command line", from: null };
    if (file.path === "-C") draft.addTop(main, addition);
    else draft.addBottom(main, addition);
  }
  return found;
}

type Placed = (home: SourceText, files: readonly SourceText[], word?: string) => string[];

function nothingThere(line: SourceLine, message: string | null, draft: Draft): void {
  const { node } = line;
  if (node?.kind !== "directive") return;
  if (node.key === "include" || node.key === "includeoptional") {
    const isMissing = node.key === "include" && !/[*?[]/.test(node.words[0]?.value ?? "");
    draft.judge(
      line,
      isMissing
        ? lost(
            `${message ?? "There is nothing that it could include"}, so that nothing of it is here: migrate where the old server starts`,
          )
        : dropped("nothing is there to include"),
    );
  } else if (node.key === "resourceconfig" || node.key === "accessconfig") {
    draft.judge(line, dropped("there is no such file, and 2.4 looks for none"));
  }
}

function include(
  line: SourceLine,
  read: readonly SourceText[],
  isOld: boolean,
  draft: Draft,
  tags: Tags,
  placed: Placed,
): void {
  const word = line.node?.words[0]?.value ?? "";
  const section = outermost(line);
  if (isOld && section !== null) {
    const open = draft.source.lineOf(section);
    const behind = open === null ? null : tags.closeOf(open);
    if (behind !== null) {
      draft.judge(line, folded(`behind the section: httpd 1.3 reads what is included as text of the server`));
      const why = "httpd 1.3 reads it as text of the server";
      draft.addAfter(behind, { lines: placed(behind.file, read, word), why, from: line });
      return;
    }
  }
  draft.judge(line, changed(placed(line.file, read, word), "the file in its new form"));
}

/** The outermost section short of the server or host around a line; null when there is none. */
function outermost(line: SourceLine): ActiveSection | null {
  let found: ActiveSection | null = null;
  for (let at = line.node?.parent ?? null; at !== null && !hostLike.has(at.key); at = at.parent) found = at;
  return found;
}

/** A line of a macro stands once for all that use it, so it can read one file only. */
function inMacro(line: SourceLine, read: readonly SourceText[], draft: Draft, placed: Placed): void {
  const [first] = read;
  if (first !== undefined && read.every(({ path }) => path === first.path)) {
    draft.judge(line, changed(placed(line.file, [first]), "the file in its new form"));
    return;
  }
  const names = read.map(({ path }) => path).join(", ");
  draft.judge(line, lost(`stands for another file at each use of the macro: include by name ${names}`));
}

/** ResourceConfig and AccessConfig: files that 1.3 reads when the host's own text is over. */
function extraFile(
  line: SourceLine,
  read: readonly SourceText[],
  draft: Draft,
  tags: Tags,
  main: SourceText | undefined,
  placed: Placed,
): void {
  const why = "httpd 1.3 reads this file when the rest is read";
  const host = line.node?.parent;
  const open = host === undefined || host === null ? null : draft.source.lineOf(host);
  const close = open === null ? null : tags.closeOf(open);
  draft.judge(line, folded("in an Include at the end, where httpd 1.3 reads the file"));
  if (close !== null) draft.addBefore(close, { lines: placed(close.file, read), why, from: line });
  else {
    const home = main ?? line.file;
    draft.addBottom(home, { lines: placed(home, read), why, from: line });
  }
}

/** Writes the lines with the names that the files have; `folders`: by folder or pattern where that leads to the same files. */
export function nameIncludes(includes: readonly IncludeLines[], names: OutputNames, folders: boolean): void {
  const perFolder = new Map<string, number>();
  for (const name of new Set(names.values())) {
    const folder = posix.dirname(name);
    perFolder.set(folder, (perFolder.get(folder) ?? 0) + 1);
  }
  for (const { files, word, lines } of includes) {
    const news = files.map((file) => names.get(file) ?? file.path);
    const whole = folders && word !== null ? byPattern(word, files, news, perFolder) : null;
    lines.splice(0, lines.length, ...(whole === null ? news : [whole]).map(includeLine));
  }
}

/** A folder or pattern that leads to the same files as in the source; null when they have to be named one by one. */
function byPattern(
  word: string,
  files: readonly SourceText[],
  news: readonly string[],
  perFolder: ReadonlyMap<string, number>,
): string | null {
  if (news.length === 1 && !/[*?[]/.test(word)) return null;
  const folders = new Set(files.map(({ path }) => posix.dirname(path)));
  const [newFolder = ".", ...others] = new Set(news.map((path) => posix.dirname(path)));
  if (folders.size !== 1 || others.length > 0 || newFolder === "." || perFolder.get(newFolder) !== news.length)
    return null;
  if (!news.every((path, index) => posix.basename(path) === posix.basename(files[index]?.path ?? ""))) return null;
  const last = posix.basename(word);
  return `${newFolder}/${/[*?[]/.test(last) ? last : "*"}`;
}
