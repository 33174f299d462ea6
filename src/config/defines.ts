import type { ActiveDirective } from "./active-config.ts";
import { report, type ReadState } from "./reading-state.ts";

/**
 * Runs Define, which sets a name for IfDefine and, with a value, a variable for the lines that follow, for all of the server.
 * 2.4 server/core.c set_define
 */
export function define(state: ReadState, directive: ActiveDirective): void {
  const [name, value] = directive.words;
  if (name === undefined || directive.words.length > 2 || !isName(state, directive, name)) return;
  state.version += 1;
  state.defines.set(name.value, directive.origin);
  if (value !== undefined && value.value !== "") state.variables.set(name.value, value.value);
}

/** Runs UnDefine. */
export function undefine(state: ReadState, directive: ActiveDirective): void {
  const [name] = directive.words;
  if (name === undefined || directive.words.length > 1 || !isName(state, directive, name)) return;
  state.version += 1;
  state.defines.delete(name.value);
  state.variables.delete(name.value);
}

/** A colon is what tells `${map:key}` of mod_rewrite from a variable. */
function isName(state: ReadState, directive: ActiveDirective, name: ActiveDirective["words"][number]): boolean {
  if (!name.value.includes(":")) return true;
  report(state, "bad-define", true, directive.origin, `Variable name ${name.value} must not contain ':'`, {
    span: { start: name.start, end: name.end },
  });
  return false;
}
