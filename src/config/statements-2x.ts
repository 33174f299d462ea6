import {
  expandLine,
  lineText,
  mayHoldVariable,
  sliceLine,
  type LogicalLine,
  type VariableLookup,
} from "../../grammar/logical-line.ts";
import type { CloseTag, DirectiveLine, Line, OpenTag } from "../../grammar/syntax-tree.ts";
import { nextWord, splitWords } from "../../grammar/words.ts";
import { substitute } from "./macros.ts";
import { plainStatement } from "./plain-statement.ts";
import {
  MAX_EXPANSION,
  originOf,
  report,
  reportOnce,
  type Place,
  type ReadState,
  type Statement,
} from "./reading-state.ts";

/** Undefined variables that are reported for one line. */
const MAX_MISSING = 20;

/** And in all: a file that is included a thousand times would fill the memory with one mistake. */
const MAX_ALL_MISSING = 10_000;

/** What a line of a macro counts for beside its text, so that macros that use each other cannot make lines without end. */
const LINE_COST = 64;

/** Whether a line is read as it is written: neither a macro nor a variable can be in it. */
export function isAsWritten(place: Place, line: DirectiveLine | OpenTag): boolean {
  return (
    place.expansion === undefined &&
    !(place.reading.hasVariables && mayHoldVariable(place.reading.tree.text.slice(line.start, line.end)))
  );
}

/**
 * The name and the words of a line as httpd 2.x reads it: macro parameters put in, then variables replaced on the whole line,
 * then split. Null when too much text came in.
 */
export function readStatement(state: ReadState, place: Place, line: DirectiveLine | OpenTag): Statement | null {
  const { tree } = place.reading;
  const { expansion } = place;
  if (isAsWritten(place, line)) return plainStatement(tree, line);
  const known = expansion?.macro.plain.get(line);
  if (known !== undefined) {
    state.expanded += line.end - line.start + LINE_COST;
    return isSpent(state, place, line) ? null : known;
  }
  const whole = lineText(tree, line);
  const filled = expansion === undefined ? whole : substitute(whole, expansion, MAX_EXPANSION - state.expanded);
  if (expansion !== undefined) state.expanded += filled.text.length + LINE_COST;
  const expanded = expandLine(filled, lookupFor(state, place, line));
  if (isSpent(state, place, line)) return null;
  const statement = split(state, expanded, line.kind);
  if (filled === whole && !mayHoldVariable(whole.text)) expansion?.macro.plain.set(line, statement);
  return statement;
}

/** The name of a closing tag, macro parameters put in, and its whole line, without blanks at both ends. */
export function readCloseTag(state: ReadState, place: Place, line: CloseTag): { name: string; text: string } {
  const whole = lineText(place.reading.tree, line);
  const call = place.expansion;
  if (call === undefined) return { name: line.name, text: whole.text.trim() };
  const filled = substitute(whole, call, MAX_EXPANSION - state.expanded);
  state.expanded += filled.text.length;
  const first = nextWord(filled, 0, state.dialect)?.word.value ?? "";
  return { name: first.replace(/^<\//, "").replace(/>$/, ""), text: filled.text.trim() };
}

/** Counts a line of a macro that is read by itself; false when no more text may come in. */
export function spendLine(state: ReadState, place: Place, line: Line): boolean {
  state.expanded += LINE_COST;
  return !isSpent(state, place, line);
}

function isSpent(state: ReadState, place: Place, line: Line): boolean {
  if (state.expanded <= MAX_EXPANSION) return false;
  const message = `Variables and macros bring in more than ${MAX_EXPANSION / 1024 / 1024} MB; the line is left out`;
  reportOnce(state, "bad-define", true, originOf(place, line), message);
  return true;
}

function split(state: ReadState, whole: LogicalLine, kind: (DirectiveLine | OpenTag)["kind"]): Statement {
  const first = nextWord(whole, 0, state.dialect);
  if (first === null) return { name: "", words: [], rawArgs: "" };
  const rest = sliceLine(whole, first.next, whole.text.length);
  let name = first.word.value;
  if (kind === "directive") {
    return { name, words: splitWords(rest, state.dialect), rawArgs: rest.text };
  }
  name = name.replace(/^</, "").replace(/>$/, "");
  const bracket = rest.text.lastIndexOf(">");
  const args = bracket === -1 ? rest : sliceLine(rest, 0, bracket);
  return { name, words: splitWords(args, state.dialect), rawArgs: args.text.trim() };
}

/**
 * Values for `${NAME}`: what Define has set, then the environment. One that nothing defines stays as it is, with a warning,
 * unless its name has a colon and so is meant for RewriteMap.
 * 2.4 server/core.c ap_resolve_env
 */
function lookupFor(state: ReadState, place: Place, line: DirectiveLine | OpenTag): VariableLookup {
  const missing = new Set<string>();
  return (name, span) => {
    const value = state.variables.get(name) ?? state.environment[name];
    // Once for each name of a line, which may hold a hundred thousand.
    if (
      value === undefined &&
      !name.includes(":") &&
      !missing.has(name) &&
      missing.size < MAX_MISSING &&
      state.missing < MAX_ALL_MISSING
    ) {
      state.missing += 1;
      missing.add(name);
      report(state, "undefined-variable", false, originOf(place, line), `Variable \${${name}} is not defined`, {
        span,
        help: "httpd leaves the text as it is; set it with Define, or in the environment of the server",
      });
    }
    state.expanded += value?.length ?? 0;
    return state.expanded > MAX_EXPANSION ? undefined : value;
  };
}
