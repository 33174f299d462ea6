import { networkInterfaces } from "node:os";
import type { ClusterSettings } from "../compile/table.ts";
import type { Announcer, Outlet } from "./announcer.ts";
import { createAnnouncer } from "./announcer.ts";
import type { Cluster, ClusterOptions, SelfIdentity } from "./cluster.ts";
import { createCluster } from "./cluster.ts";
import { readSecret } from "./secret.ts";
import { describeSelf } from "./self.ts";
import type { SelfSources } from "./self.ts";
import { readArriba } from "./sources/arriba.ts";
import { createHostSource } from "./sources/os.ts";
import { hidesSource } from "./bus-target.ts";
import { withoutZone } from "./ip-address.ts";
import type { Received, StatsTransport, TransportDefinition } from "./transport.ts";
import { createBus, createTransport } from "./transports/index.ts";

/** How often silent servers are looked for. */
const FORGET_EVERY_MS = 1000;

export interface JoinOptions {
  readonly settings: ClusterSettings;
  readonly identity: SelfIdentity;
  readonly workers: SelfSources["workers"];
  readonly backhanded: SelfSources["backhanded"];
  /** False for an agent: it announces, takes no port and knows nobody else. */
  readonly listens: boolean;
  readonly log: (message: string) => void;
  /** Limits of the view, where the defaults don't fit. */
  readonly limits?: Pick<ClusterOptions, "defaultPort" | "maxMembers" | "ratePerSource" | "forgetAfterMs">;
  /** Other transports than the real ones, for tests. */
  readonly transports?: readonly TransportDefinition[];
  /** Another measurement, for tests. */
  readonly measure?: () => Promise<number>;
}

/** A server's part in the cluster: what it knows, and what it says. */
export interface Membership {
  readonly cluster: Cluster;
  readonly announcer: Announcer;
  /** Names of the transports in use, for the log. */
  readonly transports: readonly string[];
  /** Ends announcing and listening. */
  stop(): Promise<void>;
}

/**
 * Starts listening and announcing as the configuration says. Rejects with a TransportError when a transport cannot start, and
 * with a SecretError when the secret cannot be read; nothing is left running then. A bus that is down is waited for.
 */
export async function joinCluster(options: JoinOptions): Promise<Membership> {
  const { settings, identity, log, limits, transports: definitions } = options;
  const secret = settings.secretFile === null ? null : await readSecret(settings.secretFile);
  const cluster = createCluster({ ...limits, self: identity, accept: settings.accept, secret, log });
  const { outlets, transports, isOpen } = createOutlets(options, definitions);
  if (isOpen && secret === null) {
    log("Warning: a bus without BackhandStatsSecret: whoever reaches it can announce servers inside of AcceptStats");
  }
  const receivers = new Map<string, (datagram: Received) => void>();
  try {
    for (const transport of transports) {
      const via = transport.sharedInlet ?? transport.name;
      // The same function for all that share a socket, by which they take each packet once.
      const receive = receivers.get(via) ?? ((datagram) => cluster.receive(datagram, Date.now(), via));
      receivers.set(via, receive);
      await transport.start(receive);
    }
  } catch (error) {
    await Promise.all(transports.map((transport) => transport.stop()));
    throw error;
  }
  let arriba: number | null = null;
  const host = createHostSource();
  const describe = () => describeSelf({ ...options, host, arriba: () => arriba });
  const announcer = createAnnouncer({
    outlets,
    describe,
    secret,
    intervalMs: settings.intervalMs,
    onAnnounced(announcement) {
      cluster.updateSelf(announcement, Date.now());
    },
    onError(error) {
      log(`Cannot announce: ${error instanceof Error ? error.message : String(error)}`);
    },
  });
  cluster.updateSelf(describe(), Date.now());
  announcer.start();
  const forgetting = setInterval(() => {
    cluster.forget(Date.now());
  }, FORGET_EVERY_MS);
  // Not waited for: the cluster hears the speed when it is known.
  void readArriba(settings.unixSocketDir, options.measure).then(({ speed, problem }) => {
    arriba = speed;
    if (problem !== null) log(problem);
  });
  return {
    cluster,
    announcer,
    transports: transports.map((transport) => transport.name),
    async stop() {
      clearInterval(forgetting);
      announcer.stop();
      await Promise.all(transports.map((transport) => transport.stop()));
    },
  };
}

/** One transport for each address and port, and for each bus; lines that differ in the contact only share it. */
function createOutlets(
  { settings, identity, listens, log }: JoinOptions,
  definitions: readonly TransportDefinition[] | undefined,
): {
  readonly outlets: readonly Outlet[];
  readonly transports: readonly StatsTransport[];
  /** Whether there is a bus on which the source of packets is unknown. */
  readonly isOpen: boolean;
} {
  const onError = (error: Error) => {
    log(error.message);
  };
  const byTarget = new Map<string, StatsTransport>();
  const outlets: Outlet[] = settings.announce.map((target) => {
    const key = `${target.address} ${target.port} ${target.ttl ?? ""}`;
    let transport = byTarget.get(key);
    if (transport === undefined) {
      const options = { interfaceAddress: ownAddress(target.contact?.address), listens, onError };
      transport = createTransport(target, options, definitions);
      byTarget.set(key, transport);
    }
    const { contact } = target;
    // Others know its link by the names of their own interfaces.
    return { transport, contact: contact && { ...contact, address: withoutZone(contact.address) } };
  });
  let isOpen = false;
  for (const text of new Set(settings.buses)) {
    const { target, transport } = createBus(text, { interfaceAddress: null, listens, onError });
    if (transport === null) continue;
    isOpen ||= hidesSource(target);
    byTarget.set(text, transport);
    outlets.push({ transport, contact: hidesSource(target) ? { address: identity.address, port: null } : null });
  }
  return { outlets, transports: [...byTarget.values()], isOpen };
}

/** The advertised address when it is one of this machine: its interface is then the one to use. */
function ownAddress(address: string | undefined): string | null {
  if (address === undefined) return null;
  const bare = withoutZone(address);
  return Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === bare)) ? address : null;
}
