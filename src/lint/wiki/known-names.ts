import { directivesOf } from "../../../grammar/directives/lookup.ts";
import type { DirectiveSpec } from "../../../grammar/directives/directive-spec.ts";
import { dialects } from "../../../grammar/dialect.ts";

const tables: { directives?: ReadonlyMap<string, DirectiveSpec>; sections?: ReadonlyMap<string, DirectiveSpec> } = {};

/**
 * What any httpd knows under a name in any case, or null. A page on a wiki may be about another version than the file is
 * read for, and it is the name that tells a line of configuration from a sentence.
 */
export function knownName(name: string, isSection: boolean): DirectiveSpec | null {
  const kind = isSection ? "sections" : "directives";
  const table = (tables[kind] ??= new Map(
    dialects
      .flatMap((dialect) => directivesOf(dialect))
      .filter(({ section }) => section === isSection)
      .map((spec) => [spec.name.toLowerCase(), spec] as const)
      .reverse(),
  ));
  return table.get(name.toLowerCase()) ?? null;
}
