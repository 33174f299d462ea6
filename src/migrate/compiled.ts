import { compile, type Compilation } from "../compile/compile.ts";
import type { RoutingTable } from "../compile/table.ts";
import type { ActiveConfig } from "../config/active-config.ts";
import { createRouter, type Router } from "../routing/router.ts";

const compilations = new WeakMap<ActiveConfig, Compilation>();
const routers = new WeakMap<RoutingTable, Router>();

/**
 * What a configuration compiles to, made once for the command and the target. Patterns that cannot be run are none of its
 * problems: they are those of the router.
 */
export function compilationOf(config: ActiveConfig): Compilation {
  const known = compilations.get(config) ?? compile(config, { checksPatterns: false });
  compilations.set(config, known);
  return known;
}

/** The router of a table, made once. It looks at no files. */
export function routerOf(table: RoutingTable): Router {
  const known = routers.get(table) ?? createRouter(table);
  routers.set(table, known);
  return known;
}
