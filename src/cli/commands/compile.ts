import { resolve } from "node:path";
import { whyNotWritten } from "../../config/config-unreadable-error.ts";
import { writeWholeFile } from "../../lint/replace-file.ts";
import { compileConfiguration, problemText } from "../configuration.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";

/**
 * `backhand compile`: writes the routing table as JSON. Problems go to standard error; with an error among them the table is
 * written all the same, for looking at, and the result is 1, because a server would not start from it.
 */
export function run(
  conf: string,
  options: { readonly output?: string },
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { table, problems } = compileConfiguration(conf, global, terminal, true);
  const json = `${JSON.stringify(table, null, 2)}\n`;
  for (const problem of problems) terminal.stderr(`${problemText(problem, table.files)}\n`);
  if (options.output === undefined) terminal.stdout(json);
  else write(resolve(terminal.cwd, options.output), json);
  const failed = problems.some(({ severity }) => severity === "error");
  return Promise.resolve(failed ? exitCodes.findings : exitCodes.fine);
}

function write(path: string, text: string): void {
  try {
    writeWholeFile(path, Buffer.from(text));
  } catch (error) {
    throw new UsageError(`Cannot write ${path}: ${whyNotWritten(path, error)}`, { cause: error });
  }
}
