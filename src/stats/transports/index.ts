import type { BusTarget } from "../bus-target.ts";
import { readBusTarget, withoutLogin } from "../bus-target.ts";
import { TransportError } from "../transport-error.ts";
import type { StatsTransport, TransportDefinition, TransportOptions, TransportTarget } from "../transport.ts";
import { broadcast } from "./broadcast.ts";
import { http } from "./http.ts";
import { multicast } from "./multicast.ts";
import { nats } from "./nats.ts";
import { redis } from "./redis.ts";
import { udp } from "./udp.ts";
import { unicast } from "./unicast.ts";

/** The ways of carrying announcements, the pickiest first: the first that serves a target gets it. */
export const transportDefinitions: readonly TransportDefinition[] = [multicast, broadcast, unicast];

/** The ways that BackhandStatsBus can name. */
export const busDefinitions: readonly TransportDefinition<BusTarget>[] = [udp, http, nats, redis];

/** The transport for an address and port of MulticastStats, not started yet. */
export function createTransport(
  target: TransportTarget,
  options: TransportOptions,
  definitions: readonly TransportDefinition[] = transportDefinitions,
): StatsTransport {
  const definition = definitions.find((each) => each.serves(target)) ?? unicast;
  return definition.create(target, options);
}

/**
 * The transport for what BackhandStatsBus names, not started yet, with what was read of it; no transport for the word `http`,
 * which sends nothing. Throws a TransportError when the text cannot be read.
 */
export function createBus(
  text: string,
  options: TransportOptions,
  definitions: readonly TransportDefinition<BusTarget>[] = busDefinitions,
): { readonly target: BusTarget; readonly transport: StatsTransport | null } {
  const target = readBusTarget(text);
  if ("error" in target) {
    throw new TransportError(
      "BACKHAND_TRANSPORT_TARGET",
      `Cannot read the bus "${withoutLogin(text)}": ${target.error}`,
    );
  }
  const definition = definitions.find((each) => each.serves(target));
  return { target, transport: definition?.create(target, options) ?? null };
}
