import type { ClusterSettings } from "../compile/table.ts";
import { createCluster } from "../stats/cluster.ts";
import { createTransport } from "../stats/transports/index.ts";
import type { Backend } from "./target.ts";

/**
 * Listens for a time where the cluster announces itself, and returns who did, believing the networks that the configuration
 * believes. Rejects with a TransportError when a port or group cannot be listened to.
 */
export async function discover(settings: ClusterSettings, milliseconds: number): Promise<readonly Backend[]> {
  const self = { id: "backhand-migrate", address: "0.0.0.0", port: 0, startMs: Date.now() };
  // Signatures are not asked for: who answers is looked at by people before anything runs.
  const cluster = createCluster({ self, accept: settings.accept, secret: null, log: () => {} });
  const transports = settings.announce.map((target) =>
    createTransport(target, { interfaceAddress: null, listens: true, onError: () => {} }),
  );
  try {
    for (const transport of transports) {
      await transport.start((datagram) => {
        cluster.receive(datagram, Date.now());
      });
    }
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  } finally {
    await Promise.all(transports.map((transport) => transport.stop()));
  }
  return cluster
    .members()
    .filter(({ isSelf }) => !isSelf)
    .map(({ address, port }) => ({ address, port }));
}
