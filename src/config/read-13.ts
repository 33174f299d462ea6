import { lineText } from "../../grammar/logical-line.ts";
import type { CloseTag, DirectiveLine, OpenTag } from "../../grammar/syntax-tree.ts";
import type { Word } from "../../grammar/word.ts";
import { argsWords, splitWords } from "../../grammar/words.ts";
import type { ActiveDirective, MethodLimit } from "./active-config.ts";
import { addDirective, addSection } from "./add-nodes.ts";
import { contextProblem } from "./contexts.ts";
import { runModuleLine } from "./module-lines.ts";
import { enterFile, includedFiles, leaveFile, resolvePath, setServerRoot } from "./open-file.ts";
import { plainStatement } from "./plain-statement.ts";
import {
  endLineOf,
  lastLineOf,
  MAX_SECTION_DEPTH,
  originOf,
  report,
  type OpenReading,
  type OpenSection,
  type Place,
  type ReadState,
  type Statement,
} from "./reading-state.ts";

/** The sections whose closing tag ends a read loop of 1.3. */
const nested: ReadonlySet<string> = new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "virtualhost",
]);

interface Frame {
  readonly section: OpenSection;
  readonly open: OpenTag;
  /** A word too many in the tag, which httpd finds when it has read the section. */
  readonly surplus: Word | null;
}

/** One run of httpd's read loop over a file. */
interface Loop {
  readonly state: ReadState;
  readonly reading: OpenReading;
  /** The server or virtual host to which the file belongs. */
  readonly base: OpenSection;
  readonly frames: Frame[];
  /** How many closing tags are still to come of sections that an outer one has ended: no second mistake. */
  readonly late: Map<string, number>;
  /** Sections that are open below the deepest that is kept. */
  surplusDepth: number;
  limit: MethodLimit | null;
}

/**
 * Reads a file as httpd 1.3 does: line after line, with conditionals and Limit as switches and a read loop for each
 * section. An Include is text of the server or virtual host around it, whatever section it stands in, and a section ends in
 * the file that opened it.
 * http_config.c ap_srm_command_loop, http_core.c
 */
export function read13(state: ReadState, reading: OpenReading, base: OpenSection): void {
  const loop: Loop = { state, reading, base, frames: [], late: new Map(), surplusDepth: 0, limit: null };
  const { lines, lost } = reading.tree;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line === lost) continue;
    reading.active[index] = true;
    if (line.kind === "directive") {
      if (line.name !== "") readDirective(loop, line);
    } else if (line.kind === "close") {
      readClose(loop, line);
    } else if (line.kind === "open") {
      const key = line.name.toLowerCase();
      if (key === "ifmodule" || key === "ifdefine") {
        if (!readConditional(loop, line, key)) index = skipFalse(loop, index, key);
      } else if (key === "macro") {
        // Not a section of httpd itself: mod_macro keeps the text, and what Use makes of it is not followed in 1.3.
        addSection(state, placeIn(loop), line, plainStatement(loop.reading.tree, line));
        index = skipMacro(loop, index);
      } else {
        readOpen(loop, line);
      }
    }
  }
  for (const { section, open, surplus } of loop.frames.toReversed()) {
    if (surplus !== null) reportSurplus(loop, open, surplus, null);
    const message = `<${section.name}> is not closed; httpd misses </${section.name}> at the end of the file`;
    report(state, "unclosed-section", true, originOf(placeIn(loop), open), message, { httpdLine: endLineOf(reading) });
  }
}

function placeIn(loop: Loop): Place {
  return { reading: loop.reading, parent: loop.frames.at(-1)?.section ?? loop.base, limit: loop.limit };
}

/** What changes the reading of the lines behind it. */
const actsAtOnce: ReadonlySet<string> = new Set([
  "addmodule",
  "clearmodulelist",
  "include",
  "loadmodule",
  "serverroot",
]);

function readDirective(loop: Loop, line: DirectiveLine): void {
  const { state } = loop;
  const directive = addDirective(state, placeIn(loop), line, null);
  if (directive.spec === null || !actsAtOnce.has(directive.key) || runModuleLine(state, directive)) return;
  const [word] = directive.words;
  if (word === undefined || directive.words.length !== 1 || word.value === "") return;
  if (directive.key === "serverroot") setServerRoot(state, word.value);
  else if (directive.key === "include") readIncluded(loop, directive, word.value);
}

function readIncluded(loop: Loop, directive: ActiveDirective, path: string): void {
  const { state } = loop;
  const host = loop.frames.find((frame) => frame.section.key === "virtualhost")?.section ?? loop.base;
  for (const file of includedFiles(state, directive, path)) {
    const reading = enterFile(state, file, directive.origin);
    if (reading === null) continue;
    read13(state, reading, host);
    leaveFile(state);
  }
}

/**
 * IfModule and IfDefine are commands with exactly one word, the bracket included: a blank before it, a quoted name and text
 * behind it make two words, and httpd stops.
 */
