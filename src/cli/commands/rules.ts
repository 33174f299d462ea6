import { readFileSync } from "node:fs";
import { nearest } from "../../lint/nearest.ts";
import { rules } from "../../lint/rules/index.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { packageFile } from "../package-file.ts";
import { UsageError, type Terminal } from "../terminal.ts";

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
  const page = packageFile("docs", "rules", `${id}.md`);
  if (page === null) throw new UsageError(`The page of ${id} is not installed: docs/rules/${id}.md`);
  terminal.stdout(readFileSync(page, "utf8"));
  return Promise.resolve(exitCodes.fine);
}
