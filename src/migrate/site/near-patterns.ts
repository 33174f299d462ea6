import type { Dialect } from "../../compile/table.ts";
import type { Match } from "../../routing/match.ts";
import { placeKey } from "../../routing/place-key.ts";
import { plainStart } from "../../routing/plain-start.ts";
import { isPattern, type Layer } from "./layers.ts";
import { urlPatterns } from "./url-pattern.ts";

/** The sections with patterns of a host. */
export interface NearPatterns {
  readonly all: ReadonlySet<Layer>;
  /** In their order those that may match something below a path which meets `sections`; all that do are among them. */
  readonly below: (path: string, sections: Match["sections"]) => readonly Layer[];
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
  // Files in a plain Directory are only for paths that meet it.
  const byFolder = new Map<string, number[]>();
  const others: number[] = [];
  let longest = 0;
  for (const [at, layer] of layers.entries()) {
    if (layer.inside !== null && !isPattern({ ...layer, section: layer.inside })) {
      append(byFolder, placeKey(layer.inside.place), at);
      continue;
    }
    others.push(at);
    // Where files are makes no difference to these.
    const isOfPath = layer.section.kind.startsWith("Location") && layer.inside === null;
    const patterns = isOfPath ? urlPatterns(layer, null, dialect) : null;
    const start = patterns === null || patterns === "none" ? "" : plainStart(patterns[0] ?? "");
    if (start === "") {
      anywhere.push(at);
      continue;
    }
    append(byStart, start, at);
    longest = Math.max(longest, start.length);
  }
  const starts = [...byStart.keys()].sort();
  const inOrder = (places: number[]): readonly Layer[] =>
    places.sort((a, b) => a - b).flatMap((at) => layers[at] ?? []);
  return {
    all,
    below(path, sections) {
      const inside = byFolder.size === 0 ? [] : sections.flatMap(({ place }) => byFolder.get(placeKey(place)) ?? []);
      if (path === "" || byStart.size === 0)
        return byFolder.size === 0 ? layers : inOrder([...others, ...new Set(inside)]);
      const top = `${path}/`;
      const found = [...anywhere, ...new Set(inside)];
      for (let length = 1; length <= Math.min(top.length, longest); length += 1)
        found.push(...(byStart.get(top.slice(0, length)) ?? []));
      for (let at = firstFrom(starts, top); starts[at]?.startsWith(top) === true; at += 1) {
        const start = starts[at] ?? "";
        if (start !== top) found.push(...(byStart.get(start) ?? []));
      }
      return inOrder(found);
    },
  };
}

function append(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [at]);
  else list.push(at);
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
