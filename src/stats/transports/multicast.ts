import { isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import { isMulticastAddress, withoutZone, zoneOf } from "../ip-address.ts";
import type { TransportDefinition } from "../transport.ts";
import { closeUdp, createUdpTransport, openUdp } from "../udp.ts";

/** One packet for everybody who joined the group, this machine's other servers included. */
export const multicast: TransportDefinition = {
  name: "multicast",
  summary: "one packet for all members of a multicast group",
  serves: (target) => isMulticastAddress(target.address),
  create(target, options) {
    const { address, port, ttl } = target;
    const { interfaceAddress, listens } = options;
    const ipv6 = isIPv6(address);
    // Bound to the group, the socket does not receive what is sent to other groups on the same port. Windows cannot do that.
    const named = zoneOf(address) ?? (interfaceAddress === null ? null : zoneOf(interfaceAddress));
    const interfaceName = named ?? (interfaceAddress !== null && ipv6 ? interfaceOf(interfaceAddress) : null);
    const group = withoutZone(address);
    const bindAddress = process.platform !== "win32" ? groupToBind(group, interfaceName) : ipv6 ? "::" : "0.0.0.0";
    return createUdpTransport(
      {
        name: "multicast",
        open: (receive, onError) =>
          openUdp({
            ipv6,
            bind: listens ? { address: bindAddress, port } : null,
            shared: true,
            receive,
            onError,
            configure(socket) {
              const use = interfaceName === null ? interfaceAddress : `::%${interfaceName}`;
              if (use !== null) socket.setMulticastInterface(use);
              if (listens) socket.addMembership(group, use ?? undefined);
              socket.setMulticastTTL(ttl ?? 1);
              socket.setMulticastLoopback(true);
            },
          }),
        close: closeUdp,
      },
      target,
      options,
    );
  },
};

/** IPv6 names an interface by its name (`::%eth0`), not by its address. Null: nobody has the address, which the system refuses. */
function interfaceOf(address: string): string | null {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    if (addresses?.some((each) => each.address === address)) return name;
  }
  return null;
}

/** Groups that stay on an interface or a link (ff01, ff02) are another group on each, so the system wants to know on which. */
function groupToBind(address: string, interfaceName: string | null): string {
  if (!/^ff.[12]:/i.test(address)) return address;
  return interfaceName === null ? "::" : `${address}%${interfaceName}`;
}
