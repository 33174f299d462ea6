import { isIPv6 } from "node:net";
import type { TransportDefinition } from "../transport.ts";
import { udpPort } from "../udp-port.ts";
import { closeUdp, createUdpTransport, openUdp } from "../udp.ts";

/** One packet for one machine: for networks without multicast, with one line for each peer. */
export const unicast: TransportDefinition = {
  name: "unicast",
  summary: "one packet for one machine",
  serves: () => true,
  create(target, options) {
    const ipv6 = isIPv6(target.address);
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
    const port = udpPort(ipv6, target.port);
    return createUdpTransport(
      {
        name: "unicast",
        sharedInlet: port.inlet,
        open: (receive, onError) => port.open(receive, onError),
        close: () => port.close(),
      },
      target,
      options,
    );
  },
};
