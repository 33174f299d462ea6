import type { TransportError } from "./transport-error.ts";

/** A datagram that came in. */
export interface Received {
  readonly bytes: Uint8Array;
  /** Source address; IPv4-mapped IPv6 addresses as IPv4. Null: a bus brought it, which does not tell. */
  readonly sourceAddress: string | null;
  readonly sourcePort: number;
}

/**
 * Carries announcements. One instance is one group or address; it neither reads nor judges what it carries.
 */
export interface StatsTransport {
  /** For messages: `multicast 239.1.1.1:4445`. */
  readonly name: string;
  /** The socket on which its packets come in, where transports share one; each packet shall count once. */
  readonly sharedInlet?: string;
  /**
   * Resolves when announcements can be sent and received; rejects with a TransportError. A bus or a name server that is down
   * is no reason to reject: it is reported, and tried again for ever.
   */
  start(receive: (datagram: Received) => void): Promise<void>;
  /** Sends to everybody who listens. A failure is reported once through the error listener, never thrown. */
  send(bytes: Uint8Array): void;
  /** What was sent before is on its way when it resolves. */
  stop(): Promise<void>;
}

/** Where a transport sends to and listens. */
export interface TransportTarget {
  /** IPv4 or IPv6 text. */
  readonly address: string;
  readonly port: number;
  /** Routers that a multicast packet may pass; null: none, it stays in its network. */
  readonly ttl: number | null;
}

/** What a transport needs besides its target. */
export interface TransportOptions {
  /** An address of this machine, whose interface shall be used; null: the system's choice. */
  readonly interfaceAddress: string | null;
  /** False for somebody who only announces: no port is taken and nothing received. */
  readonly listens: boolean;
  /** Hears of failures after the start; of the same one again only after something was sent in between. */
  readonly onError: (error: TransportError) => void;
}

/** A way of carrying announcements, before its target is known: an address, or what BackhandStatsBus names. */
export interface TransportDefinition<Target = TransportTarget> {
  /** As in the names of its instances. */
  readonly name: string;
  readonly summary: string;
  /** Whether announcements to this target go this way; the first definition in the registry that says so is taken. */
  serves(target: Target): boolean;
  create(target: Target, options: TransportOptions): StatsTransport;
}
