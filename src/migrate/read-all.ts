import type { ActiveConfig } from "../config/active-config.ts";
import { readConfiguration, type ReadOptions } from "../config/read.ts";

/** Names that are tried; each costs a reading. */
const MOST_NAMES = 12;

/**
 * Reads a configuration with what stands under an IfDefine, whether -D gives its name or not, so that the lines which some
 * other start of the server would use are carried over too. Names under which modules are loaded that the rest asks for are
 * left out: with them <IfModule> would be true for a start in which it is false; and so are those under which
 * sections no longer match.
 */
export function readWithAllDefines(options: ReadOptions, started = readConfiguration(options)): ActiveConfig {
  const eitherWay = new Set<string>();
  const tried = new Set<string>();
  let config = started;
  for (let count = 0; count < MOST_NAMES; count += 1) {
    // A name that a Define line gives is no question of the start.
    const next = config.conditionals.find(
      ({ key, argument, decidedBy }) => key === "ifdefine" && decidedBy === null && !tried.has(nameIn(argument)),
    );
    if (next === undefined) break;
    const name = nameIn(next.argument);
    tried.add(name);
    const wider = readConfiguration({ ...options, eitherWay: new Set([...eitherWay, name]) });
    if (changesModules(config, wider) || breaksSections(config, wider)) continue;
    eitherWay.add(name);
    config = wider;
  }
  return config;
}

const nameIn = (argument: string): string => argument.replace(/^!/, "");

/** Whether a condition about modules is decided in another way. */
function changesModules(one: ActiveConfig, other: ActiveConfig): boolean {
  const values = new Map(one.conditionals.map((condition) => [placeOf(condition), condition.value]));
  return other.conditionals.some((condition) => {
    const before = values.get(placeOf(condition));
    return condition.key !== "ifdefine" && before !== undefined && before !== condition.value;
  });
}

/** Whether a start with more names finds tags without a partner: a macro may bring in one. */
function breaksSections(one: ActiveConfig, other: ActiveConfig): boolean {
  const count = ({ problems }: ActiveConfig): number =>
    problems.filter(({ kind, fatal }) => fatal && /^(?:unclosed-section|unmatched-close|crossed-sections)$/.test(kind))
      .length;
  return count(other) > count(one);
}

function placeOf({ origin }: ActiveConfig["conditionals"][number]): string {
  return `${origin.line.start} ${origin.reading.source.path}`;
}
