import type { IncomingMessage } from "node:http";
import type { Host } from "../compile/table.ts";

/**
 * An absolute URL for a path of this server, for Location fields: by UseCanonicalName the server's own name, else the host
 * that the client asked for. httpd ap_construct_url
 */
export function absoluteUrl(
  path: string,
  request: IncomingMessage,
  host: Host | undefined,
  localPort: number,
  useCanonicalName: boolean,
): string {
  if (!path.startsWith("/")) return path;
  const scheme = "encrypted" in request.socket ? "https" : "http";
  const sent = request.headers.host;
  if (
    (!useCanonicalName || host === undefined || host.name === "") &&
    sent !== undefined &&
    /^[\w.:[\]-]+$/.test(sent)
  ) {
    return `${scheme}://${sent}${path}`;
  }
  if (host === undefined || host.name === "") return path;
  const port = host.port ?? localPort;
  const isDefault = port === (scheme === "https" ? 443 : 80);
  return `${scheme}://${host.name}${isDefault ? "" : `:${port}`}${path}`;
}
