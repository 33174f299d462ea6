import type { DirectiveLine, OpenTag, Section, SyntaxNode } from "../../grammar/syntax-tree.ts";
import type { ActiveDirective } from "./active-config.ts";
import { addDirective } from "./add-nodes.ts";
import { conditionKey, decide } from "./conditions-2x.ts";
import { define, undefine } from "./defines.ts";
import { readLines, readNextLine } from "./lines-2x.ts";
import { defineMacro, expandMacro, undefineMacro } from "./macro-lines.ts";
import { runModuleLine } from "./module-lines.ts";
import { mayNeedModules, reportMissingModules } from "./module-needs.ts";
import { enterFile, includedFiles, leaveFile, setServerRoot } from "./open-file.ts";
import {
  markActive,
  originOf,
  report,
  type OpenReading,
  type OpenSection,
  type Place,
  type ReadState,
  type Statement,
} from "./reading-state.ts";
import { beginSection } from "./sections-2x.ts";
import { isAsWritten, readStatement } from "./statements-2x.ts";
import { noBranches, reportBusyClose, reportStructure } from "./structure-2x.ts";
import type { NodesTask, Task, Walk } from "./walk-2x.ts";

/**
 * Reads a file as httpd 2.x does: the tags of the whole text must match, an included text stands in the place of its
 * Include, and variables, conditionals, macros and modules are decided in the order of the text.
 * 2.4 server/config.c ap_build_config, ap_walk_config
 */
export function read2x(state: ReadState, reading: OpenReading, base: OpenSection): void {
  const walk: Walk = { state, tasks: [], tooDeep: false, lastBranch: new Map() };
  pushFile(walk, reading, { reading, parent: base, limit: null }, () => {});
  for (let task = walk.tasks.at(-1); task !== undefined; task = walk.tasks.at(-1)) {
    if (task.kind === "lines") {
      readNextLine(walk, task, (place, line, statement) => {
        readDirective(walk, place, line, statement);
      });
      continue;
    }
    if (task.kind === "files") {
      const path = task.paths[task.next];
      task.next += 1;
      if (path === undefined) walk.tasks.pop();
      else readFile(walk, task, path);
      continue;
    }
    const node = task.nodes[task.next];
    task.next += 1;
    if (node !== undefined) {
      readNode(walk, task, node);
    } else {
      walk.tasks.pop();
      if (task.close !== null) markActive(task.place.reading, task.close);
      task.end?.();
    }
  }
}

function pushFile(walk: Walk, reading: OpenReading, place: Place, leave: () => void): void {
  const branches = noBranches();
  const end = (): void => {
    reportStructure(walk.state, reading, branches);
    leave();
  };
  const nodes = reading.tree.children;
  walk.tasks.push({
    kind: "nodes",
    nodes,
    next: 0,
    place,
    branches,
    around: { kind: "file", leave },
    close: null,
    end,
  });
}

function readFile(walk: Walk, task: Extract<Task, { kind: "files" }>, path: string): void {
  const { state } = walk;
  const reading = enterFile(state, path, task.via);
  if (reading === null) return;
  const { parent, limit } = task.place;
  pushFile(walk, reading, { reading, parent, limit }, () => {
    leaveFile(state);
  });
}

/** Goes into a section's text. */
function pushNodes(
  walk: Walk,
  { branches }: NodesTask,
  nodes: readonly SyntaxNode[],
  place: Place,
  around: NodesTask["around"],
): void {
  if (nodes.length > 0) walk.tasks.push({ kind: "nodes", nodes, next: 0, place, branches, around, close: null });
}

function readNode(walk: Walk, task: NodesTask, node: SyntaxNode): void {
  const { state } = walk;
  const { place } = task;
  if (node.kind === "section") {
    markActive(place.reading, node.open);
    const before = walk.tasks.length;
    readSection(walk, task, node);
    const inside = walk.tasks.length > before ? walk.tasks.at(-1) : undefined;
    if (inside?.kind === "nodes") inside.close = node.close;
    else if (node.close !== null) markActive(place.reading, node.close);
    return;
  }
  if (node === place.reading.tree.lost) return;
  markActive(place.reading, node);
  if (node.kind !== "directive") return;
  // The words of a line that is read as it is written are split when somebody asks for them.
  const written = isAsWritten(place, node);
  const statement = written ? null : readStatement(state, place, node);
  if (!written && statement === null) return;
  const name = statement === null ? node.name : statement.name;
  if (name === "" && place.reading.source.text[node.nameStart] === ">") {
    report(state, "malformed-tag", true, originOf(place, node), "Expected a name in front of >");
    return;
  }
  if (name !== "") readDirective(walk, place, node, statement);
}

/** What changes the reading of the lines behind it; nearly all directives do not. */
const actsAtOnce: ReadonlySet<string> = new Set([
  ...["addmodule", "clearmodulelist", "define", "include", "includeoptional", "loadmodule", "serverroot", "undefine"],
  ...["undefmacro", "use", ...mayNeedModules],
]);

