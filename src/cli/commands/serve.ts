import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { addressAndPort } from "../../access/address.ts";
import type { RoutingTable, TableDirective, UnenforcedDirective } from "../../compile/table.ts";
import { printable } from "../../report/printable.ts";
import { readTable } from "../../routing/read-table.ts";
import { createCachedFileFacts } from "../../server/cached-file-facts.ts";
import { checkServer } from "../../server/check-server.ts";
import { readServerSettings } from "../../server/server-settings.ts";
import { startServer } from "../../server/start-server.ts";
import type { Steerable } from "../../server/steerable.ts";
import type { SentTable } from "../../server/workers/messages.ts";
import { version } from "../../version.ts";
import { letBackgroundThreadsYield } from "../background-threads.ts";
import { controlServe } from "../control/serve-control.ts";
import { exitCodes } from "../exit-codes.ts";
import { servedTable } from "../load-access-reader.ts";
import type { SentReading } from "../load-access-reader.ts";
import type { ExitCode } from "../exit-codes.ts";
import { UsageError } from "../terminal.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";

export interface ServeOptions {
  readonly check?: boolean;
  readonly allowUnenforced?: boolean;
  /** Processes that answer requests; instead of what BackhandWorkers says. */
  readonly workers?: number;
}

/** A server that runs, and how it reads its configuration again. */
interface Started {
  readonly server: Steerable;
  readonly reload: () => Promise<readonly string[]>;
}

/** Lines of one kind that are shown before the rest is only counted. */
const shown = 20;

/**
 * `backhand serve`: runs the balancer from a configuration or a compiled table until it is asked to stop. Refuses to start,
 * with 1, when a directive that decides who gets what is not honoured. Throws a UsageError for a file that cannot be read.
 */
export async function run(
  file: string,
  options: ServeOptions,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const steered = options.check === true ? terminal : holdReloads(terminal);
  const loaded = await loadTable(file, options, global, terminal);
  if (loaded === null) return exitCodes.findings;
  const { table } = loaded;
  if (!mayServe(table, options, terminal)) return exitCodes.findings;
  if (options.check === true) return check(table, file, options, terminal);
  let started: Started;
  try {
    started = await start(loaded, () => loadAgain(file, options, global, terminal), options, terminal);
  } catch (error) {
    if (!isExpected(error)) throw error;
    terminal.stderr(`backhand: ${printable(error.message)}\n`);
    return exitCodes.findings;
  }
  const { server } = started;
  letBackgroundThreadsYield();
  summarize(table, file, server, terminal);
  const control = await controlServe(server, started.reload, steered);
  const failed = server.failed.then((reason) => ({ reason }));
  const why = await Promise.race([terminal.stopped(), control.stopped, failed]);
  terminal.stderr(`backhand: ${typeof why === "string" ? why : printable(why.reason)}, finishing what runs\n`);
  await server.close();
  await control.close();
  return typeof why === "string" ? exitCodes.fine : exitCodes.findings;
}

/** Being asked to reload while it starts must not end the process: whoever listens later is told then. */
function holdReloads(terminal: Terminal): Terminal {
  let isAsked = false;
  let listener = (): void => {
    isAsked = true;
  };
  const ignore = terminal.onReload?.(() => {
    listener();
  });
  if (ignore === undefined) return terminal;
  return {
    ...terminal,
    onReload(wanted) {
      listener = wanted;
      if (isAsked) wanted();
      return ignore;
    },
  };
}

/** In this process, or with workers. */
async function start(
  loaded: SentTable,
  again: () => Promise<SentTable>,
  options: ServeOptions,
  { stderr, cwd, script }: Terminal,
): Promise<Started> {
  const count = options.workers ?? readServerSettings(loaded.table).workers;
  if (count > 1 && script !== undefined) {
    const { startWorkers } = await import("../../server/workers/start-workers.ts");
    const program = { exec: script, args: ["serve-worker"] };
    const server = await startWorkers(loaded, { count, program, stderr });
    return { server, reload: async () => server.reload(await again()) };
  }
  const { table, accessFiles } = await servedTable(loaded, cwd);
  const server = await startServer(table, { stderr, facts: createCachedFileFacts(), accessFiles });
  return { server, reload: async () => server.reload(await servedTable(await again(), cwd)) };
}

