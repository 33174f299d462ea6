/** Where a name stands in a text, by offsets. */
export interface Sight {
  readonly at: number;
  readonly name: string;
}

/**
 * A search for names, none of them empty, in a text: the one that stands first, of two at one place the longer one, and on
 * from its end. Time is linear in the text, and once in the names, however many there are and however alike they look.
 *
 * Aho and Corasick's automaton over the names from their ends: fed with the text from its end, it knows at each place the
 * longest name that begins there. Fed forwards it would know what ends there, and to find the longest that begins it would
 * have to go back again and again.
 */
export function nameFinder(names: readonly string[]): (text: string) => readonly Sight[] {
  // By node times 65,536 plus the character; node 0 is the root.
  const children = new Map<number, number>();
  const fallback = [0];
  const longest: (string | null)[] = [null];
  for (const name of names) {
    let node = 0;
    for (let at = name.length - 1; at >= 0; at -= 1) {
      const edge = node * 65_536 + name.charCodeAt(at);
      let next = children.get(edge);
      if (next === undefined) {
        next = fallback.push(0) - 1;
        longest.push(null);
        children.set(edge, next);
      }
      node = next;
    }
    longest[node] = name;
  }
  const step = (from: number, character: number): number => {
    for (let node = from; ; node = fallback[node] ?? 0) {
      const next = children.get(node * 65_536 + character);
      if (next !== undefined) return next;
      if (node === 0) return 0;
    }
  };
  // Each one needs those that are nearer to the root.
  for (const [edge, node] of byLevel(children)) {
    const parent = Math.floor(edge / 65_536);
    const back = parent === 0 ? 0 : step(fallback[parent] ?? 0, edge % 65_536);
    fallback[node] = back;
    longest[node] ??= longest[back] ?? null;
  }
  return (text) => {
    const sights: Sight[] = [];
    let node = 0;
    for (let at = text.length - 1; at >= 0; at -= 1) {
      node = step(node, text.charCodeAt(at));
      const name = longest[node];
      if (typeof name === "string") sights.push({ at, name });
    }
    let end = 0;
    return sights.reverse().filter(({ at, name }) => at >= end && (end = at + name.length) > 0);
  };
}

/** The edges of a tree, those nearer to the root first. */
function byLevel(children: ReadonlyMap<number, number>): readonly (readonly [number, number])[] {
  const level = [0];
  const buckets: (readonly [number, number])[][] = [];
  // A node is made after the one above it.
  for (const [edge, node] of children) {
    const depth = (level[Math.floor(edge / 65_536)] ?? 0) + 1;
    level[node] = depth;
    (buckets[depth] ??= []).push([edge, node]);
  }
  return buckets.flat();
}
