import { networkInterfaces } from "node:os";
import ipaddr from "ipaddr.js";
import type { TransportDefinition } from "../transport.ts";
import { closeUdp, createUdpTransport, openUdp } from "../udp.ts";

/** One packet for every machine of a network. */
export const broadcast: TransportDefinition = {
  name: "broadcast",
  summary: "one packet for every machine of the network",
  serves: (target) => isBroadcastAddress(target.address),
  create(target, options) {
    // Linux and the BSDs can bind to the broadcast address and then leave the port's other packets alone; Windows cannot.
    const address = process.platform === "win32" ? "0.0.0.0" : target.address;
    return createUdpTransport(
      {
        name: "broadcast",
        open: (receive, onError) =>
          openUdp({
            ipv6: false,
            bind: options.listens ? { address, port: target.port } : null,
            shared: true,
            receive,
            onError,
            configure(socket) {
              socket.setBroadcast(true);
            },
          }),
        close: closeUdp,
      },
      target,
      options,
    );
  },
};

/** 255.255.255.255, or the last address of a network that this machine is in. */
function isBroadcastAddress(address: string): boolean {
  if (address === "255.255.255.255") return true;
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(
      ({ family, cidr }) =>
        family === "IPv4" &&
        cidr !== null &&
        // A network of one or two addresses has none for broadcasts.
        Number(cidr.split("/")[1]) < 31 &&
        ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString() === address,
    ),
  );
}
