import { Resolver, lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { BusHost } from "./bus-target.ts";
import { isHostAddress } from "./ip-address.ts";

/** Where a packet goes. */
export interface HostAddress {
  /** IPv4 or IPv6 text. */
  readonly address: string;
  readonly port: number;
}

/** The questions to the name service, replaceable in tests. */
export interface NameService {
  /** All addresses of a name, also from the hosts file. */
  readonly addresses: (name: string) => Promise<readonly string[]>;
  readonly services: (name: string) => Promise<readonly { readonly name: string; readonly port: number }[]>;
}

/** Servers that one SRV name may stand for; the answer comes from the network. */
const MAX_SERVICES = 32;

export const systemNameService: NameService = {
  addresses: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
  services: (name) => new Resolver({ timeout: 2000, tries: 2 }).resolveSrv(name),
};

/**
 * All addresses that a host stands for: itself, those of its name, or those of the servers in its SRV records when it has no
 * port. Addresses that are no host's are left out. Rejects with what the name service says.
 */
export async function resolveHost({ host, port }: BusHost, names: NameService): Promise<readonly HostAddress[]> {
  if (port !== null) {
    const found = isIP(host) === 0 ? await names.addresses(host) : [host];
    return found.filter((address) => isHostAddress(address)).map((address) => ({ address, port }));
  }
  const services = (await names.services(host)).slice(0, MAX_SERVICES).filter(({ port }) => port > 0);
  const all = await Promise.all(
    services.map((service) => resolveHost({ host: service.name, port: service.port }, names)),
  );
  return all.flat();
}