function readDirective(walk: Walk, place: Place, line: DirectiveLine, statement: Statement | null): void {
  const { state } = walk;
  const directive = addDirective(state, place, line, statement);
  if (directive.spec === null || !actsAtOnce.has(directive.key) || runModuleLine(state, directive)) return;
  const [word] = directive.words;
  if (word === undefined || word.value === "") {
    if (directive.key === "use") report(state, "bad-macro", true, directive.origin, "Use needs the name of a macro");
    return;
  }
  if (mayNeedModules.has(directive.key)) {
    reportMissingModules(state, directive);
    return;
  }
  switch (directive.key) {
    case "serverroot":
      if (directive.words.length === 1) setServerRoot(state, word.value);
      return;
    case "define":
      define(state, directive);
      return;
    case "undefine":
      undefine(state, directive);
      return;
    case "undefmacro":
      undefineMacro(state, directive);
      return;
    case "include":
    case "includeoptional":
      if (directive.words.length === 1) include(walk, place, directive, word.value);
      return;
    case "use":
      useMacro(walk, place, directive);
      return;
  }
}

function include(walk: Walk, place: Place, directive: ActiveDirective, path: string): void {
  const paths = includedFiles(walk.state, directive, path);
  walk.tasks.push({ kind: "files", paths, next: 0, place, via: directive.origin });
}

function useMacro(walk: Walk, place: Place, directive: ActiveDirective): void {
  const expansion = expandMacro(walk.state, directive);
  if (expansion === null) return;
  const { macro } = expansion;
  macro.open = true;
  if (macro.unbalanced || walk.tasks.at(-1)?.kind === "lines") {
    readLines(walk, place.reading, directive.origin.line, expansion);
    return;
  }
  walk.tasks.push({
    kind: "nodes",
    nodes: macro.nodes,
    next: 0,
    place: { ...place, reading: macro.reading, expansion },
    branches: null,
    around: { kind: "macro", call: expansion },
    close: null,
    end: () => {
      macro.open = false;
    },
  });
}

function readSection(walk: Walk, task: NodesTask, node: Section): void {
  const { state } = walk;
  const { place, branches } = task;
  if (node.open.name === "") {
    readNameless(walk, task, node);
    return;
  }
  const statement = readStatement(state, place, node.open);
  if (statement === null) return;
  const condition = conditionKey(state, statement.name);
  if (condition !== null) {
    if (decide(state, place, node.open, condition, statement)) {
      branches?.entered.add(node.open);
      reportBusyClose(state, place.reading, node);
      pushNodes(walk, task, node.children, place, { kind: "conditional", name: statement.name, open: node.open });
    } else {
      branches?.skipped.push(node);
    }
    return;
  }
  if (statement.name.toLowerCase() === "macro" && defineMacro(state, place, node, statement)) {
    branches?.macros.push(node);
    return;
  }
  openSection(walk, task, node.open, node.children, statement);
}

function openSection(
  walk: Walk,
  task: NodesTask,
  open: OpenTag,
  children: readonly SyntaxNode[],
  statement: Statement,
): void {
  const inside = beginSection(walk, task.place, open, statement);
  if (inside !== null) pushNodes(walk, task, children, inside, { kind: "section", name: statement.name, open });
}

/**
 * `< Directory /x>`: httpd takes it for a section without a name, which then swallows the text up to the first closing tag.
 * Read as what was meant, so that it stays one mistake: up to that tag the section, behind it what follows it.
 */
function readNameless(walk: Walk, task: NodesTask, node: Section): void {
  const { state } = walk;
  const { place, branches } = task;
  const statement = readStatement(state, place, node.open);
  const [word, ...words] = statement?.words ?? [];
  const message = word === undefined ? "Expected a name behind <" : `Expected <${word.value}, without a blank behind <`;
  const isClose = (child: SyntaxNode): boolean => child.kind === "close";
  const first = node.children.find(isClose);
  const at = node.children.findIndex(
    (child) => child.kind === "close" && child.name.toLowerCase() === word?.value.toLowerCase(),
  );
  const close = node.children[at];
  if (close?.kind === "close") branches?.explained.add(close);
  if (node.close === null)
    branches?.nameless.set(node.open, { message, close: first?.kind === "close" ? first : null });
  else report(state, "malformed-tag", true, originOf(place, node.open), message);
  if (word === undefined || statement === null) {
    pushNodes(walk, task, node.children, place, null);
    return;
  }
  if (at !== -1) pushNodes(walk, task, node.children.slice(at + 1), place, null);
  const meant = { name: word.value, words, rawArgs: statement.rawArgs.slice(word.value.length).trim() };
  openSection(walk, task, node.open, at === -1 ? node.children : node.children.slice(0, at), meant);
}
