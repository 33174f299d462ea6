import { Chalk } from "chalk";
import { printable } from "../report/printable.ts";
import { unifiedDiff } from "../report/unified-diff.ts";

/** Unified diffs: raw where a program may read them (`--diff | patch`), coloured and harmless on a terminal. */
export function showDiff(
  files: readonly { readonly path: string; readonly before: string; readonly after: string }[],
  color: boolean,
): string {
  const text = files.map(({ path, before, after }) => unifiedDiff(path, before, after)).join("");
  if (!color) return text;
  const chalk = new Chalk({ level: 1 });
  const paint = (line: string): string =>
    line.startsWith("+") ? chalk.green(line) : line.startsWith("-") ? chalk.red(line) : line;
  return text
    .split("\n")
    .map((line) => paint(printable(line)))
    .join("\n");
}