/** Rejects with all that was said of the configuration when it must not run. */
async function loadAgain(
  file: string,
  options: ServeOptions,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<SentTable> {
  let said = "";
  const heard: Terminal = { ...terminal, stderr: (text) => (said += text) };
  const loaded = await loadTable(file, options, global, heard);
  if (loaded === null || !mayServe(loaded.table, options, heard)) throw new UsageError(inOneLine(said));
  if (said !== "") terminal.stderr(said);
  return loaded;
}

/** Lines for a terminal as one sentence after another: a message in a log, or an answer, is one line. */
function inOneLine(lines: string): string {
  return lines
    .trim()
    .replace(/^backhand: /, "")
    .replace(/\s*\n\s*/g, "; ");
}

/** Null: the problems were told, and the table must not be run. */
async function loadTable(
  file: string,
  { allowUnenforced = false }: ServeOptions,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<SentTable | null> {
  const path = isAbsolute(file) ? file : join(terminal.cwd, file);
  const json = readIfTable(path);
  if (json !== null) {
    const result = readTable(json);
    if ("error" in result) throw new UsageError(`Cannot run the table ${file}: ${result.error}`);
    return { table: result.table, accessReading: null };
  }
  // Only here: a server that starts from a table never loads the parser.
  const { compileConfiguration, problemText } = await import("../configuration.ts");
  const { accessReading } = await import("../../compile/access-file-reader.ts");
  const { table, problems, config } = compileConfiguration(file, global, terminal);
  for (const problem of problems) terminal.stderr(`${problemText(problem, table.files)}\n`);
  if (problems.some(({ kind }) => kind === "refused-line" || kind === "unreadable-configuration"))
    terminal.stderr(`backhand: Not started: httpd itself refuses such lines; \`backhand lint ${file}\` shows them\n`);
  if (problems.some(({ severity }) => severity === "error")) return null;
  return { table, accessReading: { ...accessReading(config), allowUnenforced } satisfies SentReading };
}

/** The text of a file that begins as JSON does, which no configuration can; null for others and for what cannot be read. */
function readIfTable(path: string): string | null {
  try {
    const bytes = readFileSync(path);
    return /^[\s\ufeff]*\{/.test(bytes.toString("utf8", 0, 256)) ? bytes.toString("utf8") : null;
  } catch {
    return null;
  }
}

/** Tells what is not honoured; false when it decides who gets what. */
function mayServe(table: RoutingTable, { allowUnenforced }: ServeOptions, terminal: Terminal): boolean {
  const deciding = table.unenforced.filter(({ decides }) => decides);
  const others = table.unenforced.filter(({ decides }) => !decides);
  if (deciding.length > 0) {
    const lines = list(table, deciding);
    if (allowUnenforced !== true) {
      terminal.stderr(
        `backhand: Not started: these lines decide who gets what and are not honoured\n${lines}` +
          "Remove them, or start with --allow-unenforced if other means protect what they protect.\n",
      );
      return false;
    }
    terminal.stderr(`backhand: NOT ENFORCED, although these lines decide who gets what\n${lines}`);
  }
  if (others.length > 0) terminal.stderr(`backhand: Not honoured\n${list(table, others)}`);
  return true;
}

function list(table: RoutingTable, directives: readonly UnenforcedDirective[]): string {
  const lines = directives.slice(0, shown).map((directive) => `  ${directiveText(table, directive)}\n`);
  const rest = directives.length - lines.length;
  return lines.join("") + (rest > 0 ? `  and ${rest} more\n` : "");
}

function directiveText(table: RoutingTable, { name, args, place }: TableDirective): string {
  return printable(`${table.files[place.file] ?? ""}:${place.line}  ${[name, ...args].join(" ")}`);
}

async function check(
  table: RoutingTable,
  file: string,
  { workers }: ServeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const findings = await checkServer(table, workers);
  for (const { severity, message } of findings) terminal.stderr(`${severity.padEnd(7)}  ${printable(message)}\n`);
  const failed = findings.some(({ severity }) => severity === "error");
  if (!failed) terminal.stderr(`backhand: ${file} can be served\n`);
  return failed ? exitCodes.findings : exitCodes.fine;
}

function summarize(table: RoutingTable, file: string, server: Steerable, terminal: Terminal): void {
  const addresses = server.addresses.map(({ address, port }) => addressAndPort(address, port));
  const { id, address, port } = server.self();
  const lines = [
    `backhand ${version} serves ${file} (Apache ${table.apache}, ${table.hosts.length - 1} virtual hosts)`,
    `  listens on ${addresses.join(", ")}`,
  ];
  if (server.transports.length > 0) {
    const accepted = table.cluster.accept.length > 0 ? table.cluster.accept.join(", ") : "nobody (no AcceptStats)";
    lines.push(
      `  announces ${id} at ${addressAndPort(address, port)} by ${server.transports.join(", ")}; accepts ${accepted}`,
    );
  }
  for (const { directive, reason } of server.notHonoured) {
    lines.push(`  not honoured: ${directiveText(table, directive)}: ${reason}`);
  }
  terminal.stderr(`${lines.map((line) => printable(line)).join("\n")}\n`);
}

/** Failures of the world, whose message is made for people; anything else is a fault of ours. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("BACKHAND_");
}
