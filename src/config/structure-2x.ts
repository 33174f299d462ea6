import { lineText } from "../../grammar/logical-line.ts";
import { nest, type Nesting } from "../../grammar/nesting.ts";
import { luaSections } from "../../grammar/raw-sections.ts";
import type { CloseTag, OpenTag, Section, SyntaxNode, SyntaxProblem } from "../../grammar/syntax-tree.ts";
import type { Origin } from "./active-config.ts";
import { lastLineOf, report, type OpenReading, type ReadState } from "./reading-state.ts";

/** What the walk over one file of 2.x has found out and its tags alone don't show. */
export interface Branches {
  /** Conditionals that were false: httpd reads their text for its tags only. In order, never inside each other. */
  readonly skipped: Section[];
  /** Macro definitions: text that httpd does not look at here. In order, never inside each other. */
  readonly macros: Section[];
  /** Conditionals that were true. */
  readonly entered: Set<OpenTag>;
  /** Tags that were already reported, or that a report explains. */
  readonly explained: Set<OpenTag | CloseTag>;
  /** `< Directory /x>` without an end: what to say, and the closing tag in it that httpd takes for a wrong one. */
  readonly nameless: Map<OpenTag, { readonly message: string; readonly close: CloseTag | null }>;
}

/** A new file's branches. */
export function noBranches(): Branches {
  return { skipped: [], macros: [], entered: new Set(), explained: new Set(), nameless: new Map() };
}

/**
 * Reports what is wrong with the tags of a file. 2.x matches them over the whole text, in false branches too; only a true
 * conditional that the end of the file ends is fine.
 * 2.4 server/config.c ap_build_config_sub, ap_soak_end_container
 */
export function reportStructure(
  state: ReadState,
  reading: OpenReading,
  branches: Branches,
  { children, problems }: Nesting = reading.tree,
): void {
  for (const section of branches.skipped) reportBusyOpeners(state, reading, section);
  if (problems.length === 0) return;
  const enders = endersOf(children, new Set(problems.map((problem) => problem.line)), branches.entered);
  const impossible = impossibleMacros(branches, problems);
  for (const problem of problems) {
    const { line } = problem;
    if (branches.explained.has(line)) continue;
    const origin: Origin = { reading, line };
    // One past the start, so that a false conditional counts as its own.
    const at = (problem.other ?? line).start + 1;
    const skipped = sectionAround(branches.skipped, at);
    // Inside a macro httpd only warns: it is the text after Use that counts.
    const macro = sectionAround(branches.macros, line.start);
    if (macro !== null && isTagAlone(problem) && !impossible.has(macro)) continue;
    const fatal = macro === null;
    const ender = enders.get(line) ?? "end";
    const place = skipped === null ? {} : { httpdLine: lastLineOf(reading, skipped.open) };
    reportOne(state, reading, branches, problem, {
      origin,
      fatal,
      ender,
      skipped: skipped !== null,
      inFalse: skipped !== null && skipped.open !== line && skipped.close !== line,
      place,
    });
  }
}

const isTagAlone = ({ kind }: SyntaxProblem): boolean => kind === "unclosed-section" || kind === "unmatched-close";

/**
 * The macros whose tags cannot be right wherever they are used: what such a text opens and leaves open would have to be closed
 * before the end that it has for something else. Other tags without a partner may be those of the text around a Use.
 */
function impossibleMacros({ macros }: Branches, problems: readonly SyntaxProblem[]): ReadonlySet<Section> {
  const opened = new Set<Section>();
  const impossible = new Set<Section>();
  for (const { kind, line } of problems) {
    const macro = sectionAround(macros, line.start);
    if (macro === null) continue;
    if (kind === "unclosed-section") opened.add(macro);
    else if (kind === "crossed-close" || (kind === "unmatched-close" && opened.has(macro))) impossible.add(macro);
  }
  return impossible;
}

/**
 * The same for a file of which only the first lines were read by their nesting: what is wrong in those whatever follows,
 * and in the macros behind them. Sections that are open there are for whoever reads on.
 */
export function reportStructureUpTo(state: ReadState, reading: OpenReading, branches: Branches, end: number): void {
  const { tree } = reading;
  if (tree.problems.length === 0) {
    reportStructure(state, reading, branches);
    return;
  }
  const before = nest(tree.lines.slice(0, end));
  const open = new Set<OpenTag | CloseTag>();
  for (let last = before.children.at(-1); last?.kind === "section"; last = last.children.at(-1)) {
    if (last.close === null) open.add(last.open);
  }
  const start = tree.lines[end]?.start ?? Infinity;
  const behind = tree.problems.filter(
    ({ line }) => line.start >= start && sectionAround(branches.macros, line.start) !== null,
  );
  const problems = [
    ...before.problems.filter(({ line }) => !open.has(line) || (line.kind === "open" && branches.nameless.has(line))),
    ...behind,
  ];
  reportStructure(state, reading, branches, { children: before.children, problems });
}

/**
 * In a false branch httpd takes the bracket off an opening tag only when nothing follows the first word, so `<Else> # x`
 * waits for `</Else>>`.
 */
function reportBusyOpeners(state: ReadState, reading: OpenReading, skipped: Section): void {
  const { lines } = reading.tree;
  const { text } = reading.source;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start ?? 0) <= skipped.open.start) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === undefined || line.start >= (skipped.close?.start ?? Infinity)) return;
    if (line.kind !== "open" || text[line.nameEnd] !== ">") continue;
    if (text.slice(line.nameEnd + 1, line.end).trim() === "") continue;
    const message = `<${line.name}> with text behind it is not closed by </${line.name}> in a branch that is skipped`;
    report(state, "malformed-tag", true, { reading, line }, message, {
      help: "put the comment on a line of its own",
      httpdLine: lastLineOf(reading, skipped.open),
    });
  }
}

