import type { ActiveDirective } from "./active-config.ts";

/** A directive like another one with some things changed. `{ ...directive }` would leave out what is only made when asked for. */
export function likeDirective(directive: ActiveDirective, changes: Partial<ActiveDirective>): ActiveDirective {
  const { kind, name, key, words, rawArgs, spec, unknown, parent, limit, origin } = directive;
  return { kind, name, key, words, rawArgs, spec, unknown, parent, limit, origin, ...changes };
}
