import type { ActiveConfig } from "../config/active-config.ts";
import { readConfiguration, type ReadOptions } from "../config/read.ts";

/** Names that are tried; each costs a reading. */
const MOST_NAMES = 12;

/**
 * Reads a configuration with the -D names that an IfDefine asks for, so that the lines which some other start of the server
 * would use are carried over too. Names under which modules are loaded that the rest asks for are left out: with them
 * <IfModule> would be true for a start in which it is false.
 */
export function readWithAllDefines(options: ReadOptions): ActiveConfig {
  const names = new Set(options.defines ?? []);
  const tried = new Set(names);
  let config = readConfiguration(options);
  for (let count = 0; count < MOST_NAMES; count += 1) {
    const next = config.conditionals.find(
      ({ key, argument, value }) => key === "ifdefine" && !value && !argument.startsWith("!") && !tried.has(argument),
    );
    if (next === undefined) break;
    tried.add(next.argument);
    const wider = readConfiguration({ ...options, defines: [...names, next.argument] });
    if (changesModules(config, wider)) continue;
    names.add(next.argument);
    config = wider;
  }
  return config;
}

/** Whether a condition about modules is decided in another way. */
function changesModules(one: ActiveConfig, other: ActiveConfig): boolean {
  const values = new Map(one.conditionals.map((condition) => [placeOf(condition), condition.value]));
  return other.conditionals.some((condition) => {
    const before = values.get(placeOf(condition));
    return condition.key !== "ifdefine" && before !== undefined && before !== condition.value;
  });
}

function placeOf({ origin }: ActiveConfig["conditionals"][number]): string {
  return `${origin.line.start} ${origin.reading.source.path}`;
}
