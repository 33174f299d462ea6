import type { BusTarget } from "../bus-target.ts";
import { busName } from "../bus-target.ts";
import { createBusTransport } from "../bus.ts";
import type { BusConnection } from "../bus.ts";
import type { TransportDefinition } from "../transport.ts";
import { withinTime } from "../within-time.ts";

const DEFAULT_CHANNEL = "backhand.stats";
const CONNECT_MS = 3000;
const PING_EVERY_MS = 5000;
/** Silence, in spite of the pings, after which a server is lost. */
const SILENT_MS = 15_000;
/** Announcements that the server has not confirmed; more are dropped instead of kept for a server that hangs. */
const MAX_UNCONFIRMED = 100;
const FLUSH_MS = 1000;

/** Every announcement as one message on a channel of Redis or Valkey. */
export const redis: TransportDefinition<BusTarget> = {
  name: "redis",
  summary: "a message on a Redis or Valkey channel",
  serves: ({ scheme }) => scheme === "redis" || scheme === "rediss",
  create(target, options) {
    let attempt = 0;
    return createBusTransport(
      {
        name: busName(target),
        connect(receive) {
          // One after the other: the client takes one host.
          const host = target.hosts[attempt % target.hosts.length];
          attempt += 1;
          if (host === undefined) throw new Error("no host is named");
          return connectTo(target, { host: host.host, port: host.port ?? 6379 }, receive);
        },
      },
      options,
    );
  },
};

async function connectTo(
  { scheme, user, password, path }: BusTarget,
  { host, port }: { readonly host: string; readonly port: number },
  receive: ((bytes: Uint8Array) => void) | null,
): Promise<BusConnection> {
  // Only here: most clusters have no bus.
  const { createClient } = await import("@redis/client");
  const channel = path === "" ? DEFAULT_CHANNEL : path;
  const shared = {
    host,
    port,
    connectTimeout: CONNECT_MS,
    socketTimeout: SILENT_MS,
    reconnectStrategy: false,
  } as const;
  const client = createClient({
    // The third version of the protocol can publish and subscribe on one connection; Redis has it since 6.0.
    RESP: 3,
    socket: scheme === "rediss" ? { ...shared, tls: true } : shared,
    pingInterval: PING_EVERY_MS,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 4 * MAX_UNCONFIRMED,
    // `redis://:password@host` has no user, `redis://user@host` no password.
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
  });
  const { promise: closed, resolve: end } = createDeferred();
  client.on("error", end);
  client.on("end", end);
  const discard = () => {
    try {
      client.destroy();
    } catch {
      // It was closed already; its timers are gone now too.
    }
  };
  try {
    await withinTime(client.connect(), 2 * CONNECT_MS);
    if (receive !== null) await withinTime(client.subscribe(channel, receive, true), CONNECT_MS);
  } catch (error) {
    discard();
    throw error;
  }
  let last: Promise<unknown> = Promise.resolve();
  let unconfirmed = 0;
  return {
    closed,
    publish(bytes) {
      if (unconfirmed >= MAX_UNCONFIRMED) return;
      unconfirmed += 1;
      last = client
        .publish(channel, Buffer.from(bytes))
        // `closed` tells why.
        .catch(() => {})
        .finally(() => {
          unconfirmed -= 1;
        });
    },
    async close() {
      await withinTime(last, FLUSH_MS).catch(() => {});
      discard();
      end(null);
    },
  };
}

/** A promise that somebody else resolves. */
function createDeferred(): { readonly promise: Promise<unknown>; readonly resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise<unknown>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
