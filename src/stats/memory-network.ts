import type { Received } from "./transport.ts";

/** How an in-memory network treats packets. */
export interface MemoryNetworkOptions {
  /** Share of packets that get lost, 0 to 1, for each receiver on its own. */
  readonly loss?: number;
  /** Milliseconds from sending to receiving; called for each receiver. 0 delivers at once. */
  readonly delayMs?: () => number;
  /** 0 ≤ x < 1. */
  readonly random?: () => number;
}

/** A place in the network; `group` is the destination that it listens to. */
export interface MemoryHost {
  readonly address: string;
  readonly group: string;
  readonly receive: (datagram: Received) => void;
}

/** A network without sockets, with a clock of its own, for tests: everybody on a group hears what is sent to it. */
export interface MemoryNetwork {
  readonly nowMs: () => number;
  /** Lets time pass and delivers what is due, in the order of its time. */
  advance(ms: number): void;
  /** Cuts the network into parts that don't hear each other; addresses that no part names are alone. No parts: whole again. */
  partition(parts: readonly (readonly string[])[]): void;
  /** Returns the function that leaves again. */
  join(host: MemoryHost): () => void;
  send(from: { readonly address: string; readonly group: string }, bytes: Uint8Array): void;
}

interface Travelling {
  readonly atMs: number;
  readonly to: MemoryHost;
  readonly datagram: Received & { readonly sourceAddress: string };
}

/** Source port of every packet; nothing looks at it. */
const SOURCE_PORT = 4445;

/** An empty network at time 0. */
export function createMemoryNetwork(options: MemoryNetworkOptions = {}): MemoryNetwork {
  const { loss = 0, delayMs = () => 0, random = Math.random } = options;
  const hosts = new Set<MemoryHost>();
  let travelling: readonly Travelling[] = [];
  let parts: readonly (readonly string[])[] = [];
  let nowMs = 0;

  function areConnected(a: string, b: string): boolean {
    return parts.length === 0 || a === b || parts.some((part) => part.includes(a) && part.includes(b));
  }

  function deliver({ to, datagram }: Travelling): void {
    if (hosts.has(to) && areConnected(datagram.sourceAddress, to.address)) to.receive(datagram);
  }

  return {
    nowMs: () => nowMs,
    advance(ms) {
      const endMs = nowMs + ms;
      // What is delivered may send again, and that may be due within the same time.
      for (;;) {
        const due = travelling.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        travelling = travelling.filter((each) => each !== due);
        nowMs = Math.max(nowMs, due.atMs);
        deliver(due);
      }
      nowMs = endMs;
    },
    partition(wanted) {
      parts = wanted;
    },
    join(host) {
      hosts.add(host);
      return () => hosts.delete(host);
    },
    send(from, bytes) {
      for (const to of [...hosts]) {
        if (to.group !== from.group || random() < loss) continue;
        const datagram = { bytes: Uint8Array.from(bytes), sourceAddress: from.address, sourcePort: SOURCE_PORT };
        const delay = delayMs();
        const packet = { atMs: nowMs + delay, to, datagram };
        if (delay <= 0) deliver(packet);
        else travelling = [...travelling, packet];
      }
    },
  };
}
