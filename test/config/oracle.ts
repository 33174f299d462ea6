import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../grammar/dialect.ts";
import type { ActiveConfig, ActiveNode, Origin } from "../../src/config/active-config.ts";
import { contextProblem } from "../../src/config/contexts.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { refusal } from "../../src/config/refusal.ts";
import { lastLineOf } from "../../src/config/reading-state.ts";
import { fileProblem } from "./file-problem.ts";

interface Verdict {
  readonly ok: boolean;
  readonly output: readonly string[];
  readonly error_line?: number;
  readonly error_file?: string;
}

/** What real servers said of a snippet. */
export interface OracleCase {
  readonly group: string;
  readonly name: string;
  readonly input: string;
  readonly httpd13: Verdict;
  readonly httpd24: Verdict;
}

/** The recorded cases; one input is shortened in the recording and put together again here. */
export function oracleCases(): readonly OracleCase[] {
  const text = readFileSync(join(import.meta.dirname, "..", "data", "httpd-oracle-syntax.json"), "utf8");
  const { cases } = JSON.parse(text) as { cases: readonly OracleCase[] };
  return cases.map((one) => {
    if (!one.input.endsWith("…(9067 bytes)")) return one;
    const [head = ""] = one.input.split("a a a a a…");
    return { ...one, input: `${head}${"a ".repeat(4500)}\n</VirtualHost>\n` };
  });
}

/** One thing because of which the server of the dialect would not start. */
export interface Refusal {
  readonly line: number;
  readonly path: string;
  readonly message: string;
  /** Lines of the Includes that led to it, from the inside out. */
  readonly via: readonly number[];
}

/** Everything fatal that the reader and the checks of each directive find, in the order of the lines. */
export function refusals(config: ActiveConfig, files: FileSystem): readonly Refusal[] {
  const found: Refusal[] = [];
  const add = (origin: Origin, message: string, line = lastLineOf(origin.reading, origin.line)): void => {
    const via: number[] = [];
    for (let from = origin.reading.via; from !== null; from = from.reading.via)
      via.push(lastLineOf(from.reading, from.line));
    found.push({ line, path: origin.reading.source.path, message, via });
  };
  for (const problem of config.problems) {
    if (problem.fatal) add(problem.origin, problem.message, problem.httpdLine);
  }
  const visit = (node: ActiveNode): void => {
    if (node.origin !== null) {
      const message = nodeProblem(node, config, files);
      if (message !== null) add(node.origin, message);
    }
    if (node.kind === "section") node.children.forEach(visit);
  };
  visit(config.server);
  return found.sort((a, b) => (a.via.at(-1) ?? a.line) - (b.via.at(-1) ?? b.line));
}

function nodeProblem(node: ActiveNode, config: ActiveConfig, files: FileSystem): string | null {
  if (node.kind === "section" && node.parent === null) return null;
  if (node.unknown !== undefined) return `Invalid command ${node.name}`;
  // The reader itself says where a section must not stand.
  if (node.kind === "section" && contextProblem(node) !== null) return null;
  const said = refusal(node);
  if (said !== null || node.kind === "section") return said?.message ?? null;
  const file = fileProblem(node, config, files);
  return file?.fatal === true ? file.message : null;
}

/** The modules of the recorded 2.4 server, beside those that Debian builds in. */
export const oracleModules: readonly string[] = [
  "mpm_event_module",
  "authz_core_module",
  "authz_host_module",
  "alias_module",
  "info_module",
  "setenvif_module",
];

/** The files that the snippets include; `conf/limit.inc` differs between the servers. */
export function oracleFiles(dialect: Dialect): Record<string, string> {
  return {
    "/server/conf/limit.inc": dialect === "1.3" ? "order allow,deny\n" : "Require all granted\n",
    "/server/conf/opt.inc": "Options None\n",
    "/server/conf/open.inc": "<VirtualHost 10.0.0.1:99>\nServerName a\n",
    "/server/conf/bad.inc": "\n\nServrName x\n",
    ...Object.fromEntries(oracleModules.map((name) => [`/server/modules/${name}.so`, ""])),
  };
}