/**
 * What ends an unclosed section: the closing tag of an outer one, the end of the file, or the end of the file inside of a true
 * conditional that it ends too. There httpd does not look what else is open.
 */
type Ender = CloseTag | "end" | "end of a conditional";

interface Circumstances {
  readonly origin: Origin;
  readonly fatal: boolean;
  readonly ender: Ender;
  /** In a false branch, or a tag of one. */
  readonly skipped: boolean;
  readonly inFalse: boolean;
  readonly place: { readonly httpdLine?: number };
}

function isLua({ dialect }: ReadState, { name }: OpenTag): boolean {
  return dialect === "2.4" && luaSections.has(name.toLowerCase());
}

/** Without arguments httpd hands mod_lua the bracket that it looks for, also when there is none. */
function isAloneLua(state: ReadState, open: OpenTag): boolean {
  return open.argsStart === open.argsEnd && isLua(state, open);
}

function reportOne(
  state: ReadState,
  reading: OpenReading,
  branches: Branches,
  problem: SyntaxProblem,
  { origin, fatal, ender, skipped, inFalse, place }: Circumstances,
): void {
  const { line } = problem;
  switch (problem.kind) {
    case "missing-bracket":
      // In a false branch an opening tag is never looked at as a whole.
      if (line.kind === "open" && (inFalse || isAloneLua(state, line))) return;
      report(
        state,
        "malformed-tag",
        fatal,
        origin,
        `<${line.kind === "close" ? "/" : ""}${line.name}> has no closing >`,
        place,
      );
      return;
    case "unmatched-close":
      report(state, "unmatched-close", fatal, origin, `</${line.name}> closes nothing: no such section is open`, place);
      return;
    case "crossed-close": {
      const other = problem.other;
      const related = other === undefined ? [] : [{ origin: { reading, line: other }, message: "opened here" }];
      if (other !== undefined) branches.explained.add(other);
      const message = `Expected </${other?.name ?? ""}> but saw </${line.name}>`;
      report(state, "crossed-sections", fatal, origin, message, { related, ...place });
      return;
    }
    case "unclosed-section": {
      const nameless = line.kind === "open" ? branches.nameless.get(line) : undefined;
      if (nameless !== undefined) {
        const stop = nameless.close ?? ender;
        const where = typeof stop === "string" ? {} : { httpdLine: lastLineOf(reading, stop) };
        report(state, "malformed-tag", fatal, origin, nameless.message, { ...where, ...place });
        return;
      }
      // A program of mod_lua may end with the file.
      if (line.kind === "open" && (branches.entered.has(line) || isLua(state, line)) && typeof ender === "string") {
        state.openAtEnd.push(origin);
        return;
      }
      if (ender === "end of a conditional") {
        const message = `<${line.name}> is not closed; httpd takes it only because a conditional around it is not closed either`;
        // One that is false reads on for its own end.
        report(state, "unclosed-section", skipped && fatal, origin, message, place);
        return;
      }
      const where = ender === "end" ? {} : { httpdLine: lastLineOf(reading, ender) };
      const related = ender === "end" ? [] : [{ origin: { reading, line: ender }, message: `httpd stops at this tag` }];
      report(state, "unclosed-section", fatal, origin, `<${line.name}> is not closed`, { related, ...where, ...place });
      return;
    }
    default:
      problem.kind satisfies never;
  }
}

/**
 * For each wanted opening tag without a closing one what ended it, unless that is only the end of the file. A loop with its
 * own stack, since files may nest without end.
 */
function endersOf(
  children: readonly SyntaxNode[],
  wanted: ReadonlySet<OpenTag | CloseTag>,
  entered: ReadonlySet<OpenTag>,
): ReadonlyMap<OpenTag | CloseTag, Ender> {
  const enders = new Map<OpenTag | CloseTag, Ender>();
  const stack: { readonly nodes: readonly SyntaxNode[]; readonly ender: Ender }[] = [{ nodes: children, ender: "end" }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    for (const node of top.nodes) {
      if (node.kind !== "section") continue;
      if (node.close === null && top.ender !== "end" && wanted.has(node.open)) enders.set(node.open, top.ender);
      if (node.children.length === 0) continue;
      const freed = top.ender === "end" && entered.has(node.open) ? "end of a conditional" : top.ender;
      stack.push({ nodes: node.children, ender: node.close ?? freed });
    }
  }
  return enders;
}

/** The one of some sections, in order and apart, that has an offset inside; an unclosed one reaches to the end. */
function sectionAround(sections: readonly Section[], offset: number): Section | null {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sections[middle]?.open.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const section = sections[low - 1];
  // With the closing tag, whose own mistakes are found there too.
  return section === undefined || offset >= (section.close?.end ?? Infinity) ? null : section;
}

/**
 * The end of a true conditional must be its closing tag and nothing else: httpd compares the whole line there, so a comment
 * behind the tag makes it a closing tag for nothing. Everywhere else it looks at the first word only.
 * 2.4 server/config.c ap_build_cont_config
 */
export function reportBusyClose(state: ReadState, reading: OpenReading, node: Pick<Section, "open" | "close">): void {
  if (node.close === null) return;
  const { close } = node;
  if (close.argsStart >= close.argsEnd) return;
  const { text } = lineText(reading.tree, close);
  if (text.toLowerCase() === `</${node.open.name.toLowerCase()}>`) return;
  const message = `</${close.name}> of a conditional must stand alone on its line`;
  report(state, "malformed-tag", true, { reading, line: close }, message, {
    span: { start: close.argsStart, end: close.argsEnd },
    help: "put the comment on a line of its own",
  });
}
