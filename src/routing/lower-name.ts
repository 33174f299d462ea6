/** A hostile configuration may hold any number of names that no httpd knows. */
const MOST_REMEMBERED = 10_000;

const known = new Map<string, string>();

/**
 * A name of a directive in lower case, as rules and sets have it. The same few names are asked for again and again, so they are
 * looked up: faster than making the text anew.
 */
export function lowerName(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const lower = name.toLowerCase();
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(name, lower);
  return lower;
}
