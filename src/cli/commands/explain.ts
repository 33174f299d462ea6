import { accessFileReader } from "../../compile/access-file-reader.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { nodeFileFacts } from "../../routing/node-file-facts.ts";
import type { Router } from "../../routing/router.ts";
import { createRouter } from "../../routing/router.ts";
import { compileConfiguration, problemText } from "../configuration.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExplainFlags } from "../flags.ts";
import type { Explanation } from "../explain/explanation.ts";
import { explain } from "../explain/explanation.ts";
import type { ExplainRequest, RequestDefaults } from "../explain/request.ts";
import { requestFromLine, requestFromUrl } from "../explain/request.ts";
import { SummaryCounter, summaryText } from "../explain/summary.ts";
import { explanationText } from "../explain/text.ts";
import { showProgress } from "../progress.ts";
import { readRequests } from "../read-requests.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";

function requestDefaults(options: ExplainFlags): RequestDefaults {
  const headers = options.header.map((header) => {
    const colon = header.indexOf(":");
    if (colon < 1) throw new UsageError(`Expected --header name:value, got "${header}"`);
    return { name: header.slice(0, colon).trim().toLowerCase(), value: header.slice(colon + 1).trim() };
  });
  const host = headers.findLast(({ name }) => name === "host")?.value;
  return {
    connect: options.connect ?? null,
    host: options.host === false ? null : typeof options.host === "string" ? options.host : host,
    method: options.method,
    headers: headers.filter(({ name }) => name !== "host").flatMap(({ name, value }) => [name, value]),
  };
}

function requestOf(line: string, where: string, defaults: RequestDefaults, table: RoutingTable): ExplainRequest {
  try {
    return requestFromLine(line, defaults, table);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${where}: ${error.message}`);
    throw error;
  }
}

function write(
  request: ExplainRequest,
  options: ExplainFlags,
  table: RoutingTable,
  router: Router,
  terminal: Terminal,
): void {
  const explained = explain(request, table, router, options.why === true);
  switch (options.format) {
    case "jsonl":
      terminal.stdout(`${JSON.stringify(explained.explanation)}\n`);
      return;
    case "json":
      terminal.stdout(`${JSON.stringify(explained.explanation, null, 2)}\n`);
      return;
    case "text":
      terminal.stdout(explanationText(request, explained, router, terminal.color));
      return;
    default:
      options.format satisfies never;
  }
}

/** Lines that are collected before they are written: one write for each would take longer than the routing. */
const CHUNK = 500;

/** Explains the requests of a file one after the other, and sums them up in the text for people and for --summary. */
function writeMany(
  text: string,
  options: ExplainFlags,
  defaults: RequestDefaults,
  table: RoutingTable,
  router: Router,
  terminal: Terminal,
): void {
  const path = options.requests ?? "-";
  const lines = text.split(/\r?\n/);
  const progress = showProgress(lines.length, "requests");
  const counter = new SummaryCounter();
  let waiting: string[] = [];
  const flush = (): void => {
    if (waiting.length > 0) terminal.stdout(waiting.join(""));
    waiting = [];
  };
  const all: Explanation[] = [];
  try {
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "") continue;
      const request = requestOf(line, `${path}:${index + 1}`, defaults, table);
      const explained = explain(request, table, router, options.why === true);
      counter.add(explained.explanation);
      if (options.summary !== true) {
        if (options.format === "jsonl") waiting.push(`${JSON.stringify(explained.explanation)}\n`);
        else if (options.format === "json") all.push(explained.explanation);
        else waiting.push(`${explanationText(request, explained, router, terminal.color)}\n`);
      }
      if (waiting.length >= CHUNK) flush();
      if (index % CHUNK === 0) progress.update(index);
    }
  } finally {
    progress.stop();
  }
  flush();
  const summary = counter.summary();
  if (options.format === "text") terminal.stdout(summaryText(summary));
  else if (options.summary === true) {
    terminal.stdout(`${JSON.stringify(summary, null, options.format === "json" ? 2 : undefined)}\n`);
  } else if (options.format === "json") terminal.stdout(`${JSON.stringify(all, null, 2)}\n`);
}

/**
 * `backhand explain`: what the configuration makes of a request or of many. Problems of the configuration go to standard
 * error and change nothing of the answer's form.
 */
export async function run(
  conf: string,
  url: string | undefined,
  options: ExplainFlags,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if ((url === undefined) === (options.requests === undefined)) {
    throw new UsageError("Expected a URL or --requests FILE, one of them (backhand explain --help has examples)");
  }
  const defaults = requestDefaults(options);
  const text = options.requests === undefined ? "" : await readRequests(options.requests, terminal);
  const { table, problems, config, fileSystem } = compileConfiguration(conf, global, terminal);
  for (const problem of problems) terminal.stderr(`${problemText(problem, table.files)}\n`);
  const router = createRouter(table, {
    facts: nodeFileFacts,
    accessFiles: accessFileReader(config, fileSystem, { allowUnenforced: true }),
  });
  if (options.live === true) {
    if (url === undefined) throw new UsageError("Expected a URL with --live");
    const { explainLive } = await import("../explain/live.ts");
    const { socketIn } = await import("../control/control-client.ts");
    const path = socketIn(options.socket, table, conf, terminal);
    return explainLive(requestFromUrl(url, defaults, table), path, options.format, terminal);
  }
  if (url === undefined) writeMany(text, options, defaults, table, router, terminal);
  else write(requestFromUrl(url, defaults, table), options, table, router, terminal);
  return exitCodes.fine;
}
