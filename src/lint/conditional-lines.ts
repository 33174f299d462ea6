import type { Line } from "../../grammar/syntax-tree.ts";
import type { ActiveConfig, ActiveNode, FileReading } from "../config/active-config.ts";

const conditionalLines = new WeakMap<FileReading, ReadonlySet<Line>>();

/** The lines of a file that stand between the tags of a conditional. */
function linesInConditionals(reading: FileReading): ReadonlySet<Line> {
  const known = conditionalLines.get(reading);
  if (known !== undefined) return known;
  const inside = new Set<Line>();
  let depth = 0;
  for (const line of reading.tree.lines) {
    if (depth > 0) inside.add(line);
    if ((line.kind === "open" || line.kind === "close") && /^if(?:module|define|version|file)$/i.test(line.name)) {
      depth = Math.max(0, depth + (line.kind === "open" ? 1 : -1));
    }
  }
  conditionalLines.set(reading, inside);
  return inside;
}

/**
 * Whether a node may be an alternative to others: without a module list every IfModule is taken for true, and what stands in
 * two of them need not come together on any machine.
 */
export function isPerhaps(node: ActiveNode, { modules }: ActiveConfig): boolean {
  if (!modules.assumed || node.origin === null) return false;
  return linesInConditionals(node.origin.reading).has(node.origin.line);
}
