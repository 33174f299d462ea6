import { type Command, InvalidArgumentError, Option } from "commander";
import type { ExitCode } from "./exit-codes.ts";
import type { GlobalOptions, Terminal } from "./terminal.ts";

/** Options of `migrate` besides the global ones. */
export interface MigrateFlags {
  readonly to: string;
  readonly output: string;
  readonly force?: boolean;
  readonly modulesDir?: string;
  readonly backends: readonly string[];
  /** Milliseconds. */
  readonly discover?: number;
  readonly allowPartial?: boolean;
  readonly verify?: boolean;
  /** A file of requests or an access log. */
  readonly requests?: string;
  readonly format: "text" | "json";
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** `5s` or `500ms` in milliseconds. */
function duration(value: string): number {
  const [, number = "", unit] = /^(\d{1,6})(ms|s)?$/.exec(value) ?? [];
  if (number === "") throw new InvalidArgumentError("Expected a time such as 5s.");
  return Number(number) * (unit === "ms" ? 1 : 1000);
}

/** Declares `backhand migrate`; the command itself is loaded when it runs. */
export function declareMigrate(command: Command, terminal: Terminal, finish: (code: ExitCode) => void): void {
  command
    .description("Write the configuration for another server, with a report of every line.")
    .requiredOption("--to <target>", "apache2.4, nginx or haproxy")
    .requiredOption("-o, --output <dir>", "the directory to write; it must not exist")
    .option("--force", "replace the directory when it exists")
    .option("--modules-dir <dir>", "where LoadModule lines find modules")
    .addOption(
      new Option("--backends <address:port,…>", "the servers of the cluster; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(new Option("--discover <time>", "listen for announcements of the servers, 5s say").argParser(duration))
    .option("--allow-partial", "exit 0 although lines that decide routing or access could not be carried over")
    .option("--verify", "ask the old file and the real new server the same requests")
    .option("--requests <file>", "with --verify: more requests, as JSON lines or an access log")
    .addOption(new Option("--format <name>", "how to report").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Exit code 1: something that decides routing or access could not be carried over, or --verify found differences
that the report does not announce.

Examples:
  $ backhand migrate httpd.conf --to apache2.4 -o new
  $ backhand migrate httpd.conf --to apache2.4 -o new --backends 10.0.0.11:80,10.0.0.12:80 --verify
  $ backhand migrate httpd.conf --to nginx -o new --discover 5s
  $ backhand migrate httpd.conf --to haproxy -o new --backends 10.0.0.11,10.0.0.12 --allow-partial
  $ backhand migrate httpd.conf --to apache2.4 -o new --verify --requests access.log
  $ backhand migrate httpd.conf --to apache2.4 -o new --force --allow-partial --format json`,
    )
    .action(async (conf: string, options: MigrateFlags & GlobalOptions) => {
      const { run } = await import("./commands/migrate.ts");
      finish(await run(conf, options, options, terminal));
    });
}
