import type { IncomingMessage } from "node:http";
import type { ClusterView } from "../stats/cluster.ts";
import { isInside, parseNetwork } from "../stats/ip-address.ts";

/** Whom this server believes what it says of others. */
export interface Trust {
  /** Whether a peer may say on whose behalf it asks: a BackhandTrustedProxy, or a server of the cluster. */
  readonly isTrusted: (address: string) => boolean;
  /**
   * Whether a request was given to this server by another one's choice, so that it must not be balanced again: it carries
   * X-Backhand-Via and comes from a trusted peer or a network of AcceptStats, as anybody could write the field; or the field
   * names this server itself, in which case it would go round for ever.
   */
  readonly isAlreadyBalanced: (request: IncomingMessage, peer: string) => boolean;
}

/** Throws a TypeError when one of the networks is none. */
export function createTrust(
  trustedProxies: readonly string[],
  acceptStats: readonly string[],
  cluster: () => Pick<ClusterView, "hasContact">,
  selfId: string,
): Trust {
  const proxies = trustedProxies.map(parseNetwork);
  const accepted = acceptStats.map(parseNetwork);
  const isTrusted = (address: string): boolean =>
    // This server itself hands nothing to itself, and other programs beside it are no members.
    (accepted.length > 0 && cluster().hasContact(address)) || (proxies.length > 0 && isInside(address, proxies));
  return {
    isTrusted,
    isAlreadyBalanced(request, peer) {
      const via = request.headers["x-backhand-via"];
      if (via === undefined) return false;
      const names = (Array.isArray(via) ? via.join(",") : via).split(",").map((name) => name.trim());
      return names.includes(selfId) || isTrusted(peer) || isInside(peer, accepted);
    },
  };
}
