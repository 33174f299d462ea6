import { addressAndPort, addressBytes, canonicalAddress } from "../../access/address.ts";
import { portNumber, splitPort } from "../../compile/addresses.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { toBytes } from "../../routing/bytes.ts";
import type { RouteRequest } from "../../routing/match.ts";
import { UsageError } from "../terminal.ts";

/** A request to explain, as the user gave it and as it is routed. */
export interface ExplainRequest {
  /** `address:port` that the connection reaches. */
  readonly to: string;
  readonly host: string | null;
  readonly path: string;
  readonly method: string;
  /** The client's address, on which access may depend. */
  readonly from: string;
  readonly route: RouteRequest;
  /** False when nothing said where the connection goes. */
  readonly toIsGiven: boolean;
}

/** What the command line says for every request that does not say it itself. */
export interface RequestDefaults {
  readonly connect: string | null;
  /** Null: none is sent; undefined: the URL's. */
  readonly host: string | null | undefined;
  readonly method: string;
  /** Name, value, name, value, …; Host not among them. */
  readonly headers: readonly string[];
}

/** Stands for a client that no rule names (RFC 5737 keeps this network for documents). */
const ANY_CLIENT = "192.0.2.1";

interface Target {
  readonly address: string;
  readonly port: number;
}

/** Splits `address:port`; throws UsageError. */
function parseTarget(word: string): Target {
  const { host, port } = splitPort(word);
  const number = port === null ? null : portNumber(port);
  if (number === null || host === "" || /[^0-9a-fA-F:.]/.test(host)) {
    throw new UsageError(`Expected address:port, such as 127.0.0.1:80, got "${word}"`);
  }
  return { address: canonicalAddress(host), port: number };
}

const isSpecific = (address: string): boolean => address !== "*" && address !== "_default_";

/**
 * An address and port for a request that names none: those of the virtual host that has the name, of the first one with that
 * port, of the first Listen, or any.
 */
function guessTarget(table: RoutingTable, name: string | null, wantedPort: number | null): Target {
  const listens = (port: number): boolean => table.listen.some((listen) => listen.port === port);
  const first = table.listen[0];
  const port = wantedPort ?? (first === undefined || listens(80) ? 80 : first.port);
  const host = name === null ? null : splitPort(name).host;
  if (host !== null && addressBytes(host) !== null) return { address: canonicalAddress(host), port };
  const wanted = host?.toLowerCase();
  const fits = table.hosts.flatMap((each) =>
    each.addresses
      .filter((address) => isSpecific(address.address) && (address.port === 0 || address.port === port))
      .map(({ address }) => ({
        address,
        isNamed: [each.name, ...each.aliases.map(({ pattern }) => pattern)].some((own) => own.toLowerCase() === wanted),
      })),
  );
  const found = fits.find(({ isNamed }) => isNamed) ?? fits[0];
  const listen = table.listen.find((each) => each.port === port && isSpecific(each.address));
  return { address: found?.address ?? listen?.address ?? "192.0.2.2", port };
}

/** The client that is assumed: on this machine when the connection stays on it. */
function assumedClient(address: string, isGiven: boolean): string {
  if (!isGiven) return ANY_CLIENT;
  if (address.startsWith("127.")) return "127.0.0.1";
  return address === "::1" ? "::1" : ANY_CLIENT;
}

function build(
  table: RoutingTable,
  {
    connect,
    host,
    path,
    method,
    from,
    port,
    headers,
    isSecure = false,
  }: {
    readonly connect: string | null;
    readonly host: string | null;
    readonly path: string;
    readonly method: string;
    readonly from: string | null;
    readonly port: number | null;
    readonly headers: readonly string[];
    readonly isSecure?: boolean;
  },
): ExplainRequest {
  const target = connect === null ? guessTarget(table, host, port) : parseTarget(connect);
  const client = from ?? assumedClient(target.address, connect !== null);
  const to = addressAndPort(target.address, target.port);
  return {
    to,
    host,
    path,
    method,
    from: client,
    toIsGiven: connect !== null,
    route: {
      localAddress: target.address,
      localPort: target.port,
      host: host === null ? null : toBytes(host),
      target: toBytes(path),
      method,
      client: {
        address: client,
        // Only 1.0 may come without a Host.
        protocol: host === null ? "HTTP/1.0" : "HTTP/1.1",
        headers: [...(host === null ? [] : ["Host", toBytes(host)]), ...headers.map(toBytes)],
        isSecure,
      },
    },
  };
}

