import { addressAndPort } from "../../access/address.ts";
import { accessFileReader } from "../../compile/access-file-reader.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { nodeFileFacts } from "../../routing/node-file-facts.ts";
import { createRouter, type Router } from "../../routing/router.ts";
import { sampleRequests, type SampleRequest } from "../../samples/sample-requests.ts";
import { compileConfiguration, problemText } from "../configuration.ts";
import { changesBetween } from "../diff/changes.ts";
import { ChangeGroups } from "../diff/group.ts";
import { diffText, type DiffResult } from "../diff/text.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { DiffFlags } from "../flags.ts";
import { explain } from "../explain/explanation.ts";
import { requestFromLine, type RequestDefaults } from "../explain/request.ts";
import { showProgress } from "../progress.ts";
import { readRequests } from "../read-requests.ts";
import { UsageError, type GlobalOptions, type Terminal } from "../terminal.ts";

/** Requests that each configuration suggests at most; larger ones are compared in part, and that is said. */
const MOST_SAMPLES = 50_000;

const defaults: RequestDefaults = { connect: null, host: undefined, method: "GET", headers: [] };

interface Configuration {
  readonly table: RoutingTable;
  readonly router: Router;
}

/**
 * `backhand diff`: asks two configurations the same requests, by default those that their own sections, aliases and names
 * suggest. Returns 1 when an answer or the addresses that they listen to differ.
 */
export async function run(
  files: readonly [string, string],
  options: DiffFlags,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const before = read(files[0], global, terminal);
  const after = read(files[1], global, terminal);
  const lines =
    options.requests === undefined
      ? samples([before.table, after.table], terminal)
      : (await readRequests(options.requests, terminal)).split(/\r?\n/).filter((line) => line.trim() !== "");
  const groups = new ChangeGroups();
  const progress = showProgress(lines.length, "requests");
  try {
    for (const [index, line] of lines.entries()) {
      const [old, now] = [before, after].map(({ table, router }) => {
        try {
          return {
            table,
            explanation: explain(requestFromLine(line, defaults, before.table), table, router).explanation,
          };
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          throw new UsageError(`${options.requests ?? "request"}:${index + 1}: ${error.message}`);
        }
      });
      if (old === undefined || now === undefined) continue;
      const changes = changesBetween(old, now);
      if (changes.length > 0) groups.add(old.explanation.request, changes);
      if (index % 500 === 0) progress.update(index);
    }
  } finally {
    progress.stop();
  }
  const result: DiffResult = {
    requests: lines.length,
    changed: groups.requests,
    listen: listenChanges(before.table, after.table),
    groups: groups.all(),
  };
  if (options.format === "json") terminal.stdout(`${JSON.stringify({ version: 1, ...result }, null, 2)}\n`);
  else terminal.stdout(diffText(result, terminal.color));
  const differs = result.changed > 0 || result.listen.removed.length > 0 || result.listen.added.length > 0;
  return differs ? exitCodes.findings : exitCodes.fine;
}

function read(path: string, global: GlobalOptions, terminal: Terminal): Configuration {
  const { table, problems, config, fileSystem } = compileConfiguration(path, global, terminal);
  for (const problem of problems) terminal.stderr(`${problemText(problem, table.files)}\n`);
  const accessFiles = accessFileReader(config, fileSystem, { allowUnenforced: true });
  return { table, router: createRouter(table, { facts: nodeFileFacts, accessFiles }) };
}

/** Lines as in a --requests file, each once. */
function samples(tables: readonly RoutingTable[], terminal: Terminal): readonly string[] {
  const lines = new Set<string>();
  for (const table of tables) {
    const requests = sampleRequests(table, MOST_SAMPLES);
    if (requests.length === MOST_SAMPLES) {
      const file = table.files[0] ?? "the configuration";
      terminal.stderr(`${file} suggests more than ${MOST_SAMPLES} requests: only these are compared, see --requests\n`);
    }
    for (const request of requests) lines.add(lineOf(request));
  }
  return [...lines];
}

function lineOf({ address, port, host, path, method, from }: SampleRequest): string {
  const to = addressAndPort(address, port);
  return JSON.stringify({ to, host, path, method, from });
}

function listenChanges(before: RoutingTable, after: RoutingTable): DiffResult["listen"] {
  const [old, now] = [before, after].map(
    ({ listen }) => new Set(listen.map(({ address, port }) => `${address}:${port}`)),
  );
  return {
    removed: [...(old ?? [])].filter((address) => now?.has(address) !== true),
    added: [...(now ?? [])].filter((address) => old?.has(address) !== true),
  };
}
