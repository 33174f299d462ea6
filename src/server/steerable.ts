import type { AddressInfo } from "node:net";
import type { RoutingTable, TableDirective } from "../compile/table.ts";
import type { Member } from "../stats/member.ts";
import type { StatusReport } from "./status-report.ts";

/** A running server as those see it who steer it: one process, or one with workers. */
export interface Steerable {
  /** The table that new requests meet. */
  readonly table: () => RoutingTable;
  readonly addresses: readonly AddressInfo[];
  readonly transports: readonly string[];
  /** Lines that are not honoured, which only starting could show. */
  readonly notHonoured: readonly NotHonoured[];
  /** This server as the cluster hears of it. */
  readonly self: () => Member;
  readonly status: () => StatusReport;
  /** Requests that are being handled now. */
  readonly busy: () => number;
  /** The processes that answer requests besides this one; none when this one does. */
  readonly workers: () => readonly WorkerFacts[];
  /**
   * Drains a server, by name: it gets no new requests, and until then (local clock, milliseconds) those of its sessions; null
   * takes it back. This server itself announces it. False: no such server.
   */
  drain(id: string, sessionsUntilMs: number | null): boolean;
  /** How a request, in the form of the control socket, would be decided now; rejects with what is wrong with it. */
  trace(request: unknown): Promise<unknown>;
  /** Resolves when it cannot go on, with the reason; mostly never. */
  readonly failed: Promise<string>;
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left. */
  close(): Promise<void>;
}

/** One process that answers requests, in the form that scripts read. */
export interface WorkerFacts {
  readonly pid: number;
  readonly uptimeMs: number;
  readonly busy: number;
}

/** A line that is not honoured, with the reason. */
export interface NotHonoured {
  readonly directive: TableDirective;
  readonly reason: string;
}
