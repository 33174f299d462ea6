import type { IncomingMessage } from "node:http";
import type { Dialect, Host } from "../compile/table.ts";
import { fromBytes } from "../routing/bytes.ts";
import { readHostName } from "../routing/host-name.ts";
import { splitTarget } from "../routing/uri.ts";

/** What a server calls itself in a URL. */
export interface OwnName {
  readonly name: string;
  readonly port: number;
}

export interface OwnNameOptions {
  readonly dialect: Dialect;
  readonly host: Host | undefined;
  readonly localPort: number;
  /** UseCanonicalName On. */
  readonly isCanonical: boolean;
}

const isSecure = ({ socket }: IncomingMessage): boolean => "encrypted" in socket;

/** What the client called us: of an absolute URI or the Host field; null when it did not. */
function asked(
  request: IncomingMessage,
  dialect: Dialect,
): { readonly name: string; readonly port: number | null } | null {
  const target = splitTarget(request.url ?? "", dialect);
  const sent = ("error" in target ? null : target.authority) ?? request.headers.host ?? "";
  const read = readHostName(sent, dialect);
  if ("error" in read || read.name === "") return null;
  const port = /:(\d+)$/.exec(sent.replace(/^\[[^\]]*\]/, ""))?.[1];
  return { name: fromBytes(read.name), port: port === undefined ? null : Number(port) };
}

/**
 * Name and port of this server as httpd has them: the configuration's, or with UseCanonicalName Off those that the client
 * asked for, where 2.x takes the port of the configuration when the client named none, and 1.3 that of the connection.
 * httpd core.c ap_get_server_name, ap_get_server_port
 */
export function ownName(request: IncomingMessage, options: OwnNameOptions): OwnName {
  const { dialect, host, localPort, isCanonical } = options;
  const port = host?.port ?? (isSecure(request) ? 443 : 80);
  const own = { name: host?.name ?? "", port };
  const called = isCanonical && own.name !== "" ? null : asked(request, dialect);
  if (called === null) return own;
  return { name: called.name, port: dialect === "1.3" ? localPort : (called.port ?? port) };
}

/** An absolute URL for a path of this server, for Location fields. httpd ap_construct_url */
export function absoluteUrl(path: string, request: IncomingMessage, options: OwnNameOptions): string {
  if (!path.startsWith("/")) return path;
  const { name, port } = ownName(request, options);
  if (name === "") return path;
  const secure = isSecure(request);
  const isDefault = port === (secure ? 443 : 80);
  return `${secure ? "https" : "http"}://${name}${isDefault ? "" : `:${port}`}${path}`;
}