function readConditional(loop: Loop, line: OpenTag, key: "ifmodule" | "ifdefine"): boolean {
  const { state, reading } = loop;
  const origin = originOf(placeIn(loop), line);
  const whole = lineText(reading.tree, line);
  const words = splitWords(whole, "1.3").slice(1);
  const [first] = words;
  if (first === undefined) {
    const help = `write what it depends on: <${line.name} name>`;
    report(state, "bad-conditional", true, origin, `<${line.name}> needs an argument`, { help });
    return true;
  }
  if (words.length > 1 || first.value === "") {
    const message = `<${line.name}> takes one argument, the bracket included`;
    const help = "httpd 1.3 wants the name without quotes and the > right behind it";
    report(state, "bad-conditional", true, origin, message, { help });
  }
  const bracket = first.value.lastIndexOf(">");
  if (bracket === -1 && line.bracket === -1) {
    report(state, "malformed-tag", true, origin, `<${line.name}> has no closing >`);
  }
  const argument =
    words.length === 1 && bracket !== -1
      ? first.value.slice(0, bracket)
      : (argsWords(reading.tree, line)[0]?.value ?? "");
  const negated = argument.startsWith("!");
  const name = negated ? argument.slice(1) : argument;
  const found =
    key === "ifmodule"
      ? state.modules.test(name)
      : { present: state.defines.has(name), by: state.defines.get(name) ?? null };
  const value = found.present !== negated || (key === "ifdefine" && state.eitherWay.has(name));
  state.conditionals.push({ key, argument, value, decidedBy: found.by, origin });
  return value;
}

/** Index of the closing line of a false branch; inside, httpd counts conditionals of the same kind and looks at nothing else. */
function skipFalse(loop: Loop, from: number, key: "ifmodule" | "ifdefine"): number {
  const { state, reading } = loop;
  const { lines, lost } = reading.tree;
  const end = `</${key}>`;
  let depth = 1;
  for (let index = from + 1; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === lost) continue;
    if (line?.kind === "open" && line.name.toLowerCase().startsWith(key)) depth += 1;
    if (line?.kind === "close" && lineText(reading.tree, line).text.toLowerCase() === end) depth -= 1;
    if (depth > 0) continue;
    reading.active[index] = true;
    return index;
  }
  const open = lines[from];
  if (open?.kind === "open") {
    const message = `<${open.name}> is false and not closed: httpd skips to the end of the file and misses </${open.name}>`;
    report(state, "unclosed-section", true, originOf(placeIn(loop), open), message, { httpdLine: endLineOf(reading) });
  }
  return lines.length;
}

function skipMacro(loop: Loop, from: number): number {
  const { lines } = loop.reading.tree;
  let end = from + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    if (line?.kind === "close" && line.name.toLowerCase() === "macro") break;
  }
  if (end >= lines.length) return lines.length;
  loop.reading.active[end] = true;
  return end;
}

function readOpen(loop: Loop, line: OpenTag): void {
  const { state } = loop;
  const origin = originOf(placeIn(loop), line);
  let statement = plainStatement(loop.reading.tree, line);
  if (line.name === "") {
    const [word, ...words] = statement.words;
    if (word?.value.startsWith("/") === true) {
      readSpacedClose(loop, line, word.value.length > 1 ? word.value.slice(1) : (words[0]?.value ?? ""));
      return;
    }
    const message =
      word === undefined ? "Expected a name behind <" : `Expected <${word.value}, without a blank behind <`;
    report(state, "malformed-tag", true, origin, message);
    if (word === undefined) return;
    statement = { name: word.value, words, rawArgs: statement.rawArgs.slice(word.value.length).trim() };
  } else if (line.bracket === -1) {
    report(state, "malformed-tag", true, origin, `<${line.name}> has no closing >`);
  } else if (line.bracket === line.nameEnd && line.name.toLowerCase() !== "perl") {
    const message = `<${line.name}> needs an argument: without a blank httpd takes the > for part of the name`;
    report(state, "malformed-tag", true, origin, message);
  }
  const key = statement.name.toLowerCase();
  const section = addSection(state, placeIn(loop), line, statement);
  reportMisplaced(loop, section);
  if (key === "limit" || key === "limitexcept") {
    const kind = key === "limit" ? "Limit" : "LimitExcept";
    loop.limit = { kind, methods: statement.words.map((word) => word.value.toUpperCase()), origin };
    return;
  }
  if (loop.frames.length >= MAX_SECTION_DEPTH) {
    if (loop.surplusDepth === 0) {
      report(state, "misplaced-section", true, origin, `Sections are nested more than ${MAX_SECTION_DEPTH} deep`);
    }
    loop.surplusDepth += 1;
    return;
  }
  loop.frames.push({ section, open: line, surplus: surplusWord(key, statement) });
}

/** A section in the wrong place; unless it stands in a section that is itself out of place, which is one mistake. */
function reportMisplaced(loop: Loop, section: OpenSection): void {
  const message = contextProblem(section);
  if (message === null || section.origin === null) return;
  report(loop.state, "misplaced-section", true, section.origin, message);
}

