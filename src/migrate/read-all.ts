import type { ActiveConfig } from "../config/active-config.ts";
import { readConfiguration, type ReadOptions } from "../config/read.ts";

/** How often conditions inside of conditions are looked into. */
const ROUNDS = 4;

/**
 * Reads a configuration with every -D name that an IfDefine asks for, so that the lines which some other start of the server
 * would use are carried over too.
 */
export function readWithAllDefines(options: ReadOptions): ActiveConfig {
  const names = new Set(options.defines ?? []);
  let config = readConfiguration(options);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = names.size;
    for (const { key, argument, value } of config.conditionals) {
      if (key === "ifdefine" && !value && !argument.startsWith("!")) names.add(argument);
    }
    if (names.size === before) return config;
    config = readConfiguration({ ...options, defines: [...names] });
  }
  return config;
}
