import { hostname, networkInterfaces } from "node:os";
import type { RoutingTable } from "../compile/table.ts";
import type { SelfIdentity } from "../stats/cluster.ts";
import { isServerId } from "../stats/packet.ts";

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
    address: contact?.address ?? reachable(first?.address),
    port: contact?.port ?? first?.port ?? 80,
    startMs,
  };
}

/** An address that others can reach, for a server that listens on all. */
function reachable(listening: string | undefined): string {
  if (listening !== undefined && listening !== "::" && listening !== "0.0.0.0") return listening;
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.find(({ internal, family }) => !internal && family === "IPv4")?.address ?? "127.0.0.1";
}
