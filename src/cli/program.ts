import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { AgentWords } from "../agent/agent-settings.ts";
import { parseApache } from "../config/apache-release.ts";
import { version } from "../version.ts";
import type { ControlCommand } from "./commands/ctl.ts";
import type { ServeOptions } from "./commands/serve.ts";
import type { SocketOptions } from "./control/control-client.ts";
import { maxWorkers, readWorkers } from "../balance/worker-count.ts";
import { declareMigrate } from "./declare-migrate.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import type { DiffFlags, ExplainFlags, FmtFlags, LintFlags } from "./flags.ts";
import { UsageError, type GlobalOptions, type Terminal } from "./terminal.ts";

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** A whole number of at least 0. */
function workers(value: string): number {
  const number = readWorkers(value);
  if (number === null) throw new InvalidArgumentError(`Expected a number from 1 to ${maxWorkers}.`);
  return number;
}

function count(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(value);
}

/** A line of httpd or one release of it. */
function apacheVersion(value: string): string {
  if (parseApache(value) !== null) return value;
  throw new InvalidArgumentError("Allowed choices are auto, 1.3, 2.0, 2.2, 2.4, or a release such as 2.4.10.");
}

/** Blanks for each level of indentation, or a tab. */
function indentation(value: string): number | "tab" {
  if (value === "tab") return value;
  if (!/^[0-8]$/.test(value)) throw new InvalidArgumentError("Expected 0 to 8, or tab.");
  return Number(value);
}

