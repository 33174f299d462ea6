import type { MemoryNetwork } from "../memory-network.ts";
import type { TransportDefinition } from "../transport.ts";
import { addressAndPort } from "../../access/address.ts";

/** Announcements between the servers of a test: `interfaceAddress` is the address of the one that sends. */
export function memory(network: MemoryNetwork): TransportDefinition {
  return {
    name: "memory",
    summary: "a network without sockets, for tests",
    serves: () => true,
    create(target, { interfaceAddress, listens }) {
      const address = interfaceAddress ?? "127.0.0.1";
      const group = addressAndPort(target.address, target.port);
      let leave: (() => void) | null = null;
      return {
        name: `memory ${group}`,
        start(receive) {
          leave ??= network.join({ address, group, receive: listens ? receive : () => {} });
          return Promise.resolve();
        },
        send(bytes) {
          if (leave !== null) network.send({ address, group }, bytes);
        },
        stop() {
          leave?.();
          leave = null;
          return Promise.resolve();
        },
      };
    },
  };
}
