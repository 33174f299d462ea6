import type { CloseTag, DirectiveLine, Line, OpenTag } from "../../grammar/syntax-tree.ts";
import { nest } from "../../grammar/nesting.ts";
import type { Origin } from "./active-config.ts";
import { conditionKey, decide } from "./conditions-2x.ts";
import { defineMacro } from "./macro-lines.ts";
import type { MacroCall } from "./macros.ts";
import {
  findSpec,
  lastLineOf,
  lineIndex,
  markActive,
  originOf,
  report,
  type OpenReading,
  type Place,
  type ReadState,
  type Statement,
} from "./reading-state.ts";
import { beginSection } from "./sections-2x.ts";
import { readCloseTag, readStatement, spendLine } from "./statements-2x.ts";
import { reportStructureUpTo } from "./structure-2x.ts";
import type { Frame, LinesTask, LineSource, NodesTask, Walk } from "./walk-2x.ts";

/** Runs a directive at a place; the statement is what its line says. */
type RunDirective = (place: Place, line: DirectiveLine, statement: Statement) => void;

/**
 * Reads the text of a macro at a Use, and the rest of the file behind it, line by line: the sections that it opens or closes
 * are those of the text around. What of the file is still to be read by its nesting is taken over.
 * mod_macro.c use_macro: the text takes the place of the file that is read, and the file goes on behind it.
 */
export function readLines(walk: Walk, reading: OpenReading, use: Line, call: MacroCall): void {
  const top = walk.tasks.at(-1);
  const task = top?.kind === "lines" ? top : takeOver(walk, reading, use);
  const { macro } = call;
  task.sources.push({ reading: macro.reading, next: macro.from, to: macro.to, call });
}

/** Makes one task for lines out of those for the nodes of the innermost file. */
function takeOver(walk: Walk, reading: OpenReading, use: Line): LinesTask {
  const first = walk.tasks.findLastIndex((task) => task.kind === "nodes" && task.around?.kind === "file");
  const tasks = walk.tasks.splice(first).filter((task): task is NodesTask => task.kind === "nodes");
  const [file] = tasks;
  if (file?.around?.kind !== "file" || file.branches === null) throw new Error("A Use stands in a file");
  const { leave } = file.around;
  const { place, branches } = file;
  const sources: LineSource[] = [];
  let upTo = 0;
  const task: LinesTask = {
    kind: "lines",
    sources,
    frames: [],
    open: new Map(),
    place,
    branches,
    end: () => {
      reportStructureUpTo(walk.state, place.reading, branches, upTo);
      leave();
    },
  };
  let source: LineSource = { reading: place.reading, next: 0, to: place.reading.tree.lines.length, call: null };
  sources.push(source);
  for (const { around, place: inside } of tasks) {
    if (around === null || around.kind === "file") continue;
    if (around.kind === "macro") {
      const { macro, from } = around.call;
      source.next = lineIndex(source.reading, from.line) + 1;
      source = { reading: macro.reading, next: macro.from, to: macro.to, call: around.call };
      sources.push(source);
      continue;
    }
    const origin = originOf(inside, around.open);
    pushFrame(task, { kind: around.kind, name: around.name, origin, parent: inside.parent, limit: inside.limit });
  }
  source.next = lineIndex(reading, use) + 1;
  upTo = sources[0]?.next ?? 0;
  walk.tasks.push(task);
  return task;
}

