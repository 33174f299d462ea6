import type { BusTarget } from "../bus-target.ts";
import { busName } from "../bus-target.ts";
import { createBusTransport } from "../bus.ts";
import type { BusConnection } from "../bus.ts";
import type { TransportDefinition } from "../transport.ts";
import { withinTime } from "../within-time.ts";

const DEFAULT_SUBJECT = "backhand.stats";
const CONNECT_MS = 3000;
/** A server that does not answer two of these is lost: members would age out while we wait for longer. */
const PING_EVERY_MS = 5000;
const FLUSH_MS = 1000;

/** Every announcement as one message on a subject of NATS, at most once. */
export const nats: TransportDefinition<BusTarget> = {
  name: "nats",
  summary: "a message on a NATS subject",
  serves: ({ scheme }) => scheme === "nats" || scheme === "tls",
  create: (target, options) =>
    createBusTransport({ name: busName(target), connect: (receive) => connectTo(target, receive) }, options),
};

async function connectTo(
  { scheme, hosts, user, password, path }: BusTarget,
  receive: ((bytes: Uint8Array) => void) | null,
): Promise<BusConnection> {
  // Only here: most clusters have no bus.
  const { connect } = await import("@nats-io/transport-node");
  const subject = path === "" ? DEFAULT_SUBJECT : path;
  const login = user === null ? {} : password === null ? { token: user } : { user, pass: password };
  const connection = await connect({
    servers: hosts.map(({ host, port }) => (host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`)),
    name: "backhand",
    timeout: CONNECT_MS,
    pingInterval: PING_EVERY_MS,
    maxPingOut: 2,
    reconnect: false,
    ...login,
    ...(scheme === "tls" ? { tls: {} } : {}),
  });
  const closed = connection.closed();
  try {
    if (receive !== null) {
      connection.subscribe(subject, {
        callback(error, message) {
          if (error === null) receive(message.data);
        },
      });
    }
    await withinTime(connection.flush(), CONNECT_MS);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    closed,
    publish(bytes) {
      try {
        connection.publish(subject, bytes);
      } catch {
        // It is closing; `closed` tells why.
      }
    },
    async close() {
      await withinTime(connection.flush(), FLUSH_MS).catch(() => {});
      await connection.close();
    },
  };
}
