import type { Socket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { BusTarget } from "../bus-target.ts";
import { busName } from "../bus-target.ts";
import { createReporter } from "../bus.ts";
import type { HostAddress, NameService } from "../resolve-host.ts";
import { resolveHost, systemNameService } from "../resolve-host.ts";
import { transportErrorFrom } from "../transport-error.ts";
import type { Received, StatsTransport, TransportDefinition, TransportOptions } from "../transport.ts";
import { udpPort } from "../udp-port.ts";
import type { UdpPort } from "../udp-port.ts";
import { closeUdp, createOutgoing, openUdp } from "../udp.ts";
import { withinTime } from "../within-time.ts";

/** How often names are looked up again: a balancer that is new or has moved hears of the servers within that time. */
const RESOLVE_EVERY_MS = 30_000;
/** While a name does not resolve. */
const RETRY_EVERY_MS = 5000;
/** What a start waits for the name service; the announcements to those it knows begin then. */
const START_MS = 3000;
/** Packets that one announcement may become, whatever the name service says. */
const MAX_ADDRESSES = 64;
/** Ports that names from SRV records may make this machine listen on. */
const MAX_PORTS = 8;

/** One packet for each of several machines, whose names may change their addresses. */
export const udp = udpWith(systemNameService);

/** The same with another name service, for tests. */
export function udpWith(names: NameService, everyMs = RESOLVE_EVERY_MS): TransportDefinition<BusTarget> {
  return {
    name: "udp",
    summary: "one packet for each machine of a list, a name with several addresses, or SRV records",
    serves: ({ scheme }) => scheme === "udp",
    create: (target, options) => createUdpList(target, options, names, everyMs),
  };
}

/** What is open between a start and its end. */
interface Session {
  readonly receive: (datagram: Received) => void;
  /** Sockets for sending, and ports for listening, by family and port. */
  readonly senders: Map<boolean, Socket>;
  readonly ports: Map<string, UdpPort>;
  addresses: readonly HostAddress[];
  timer: NodeJS.Timeout | null;
  /** The work of opening and looking up that runs now. */
  running: Promise<void>;
  ended: boolean;
}

function createUdpList(
  target: BusTarget,
  { listens, onError }: TransportOptions,
  names: NameService,
  everyMs: number,
): StatsTransport {
  const name = busName(target);
  const report = createReporter(name, onError);
  const outgoing = createOutgoing();
  let session: Session | null = null;

  /** Opens what an address needs and is not open yet. Throws what the system says. */
  async function openFor(current: Session, { address, port }: HostAddress): Promise<void> {
    const ipv6 = isIPv6(address);
    if (!current.senders.has(ipv6)) {
      const socket = await openUdp({
        ipv6,
        bind: null,
        shared: false,
        configure: () => {},
        receive: () => {},
        onError: report,
      });
      current.senders.set(ipv6, socket);
    }
    const share = udpPort(ipv6, port);
    if (!listens || current.ports.has(share.inlet) || current.ports.size >= MAX_PORTS) return;
    current.ports.set(share.inlet, share);
    try {
      await share.open(current.receive, report);
    } catch (error) {
      // Tried again with the next look at the names.
      current.ports.delete(share.inlet);
      await share.close();
      throw error;
    }
  }

  /** Looks the names up; keeps the addresses of before for those that have none now. True: all had. */
  async function lookUp(current: Session): Promise<boolean> {
    const results = await Promise.allSettled(target.hosts.map((host) => resolveHost(host, names)));
    const failed = results.find((result) => result.status === "rejected");
    const found = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
    const all = failed === undefined ? found : [...found, ...current.addresses];
    const unique = new Map(all.map((each) => [`${each.address} ${each.port}`, each]));
    current.addresses = [...unique.values()].slice(0, MAX_ADDRESSES);
    if (failed !== undefined) report(failed.reason);
    else if (found.length === 0) report("the names have no address");
    return failed === undefined && found.length > 0;
  }

  async function refresh(current: Session): Promise<void> {
    const complete = await lookUp(current);
    for (const address of current.addresses) {
      if (current.ended) return;
      await openFor(current, address).catch(report);
    }
    if (current.ended) return;
    current.timer = setTimeout(
      () => {
        current.running = refresh(current);
      },
      complete ? everyMs : Math.min(everyMs, RETRY_EVERY_MS),
    );
    current.timer.unref();
  }

  async function end(current: Session): Promise<void> {
    current.ended = true;
    if (current.timer !== null) clearTimeout(current.timer);
    await current.running.catch(() => {});
    if (current.timer !== null) clearTimeout(current.timer);
    await outgoing.idle();
    await Promise.all([...current.senders.values()].map(closeUdp));
    await Promise.all([...current.ports.values()].map((port) => port.close()));
  }

  return {
    name,
    async start(receive) {
      if (session !== null) return;
      const current: Session = {
        receive,
        senders: new Map(),
        ports: new Map(),
        addresses: [],
        timer: null,
        running: Promise.resolve(),
        ended: false,
      };
      session = current;
      // What needs no name service fails here, if it fails.
      const literal = target.hosts.flatMap(({ host, port }) => (port === null ? [] : [{ address: host, port }]));
      current.running = (async () => {
        for (const address of literal) if (!current.ended) await openFor(current, address);
      })();
      try {
        await current.running;
      } catch (error) {
        if (session === current) session = null;
        await end(current);
        throw transportErrorFrom(error, name);
      }
      if (current.ended) return;
      current.running = refresh(current);
      await withinTime(current.running, START_MS).catch(() => {});
    },
    send(bytes) {
      if (session === null) return;
      for (const to of session.addresses) {
        const socket = session.senders.get(isIPv6(to.address));
        if (socket === undefined) continue;
        outgoing.send(socket, bytes, to, (error) => {
          if (error !== null) report(error);
        });
      }
    },
    async stop() {
      const ended = session;
      session = null;
      if (ended !== null) await end(ended);
    },
  };
}
