import type { Finding, Rule } from "./rule.ts";

/** A finding with its rule and line. */
export interface Found {
  readonly rule: Rule;
  readonly finding: Finding;
  /** Physical line, from 1, of the file of the finding's reading. */
  readonly line: number;
}

function keyOf({ finding, line }: Found): string {
  return `${line} ${finding.reading.source.path}`;
}

/**
 * Leaves out what another rule's finding on the same line says better. When that was why httpd refuses the file, the finding
 * that stays says so instead.
 */
export function applyShadows(found: readonly Found[]): readonly Found[] {
  const shadowing = new Map<string, { readonly ids: Set<string>; readonly by: Found[] }>();
  for (const one of found) {
    if (one.rule.shadows === undefined) continue;
    const entry = shadowing.get(keyOf(one)) ?? { ids: new Set(), by: [] };
    for (const id of one.rule.shadows) entry.ids.add(id);
    entry.by.push(one);
    shadowing.set(keyOf(one), entry);
  }
  if (shadowing.size === 0) return found;
  const made = new Set<Found>();
  const kept = found.filter((one) => {
    const entry = shadowing.get(keyOf(one));
    if (entry === undefined || !entry.ids.has(one.rule.id)) return true;
    const [first] = entry.by;
    const stays = entry.by.some(({ finding }) => finding.fatal === true);
    if (one.finding.fatal === true && !stays && first !== undefined) made.add(first);
    return false;
  });
  return kept.map((one) => (made.has(one) ? { ...one, finding: { ...one.finding, fatal: true } } : one));
}
