import type { Section } from "../../grammar/syntax-tree.ts";
import type { ActiveDirective } from "./active-config.ts";
import { addSection } from "./add-nodes.ts";
import type { Macro, MacroCall } from "./macros.ts";
import { nameFinder } from "./name-finder.ts";
import {
  MAX_CALLS,
  findSpec,
  lineIndex,
  originOf,
  report,
  type Place,
  type ReadState,
  type Statement,
} from "./reading-state.ts";

/** Uses inside uses; each level is another macro, since none can use itself. */
const MAX_USE_DEPTH = 128;

/**
 * Remembers a Macro; its text is read where it is used. False when mod_macro is not there, so that Macro is an unknown
 * section.
 * mod_macro.c macro_section
 */
export function defineMacro(state: ReadState, place: Place, section: Section, statement: Statement): boolean {
  if (findSpec(state, "macro", true).spec === null) return false;
  addSection(state, place, section.open, statement);
  const origin = originOf(place, section.open);
  const [name, ...parameters] = statement.words.map((word) => word.value);
  if (name === undefined || name === "") {
    report(state, "bad-macro", true, origin, "<Macro> needs a name");
    return true;
  }
  if (section.close?.bracket === -1) {
    const message = `<Macro> is not closed: </${section.close.name} has no > right behind its name`;
    report(state, "bad-macro", true, origin, message);
  }
  const names = new Set(parameters);
  if (parameters.includes("") || names.size < parameters.length) {
    report(state, "bad-macro", true, origin, `Macro '${name}' has an empty parameter or one twice`);
  }
  const prefix = beginningOfAnother(names);
  if (prefix !== undefined) {
    const message = `Parameter '${prefix}' of macro '${name}' is the beginning of another one`;
    report(state, "bad-macro", false, origin, message, {
      help: "it is replaced only where the longer one does not stand",
    });
  }
  const known = state.macros.get(name.toLowerCase());
  if (known !== undefined) {
    report(state, "bad-macro", false, origin, `Macro '${name}' is defined again; this one is used from here on`, {
      related: [{ origin: known.origin, message: "first here" }],
    });
  }
  state.version += 1;
  const find = nameFinder([...names].filter((one) => one !== ""));
  const { reading } = place;
  const macro: Macro = {
    name,
    parameters: [...names],
    nodes: section.children,
    reading,
    from: lineIndex(reading, section.open) + 1,
    to: section.close === null ? reading.tree.lines.length : lineIndex(reading, section.close),
    origin,
    find,
    unbalanced: isUnbalanced(section),
    plain: new Map(),
    open: false,
  };
  state.macros.set(name.toLowerCase(), macro);
  return true;
}

/** Whether a tag in a macro has no partner in it or no bracket, so that only its place tells what it does. */
function isUnbalanced(macro: Section): boolean {
  const sections = [macro];
  for (let section = sections.pop(); section !== undefined; section = sections.pop()) {
    for (const node of section.children) {
      if (node.kind === "close") return true;
      if (node.kind !== "section") continue;
      if (node.close === null || node.close.bracket === -1 || node.open.bracket === -1) return true;
      // What stands in a macro inside of it is text even where this one is used.
      if (node.open.name.toLowerCase() !== "macro") sections.push(node);
    }
  }
  return false;
}

/** The first of the names that another one begins with: in order, the next one is the nearest that can. */
function beginningOfAnother(names: ReadonlySet<string>): string | undefined {
  const sorted = [...names].sort();
  const beginnings = new Set(sorted.filter((name, index) => name !== "" && sorted[index + 1]?.startsWith(name)));
  return [...names].find((name) => beginnings.has(name));
}

/** The macro that a Use asks for and the values of its parameters, or null when httpd would stop here. */
export function expandMacro(state: ReadState, directive: ActiveDirective): MacroCall | null {
  const [name, ...values] = directive.words;
  if (name === undefined) return null;
  const macro = state.macros.get(name.value.toLowerCase());
  const span = { start: name.start, end: name.end };
  if (macro === undefined) {
    report(state, "bad-macro", true, directive.origin, `Macro '${name.value}' is not defined`, { span });
    return null;
  }
  const refuse = (message: string): null => {
    report(state, "bad-macro", true, directive.origin, message, {
      span,
      related: [{ origin: macro.origin, message: "defined here" }],
    });
    return null;
  };
  if (macro.open || useDepth(directive) >= MAX_USE_DEPTH) {
    return refuse(`Macro '${macro.name}' uses itself`);
  }
  if (values.length !== macro.parameters.length) {
    return refuse(`Macro '${macro.name}' takes ${macro.parameters.length} arguments, not ${values.length}`);
  }
  const given = new Map<string, string>();
  for (const [index, parameter] of macro.parameters.entries()) {
    given.set(parameter, valueOf(parameter, values[index]?.value ?? ""));
  }
  const call = { macro, values: given, from: directive.origin };
  if (state.macroCalls.length <= MAX_CALLS) state.macroCalls.push(call);
  return call;
}

/** A parameter whose name starts with `@` brings its value in as one quoted word; the others as they are. */
function valueOf(parameter: string, value: string): string {
  return parameter.startsWith("@") ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}

/** Runs UndefMacro. */
export function undefineMacro(state: ReadState, directive: ActiveDirective): void {
  const [name] = directive.words;
  if (name === undefined || directive.words.length > 1) return;
  state.version += 1;
  if (state.macros.delete(name.value.toLowerCase())) return;
  const span = { start: name.start, end: name.end };
  report(state, "bad-macro", true, directive.origin, `Macro '${name.value}' is not defined`, { span });
}

function useDepth(directive: ActiveDirective): number {
  let depth = 0;
  for (let from = directive.origin.expandedFrom; from !== undefined; from = from.expandedFrom) depth += 1;
  return depth;
}
