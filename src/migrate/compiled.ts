import { compile, type Compilation } from "../compile/compile.ts";
import type { ActiveConfig } from "../config/active-config.ts";

const compilations = new WeakMap<ActiveConfig, Compilation>();

/**
 * What a configuration compiles to, made once for the command and the target. Of its problems only those of names are told:
 * patterns that cannot be run are problems of the router, and which lines httpd refuses is only asked where there are others.
 */
export function compilationOf(config: ActiveConfig): Compilation {
  const known = compilations.get(config) ?? compiled(config);
  compilations.set(config, known);
  return known;
}

function compiled(config: ActiveConfig): Compilation {
  const made = compile(config, { checksPatterns: false, checksLines: false });
  const asksLines = made.problems.some(({ kind }) => kind === "unresolved-name");
  return asksLines ? compile(config, { checksPatterns: false }) : made;
}
