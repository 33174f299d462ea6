/** Items of a list that are made text together. */
const AT_ONCE = 100;

/** Items in the middle of a text, `depth` steps in, as JSON.stringify(…, null, 2) writes them. */
function* itemParts(items: readonly unknown[], depth: number): Iterable<string> {
  // So deep inside of other lists they get the indentation that they need.
  const start = depth * (depth + 1);
  for (let at = 0; at < items.length; at += AT_ONCE) {
    let nested: unknown = items.slice(at, at + AT_ONCE);
    for (let step = 1; step < depth; step += 1) nested = [nested];
    const text = JSON.stringify(nested, null, 2);
    // Not joined: a joined text is copied once more before it is written.
    if (at > 0) yield ",\n";
    yield text.slice(start, text.length - start);
  }
}

/**
 * The text of JSON.stringify(value, null, 2) in parts: that of a long report may be longer than any string. `value` is plain
 * data; its lists that are members of objects come in parts, down to objects in lists.
 */
export function* jsonParts(value: object, depth = 0): Iterable<string> {
  const outer = "  ".repeat(depth);
  let separator = "{\n";
  for (const [key, member] of Object.entries(value) as readonly (readonly [string, unknown])[]) {
    if (member === undefined) continue;
    yield `${separator}${outer}  ${JSON.stringify(key)}: `;
    separator = ",\n";
    if (!Array.isArray(member) || member.length === 0) {
      yield JSON.stringify(member, null, 2).replaceAll("\n", `\n${outer}  `);
      continue;
    }
    const items: readonly unknown[] = member;
    yield "[\n";
    if (items.every(isObject) && items.some(holdsLists)) {
      let between = `${outer}    `;
      for (const item of items) {
        yield between;
        between = `,\n${outer}    `;
        yield* jsonParts(item, depth + 2);
      }
    } else yield* itemParts(items, depth + 2);
    yield `\n${outer}  ]`;
  }
  yield separator === "{\n" ? "{}" : `\n${outer}}`;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a list of an object is a long one. */
function holdsLists(value: object): boolean {
  for (const key in value) {
    const member: unknown = value[key as keyof typeof value];
    if (Array.isArray(member) && member.length > AT_ONCE) return true;
  }
  return false;
}