/** Reads the next line of a task, or ends what has none. */
export function readNextLine(walk: Walk, task: LinesTask, run: RunDirective): void {
  const { state } = walk;
  const source = task.sources.at(-1);
  if (source === undefined) {
    walk.tasks.pop();
    reportOpenAtEnd(state, task.frames);
    task.end();
    return;
  }
  const { reading, call } = source;
  const line = source.next < source.to ? reading.tree.lines[source.next] : undefined;
  source.next += 1;
  const { parent, limit } = task.frames.at(-1) ?? task.place;
  const place: Place = call === null ? { reading, parent, limit } : { reading, parent, limit, expansion: call };
  if (line === undefined || (call !== null && !spendLine(state, place, line))) {
    task.sources.pop();
    if (call !== null) call.macro.open = false;
    return;
  }
  if (line === reading.tree.lost) return;
  if (call !== null && (line.kind === "open" || line.kind === "close")) state.expandedTags.add(line);
  const inFalse = task.frames.at(-1)?.kind === "skipped";
  if (!inFalse) markActive(reading, line);
  if (line.kind === "close") {
    closeSection(state, task, place, line);
  } else if (line.kind === "open") {
    if (inFalse) skipTag(state, task, place, line);
    else openTag(walk, task, source, place, line);
  } else if (line.kind === "directive" && !inFalse) {
    const statement = readStatement(state, place, line);
    if (statement === null) return;
    if (statement.name !== "") run(place, line, statement);
    else if (reading.source.text[line.nameStart] === ">") {
      report(state, "malformed-tag", true, originOf(place, line), "Expected a name in front of >");
    }
  }
}

function pushFrame({ frames, open }: LinesTask, frame: Frame): void {
  const key = frame.name.toLowerCase();
  frames.push(frame);
  open.set(key, (open.get(key) ?? 0) + 1);
}

/** The name of the innermost frame, in lower case; it is no more open. */
function popFrame({ frames, open }: LinesTask): string | undefined {
  const key = frames.pop()?.name.toLowerCase();
  if (key !== undefined) open.set(key, (open.get(key) ?? 0) - 1);
  return key;
}

function frameOf(kind: Frame["kind"], name: string, place: Place, open: OpenTag): Frame {
  return { kind, name, origin: originOf(place, open), parent: place.parent, limit: place.limit };
}

function openTag(walk: Walk, task: LinesTask, source: LineSource, place: Place, open: OpenTag): void {
  const { state } = walk;
  const statement = readStatement(state, place, open);
  if (statement === null) return;
  const origin = originOf(place, open);
  if (open.bracket === -1) report(state, "malformed-tag", true, origin, `<${open.name}> has no closing >`);
  if (statement.name === "") {
    const meant = meantBy(state, origin, statement);
    const inside = meant === null ? null : beginSection(walk, place, open, meant);
    pushFrame(task, frameOf("section", "", inside ?? place, open));
    return;
  }
  const condition = conditionKey(state, statement.name);
  if (condition !== null) {
    const isTrue = decide(state, place, open, condition, statement);
    pushFrame(task, frameOf(isTrue ? "conditional" : "skipped", statement.name, place, open));
    return;
  }
  if (statement.name.toLowerCase() === "macro" && findSpec(state, "macro", true).spec !== null) {
    takeMacro(state, task, source, place, open, statement);
    return;
  }
  const inside = beginSection(walk, place, open, statement) ?? place;
  pushFrame(task, { ...frameOf("section", statement.name, inside, open), origin });
}

/** `< Directory /x>`: httpd takes it for a section without a name, and stops at the next closing tag. Null without a word. */
function meantBy(state: ReadState, origin: Origin, { words, rawArgs }: Statement): Statement | null {
  const [word, ...rest] = words;
  if (word !== undefined) return { name: word.value, words: rest, rawArgs: rawArgs.slice(word.value.length).trim() };
  report(state, "malformed-tag", true, origin, "Expected a name behind <");
  return null;
}

/** Reads a Macro up to its end, which is in the same text: tags of macros are matched where the outer one is defined. */
function takeMacro(
  state: ReadState,
  task: LinesTask,
  source: LineSource,
  place: Place,
  open: OpenTag,
  statement: Statement,
): void {
  const { lines } = source.reading.tree;
  const from = source.next;
  let close: CloseTag | null = null;
  for (let depth = 1; close === null && source.next < source.to; source.next += 1) {
    const line = lines[source.next];
    if (line === undefined || (line.kind !== "open" && line.kind !== "close")) continue;
    if (line.name.toLowerCase() !== "macro") continue;
    depth += line.kind === "open" ? 1 : -1;
    if (depth === 0 && line.kind === "close") close = line;
  }
  if (close === null) report(state, "unclosed-section", true, originOf(place, open), `<${open.name}> is not closed`);
  else markActive(source.reading, close);
  const { children } = nest(lines.slice(from, close === null ? source.to : source.next - 1));
  const section = { kind: "section", open, children, close } as const;
  defineMacro(state, place, section, statement);
  if (source.call === null) task.branches.macros.push(section);
}

