/** A datagram that came in. */
export interface Received {
  readonly bytes: Uint8Array;
  /** Source address; IPv4-mapped IPv6 addresses as IPv4. */
  readonly sourceAddress: string;
  readonly sourcePort: number;
}

/**
 * Carries announcements. One instance is one group or address; it neither reads nor judges what it carries.
 */
export interface StatsTransport {
  /** For messages: `multicast 239.1.1.1:4445`. */
  readonly name: string;
  /** Resolves when announcements can be sent and received; rejects with a TransportError. */
  start(receive: (datagram: Received) => void): Promise<void>;
  /** Sends to everybody who listens. A failure is reported once through the error listener, never thrown. */
  send(bytes: Uint8Array): void;
  stop(): Promise<void>;
}
