import type { AddressInfo } from "node:net";
import type { RoutingTable, TableDirective } from "../compile/table.ts";
import type { ServedTable } from "./prepare-table.ts";
import type { StatusReport } from "./status-report.ts";

/** A running server as those see it who steer it: one process, or one with workers. */
export interface Steerable {
  /** The table that new requests meet. */
  readonly table: () => RoutingTable;
  readonly addresses: readonly AddressInfo[];
  readonly transports: readonly string[];
  /** Lines that are not honoured, which only starting could show. */
  readonly notHonoured: readonly { readonly directive: TableDirective; readonly reason: string }[];
  readonly status: () => StatusReport;
  /** Requests that are being handled now. */
  readonly busy: () => number;
  /** The processes that answer requests besides this one; none when this one does. */
  readonly workers: () => readonly WorkerFacts[];
  /**
   * Goes over to another table: requests that run end with the old one, the next ones meet the new one. Rejects, with nothing
   * changed, when the new one cannot run. Gives what takes effect only after a restart, for people.
   */
  reload(served: ServedTable): Promise<readonly string[]>;
  /**
   * Drains a server, by name: it gets no new requests, and until then (local clock, milliseconds) those of its sessions; null
   * takes it back. This server itself announces it. False: no such server.
   */
  drain(id: string, sessionsUntilMs: number | null): boolean;
  /** How a request, in the form of the control socket, would be decided now; rejects with what is wrong with it. */
  trace(request: unknown): Promise<unknown>;
  /** Takes no more connections, lets running requests finish for the grace time, then cuts what is left. */
  close(): Promise<void>;
}

/** One process that answers requests, in the form that scripts read. */
export interface WorkerFacts {
  readonly pid: number;
  readonly uptimeMs: number;
  readonly busy: number;
}
