import type { Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Received, TransportDefinition } from "../transport.ts";
import { closeUdp, createUdpTransport, openUdp } from "../udp.ts";

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

/** One packet for one machine: for networks without multicast, with one line for each peer. */
export const unicast: TransportDefinition = {
  name: "unicast",
  summary: "one packet for one machine",
  serves: () => true,
  create(target, options) {
    const ipv6 = isIPv6(target.address);
    const key = `${ipv6 ? 6 : 4}:${target.port}`;
    lastUser += 1;
    const user = lastUser;
    if (!options.listens) {
      return createUdpTransport(
        {
          name: "unicast",
          open: (receive, onError) =>
            openUdp({ ipv6, bind: null, shared: false, receive, onError, configure: () => {} }),
          close: closeUdp,
        },
        target,
        options,
      );
    }
    return createUdpTransport(
      {
        name: "unicast",
        open(receive, onError) {
          const port = sharedPorts.get(key) ?? listen(key, ipv6, target.port);
          port.receivers.set(user, receive);
          port.errorListeners.set(user, onError);
          return port.socket;
        },
        async close(socket) {
          const port = sharedPorts.get(key);
          port?.receivers.delete(user);
          port?.errorListeners.delete(user);
          if (port === undefined || port.receivers.size > 0) return;
          sharedPorts.delete(key);
          await closeUdp(socket);
        },
      },
      target,
      options,
    );
  },
};

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
      // The transports of one server have one receiver.
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
