import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { addressAndPort } from "../access/address.ts";
import { canonicalAddress } from "./ip-address.ts";
import { transportErrorFrom } from "./transport-error.ts";
import type { Received, StatsTransport, TransportOptions, TransportTarget } from "./transport.ts";

/** Bursts of whole clusters fit in it; the system caps it without telling (208 KiB on an untuned Linux). */
const RECEIVE_BUFFER_BYTES = 1 << 20;

/** How a UDP socket is opened. */
export interface UdpSettings {
  readonly ipv6: boolean;
  /** Where to listen; only packets for this address are received. Null: any port, for sending only. */
  readonly bind: { readonly address: string; readonly port: number } | null;
  /** Several sockets of this machine may listen on the port; each gets every packet, for groups and broadcasts. */
  readonly shared: boolean;
  /** Sets options of the bound socket; may throw what the system says. */
  readonly configure: (socket: Socket) => void;
  readonly receive: (datagram: Received) => void;
  /** Hears what the system says of failures after the opening. */
  readonly onError: (cause: unknown) => void;
}

/** A bound and configured socket. Throws what the system says. */
export async function openUdp(settings: UdpSettings): Promise<Socket> {
  const { ipv6, bind, shared, configure, receive, onError } = settings;
  const socket = createSocket({ type: ipv6 ? "udp6" : "udp4", reuseAddr: shared && bind !== null, ipv6Only: ipv6 });
  try {
    // Without `exclusive` the workers of a node:cluster would get a part of the packets each.
    socket.bind({ ...(bind ?? { port: 0 }), exclusive: true });
    await once(socket, "listening");
    configure(socket);
  } catch (error) {
    socket.close();
    throw error;
  }
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
  } catch {
    // Smaller bursts fit then; announcements come again.
  }
  socket.on("error", onError);
  socket.on("message", (bytes, { address, port }) => {
    receive({ bytes, sourceAddress: canonicalAddress(address) ?? address, sourcePort: port });
  });
  return socket;
}

/** Sends packets and knows which ones the system has not taken yet; a socket that is closed before loses them. */
export interface Outgoing {
  /** Never throws; `done` hears what went wrong, null: nothing. */
  send(
    socket: Socket,
    bytes: Uint8Array,
    to: { readonly address: string; readonly port: number },
    done: (cause: unknown) => void,
  ): void;
  /** Resolves when everything was taken or refused. */
  idle(): Promise<void>;
}

export function createOutgoing(): Outgoing {
  let pending = 0;
  let waiting: (() => void)[] = [];

  function finish(done: (cause: unknown) => void, cause: unknown): void {
    pending -= 1;
    done(cause);
    if (pending > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  return {
    send(socket, bytes, { address, port }, done) {
      pending += 1;
      try {
        socket.send(bytes, port, address, (error) => {
          finish(done, error);
        });
      } catch (error) {
        finish(done, error);
      }
    },
    idle: () =>
      new Promise((resolve) => {
        if (pending === 0) resolve();
        else waiting = [...waiting, resolve];
      }),
  };
}

/** Resolves when the socket is closed. */
export async function closeUdp(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.close(() => {
      resolve();
    });
  });
}

/** What a transport over a socket leaves to its kind. */
export interface UdpTransportKind {
  /** For messages. */
  readonly name: string;
  readonly sharedInlet?: string;
  /** Opens a socket, or joins one that is open already; throws what the system says. */
  open(receive: (datagram: Received) => void, onError: (cause: unknown) => void): Promise<Socket>;
  close(socket: Socket): Promise<void>;
}

/** A transport that sends to its target over a UDP socket and translates what the system says of failures. */
export function createUdpTransport(
  kind: UdpTransportKind,
  { address, port }: TransportTarget,
  { onError }: Pick<TransportOptions, "onError">,
): StatsTransport {
  const name = `${kind.name} ${addressAndPort(address, port)}`;
  let opening: Promise<Socket> | null = null;
  let socket: Socket | null = null;
  let reported: string | null = null;
  const outgoing = createOutgoing();

  function report(cause: unknown): void {
    const error = transportErrorFrom(cause, name);
    if (error.message === reported) return;
    reported = error.message;
    onError(error);
  }

  return {
    name,
    ...(kind.sharedInlet === undefined ? {} : { sharedInlet: kind.sharedInlet }),
    async start(receive) {
      opening ??= kind.open(receive, report);
      const started = opening;
      try {
        const opened = await started;
        // Stopped while it opened: stop() closes it.
        if (opening === started) socket = opened;
      } catch (error) {
        if (opening === started) opening = null;
        throw transportErrorFrom(error, name);
      }
    },
    send(bytes) {
      if (socket === null) return;
      outgoing.send(socket, bytes, { address, port }, (error) => {
        if (error === null) reported = null;
        else report(error);
      });
    },
    async stop() {
      const started = opening;
      opening = null;
      socket = null;
      const opened = await started?.catch(() => null);
      await outgoing.idle();
      if (opened) await kind.close(opened);
    },
  };
}
