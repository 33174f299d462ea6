import { dirname } from "node:path";
import type { SyntaxTree } from "../../grammar/syntax-tree.ts";
import { argsWords } from "../../grammar/words.ts";
import type { Dialect } from "../../grammar/dialect.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { FileSystem } from "./file-system.ts";
import { findIncludeFiles } from "./include-files.ts";
import { loadFile, resolvePath } from "./open-file.ts";
import type { ReadState } from "./reading-state.ts";

/** One use of a name, for messages and decisions. */
export interface Sighting {
  /** Lower case; with a leading `<` for sections. */
  readonly key: string;
  /** As written, in the same form. */
  readonly name: string;
  readonly words: readonly string[];
  /** Where: in this text, at this offset. A line number is only made of it when a message wants one. */
  readonly source: SourceFile;
  readonly offset: number;
}

/** A first look at all files that a configuration could read, before any condition is decided. */
export interface Survey {
  /** The first use of each name. */
  readonly first: ReadonlyMap<string, Sighting>;
  /** Every use of the names that decide about modules and dialects. */
  readonly decisive: readonly Sighting[];
}

const decisive: ReadonlySet<string> = new Set(["loadmodule", "require", "loglevel"]);

/** Files that are looked at; beyond that a configuration has shown what it is. */
const MAX_FILES = 2_000;

interface SurveyInput {
  readonly dialect: Dialect;
  readonly files: FileSystem;
  readonly trees: ReadState["trees"];
  readonly serverRoot: string;
  readonly fixedRoot: boolean;
  readonly texts: readonly { readonly source: SourceFile; readonly tree: SyntaxTree }[];
}

/** Looks at texts and at the files that they include, each once, whatever the conditions around the Include. */
export function survey(input: SurveyInput): Survey {
  const first = new Map<string, Sighting>();
  const found: Sighting[] = [];
  const seen = new Set<string>();
  const repeated: ReadonlyMap<string, Set<string>> = new Map(Array.from(decisive, (key) => [key, new Set<string>()]));
  // Names of which another use says nothing new: nearly every line of a long text is such a one.
  const settledDirectives = new Set<string>();
  const settledSections = new Set<string>();
  const variables = new Map<string, string>();
  const root = { serverRoot: input.serverRoot, fixedRoot: input.fixedRoot, writtenRoot: null as string | null };
  const queue = [...input.texts];
  for (const { source, tree } of queue) {
    for (let index = 0; index < tree.lines.length; index += 1) {
      const line = tree.lines[index];
      if (line?.kind !== "directive" && line?.kind !== "open") continue;
      const settled = line.kind === "open" ? settledSections : settledDirectives;
      if (settled.has(line.name)) continue;
      const key = (line.kind === "open" ? "<" : "") + line.name.toLowerCase();
      const include = key === "include" || key === "includeoptional";
      if (!include && key !== "serverroot" && key !== "define" && !decisive.has(key)) {
        settled.add(line.name);
        if (first.has(key)) continue;
      }
      // A thousand hosts ask for the same.
      const before = repeated.get(key);
      if (before !== undefined && line.argsEnd - line.argsStart < 200) {
        const asked = tree.text.slice(line.argsStart, line.argsEnd);
        if (before.has(asked)) continue;
        before.add(asked);
      }
      const words = argsWords(tree, line).map((word) =>
        word.value.replaceAll(/\$\{(\w+)\}/g, (all, name: string) => variables.get(name) ?? all),
      );
      const name = (line.kind === "open" ? "<" : "") + line.name;
      const sighting: Sighting = { key, name, words, source, offset: line.nameStart };
      if (!first.has(key)) first.set(key, sighting);
      if (before !== undefined) found.push(sighting);
      const [word = "", value] = words;
      if (key === "define" && value !== undefined && value.length < 4096) variables.set(word, value);
      if (key === "serverroot" && word !== "") {
        root.writtenRoot = word;
        if (!input.fixedRoot) root.serverRoot = word.startsWith("/") ? word : root.serverRoot;
      }
      if (!include || word === "") continue;
      const result = findIncludeFiles(input.files, input.dialect, resolvePath(root, word), true);
      for (const path of "files" in result ? result.files : []) {
        if (seen.size >= MAX_FILES || seen.has(path)) continue;
        seen.add(path);
        try {
          queue.push(loadFile(input, path));
        } catch {
          // The reader says it, if it comes to reading this file.
        }
      }
    }
  }
  return { first, decisive: found };
}

/** Where relative paths start when neither the user nor the text names a ServerRoot: above `conf/`, else beside the file. */
export function guessServerRoot(path: string): string {
  const folder = dirname(path);
  return /(?:^|[/\\])conf$/.test(folder) ? dirname(folder) : folder;
}