/**
 * The name that ends a branch: in a false one httpd takes the bracket off an opening tag only when nothing follows the first
 * word, so `<Else> # x` waits for `</Else>>`.
 */
function skippedName(place: Place, open: OpenTag, { name }: Statement): string {
  const { text } = place.reading.source;
  const isBusy = text[open.nameEnd] === ">" && text.slice(open.nameEnd + 1, open.end).trim() !== "";
  return isBusy ? `${name}>` : name;
}

function skipTag(state: ReadState, task: LinesTask, place: Place, open: OpenTag): void {
  const statement = readStatement(state, place, open);
  if (statement === null) return;
  pushFrame(task, frameOf("skipped", skippedName(place, open, statement), place, open));
}

function closeSection(state: ReadState, task: LinesTask, place: Place, close: CloseTag): void {
  const { frames } = task;
  const origin = originOf(place, close);
  const { name, text } = readCloseTag(state, place, close);
  const top = frames.at(-1);
  if (close.bracket === -1) report(state, "malformed-tag", true, origin, `</${name}> has no closing >`);
  const key = name.toLowerCase();
  if (top?.name.toLowerCase() === key) {
    if (top.kind === "conditional" && close.bracket !== -1 && text.toLowerCase() !== `</${key}>`) {
      report(state, "malformed-tag", true, origin, `</${close.name}> of a conditional must stand alone on its line`, {
        span: { start: close.argsStart, end: close.argsEnd },
        help: "put the comment on a line of its own",
      });
    }
    popFrame(task);
    if (top.kind === "skipped" && frames.at(-1)?.kind !== "skipped") markActive(place.reading, close);
    return;
  }
  const related = top === undefined ? [] : [{ origin: top.origin, message: "opened here" }];
  if (top?.name === "") {
    const message = `Expected </> but saw </${name}>: a blank stands behind the < of the section`;
    report(state, "crossed-sections", true, origin, message, { related });
  } else if (top?.kind === "section" || top?.kind === "skipped") {
    report(state, "crossed-sections", true, origin, `Expected </${top.name}> but saw </${name}>`, { related });
  } else {
    report(state, "unmatched-close", true, origin, `</${name}> closes nothing: no such section is open`, { related });
  }
  // Most likely the end of the next one around of its name; it may be missed, so that one mistake stays one.
  if (top?.name === "") popFrame(task);
  else if ((task.open.get(key) ?? 0) > 0) while (popFrame(task) !== key);
}

/**
 * What the end of the file leaves open. That of a true conditional ends it, and what is open in it nobody asks for; a false
 * one waits for its end.
 */
function reportOpenAtEnd(state: ReadState, frames: readonly Frame[]): void {
  const isFree = frames.findIndex(({ kind }) => kind === "conditional");
  const skipped = frames.find(({ kind }) => kind === "skipped");
  for (const [index, { kind, name, origin }] of frames.entries()) {
    if (kind === "conditional") {
      state.openAtEnd.push(origin);
      continue;
    }
    const isFatal = kind === "skipped" || isFree === -1 || index < isFree;
    const message = isFatal
      ? `<${name}> is not closed`
      : `<${name}> is not closed; httpd takes it only because a conditional around it is not closed either`;
    const isSame = kind === "skipped" && skipped?.origin.reading === origin.reading;
    const place = isSame ? { httpdLine: lastLineOf(origin.reading, skipped.origin.line) } : {};
    report(state, "unclosed-section", isFatal, origin, message, place);
  }
}
