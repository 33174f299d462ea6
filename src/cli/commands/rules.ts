import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearest } from "../../lint/nearest.ts";
import { rules } from "../../lint/rules/index.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { UsageError, type Terminal } from "../terminal.ts";

/** The folder of the pages, in the checkout as in the installed package, where this file may lie at another depth. */
function pageOf(id: string): string | null {
  let folder = import.meta.dirname;
  for (;;) {
    const path = join(folder, "docs", "rules", `${id}.md`);
    if (existsSync(path)) return path;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
}

function list(): string {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const lines = rules.map(({ id, severity, fixable, summary }) => {
    const fix = fixable === "no" ? "" : fixable === "safe" ? "--fix" : "--fix=unsafe";
    return `${id.padEnd(idWidth)}  ${severity.padEnd(7)}  ${fix.padEnd(12)}  ${summary}`.trimEnd();
  });
  return `${lines.join("\n")}\n`;
}

/** `backhand rules`: one line for each rule, or the page of one. Throws UsageError for an id that no rule has. */
export function run(id: string | undefined, terminal: Terminal): Promise<ExitCode> {
  if (id === undefined) {
    terminal.stdout(list());
    return Promise.resolve(exitCodes.fine);
  }
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) {
    const suggestion = nearest(id, ids);
    throw new UsageError(`Unknown rule "${id}"${suggestion === null ? "" : `: did you mean ${suggestion}?`}`);
  }
  const page = pageOf(id);
  if (page === null) throw new UsageError(`The page of ${id} is not installed: docs/rules/${id}.md`);
  terminal.stdout(readFileSync(page, "utf8"));
  return Promise.resolve(exitCodes.fine);
}
