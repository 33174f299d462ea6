import type { Socket } from "node:dgram";
import type { Received } from "./transport.ts";
import { closeUdp, openUdp } from "./udp.ts";

interface SharedPort {
  readonly socket: Promise<Socket>;
  readonly receivers: Map<number, (datagram: Received) => void>;
  readonly errorListeners: Map<number, (cause: unknown) => void>;
}

/**
 * Sockets of this process by family and port. Servers that announce to a list of others by unicast name one port for all of
 * them; they listen on it once.
 */
const sharedPorts = new Map<string, SharedPort>();
let lastUser = 0;

/** One user's share of a UDP port on all addresses of a family. */
export interface UdpPort {
  /** The same text for all users of the port. */
  readonly inlet: string;
  /** Opens the port or joins those who have it; rejects with what the system says. */
  open(receive: (datagram: Received) => void, onError: (cause: unknown) => void): Promise<Socket>;
  /** The last one to leave closes it. */
  close(): Promise<void>;
}

/** A share that is not open yet. */
export function udpPort(ipv6: boolean, port: number): UdpPort {
  const key = `${ipv6 ? 6 : 4}:${port}`;
  lastUser += 1;
  const user = lastUser;
  return {
    inlet: `port ${port} of IPv${ipv6 ? 6 : 4}`,
    open(receive, onError) {
      const shared = sharedPorts.get(key) ?? listen(key, ipv6, port);
      shared.receivers.set(user, receive);
      shared.errorListeners.set(user, onError);
      return shared.socket;
    },
    async close() {
      const shared = sharedPorts.get(key);
      const left = shared?.receivers.delete(user) ?? false;
      shared?.errorListeners.delete(user);
      if (shared === undefined || !left || shared.receivers.size > 0) return;
      sharedPorts.delete(key);
      await closeUdp(await shared.socket);
    },
  };
}

function listen(key: string, ipv6: boolean, port: number): SharedPort {
  const receivers: SharedPort["receivers"] = new Map();
  const errorListeners: SharedPort["errorListeners"] = new Map();
  const socket = openUdp({
    ipv6,
    bind: { address: ipv6 ? "::" : "0.0.0.0", port },
    // Sharing the port with another process would give it our packets.
    shared: false,
    configure: () => {},
    receive(datagram) {
      // The transports of one server have one receiver for it.
      for (const receive of new Set(receivers.values())) receive(datagram);
    },
    onError(cause) {
      for (const onError of errorListeners.values()) onError(cause);
    },
  });
  const shared = { socket, receivers, errorListeners };
  sharedPorts.set(key, shared);
  socket.catch(() => {
    if (sharedPorts.get(key) === shared) sharedPorts.delete(key);
  });
  return shared;
}
