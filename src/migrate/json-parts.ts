/** Items of a list that are made text together. */
const AT_ONCE = 100;

/** Items in the middle of a text, each on a line of its own, `depth` steps in. */
function* itemParts(items: readonly unknown[], depth: number): Iterable<string> {
  const outer = "  ".repeat(depth);
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const lines = items.slice(at, at + AT_ONCE).map((item) => outer + JSON.stringify(item));
    // Not joined: a joined text is copied once more before it is written.
    if (at > 0) yield ",\n";
    yield lines.join(",\n");
  }
}

/**
 * A value as JSON in parts: the text of a long report may be longer than any string. Its members stand on lines of their own, as
 * do the items of its lists, which scripts that read line by line find whole there. `value` is plain data; its lists that are
 * members of objects come in parts, down to objects in lists.
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

/** Whether a list of an object is a long one, or has objects of its own. */
function holdsLists(value: object): boolean {
  for (const key in value) {
    const member: unknown = value[key as keyof typeof value];
    if (Array.isArray(member) && (member.length > AT_ONCE || member.some(isObject))) return true;
  }
  return false;
}
