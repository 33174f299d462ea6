import type { RoutingTable } from "../../compile/table.ts";
import { sampleRequests, type SampleRequest } from "../../samples/sample-requests.ts";

/** Requests that a configuration suggests at most; each costs a real request. */
const MOST_SAMPLES = 2_000;

/** Requests that the new server can be asked; for a folder a file in it, since the folder's answer is that of its index. */
export function askableSamples(table: RoutingTable, more: readonly SampleRequest[]): readonly SampleRequest[] {
  const listening = new Set(table.listen.map(({ port }) => port));
  // Of a connection to where nothing listens there is no answer to compare.
  const heardAt = (address: string, port: number): string => {
    const here = table.listen.filter((listen) => listen.port === port).map((listen) => listen.address);
    const isHeard = here.some((one) => one === address || one === "*" || one === "0.0.0.0" || one === "::");
    return isHeard ? address : (here[0] ?? address);
  };
  const all = [...more, ...sampleRequests(table, MOST_SAMPLES)].map((request) => ({
    ...request,
    address: heardAt(request.address, request.port),
    host: request.host ?? "unknown.invalid",
    path: request.path.endsWith("/") ? `${request.path}sample` : request.path,
  }));
  const seen = new Set<string>();
  return all.filter((request) => {
    const key = JSON.stringify(request);
    // CONNECT asks for another server, not for a path of this one.
    const isForPath = request.method !== "CONNECT" && !request.from.includes(":");
    const isAskable = listening.has(request.port) && !seen.has(key) && isForPath;
    seen.add(key);
    return isAskable;
  });
}

/** Ports that the hosts of a table have beside those that are listened on. */
export function countPorts(table: RoutingTable): number {
  return table.listen.length + new Set(table.hosts.flatMap(({ addresses }) => addresses.map(({ port }) => port))).size;
}
