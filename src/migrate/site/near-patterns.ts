import type { Dialect } from "../../compile/table.ts";
import { plainStart } from "../../routing/plain-start.ts";
import type { Layer } from "./layers.ts";
import { urlPatterns } from "./url-pattern.ts";

/** The sections with patterns of a host. */
export interface NearPatterns {
  readonly all: ReadonlySet<Layer>;
  /** In their order those that may match something below a path; all that do are among them. */
  readonly below: (path: string) => readonly Layer[];
}

/** An expression with a plain beginning matches nothing below another path. */
export function canBeBelow(pattern: string, path: string): boolean {
  const start = plainStart(pattern);
  return start.startsWith(`${path}/`) || `${path}/`.startsWith(start);
}

/** Sections that begin with plain text are found by it, so that thousands of them are not tried for each of thousands of paths. */
export function patternsNear(layers: readonly Layer[], dialect: Dialect): NearPatterns {
  const all = new Set(layers);
  const anywhere: number[] = [];
  const byStart = new Map<string, number[]>();
  let longest = 0;
  for (const [at, layer] of layers.entries()) {
    // Where files are makes no difference to these.
    const isOfPath = layer.section.kind.startsWith("Location") && layer.inside === null;
    const patterns = isOfPath ? urlPatterns(layer, null, dialect) : null;
    const start = patterns === null || patterns === "none" ? "" : plainStart(patterns[0] ?? "");
    if (start === "") {
      anywhere.push(at);
      continue;
    }
    const list = byStart.get(start);
    if (list === undefined) byStart.set(start, [at]);
    else list.push(at);
    longest = Math.max(longest, start.length);
  }
  const starts = [...byStart.keys()].sort();
  return {
    all,
    below(path) {
      if (path === "" || byStart.size === 0) return layers;
      const top = `${path}/`;
      const found = [...anywhere];
      for (let length = 1; length <= Math.min(top.length, longest); length += 1)
        found.push(...(byStart.get(top.slice(0, length)) ?? []));
      for (let at = firstFrom(starts, top); starts[at]?.startsWith(top) === true; at += 1) {
        const start = starts[at] ?? "";
        if (start !== top) found.push(...(byStart.get(start) ?? []));
      }
      return found.sort((a, b) => a - b).flatMap((at) => layers[at] ?? []);
    },
  };
}

/** The place of the first text that is not before another one. */
function firstFrom(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