/** `< /Files>`: httpd knows no such command; read as the closing tag that was meant, so that it stays one mistake. */
function readSpacedClose(loop: Loop, line: OpenTag, name: string): void {
  const message = `Expected </${name}>, without a blank behind <`;
  report(loop.state, "malformed-tag", true, originOf(placeIn(loop), line), message);
  const at = loop.frames.findLastIndex((frame) => frame.section.key === name.toLowerCase());
  if (at !== -1) loop.frames.length = at;
}

/** The second path of a section that takes one; a leading `~` says that the next word is an expression. */
function surplusWord(key: string, statement: Statement): Word | null {
  if (!nested.has(key) || key === "virtualhost") return null;
  return statement.words[statement.words[0]?.value === "~" ? 2 : 1] ?? null;
}

/** httpd reads the section before it looks at the rest of its tag, and so names the closing line. */
function reportSurplus(loop: Loop, open: OpenTag, surplus: Word, close: CloseTag | null): void {
  report(
    loop.state,
    "malformed-tag",
    true,
    originOf(placeIn(loop), open),
    `Multiple <${open.name}> arguments are not supported`,
    {
      span: { start: surplus.start, end: surplus.end },
      help: "quote a path with blanks; write one section for each path",
      ...(close === null ? {} : { httpdLine: lastLineOf(loop.reading, close) }),
    },
  );
}

function readClose(loop: Loop, line: CloseTag): void {
  const { state, reading } = loop;
  const key = line.name.toLowerCase();
  const origin = originOf(placeIn(loop), line);
  if (line.bracket === -1) {
    const message = `</${line.name}> has no > right behind its name`;
    report(state, "malformed-tag", true, origin, message);
  } else if (line.argsStart < line.argsEnd && splitWords(lineText(reading.tree, line), "1.3").length > 1) {
    const span = { start: line.argsStart, end: line.argsEnd };
    report(state, "malformed-tag", true, origin, `</${line.name}> takes no arguments`, { span });
  }
  // No-ops: a true branch leaves nothing behind that could be closed.
  if (key === "ifmodule" || key === "ifdefine") return;
  if (key === "limit" || key === "limitexcept") {
    loop.limit = null;
    return;
  }
  if (loop.surplusDepth > 0) {
    loop.surplusDepth -= 1;
    return;
  }
  const at = loop.frames.findLastIndex((frame) => frame.section.key === key);
  const top = loop.frames.at(-1);
  if (at === -1) {
    const late = loop.late.get(key) ?? 0;
    if (late > 0) {
      loop.late.set(key, late - 1);
      return;
    }
    const message = top === undefined ? "no such section is open" : `<${top.section.name}> is open here`;
    const related =
      top === undefined ? {} : { related: [{ origin: originOf(placeIn(loop), top.open), message: "opened here" }] };
    report(state, "unmatched-close", true, origin, `</${line.name}> closes nothing: ${message}`, related);
    return;
  }
  if (at !== loop.frames.length - 1 && top !== undefined) {
    const inner = loop.frames.slice(at + 1);
    report(state, "crossed-sections", true, origin, `Expected </${top.section.name}> but saw </${line.name}>`, {
      related: [{ origin: originOf(placeIn(loop), top.open), message: `<${top.section.name}> opened here` }],
    });
    for (const { section } of inner) loop.late.set(section.key, (loop.late.get(section.key) ?? 0) + 1);
  }
  const closed = loop.frames[at];
  loop.frames.length = at;
  if (closed?.surplus) reportSurplus(loop, closed.open, closed.surplus, line);
  if (closed?.section.key === "virtualhost") readExtraFiles(state, closed.section);
}

/**
 * The two files that 1.3 reads behind a host's own text: those that the host names, or for the main server the ones of old
 * days. Only those may be missing.
 * http_config.c ap_process_resource_config
 */
export function readExtraFiles(state: ReadState, host: OpenSection): void {
  for (const [key, usual] of [
    ["resourceconfig", "conf/srm.conf"],
    ["accessconfig", "conf/access.conf"],
  ] as const) {
    const written = host.children.findLast(
      (node): node is ActiveDirective => node.kind === "directive" && node.key === key && node.spec !== null,
    );
    const name = written?.words.length === 1 ? (written.words[0]?.value ?? "") : "";
    if (name === "" && (written !== undefined || host.key !== "server")) continue;
    const path = resolvePath(state, name === "" ? usual : name);
    const missing = state.files.kindOf(path) === null;
    if (missing && (written === undefined || path === resolvePath(state, usual))) continue;
    const via = written?.origin ?? host.origin;
    if (via === null) continue;
    const files = written === undefined ? [path] : includedFiles(state, written, name);
    for (const file of files) {
      const reading = enterFile(state, file, via);
      if (reading === null) continue;
      read13(state, reading, host);
      leaveFile(state);
    }
  }
}
