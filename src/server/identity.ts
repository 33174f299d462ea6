import { hostname } from "node:os";
import type { RoutingTable } from "../compile/table.ts";
import type { SelfIdentity } from "../stats/cluster.ts";
import { isServerId } from "../stats/packet.ts";
import { reachableAddress } from "../stats/reachable-address.ts";

/** Who this server is for the cluster: the name of the main server, the advertised contact, else what it listens on. */
export function identityOf(
  table: RoutingTable,
  addresses: readonly Pick<SelfIdentity, "address" | "port">[],
  startMs: number,
): SelfIdentity {
  const name = table.hosts[0]?.name ?? "";
  const contact = table.cluster.announce.find((target) => target.contact !== null)?.contact ?? null;
  const first = addresses[0];
  return {
    id: isServerId(name) ? name : hostname(),
    address: contact?.address ?? reachableAddress(first?.address),
    port: contact?.port ?? first?.port ?? 80,
    startMs,
  };
}
