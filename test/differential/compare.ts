import { rmSync } from "node:fs";

import { toBytes } from "../../src/routing/bytes.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { preamble, startApache } from "./apache.ts";
import type { Configuration } from "./configuration.ts";
import { printParts, smallerConfiguration } from "./configuration.ts";
import type { Outcome } from "./ours.ts";
import { ourAnswers } from "./ours.ts";
import { RawClient } from "./raw-client.ts";
import type { DifferentialRequest } from "./requests.ts";
import { wireText } from "./requests.ts";
import { folders } from "./site.ts";

/** A request on which the two disagree. */
export interface Difference {
  readonly configuration: Configuration;
  readonly request: DifferentialRequest;
  readonly real: Outcome;
  readonly ours: Outcome | string;
}

/** How a whole configuration fared. */
export type Comparison =
  | { readonly kind: "compared"; readonly requests: number; readonly differences: readonly Difference[] }
  /** Real apache2 does not start from it. */
  | { readonly kind: "refused"; readonly reason: string };

/** Writes a configuration with its .htaccess files; returns the path. */
function write(folder: TemporaryFolder, configuration: Configuration, ports: readonly number[]): string {
  for (const name of folders) rmSync(`${folder.path}/www/${name}/.htaccess`, { force: true });
  for (const [name, parts] of Object.entries(configuration.accessFiles)) {
    folder.write(`www/${name}/.htaccess`, printParts(parts));
  }
  return folder.write(
    "httpd.conf",
    preamble(folder) + listenLines(ports) + `DocumentRoot ${folder.path}/www\n` + printParts(configuration.parts),
  );
}

/** No part of what is shrunk: a server that does not listen tells nothing. */
export function listenLines(ports: readonly number[]): string {
  const addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "[::1]"];
  return ports.flatMap((port) => addresses.map((address) => `Listen ${address}:${port}\n`)).join("");
}

/** A path becomes a URL with a host that depends on the request; only what follows is compared. */
function isSameLocation(real: string | null | undefined, ours: string): boolean {
  const sent = toBytes(ours);
  const path = ours.startsWith("/") ? real?.replace(/^http:\/\/[^/]*/, "") : real;
  return path === sent;
}

function agree(real: Outcome, ours: Outcome): boolean {
  // A method that nothing registers; the handler says so, not routing.
  const isUnknownMethod = real.status === 501 && ours.status === 405;
  return (
    (real.status === ours.status || isUnknownMethod) &&
    (ours.virtualHost === undefined || real.virtualHost === ours.virtualHost) &&
    (ours.stamps === undefined || String(real.stamps) === String(ours.stamps)) &&
    (ours.location === null || ours.location === undefined || isSameLocation(real.location, ours.location))
  );
}

/** Asks both sides all requests. */
export async function compare(
  folder: TemporaryFolder,
  configuration: Configuration,
  requests: readonly DifferentialRequest[],
): Promise<Comparison> {
  const ports = [...new Set(requests.map(({ port }) => port))];
  const path = write(folder, configuration, ports);
  const [probe] = ports;
  if (probe === undefined) return { kind: "compared", requests: 0, differences: [] };
  const apache = await startApache(path, probe);
  if ("refused" in apache) return { kind: "refused", reason: apache.refused };
  const client = new RawClient();
  const differences: Difference[] = [];
  try {
    let answer: ((request: DifferentialRequest) => Promise<Outcome>) | null = null;
    let problem = "";
    try {
      answer = ourAnswers(path);
    } catch (error) {
      problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    for (const request of requests) {
      const raw = await client.ask(request, request.method, wireText(request));
      const real: Outcome = {
        status: raw.status,
        virtualHost: raw.field("V"),
        stamps: raw.list("X"),
        location: raw.field("Location"),
      };
      const ours = answer === null ? problem : await attempt(() => answer(request));
      if (typeof ours === "string" || !agree(real, ours)) differences.push({ configuration, request, real, ours });
    }
  } finally {
    client.close();
    await apache.stop();
  }
  return { kind: "compared", requests: requests.length, differences };
}

async function attempt<Result>(run: () => Promise<Result>): Promise<Result | string> {
  try {
    return await run();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Runs of apache2 that shrinking a case may take; 0.1 s each. */
const SHRINK_RUNS = 300;

/** The smallest configuration found on which the two still disagree about the request. */
export async function shrink(folder: TemporaryFolder, difference: Difference): Promise<Difference> {
  let smallest = difference;
  let runs = 0;
  await smallerConfiguration(difference.configuration, async (configuration) => {
    if (runs++ >= SHRINK_RUNS) return false;
    const result = await compare(folder, configuration, [difference.request]);
    const found = result.kind === "compared" ? result.differences[0] : undefined;
    if (found === undefined) return false;
    smallest = found;
    return true;
  });
  return smallest;
}

/** A difference as a person wants to read it. */
export function differenceText({ configuration, request, real, ours }: Difference): string {
  const files = Object.entries(configuration.accessFiles).map(
    ([name, parts]) => `# ${name}/.htaccess\n${printParts(parts)}`,
  );
  return [
    printParts(configuration.parts) + files.join(""),
    JSON.stringify(request),
    `apache2  ${JSON.stringify(real)}`,
    `ours     ${typeof ours === "string" ? ours : JSON.stringify(ours)}`,
  ].join("\n");
}
