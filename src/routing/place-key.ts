import type { Place } from "../compile/table.ts";

/** A text that two places share only if they are one: what a macro brings in has the place of its Use in it. */
export function placeKey({ file, line, uses }: Place): string {
  const own = `${file}:${line}`;
  return uses === undefined ? own : [own, ...uses.map((use) => `${use.file}:${use.line}`)].join(" ");
}
