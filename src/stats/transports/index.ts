import type { StatsTransport, TransportDefinition, TransportOptions, TransportTarget } from "../transport.ts";
import { broadcast } from "./broadcast.ts";
import { multicast } from "./multicast.ts";
import { unicast } from "./unicast.ts";

export { memory } from "./memory.ts";

/** The ways of carrying announcements, the pickiest first: the first that serves a target gets it. */
export const transportDefinitions: readonly TransportDefinition[] = [multicast, broadcast, unicast];

/** The transport for an address and port of MulticastStats, not started yet. */
export function createTransport(
  target: TransportTarget,
  options: TransportOptions,
  definitions: readonly TransportDefinition[] = transportDefinitions,
): StatsTransport {
  const definition = definitions.find((each) => each.serves(target)) ?? unicast;
  return definition.create(target, options);
}
