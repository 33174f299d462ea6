import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addressAndPort } from "../access/address.ts";
import type { ListenAddress, Place } from "../compile/table.ts";
import { answersHalfClosed } from "./half-closed.ts";
import { ServerError, systemCode } from "./server-error.ts";
import type { ServerSettings } from "./server-settings.ts";

/** Room for the head of a request when the limits of the configuration allow less than an ordinary browser sends. */
const headBytes = 64 * 1024;

/** How often connections with an unfinished head are looked at. */
const checkEveryMs = 5000;

/** Most time for the head of a request, whatever Timeout says: a head comes at once, or from somebody who holds connections. */
const maxHeadMs = 60_000;

/** Most time for the head of a request, or for a TLS handshake. */
export function headMs({ timeoutMs }: ServerSettings): number {
  return Math.min(timeoutMs > 0 ? timeoutMs : maxHeadMs, maxHeadMs);
}

/**
 * An HTTP server for one Listen line, with the limits of the configuration; it does not listen yet. It has every upgrade told,
 * also those that nobody wants: where Node 24 is asked (shouldUpgradeCallback) and told no, it loses what came behind the request.
 */
export function createListener(settings: ServerSettings): Server {
  const { limits } = settings;
  const server = createServer({
    // One long line and one long field must pass, to be refused with the right status.
    maxHeaderSize: Math.max(headBytes, limits.line + limits.fieldSize + 8192),
    headersTimeout: headMs(settings),
    // An upload may take as long as it likes as long as it goes on; silence is what Timeout limits.
    requestTimeout: 0,
    // Silence is looked for in connections.ts.
    keepAliveTimeout: 0,
    connectionsCheckingInterval: checkEveryMs,
    // Node's own answer would let what was sent behind such a request pass.
    requireHostHeader: false,
  });
  // Beyond a limit Node drops fields without a word; they are counted and refused instead.
  server.maxHeadersCount = 0;
  answersHalfClosed(server);
  return server;
}

/** Starts to listen; gives the address as the system has it. Rejects with a ServerError that names the line. */
export async function listen(
  server: Server,
  { address, port, place }: ListenAddress,
  where: (place: Place) => string,
): Promise<AddressInfo> {
  try {
    server.listen({ port, ...(address === "*" ? {} : { host: address }), backlog: 511 });
    await once(server, "listening");
    return server.address() as AddressInfo;
  } catch (error) {
    const line = place === null ? "" : ` (${where(place)})`;
    throw listenError(error, addressAndPort(address, port), line);
  }
}

function listenError(error: unknown, address: string, line: string): ServerError {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new ServerError(
        "BACKHAND_PORT_IN_USE",
        `Cannot listen on ${address}${line}: the port is in use; stop what uses it, or choose another port`,
        error,
      );
    case "EACCES":
    case "EPERM":
      return new ServerError(
        "BACKHAND_PORT_FORBIDDEN",
        `Cannot listen on ${address}${line}: the system does not allow it; start as root, or choose a port above 1023`,
        error,
      );
    case "EADDRNOTAVAIL":
      return new ServerError(
        "BACKHAND_CANNOT_LISTEN",
        `Cannot listen on ${address}${line}: this machine does not have the address`,
        error,
      );
    default: {
      const why = error instanceof Error ? error.message : String(error);
      return new ServerError("BACKHAND_CANNOT_LISTEN", `Cannot listen on ${address}${line}: ${why}`, error);
    }
  }
}
