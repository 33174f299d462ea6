import type { Host, RoutingTable, TableSection } from "../compile/table.ts";
import { globSample } from "./glob-sample.ts";
import { asPath, below, mappingsOf, pathsOfDirective, urlsOf, type Mapping } from "./mapped-paths.ts";
import { patternSample } from "./pattern-sample.ts";
import { askersOf, STRANGER, type Askers } from "./askers.ts";

/** A request that a configuration suggests. */
export interface SampleRequest {
  /** Local address and port that the connection reaches. */
  readonly address: string;
  readonly port: number;
  /** The Host field; null when there is none. */
  readonly host: string | null;
  /** Percent-encoded. */
  readonly path: string;
  readonly method: string;
  /** The client's address. */
  readonly from: string;
}

/** For addresses that a configuration leaves open (RFC 5737). */
const ANY_ADDRESS = "192.0.2.2";

const NOBODY: Askers = { methods: new Set(["GET"]), clients: new Set([STRANGER]) };

/** What older ones take for a name like others and no client sends: ServerName with an asterisk. */
const isNoName = /[*?]/;

/** Virtual hosts that are asked for the paths of the main server's sections too, which hold in all of them. */
const HOSTS_WITH_SHARED_PATHS = 20;

/**
 * Requests that touch everything a table tells apart: every name and address, every section, alias and redirect with a path
 * inside and one beside it, every method of a Limit, and a client inside and outside of every network. At most `limit`, each
 * once, in the order of the file.
 */
export function sampleRequests(table: RoutingTable, limit: number): readonly SampleRequest[] {
  const found = new Map<string, SampleRequest>();
  const add = (request: SampleRequest): void => {
    if (found.size < limit) found.set(JSON.stringify(request), request);
  };
  const shared = pathsOf(table, 0, []);
  for (const [index, host] of table.hosts.entries()) {
    const points = endpointsOf(host, table);
    const names = [host.name, ...host.aliases.map(({ pattern }) => globSample(pattern))].filter(
      (name) => name !== "" && !isNoName.test(name),
    );
    for (const point of points) {
      for (const name of [...names, "unknown.invalid", null]) {
        add({ ...point, host: name, path: "/", method: "GET", from: STRANGER });
      }
    }
    const [point] = points;
    if (point === undefined) continue;
    const own = index === 0 ? shared : pathsOf(table, index, index <= HOSTS_WITH_SHARED_PATHS ? [...shared] : []);
    for (const [path, { methods, clients }] of own) {
      for (const method of methods) {
        for (const from of clients) add({ ...point, host: names[0] ?? null, path, method, from });
      }
    }
  }
  return [...found.values()];
}

/** Where connections for a host arrive. */
function endpointsOf(host: Host, table: RoutingTable): readonly { readonly address: string; readonly port: number }[] {
  const port = table.listen[0]?.port ?? 80;
  if (host.addresses.length === 0) {
    const listens = table.listen.length === 0 ? [{ address: "*", port }] : table.listen;
    return listens.map((listen) => ({ address: specific(listen.address), port: listen.port }));
  }
  return host.addresses.map((own) => ({ address: specific(own.address), port: own.port === 0 ? port : own.port }));
}

const specific = (address: string): string =>
  address === "*" || address === "_default_" || address === "0.0.0.0" || address === "::" ? ANY_ADDRESS : address;

/** Paths of one host, with who asks for them, on top of others'. */
function pathsOf(
  table: RoutingTable,
  index: number,
  others: readonly (readonly [string, Askers])[],
): ReadonlyMap<string, Askers> {
  const paths = new Map<string, Askers>(others);
  const add = (path: string, askers: Askers): void => {
    const encoded = encodePath(path);
    const before = paths.get(encoded);
    paths.set(
      encoded,
      before === undefined
        ? askers
        : {
            methods: new Set([...before.methods, ...askers.methods]),
            clients: new Set([...before.clients, ...askers.clients]),
          },
    );
  };
  const host = table.hosts[index];
  const main = table.hosts[0];
  if (host === undefined || main === undefined) return paths;
  add("/", NOBODY);
  for (const directive of host.directives) for (const path of pathsOfDirective(directive)) add(path, NOBODY);
  const mappings = [...mappingsOf(host), ...(index === 0 ? [] : mappingsOf(main))];
  for (const section of table.sections) {
    if (section.host === index || (section.host === 0 && index <= HOSTS_WITH_SHARED_PATHS)) {
      for (const path of pathsOfSection(section, mappings)) add(path, askersOf(section));
    }
  }
  return paths;
}

function pathsOfSection(section: TableSection, mappings: readonly Mapping[]): readonly string[] {
  const { kind, argument, sections } = section;
  switch (kind) {
    case "Location":
      return below(argument);
    case "LocationMatch": {
      const sample = patternSample(argument);
      return sample === null ? [] : [asPath(sample)];
    }
    case "Files":
      return [asPath(globSample(argument))];
    case "FilesMatch":
      return [asPath(patternSample(argument) ?? "x")];
    case "Directory":
    case "DirectoryMatch": {
      const folder = kind === "Directory" ? globSample(argument) : (patternSample(argument) ?? "");
      const files = sections.flatMap((inner) => pathsOfSection(inner, [])).map((path) => path.slice(1));
      return urlsOf(folder, mappings).flatMap((url) => [url, `${url}sample`, ...files.map((file) => url + file)]);
    }
    case "If":
    case "ElseIf":
    case "Else":
    // What they cover begins with the paths of ProxyPass lines.
    case "Proxy":
    case "ProxyMatch":
      return ["/"];
    default:
      return kind satisfies never;
  }
}

/** Percent-encodes what a request line cannot hold. */
function encodePath(path: string): string {
  return path.replace(/[^\w./~!$&'()*+,;=:@-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );
}
