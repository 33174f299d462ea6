import { isAbsolute, join } from "node:path";
import { mayHoldVariable } from "../../grammar/logical-line.ts";
import { parse } from "../../grammar/parse.ts";
import type { SyntaxTree } from "../../grammar/syntax-tree.ts";
import { decode } from "../source/encoding.ts";
import { SourceFile } from "../source/source-file.ts";
import type { ActiveDirective, Origin } from "./active-config.ts";
import { whatHappened } from "./config-unreadable-error.ts";
import { findIncludeFiles } from "./include-files.ts";
import {
  MAX_INCLUDE_DEPTH,
  MAX_INCLUDED_LINES,
  MAX_READINGS,
  MAX_REPEATED,
  report,
  reportOnce,
  type OpenReading,
  type ReadState,
} from "./reading-state.ts";

/** Starts a reading of a text that is there already. */
export function openText(
  state: ReadState,
  text: { readonly source: SourceFile; readonly tree: SyntaxTree },
  via: Origin | null,
): OpenReading {
  const active = new Array<boolean>(text.tree.lines.length).fill(false);
  const hasVariables = mayHoldVariable(text.source.text);
  const reading: OpenReading = { source: text.source, tree: text.tree, via, active, cursor: 0, hasVariables };
  state.readings.push(reading);
  for (const line of text.tree.cut) {
    const message = "Line too long: this httpd reads 8191 bytes and takes the rest for another line";
    report(state, "overlong-line", false, { reading, line }, message, {
      span: { start: line.start, end: line.end },
      help: "end physical lines with a backslash, or repeat the directive",
    });
  }
  reportUnreadableLine(state, reading);
  const { lost } = text.tree;
  if (lost !== null) {
    const message = "Lost line: it ends in a backslash, and at the end of the file this httpd drops it whole";
    report(state, "lost-line", false, { reading, line: lost }, message, { help: "take the backslash away" });
  }
  return reading;
}

/** What 2.4 takes for one line at most, without its end (VARBUF_MAX_LEN in httpd's sources). */
const MAX_LINE = 16 * 1024 * 1024;

function reportUnreadableLine(state: ReadState, reading: OpenReading): void {
  const { lines, dialect } = reading.tree;
  if (dialect !== "2.4" || reading.source.text.length < MAX_LINE) return;
  const line = lines.find(({ start, end }) => end - start > MAX_LINE);
  if (line === undefined) return;
  const message = "Line too long: httpd 2.4 reads lines of less than 16 MB, with all that continues them";
  const span = { start: line.start, end: line.start };
  report(state, "overlong-line", true, { reading, line }, message, { span, help: "repeat the directive" });
}

/** Reads and parses a file; throws as the file system does. A text that was read before is not read again. */
export function loadFile(state: Pick<ReadState, "files" | "trees" | "dialect">, path: string): OpenText {
  const known = state.trees.get(path);
  if (known !== undefined) return known;
  return loadText(state, path, decode(state.files.readFile(path)));
}

/** Parses a text under a path. */
export function loadText(state: Pick<ReadState, "trees" | "dialect">, path: string, text: string): OpenText {
  const loaded = { source: new SourceFile(path, text), tree: parse(text, state.dialect) };
  state.trees.set(path, loaded);
  return loaded;
}

type OpenText = Parameters<typeof openText>[1];

/** A path of the configuration as one of this machine: relative ones belong to ServerRoot. */
export function resolvePath(state: Pick<ReadState, "serverRoot" | "fixedRoot" | "writtenRoot">, path: string): string {
  if (!isAbsolute(path) && !/^[A-Za-z]:[\\/]/.test(path)) return join(state.serverRoot, path);
  const written = withoutSlash(state.writtenRoot ?? "/");
  if (state.fixedRoot && written !== "/" && path.startsWith(`${written}/`)) {
    return join(state.serverRoot, path.slice(written.length));
  }
  return path;
}

/** A directory without the slashes at its end; a loop, since an expression would look at each of a million slashes again. */
function withoutSlash(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}

/** Takes the value of a ServerRoot directive; one that the user gave stays. */
export function setServerRoot(state: ReadState, root: string): void {
  state.writtenRoot = root;
  state.version += 1;
  if (!state.fixedRoot) state.serverRoot = isAbsolute(root) ? withoutSlash(root) : join(state.firstRoot, root);
}

/** The files that an Include stands for; none, and a problem, when httpd would stop there. */
export function includedFiles(state: ReadState, directive: ActiveDirective, path: string): readonly string[] {
  const result = findIncludeFiles(
    state.files,
    state.dialect,
    resolvePath(state, path),
    directive.key === "includeoptional",
  );
  if ("files" in result) return result.files;
  const [word] = directive.words;
  report(state, result.kind, true, directive.origin, result.message, {
    ...(result.help === undefined ? {} : { help: result.help }),
    ...(word === undefined ? {} : { span: { start: word.start, end: word.end } }),
  });
  return [];
}

/**
 * Opens one included file, unless that leads in a circle: the same file again while nothing has changed that could make it
 * read otherwise, or more files inside each other than httpd 2.4 allows. {@link leaveFile} closes it.
 */
export function enterFile(state: ReadState, path: string, via: Origin): OpenReading | null {
  const again = state.chain.findLast((entry) => entry.path === path);
  if (again?.version === state.version || state.chain.length > MAX_INCLUDE_DEPTH) {
    const names = state.chain.map((entry) => entry.path);
    const circle = [...names.slice(Math.max(0, names.indexOf(path))), path];
    const shown = circle.length > 6 ? [...circle.slice(0, 3), "…", ...circle.slice(-2)] : circle;
    report(state, "include-cycle", true, via, `Include leads in a circle: ${shown.join(" → ")}`);
    return null;
  }
  if (
    state.readings.length >= MAX_READINGS ||
    state.includedLines >= MAX_INCLUDED_LINES ||
    state.repeated >= MAX_REPEATED
  ) {
    const message = "There is too much to include; the rest is left out";
    reportOnce(state, "bad-include", true, via, message);
    return null;
  }
  let text: OpenText;
  try {
    text = loadFile(state, path);
  } catch (error) {
    report(state, "unreadable-file", true, via, `Cannot read ${path}: ${whatHappened(error)}`);
    return null;
  }
  state.chain.push({ path, version: state.version });
  state.includedLines += text.tree.lines.length;
  if (state.included.has(path)) {
    state.repeated += Math.max(text.source.text.length, 64 * text.tree.lines.length);
  }
  state.included.add(path);
  return openText(state, text, via);
}

/** Ends what {@link enterFile} began. */
export function leaveFile(state: ReadState): void {
  state.chain.pop();
}
