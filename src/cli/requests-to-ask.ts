import { addressBytes } from "../access/address.ts";
import type { RoutingTable } from "../compile/table.ts";
import { toBytes } from "../routing/bytes.ts";
import type { SampleRequest } from "../samples/sample-requests.ts";
import { requestFromLine, type ExplainRequest } from "./explain/request.ts";
import { readRequests } from "./read-requests.ts";
import { UsageError, type Terminal } from "./terminal.ts";

/** A line of an access log about a connection on which nothing came that is a request: `"-" 408`, bytes of TLS. */
const WITHOUT_REQUEST = /^.{0,512}?\[[^\]]{0,64}\] "/;

/** Longest request line that httpd takes where LimitRequestLine says nothing else. */
const LONGEST_LINE = 8190;

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * The requests of a --requests file that a real server can be asked. What it cannot be asked is left out, with its lines on
 * standard error. Throws UsageError, with the place, for what is no request.
 */
export async function requestsToAsk(
  file: string,
  table: RoutingTable,
  terminal: Terminal,
): Promise<readonly SampleRequest[]> {
  const lines = (await readRequests(file, terminal)).split(/\r?\n/);
  const defaults = { connect: null, host: undefined, method: "GET", headers: [] };
  const left = new Map<string, number[]>();
  const found = lines.flatMap((line, index): readonly SampleRequest[] => {
    if (line.trim() === "") return [];
    const leave = (why: string): readonly SampleRequest[] => {
      const places = left.get(why) ?? [];
      left.set(why, places);
      places.push(index + 1);
      return [];
    };
    try {
      if (line.length > LONGEST_LINE && WITHOUT_REQUEST.test(line)) return leave("longer than httpd takes");
      const request = requestFromLine(line, defaults, table);
      check(request);
      const why = whyNotAsked(request, table);
      return why === null ? [asSample(request)] : leave(why);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      if (!WITHOUT_REQUEST.test(line)) throw new UsageError(`${file}:${index + 1}: ${error.message}`, { cause: error });
      return leave("where no request came");
    }
  });
  for (const [why, places] of left) {
    const [first = 0] = places;
    const where = places.length === 1 ? `line ${first}` : `${places.length} lines, the first is ${first}`;
    terminal.stderr(`Left out of ${file}, ${why}: ${where}\n`);
  }
  if (lines.every((line) => line.trim() === "")) terminal.stderr(`No request in ${file}: it is empty\n`);
  return found;
}

/** Throws UsageError for what no client can send. */
function check({ path, method, host, from }: ExplainRequest): void {
  if (/[\0-\x20\x7f]/.test(path))
    throw new UsageError("Expected a path without spaces and control characters: %20 stands for a space");
  if (!/^(?:\/|\*$|https?:\/\/)/i.test(path) && method !== "CONNECT")
    throw new UsageError(`Expected a path that starts with a slash, got ${JSON.stringify(path)}`);
  if (!TOKEN.test(method)) throw new UsageError(`Expected a method such as GET, got ${JSON.stringify(method)}`);
  if (host !== null && /[\0-\x20\x7f]/.test(host))
    throw new UsageError(`Expected a name of a host, got ${JSON.stringify(host)}`);
  if (addressBytes(from) === null)
    throw new UsageError(`Expected the address of a client, got ${JSON.stringify(from)}`);
}

/** Why a server on the loopback cannot be asked, or has no answer that can be compared; null: it can. */
function whyNotAsked({ path, method, from, route }: ExplainRequest, { listen }: RoutingTable): string | null {
  if (method === "CONNECT" || path === "*") return "which ask for no path";
  if (path.length > LONGEST_LINE - method.length) return "longer than httpd takes";
  if (from.includes(":")) return "whose clients have addresses of IPv6";
  return listen.some(({ port }) => port === route.localPort) ? null : "to ports on which nothing listens";
}

/** Bytes that are no ASCII as a client sends them. */
function asSample({ path, host, method, from, route }: ExplainRequest): SampleRequest {
  const escaped = toBytes(path).replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  return { address: route.localAddress, port: route.localPort, host, path: escaped, method, from };
}