/** A request from a URL, or from a path for which the options say the rest. Throws UsageError. */
export function requestFromUrl(url: string, defaults: RequestDefaults, table: RoutingTable): ExplainRequest {
  const absolute = /^(https?):\/\/([^/?#]*)([^#]*)/i.exec(url);
  if (absolute === null && !url.startsWith("/")) {
    throw new UsageError(`Expected a URL such as http://www.example/ or a path that starts with a slash, got "${url}"`);
  }
  const authority = absolute?.[2] ?? null;
  const rest = absolute === null ? (url.split("#", 1)[0] ?? "/") : (absolute[3] ?? "");
  const given = authority === null ? null : splitPort(authority).port;
  const port = given === null ? null : portNumber(given);
  if (given !== null && port === null) throw new UsageError(`Expected a port from 1 to 65535 in "${url}"`);
  const isTls = absolute?.[1]?.toLowerCase() === "https";
  return build(table, {
    connect: defaults.connect,
    host: defaults.host === undefined ? authority : defaults.host,
    path: rest.startsWith("/") ? rest : `/${rest}`,
    method: defaults.method,
    from: null,
    port: port ?? (isTls ? 443 : null),
    headers: defaults.headers,
    isSecure: isTls,
  });
}

function field(value: unknown, name: string): string | null | undefined {
  if (value === undefined || value === null || typeof value === "string") return value;
  throw new UsageError(`Expected a text at "${name}"`);
}

/** `"headers": {"name": "value"}` of a JSON line. */
function headersOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object" || Array.isArray(value)) throw new UsageError('Expected an object at "headers"');
  return Object.entries(value).flatMap(([name, text]) => [name, field(text, `headers.${name}`) ?? ""]);
}

/**
 * `[host:port] client ident user [date] "METHOD target HTTP/x" status bytes ["referer" "agent"]`: the common and combined log
 * formats, and Debian's vhost_combined with the host in front. Quotes in a field are logged as `\"`.
 */
const logLine =
  /^(?:([A-Za-z0-9._-]+):(\d{1,5}) )?(\S+) \S+ .{0,256}?\[[^\]]{0,64}\] "([A-Za-z-]+) (\S+)(?: (HTTP\/[\d.]+))?"(?: \S+ \S+(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?)?/;

function logged(line: string, defaults: RequestDefaults, table: RoutingTable): ExplainRequest {
  const found = logLine.exec(line.slice(0, 16_384));
  if (found === null) throw new UsageError("Expected a JSON object or a line of an access log");
  const [, host, port, client = "", method = "GET", path = "/", , referer, agent] = found;
  const headers = [...defaults.headers];
  if (referer !== undefined && referer !== "-") headers.push("Referer", referer.replace(/\\(.)/g, "$1"));
  if (agent !== undefined && agent !== "-") headers.push("User-Agent", agent.replace(/\\(.)/g, "$1"));
  return build(table, {
    connect: defaults.connect,
    host: host ?? defaults.host ?? null,
    path,
    method,
    from: /^[\d.]+$|:/.test(client) ? client : null,
    port: port === undefined ? null : portNumber(port),
    headers,
  });
}

/**
 * A request from a line of a --requests file: JSON (`{"to","host","path","method","from"}`, all but path optional) or a line
 * of an access log. Throws UsageError.
 */
export function requestFromLine(line: string, defaults: RequestDefaults, table: RoutingTable): ExplainRequest {
  if (!line.trimStart().startsWith("{")) return logged(line, defaults, table);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UsageError(`Expected JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const record = value as Readonly<Record<string, unknown>>;
  const path = field(record["path"], "path");
  if (typeof path !== "string") throw new UsageError('Expected a text at "path"');
  const host = field(record["host"], "host");
  return build(table, {
    connect: field(record["to"], "to") ?? defaults.connect,
    host: host === undefined ? (defaults.host ?? null) : host,
    path,
    method: field(record["method"], "method") ?? defaults.method,
    from: field(record["from"], "from") ?? null,
    port: null,
    headers: [...defaults.headers, ...headersOf(record["headers"])],
  });
}
