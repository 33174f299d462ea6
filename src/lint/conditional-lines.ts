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

const modelLines = new WeakMap<FileReading, ReadonlySet<Line>>();

/** The lines between the tags of an IfModule for a multi-processing module, of which a server has one. */
function linesForOneModel(reading: FileReading): ReadonlySet<Line> {
  const known = modelLines.get(reading);
  if (known !== undefined) return known;
  const inside = new Set<Line>();
  let depth = 0;
  for (const line of reading.tree.lines) {
    if (depth > 0) inside.add(line);
    if ((line.kind !== "open" && line.kind !== "close") || !/^ifmodule$/i.test(line.name)) continue;
    if (line.kind === "close") depth = Math.max(0, depth - 1);
    else if (
      depth > 0 ||
      MODEL.test(reading.source.text.slice(line.argsStart, Math.min(line.argsEnd, line.argsStart + 40)))
    )
      depth++;
  }
  modelLines.set(reading, inside);
  return inside;
}

const MODEL = /^"?(?:mpm_)?(?:prefork|itk|worker|event|winnt|netware|mpmt_os2|beos|perchild)(?:_module|\.c)"?$/i;

/**
 * Whether a node may be an alternative to others: without a module list every IfModule is taken for true, and what stands in
 * two of them need not come together on any machine; and of the blocks for multi-processing modules one counts.
 */
export function isPerhaps(node: ActiveNode, { modules }: ActiveConfig): boolean {
  if (node.origin === null) return false;
  const { reading, line } = node.origin;
  // Before 2.4 it is compiled in, whatever is loaded.
  return (modules.assumed && linesInConditionals(reading).has(line)) || linesForOneModel(reading).has(line);
}
