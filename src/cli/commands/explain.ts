import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";

import { accessFileReader } from "../../compile/access-file-reader.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { nodeFileFacts } from "../../routing/node-file-facts.ts";
import type { Router } from "../../routing/router.ts";
import { createRouter } from "../../routing/router.ts";
import { decode } from "../../source/encoding.ts";
import { compileConfiguration, problemText } from "../configuration.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import { explain } from "../explain/explanation.ts";
import type { ExplainRequest, RequestDefaults } from "../explain/request.ts";
import { requestFromLine, requestFromUrl } from "../explain/request.ts";
import { explanationText } from "../explain/text.ts";
import type { ExplainFlags } from "../program.ts";
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
  };
}

/** The text of a --requests file, or of standard input. */
async function readRequests(path: string, terminal: Terminal): Promise<string> {
  if (path === "-") return decode(await terminal.stdin());
  try {
    return decode(readFileSync(isAbsolute(path) ? path : join(terminal.cwd, path)));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function requestsOf(
  text: string,
  path: string,
  defaults: RequestDefaults,
  table: RoutingTable,
): readonly ExplainRequest[] {
  return text.split(/\r?\n/).flatMap((line, index): readonly ExplainRequest[] => {
    if (line.trim() === "") return [];
    try {
      return [requestFromLine(line, defaults, table)];
    } catch (error) {
      if (error instanceof UsageError) throw new UsageError(`${path}:${index + 1}: ${error.message}`);
      throw error;
    }
  });
}

function write(
  requests: readonly ExplainRequest[],
  options: ExplainFlags,
  table: RoutingTable,
  router: Router,
  terminal: Terminal,
): void {
  switch (options.format) {
    case "jsonl":
      for (const request of requests)
        terminal.stdout(`${JSON.stringify(explain(request, table, router).explanation)}\n`);
      return;
    case "json": {
      const all = requests.map((request) => explain(request, table, router).explanation);
      terminal.stdout(`${JSON.stringify(options.requests === undefined ? all[0] : all, null, 2)}\n`);
      return;
    }
    case "text":
      terminal.stdout(
        requests
          .map((request) => explanationText(request, explain(request, table, router), router, terminal.color))
          .join("\n"),
      );
      return;
    default:
      options.format satisfies never;
  }
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
  const requests =
    url === undefined
      ? requestsOf(text, options.requests ?? "-", defaults, table)
      : [requestFromUrl(url, defaults, table)];
  write(requests, options, table, router, terminal);
  return exitCodes.fine;
}
