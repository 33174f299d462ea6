import type { RoutingTable } from "../../compile/table.ts";
import type { Endpoint } from "../site/endpoints.ts";
import type { Site } from "../site/site.ts";
import type { TlsWords } from "../site/judge-tls.ts";
import type { HostTls } from "../site/tls.ts";
import { addedLines, type OutputFile } from "../verdict.ts";
import { word } from "./words.ts";

/** The one file that HAProxy reads certificate, chain and key of a host from. */
function pemOf(certificate: string): string {
  return `${certificate}.pem`;
}

/** HAProxy takes 64 words on a line; more certificates than these stand in a file. */
const MOST_CERTIFICATES = 20;

/** The sockets of a frontend, and the files of certificates that they name. */
export interface Sockets {
  readonly lines: readonly string[];
  /** Beside the main file. */
  readonly files: readonly OutputFile[];
}

/** The sockets of the frontend; those with a host that speaks TLS have the certificates of all such hosts. */
export function bindLines(table: RoutingTable, { endpoints }: Site, tls: ReadonlyMap<number, HostTls>): Sockets {
  const lists = new Map<string, OutputFile>();
  const metAt = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    for (const address of new Set(["*", endpoint.address])) {
      const place = `${address}:${endpoint.port}`;
      const list = metAt.get(place);
      if (list === undefined) metAt.set(place, [endpoint]);
      else list.push(endpoint);
    }
  }
  const sockets = new Map(table.listen.map((one) => [`${one.address}:${one.port}`, one]));
  const lines = [...sockets].map(([key, { address, port }]) => {
    const met = metAt.get(key) ?? [];
    const hosts = new Set(met.flatMap(({ host, names }) => [host, ...names.map((one) => one.host)]));
    const files = new Set([...hosts].flatMap((host) => tls.get(host)?.certificate ?? []));
    const protocols = [...hosts].flatMap((host) => tls.get(host)?.protocols?.slice(0, 1) ?? []).sort();
    const lowest =
      protocols[0] === undefined ? "" : ` ssl-min-ver ${protocols[0] === "TLSv1" ? "TLSv1.0" : protocols[0]}`;
    const ends = files.size === 0 ? "" : ` ssl${certificateWords([...files].map(pemOf), lists)}${lowest}`;
    return `bind ${address === "*" ? "" : address}:${port}${ends}`;
  });
  return { lines: lines.length === 0 ? ["bind :80"] : [...new Set(lines)], files: [...lists.values()] };
}

/** What names the certificates of a socket; the first one answers names that no certificate has. */
function certificateWords(files: readonly string[], lists: Map<string, OutputFile>): string {
  if (files.length <= MOST_CERTIFICATES) return files.map((file) => ` crt ${word(file)}`).join("");
  const key = files.join("\n");
  const path = lists.get(key)?.path ?? `certificates${lists.size === 0 ? "" : `-${lists.size + 1}`}.txt`;
  const why = "more certificates than HAProxy takes on one line";
  lists.set(key, { path, lines: addedLines(files, why) });
  return ` crt-list ${path}`;
}

/** How HAProxy says what the lines about TLS said. */
export const tlsWords: TlsWords = {
  to: ({ key }, { certificate, protocols }) => {
    if (key === "sslprotocol") return `ssl-min-ver ${protocols?.[0] ?? "as HAProxy has it"}`;
    return key === "sslengine" ? "bind … ssl" : `crt ${pemOf(certificate)}`;
  },
  ofClients: () => null,
  files: ({ certificate, chain, key }) => {
    const parts = [certificate, ...(chain === null ? [] : [chain]), ...(key === certificate ? [] : [key])];
    return `HAProxy wants certificate, chain and key in one file: cat ${parts.join(" ")} > ${pemOf(certificate)}`;
  },
};
