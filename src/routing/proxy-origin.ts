import type { ByteString } from "./bytes.ts";

/** The server of a ProxyPass line. */
export interface ProxyOrigin {
  readonly scheme: string;
  /** Name or address in lower case, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  /** What a Host field calls it: with the port when that is not the scheme's own. */
  readonly hostField: string;
  /** Whether the URL names the port. */
  readonly hasPort: boolean;
  /** Length of the scheme and all that names the server. */
  readonly length: number;
}

/** The ports that go without saying. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, ws: 80, https: 443, wss: 443 };

const relayedSchemes: ReadonlySet<string> = new Set(["http", "https", "ws", "wss"]);
const secureSchemes: ReadonlySet<string> = new Set(["https", "wss"]);

/** Whether requests can be relayed to such a server. */
export function isRelayed(origin: ProxyOrigin): boolean {
  return relayedSchemes.has(origin.scheme);
}

/** Whether it is spoken to over TLS. */
export function isOverTls({ scheme }: ProxyOrigin): boolean {
  return secureSchemes.has(scheme);
}

/**
 * Reads scheme, host and port of a URL. Null for what is none, and for a server that the request names (`$1` in its place), as
 * any client could then choose it.
 */
export function readProxyOrigin(url: ByteString): ProxyOrigin | null {
  const [whole, scheme = "", host = "", digits] =
    /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?(?![^/?#])/i.exec(url) ?? [];
  if (whole === undefined) return null;
  const lower = scheme.toLowerCase();
  const own = defaultPorts[lower] ?? 0;
  const port = digits === undefined ? own : Number(digits);
  if (port > 65_535) return null;
  const name = host.toLowerCase();
  return {
    scheme: lower,
    host: name.replace(/^\[(.*)\]$/, "$1"),
    port,
    hostField: port === own ? name : `${name}:${port}`,
    hasPort: digits !== undefined,
    length: whole.length,
  };
}