/** The options that every command which reads a configuration has. */
function withGlobalOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--apache <version>", "the httpd that it is for: auto, 1.3, 2.0, 2.2, 2.4 or a release such as 2.4.10")
        .argParser(apacheVersion)
        .default("auto"),
    )
    .addOption(new Option("-D, --define <name>", "as httpd's -D; repeatable").argParser(collect).default([], "none"))
    .addOption(
      new Option("-C, --before <directive>", "read a directive before the file; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option("-c, --after <directive>", "read a directive after the file; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--server-root <dir>", "where relative paths start until ServerRoot says otherwise")
    .addOption(
      new Option("--module <file>", "a module compiled into httpd, such as mod_x.c; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .addOption(
      new Option("--directives <file>", "JSON that declares directives of unknown modules; repeatable")
        .argParser(collect)
        .default([], "none"),
    );
}

/** The options of commands that talk to a running server. */
function withSocket(command: Command): Command {
  return command
    .option("--socket <path>", "the control socket of the server")
    .option("--conf <file>", "its configuration, whose UnixSocketDir holds the socket", "httpd.conf");
}

/**
 * The command line, declared. Each action imports its command when it runs, so that `--help` and usage errors load nothing
 * else. `finish` gets what the command returns.
 */
export function createProgram(terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command("backhand")
    .description("Lints, explains, compiles and runs Apache httpd and mod_backhand configurations.")
    .version(version)
    .option("--no-color", "no colour, as NO_COLOR does")
    .exitOverride()
    .configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr })
    .showHelpAfterError("(backhand --help lists commands and options)");

  withGlobalOptions(program.command("lint [files...]"))
    .description("Report every problem of configurations and all that they include.")
    .option("--format <name>", "pretty, compact, json, sarif, github or junit", "pretty")
    .option("--fix", "repair the files where it is safe; --fix=unsafe also where it is only likely")
    .addOption(new Option("--fix-unsafe").hideHelp())
    .option("--diff", "show what --fix would change, and change nothing")
    .addOption(
      new Option("--rule <id=level>", "off, info, warning or error for one rule; repeatable")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--migration", "also report what httpd 2.4 no longer has or reads in another way")
    .option("--baseline <file>", "leave out the findings that the file lists")
    .option("--update-baseline", "write all findings of this run into the baseline file")
    .addOption(new Option("--max-warnings <n>", "exit 1 when there are more warnings").argParser(count))
    .addOption(
      new Option("--context <name>", "where the text of - belongs")
        .choices(["server", "virtualhost", "directory"])
        .default("server"),
    )
    .addHelpText(
      "after",
      `
Without files, httpd.conf in the current folder is read; - reads standard input.

Examples:
  $ backhand lint /etc/apache2/apache2.conf
  $ backhand lint --apache 1.3 -D SSL httpd.conf
  $ backhand lint --format json httpd.conf
  $ backhand lint --format sarif httpd.conf > backhand.sarif
  $ backhand lint --baseline backhand-baseline.json --update-baseline httpd.conf
  $ backhand lint --diff httpd.conf
  $ backhand lint --fix httpd.conf
  $ backhand lint --context directory - < .htaccess`,
    )
    .action(async (files: string[], options: LintFlags & { fixUnsafe?: boolean } & GlobalOptions) => {
      const { run } = await import("./commands/lint.ts");
      finish(await run(files, options.fixUnsafe ? { ...options, fix: "unsafe" } : options, options, terminal));
    });

  withGlobalOptions(program.command("fmt [files...]"))
    .description("Indent configurations and spell names as the manual does; comments and meaning stay.")
    .option("--check", "only list the files that would change, and exit 1 when there are any")
    .option("--write", "replace the files that change")
    .option("--diff", "show what would change, and exit 1 when something would")
    .addOption(new Option("--indent <n|tab>", "one level of indentation").argParser(indentation).default(4))
    .addHelpText(
      "after",
      `
Works on the named files alone, not on what they include. Without files, httpd.conf in the current folder is read; - reads
standard input. Without --check, --write or --diff the text goes to standard output.

Examples:
  $ backhand fmt httpd.conf
  $ backhand fmt --diff httpd.conf
  $ backhand fmt --write /etc/apache2/sites-available/*.conf
  $ backhand fmt --check httpd.conf conf.d/*.conf
  $ backhand fmt --indent tab --apache 1.3 - < httpd.conf`,
    )
    .action(async (files: string[], options: FmtFlags & GlobalOptions) => {
      const { run } = await import("./commands/fmt.ts");
      finish(await run(files, options, options, terminal));
    });

  withGlobalOptions(program.command("explain <conf> [url]"))
    .description("Say which virtual host, sections and candidacy functions a request meets, and why.")
    .option("--connect <ip:port>", "the local address that the connection reaches")
    .option("--host <name>", "the Host field, when it is not the URL's host")
    .option("--no-host", "send no Host field")
    .option("--method <name>", "the request's method", "GET")
    .addOption(
      new Option("--header <name:value>", "a request header; repeatable").argParser(collect).default([], "none"),
    )
    .option("--requests <file>", "explain many requests: JSON lines or an access log, - for standard input")
    .option("--summary", "with --requests: only how many requests met each virtual host and section")
    .option("--why", "say also why other virtual hosts and sections do not apply")
    .option("--live", "ask the running server how it would decide now, function by function")
    .option("--socket <path>", "with --live: its control socket; else in the configuration's UnixSocketDir")
    .addOption(new Option("--format <name>", "how to answer").choices(["text", "json", "jsonl"]).default("text"))
    .addHelpText(
      "after",
      `
Examples:
  $ backhand explain httpd.conf http://www.example/app/index.php
  $ backhand explain httpd.conf --connect 10.0.0.1:8080 --host www.example /app/
  $ backhand explain httpd.conf --format json http://www.example/
  $ backhand explain httpd.conf --why http://www.example/app/
  $ backhand explain httpd.conf --live http://www.example/app/
  $ backhand explain httpd.conf --requests requests.jsonl --format jsonl
  $ backhand explain httpd.conf --requests access.log --summary`,
    )
    .action(async (conf: string, url: string | undefined, options: ExplainFlags & GlobalOptions) => {
      const { run } = await import("./commands/explain.ts");
      finish(await run(conf, url, options, options, terminal));
    });

  withGlobalOptions(program.command("diff <old> <new>"))
    .description("Say which requests another configuration answers in another way.")
    .option("--requests <file>", "compare these requests: JSON lines or an access log, - for standard input")
    .addOption(new Option("--format <name>", "how to answer").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Without --requests, the requests are made from what both configurations tell apart: names, addresses, sections, aliases,
redirects, methods and networks. Exit code 1 says that something changes.

Examples:
  $ backhand diff httpd.conf httpd.conf.new
  $ backhand diff --requests access.log httpd.conf httpd.conf.new
  $ backhand diff --format json /etc/httpd-1.3/httpd.conf /etc/apache2/apache2.conf`,
    )
    .action(async (before: string, after: string, options: DiffFlags & GlobalOptions) => {
      const { run } = await import("./commands/diff.ts");
      finish(await run([before, after], options, options, terminal));
    });

  withGlobalOptions(program.command("compile <conf>"))
    .description("Write the routing table as JSON.")
    .option("-o, --output <file>", "write to a file instead of standard output")
    .addHelpText(
      "after",
      `
Examples:
  $ backhand compile httpd.conf
  $ backhand compile httpd.conf -o table.json && backhand serve table.json`,
    )
    .action(async (conf: string, options: { output?: string } & GlobalOptions) => {
      const { run } = await import("./commands/compile.ts");
      finish(await run(conf, options, options, terminal));
    });

  withGlobalOptions(program.command("serve <conf>"))
    .description("Run the balancer from a configuration or a compiled table.")
    .option("--check", "compile, test ports and files, and do not start")
    .option("--allow-unenforced", "start although directives that decide who gets what are not honoured")
    .addOption(
      new Option("--workers <n>", "processes that answer requests, instead of BackhandWorkers").argParser(workers),
    )
    .addHelpText(
      "after",
      `
Examples:
  $ backhand serve --check httpd.conf
  $ backhand serve httpd.conf
  $ backhand serve --workers 4 httpd.conf
  $ backhand serve table.json`,
    )
    .action(async (conf: string, options: ServeOptions & GlobalOptions) => {
      const { run } = await import("./commands/serve.ts");
      finish(await run(conf, options, options, terminal));
    });

  program.command("serve-worker", { hidden: true }).action(async () => {
    const { run } = await import("./commands/serve-worker.ts");
    finish(await run(terminal));
  });

  withSocket(withGlobalOptions(program.command("status")))
    .description("Show what a running server knows of its cluster.")
    .addOption(new Option("--format <name>", "how to answer").choices(["text", "json"]).default("text"))
    .addHelpText(
      "after",
      `
Examples:
  $ backhand status --conf /etc/apache/httpd.conf
  $ backhand status --socket /run/backhand/backhand.sock --format json`,
    )
    .action(async (options: SocketOptions & { format: "text" | "json" } & GlobalOptions) => {
      const { run } = await import("./commands/status.ts");
      finish(await run(options, options, terminal));
    });

  const ctl = program.command("ctl").description("Steer a running server over its control socket.");
  const steer = async (command: ControlCommand, options: SocketOptions & GlobalOptions): Promise<void> => {
    const { run } = await import("./commands/ctl.ts");
    finish(await run(command, options, options, terminal));
  };
  for (const [kind, description] of [
    ["reload", "Read the configuration again; the old one stays when the new one cannot run."],
    ["stop", "Finish what runs, and stop."],
  ] as const) {
    withSocket(withGlobalOptions(ctl.command(kind)))
      .description(description)
      .action((options: SocketOptions & GlobalOptions) => steer({ kind }, options));
  }
  withSocket(withGlobalOptions(ctl.command("drain <id>")))
    .description("Give a server no new requests; by its own name the server itself, which announces it.")
    .addOption(
      new Option("--sessions <seconds>", "how long requests of its sessions still come").argParser(count).default(300),
    )
    .action((id: string, options: { sessions: number } & SocketOptions & GlobalOptions) =>
      steer({ kind: "drain", id, sessionsSeconds: options.sessions }, options),
    );
  withSocket(withGlobalOptions(ctl.command("undrain <id>")))
    .description("Give a server requests again.")
    .action((id: string, options: SocketOptions & GlobalOptions) => steer({ kind: "undrain", id }, options));
  ctl.addHelpText(
    "after",
    `
The socket is backhand.sock in UnixSocketDir; only the server's user and root may open it.

Examples:
  $ backhand ctl reload --conf /etc/apache/httpd.conf
  $ backhand ctl drain web3 --sessions 600 --socket /run/backhand/backhand.sock
  $ backhand ctl undrain web3
  $ backhand ctl stop`,
  );

  declareMigrate(withGlobalOptions(program.command("migrate <conf>")), terminal, finish);

  withGlobalOptions(program.command("agent [conf]"))
    .description("Only announce this host, for a web server that cannot do it itself.")
    .addOption(
      new Option("--announce <target>", '"[own address] address:port[,ttl]", name:port or a bus URL; repeatable')
        .argParser(collect)
        .default([], "the configuration's lines"),
    )
    .option("--status-url <url>", "where Apache (server-status?auto) or nginx (stub_status) tells its workers")
    .option("--haproxy-agent <ip:port>", "answer HAProxy's agent-check there")
    .option("--address <ip>", "the address that takes requests, for buses, which do not tell where a packet came from")
    .option("--port <n>", "the port that takes requests")
    .option("--name <name>", "the name of this host in the cluster")
    .option("--capacity <n>", "requests that it can take at a time; nginx does not say it")
    .option("--interval <ms>", "time between announcements")
    .option("--secret <file>", "sign with the secret in this file")
    .addHelpText(
      "after",
      `
SIGUSR1 drains this host, SIGUSR2 takes it back.

Examples:
  $ backhand agent --announce "10.0.0.11 239.1.1.1:4445,1" --status-url "http://127.0.0.1/server-status?auto"
  $ backhand agent --announce balancers.example:4445 --port 8080 --status-url http://127.0.0.1/stub --capacity 512
  $ backhand agent --haproxy-agent 10.0.0.11:5555
  $ backhand agent /etc/apache/httpd.conf`,
    )
    .action(async (conf: string | undefined, options: AgentWords & GlobalOptions) => {
      const { run } = await import("./commands/agent.ts");
      finish(await run(conf, options, options, terminal));
    });

  program
    .command("demo")
    .description("A cluster on this machine: three backends that announce themselves, and the balancer before them.")
    .option("--once", "run a short scripted check, print what happened, exit 0 or 1")
    .addHelpText("after", "\nExamples:\n  $ backhand demo\n  $ backhand demo --once")
    .action(async (options: { once?: boolean }) => {
      const { run } = await import("./commands/demo.ts");
      finish(await run(options, terminal));
    });

  program
    .command("demo-backend <name> <load> <target>", { hidden: true })
    .action(async (name: string, load: string, target: string) => {
      const { runBackend } = await import("./demo/backend.ts");
      finish(await runBackend(name, load, target, terminal));
    });

  program
    .command("rules [id]")
    .description("List the rules of lint, or show one rule's page.")
    .addHelpText("after", "\nExamples:\n  $ backhand rules\n  $ backhand rules unknown-directive")
    .action(async (id: string | undefined) => {
      const { run } = await import("./commands/rules.ts");
      finish(await run(id, terminal));
    });

  for (const command of [...program.commands, ...ctl.commands]) {
    command.exitOverride().configureOutput({ writeOut: terminal.stdout, writeErr: terminal.stderr });
  }
  return program;
}

/** Runs one command line; `argv` without node and script. Never throws. */
export async function runCommandLine(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const program = createProgram(terminal, (result) => {
    code = result;
  });
  try {
    // An option with an optional value would take the file that follows it for its value.
    const words = argv.map((word) =>
      word === "--fix=unsafe" ? "--fix-unsafe" : word === "--fix=safe" ? "--fix" : word,
    );
    await program.parseAsync(words, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (error instanceof UsageError) {
      terminal.stderr(`backhand: ${error.message}\n`);
      return exitCodes.usage;
    }
    const detail =
      error instanceof Error ? (terminal.env["BACKHAND_DEBUG"] ? error.stack : error.message) : String(error);
    terminal.stderr(`backhand: a fault of backhand itself: ${detail}\nBACKHAND_DEBUG=1 shows where.\n`);
    return exitCodes.fault;
  }
}
