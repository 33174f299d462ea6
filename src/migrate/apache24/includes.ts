import { posix } from "node:path";

import type { ActiveConfig, FileReading } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import type { Tags } from "./tags.ts";

/** Where each file of the source goes: as it lies to the main file; what lies elsewhere below `included`. */
export function outputPaths(config: ActiveConfig, mainName: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const taken = new Set<string>();
  const main =
    config.readings.find(({ source, via }) => via === null && !source.path.startsWith("-"))?.source.path ?? "";
  const folder = posix.dirname(main);
  for (const { source } of config.readings) {
    if (paths.has(source.path)) continue;
    const wanted = source.path === main ? mainName : placeFor(source.path, folder);
    let name = wanted;
    for (let count = 2; taken.has(name) || (name === mainName && source.path !== main); count += 1) {
      name = `included/${count}/${wanted}`;
    }
    taken.add(name);
    paths.set(source.path, name);
  }
  return paths;
}

function placeFor(path: string, folder: string): string {
  if (path === "-C") return "command-line-before.conf";
  if (path === "-c") return "command-line-after.conf";
  if (path === "-") return "standard-input.conf";
  const clean = posix.normalize(path);
  const relative = posix.relative(folder, clean);
  return relative.startsWith("..") || posix.isAbsolute(relative) ? posix.join("included", clean) : relative;
}

/** Name of the variable for the directory of the output: one line to change when it moves. */
export const DIRECTORY = "CONFIG_DIR";

const includeLine = (path: string): string => `Include "\${${DIRECTORY}}/${path.replaceAll('"', '\\"')}"`;

const hostLike = new Set(["server", "virtualhost"]);

/** Rewrites every Include to the new files, and reads ResourceConfig and AccessConfig by one. Returns whether there are any. */
export function migrateIncludes(
  config: ActiveConfig,
  draft: Draft,
  paths: ReadonlyMap<string, string>,
  tags: Tags,
): boolean {
  const byLine = new Map<SourceLine, FileReading[]>();
  const unnamed: FileReading[] = [];
  for (const reading of config.readings) {
    if (reading.via === null) continue;
    const line = draft.source.byLine.get(reading.via.line);
    if (line === undefined) continue;
    if (
      line.node?.kind !== "directive" ||
      !/^(?:include|includeoptional|resourceconfig|accessconfig)$/.test(line.node.key)
    ) {
      unnamed.push(reading);
      continue;
    }
    const list = byLine.get(line);
    if (list === undefined) byLine.set(line, [reading]);
    else list.push(reading);
  }
  for (const { lines } of draft.source.files) {
    for (const line of lines) {
      const { node } = line;
      if (node?.kind !== "directive") continue;
      const readings = byLine.get(line) ?? [];
      if (node.key === "include" || node.key === "includeoptional") include(line, readings, draft, paths, tags, config);
      else if (node.key === "resourceconfig" || node.key === "accessconfig")
        extraFile(line, readings, draft, paths, tags);
    }
  }
  const main = draft.source.files.find(({ path }) => paths.get(path) === "httpd.conf");
  if (main !== undefined && unnamed.length > 0) {
    draft.addBottom(main, {
      lines: unnamed.map(({ source }) => includeLine(paths.get(source.path) ?? source.path)),
      why: "httpd 1.3 reads these files behind the main one without being told",
      from: null,
    });
  }
  for (const file of draft.source.files) {
    if (main === undefined || (file.path !== "-C" && file.path !== "-c")) continue;
    const addition = { lines: [includeLine(paths.get(file.path) ?? "")], why: "lines of the command line", from: null };
    if (file.path === "-C") draft.addTop(main, addition);
    else draft.addBottom(main, addition);
  }
  return draft.source.files.length > 1;
}

function include(
  line: SourceLine,
  readings: readonly FileReading[],
  draft: Draft,
  paths: ReadonlyMap<string, string>,
  tags: Tags,
  { dialect }: ActiveConfig,
): void {
  const { node } = line;
  if (node?.kind !== "directive") return;
  if (readings.length === 0) {
    const isMissing = node.key === "include" && !/[*?[]/.test(node.words[0]?.value ?? "");
    draft.judge(
      line,
      isMissing ? lost("there is nothing that it could include") : dropped("nothing is there to include"),
    );
    return;
  }
  const text = pattern(node.words[0]?.value ?? "", readings, paths);
  const section = outermost(line);
  if (dialect === "1.3" && section !== null) {
    const open = draft.source.lineOf(section);
    const behind = open === null ? null : tags.closeOf(open);
    if (behind !== null) {
      draft.judge(line, folded(`behind the section: httpd 1.3 reads what is included as text of the server`));
      draft.addAfter(behind, { lines: text, why: "httpd 1.3 reads it as text of the server", from: line });
      return;
    }
  }
  draft.judge(line, changed(text, "the file in its new form"));
}

/** The outermost section short of the server or host around a line; null when there is none. */
function outermost(line: SourceLine): (SourceLine["node"] & { kind: "section" }) | null {
  let found: (SourceLine["node"] & { kind: "section" }) | null = null;
  for (let at = line.node?.parent ?? null; at !== null && !hostLike.has(at.key); at = at.parent) found = at;
  return found;
}

/** A folder or pattern where it leads to the same files, else every file by its name. */
function pattern(
  word: string,
  readings: readonly FileReading[],
  paths: ReadonlyMap<string, string>,
): readonly string[] {
  const news = readings.map(({ source }) => paths.get(source.path) ?? source.path);
  const [only] = news;
  if (news.length === 1 && only !== undefined && !/[*?[]/.test(word)) return [includeLine(only)];
  const folders = new Set(readings.map(({ source }) => posix.dirname(source.path)));
  const newFolders = new Set(news.map((path) => posix.dirname(path)));
  const [newFolder] = newFolders;
  const others = [...paths.values()].filter((path) => posix.dirname(path) === newFolder).length;
  const isSame = folders.size === 1 && newFolders.size === 1 && newFolder !== "." && others === news.length;
  if (
    isSame &&
    newFolder !== undefined &&
    news.every((path, index) => posix.basename(path) === posix.basename(readings[index]?.source.path ?? ""))
  ) {
    return [includeLine(`${newFolder}/${/[*?[]/.test(posix.basename(word)) ? posix.basename(word) : "*"}`)];
  }
  return news.map(includeLine);
}

/** ResourceConfig and AccessConfig: files that 1.3 reads when the host's own text is over. */
function extraFile(
  line: SourceLine,
  readings: readonly FileReading[],
  draft: Draft,
  paths: ReadonlyMap<string, string>,
  tags: Tags,
): void {
  if (readings.length === 0) {
    draft.judge(line, dropped("there is no such file, and 2.4 looks for none"));
    return;
  }
  const lines = readings.map(({ source }) => includeLine(paths.get(source.path) ?? source.path));
  const why = "httpd 1.3 reads this file when the rest is read";
  const host = line.node?.parent;
  const open = host === undefined || host === null ? null : draft.source.lineOf(host);
  const close = open === null ? null : tags.closeOf(open);
  draft.judge(line, folded("in an Include at the end, where httpd 1.3 reads the file"));
  if (close !== null) draft.addBefore(close, { lines, why, from: line });
  else draft.addBottom(mainFile(line, draft, paths), { lines, why, from: line });
}

function mainFile(line: SourceLine, draft: Draft, paths: ReadonlyMap<string, string>): SourceLine["file"] {
  return draft.source.files.find(({ path }) => paths.get(path) === "httpd.conf") ?? line.file;
}
