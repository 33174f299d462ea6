import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, isAbsolute } from "node:path";
import type { RoutingTable } from "../compile/table.ts";
import { createRouter } from "../routing/router.ts";
import { readSecret } from "../stats/secret.ts";
import { absolute } from "./access-log.ts";
import { loadPipelines } from "./load-pipelines.ts";
import { logProgram } from "./piped-log.ts";
import { createListener, listen } from "./listeners.ts";
import { localUpstream } from "./local-upstream.ts";
import { placeText } from "./place-text.ts";
import { readServerSettings } from "./server-settings.ts";
import { createProxyProtocol } from "./proxy-protocol/proxy-protocol.ts";
import { readUpstreamTlsOfHosts } from "./tls/upstream-tls-settings.ts";
import { membersTls } from "./tls/members-tls.ts";
import { shareProblems } from "./workers/worker-shares.ts";
import { createSecureFront } from "./tls/secure-front.ts";

/** Something that keeps a server from starting, or (a warning) from doing all that its configuration says. */
export interface CheckFinding {
  readonly severity: "error" | "warning";
  readonly message: string;
}

/**
 * Tries what a start would need, ports and files, and leaves nothing behind. `workers` are the processes that shall answer
 * requests, those of the table unless given.
 */
export async function checkServer(table: RoutingTable, workers?: number): Promise<readonly CheckFinding[]> {
  const findings: CheckFinding[] = [];
  const where = placeText(table);
  const attempt = async (action: () => unknown): Promise<void> => {
    try {
      await action();
    } catch (error) {
      findings.push({ severity: "error", message: error instanceof Error ? error.message : String(error) });
    }
  };
  for (const { place, message } of createRouter(table).problems) {
    findings.push({ severity: "error", message: `${message} (${where(place)})` });
  }
  await attempt(() => loadPipelines(table, where));
  await attempt(() => localUpstream(table, where));
  await attempt(() => membersTls(table, where));
  await attempt(() => readUpstreamTlsOfHosts(table, where));
  await attempt(() => {
    for (const message of createSecureFront(table, where)?.warnings ?? [])
      findings.push({ severity: "warning", message });
  });
  const settings = readServerSettings(table);
  for (const message of shareProblems(table, workers ?? settings.workers))
    findings.push({ severity: "error", message });
  await attempt(() => createProxyProtocol(table, settings.proxy.trusted, where));
  for (const line of table.listen) {
    await attempt(async () => {
      const server = createListener(settings);
      await listen(server, line, where);
      await new Promise((resolve) => server.close(resolve));
    });
  }
  const { secretFile, moderatorPidFile } = table.cluster;
  if (secretFile !== null) await attempt(() => readSecret(secretFile));
  for (const path of [settings.pidFile, moderatorPidFile]) {
    if (path !== null)
      await attempt(() => {
        mustBeWritable(absolute(path, table.serverRoot), "pid file");
      });
  }
  const { unixSocketDir } = table.cluster;
  if (unixSocketDir !== null && !isFolder(absolute(unixSocketDir, table.serverRoot))) {
    const message = `UnixSocketDir ${unixSocketDir} is not a folder: without it nobody can steer the server, and its speed is measured at each start`;
    findings.push({ severity: "warning", message });
  }
  for (const host of table.hosts) {
    for (const { name, args, place } of host.directives) {
      const [path = ""] = args;
      if (/^(?:customlog|transferlog|errorlog)$/i.test(name)) {
        await attempt(() => {
          mustTakeLines(path, table, `${name} (${where(place)})`);
        });
      } else if (/^documentroot$/i.test(name) && !isFolder(absolute(path, table.serverRoot))) {
        findings.push({ severity: "warning", message: `DocumentRoot ${path} is not a folder (${where(place)})` });
      }
    }
  }
  return findings;
}

/** The file if it is there, else the folder that it would be made in. */
function mustBeWritable(path: string, what: string): void {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
  } catch (error) {
    throw new Error(`Cannot write ${path}, the ${what}: ${String(error)}`, { cause: error });
  }
}

function mustTakeLines(word: string, table: RoutingTable, what: string): void {
  if (word.startsWith("syslog")) return;
  if (!word.startsWith("|")) {
    mustBeWritable(absolute(word, table.serverRoot), what);
    return;
  }
  const program = logProgram(word, table.apache);
  if (program === null) throw new Error(`Expected a program behind | in ${what}`);
  try {
    if (isAbsolute(program.file)) accessSync(program.file, constants.X_OK);
  } catch (error) {
    throw new Error(`Cannot run ${program.file}, the ${what}: ${String(error)}`, { cause: error });
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
