import type { RoutingTable } from "../compile/table.ts";
import type { Cluster, SelfIdentity } from "../stats/cluster.ts";
import type { Membership } from "../stats/join-cluster.ts";
import { identityOf } from "./identity.ts";

/** Most time that a new membership has to hear of the servers that the old one knows: those who announce do it within that. */
const hearMs = 3000;

/** A place in a cluster. */
export interface Place {
  readonly table: RoutingTable;
  readonly identity: SelfIdentity;
  readonly membership: Membership;
}

/**
 * Joins the cluster of another table, and waits until it is known as well as the one before, which is not left here. Null: it is
 * the same cluster, and the same place in it.
 */
export async function joinOther(
  before: Place,
  next: { readonly table: RoutingTable; readonly addresses: readonly Pick<SelfIdentity, "address" | "port">[] },
  join: (table: RoutingTable, identity: SelfIdentity) => Promise<Membership>,
): Promise<Pick<Place, "identity" | "membership"> | null> {
  const identity = identityOf(next.table, next.addresses, Date.now());
  if (sameCluster(before.table, next.table) && samePlace(before.identity, identity)) return null;
  const membership = await join(next.table, identity);
  await heard(membership.cluster, before.membership.cluster);
  return { identity, membership };
}

function sameCluster(before: RoutingTable, next: RoutingTable): boolean {
  const part = ({ cluster }: RoutingTable) =>
    JSON.stringify({ ...cluster, announce: cluster.announce.map(({ place: _, ...rest }) => rest) });
  return part(before) === part(next);
}

function samePlace(before: SelfIdentity, next: SelfIdentity): boolean {
  return before.id === next.id && before.address === next.address && before.port === next.port;
}

/** Waits until a new view knows as many servers as the one before it, for as long as announcements take to come. */
async function heard(next: Cluster, before: Cluster): Promise<void> {
  const end = Date.now() + hearMs;
  while (next.members().length < before.members().length && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
