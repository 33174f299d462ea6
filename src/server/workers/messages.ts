import type { AddressInfo } from "node:net";
import type { NamedEjection } from "../../balance/health.ts";
import type { RoutingTable } from "../../compile/table.ts";
import type { SelfIdentity } from "../../stats/cluster.ts";
import type { Member } from "../../stats/member.ts";
import type { Received } from "../../stats/transport.ts";
import type { NotHonoured } from "../steerable.ts";
import type { DealingsPage } from "./dealings-page.ts";
import type { MemberChanges } from "./member-changes.ts";

/** A table on its way to a worker. */
export interface SentTable {
  readonly table: RoutingTable;
  /** What a worker makes its reader of .htaccess files of; for whoever makes it. Null: they count as not there. */
  readonly accessReading: unknown;
}

/** What a worker is told when it starts. */
export interface OpenMessage extends SentTable {
  readonly kind: "open";
  /** This worker's place among the workers, from 0, and their number. */
  readonly slot: number;
  readonly count: number;
}

/** All that a worker has to know of the cluster before it answers the first request. */
export interface BeginMessage {
  readonly kind: "begin";
  readonly identity: SelfIdentity;
  readonly members: readonly Member[];
  readonly ejections: readonly NamedEjection[];
  /** Servers that are drained here, with the end of their sessions. */
  readonly drained: readonly (readonly [id: string, sessionsUntilMs: number])[];
}

/** From the primary to a worker. Sent as structured clones, in which Infinity survives. */
export type ToWorker =
  | OpenMessage
  | BeginMessage
  | { readonly kind: "members"; readonly changes: MemberChanges }
  | { readonly kind: "ejections"; readonly ejections: readonly NamedEjection[] }
  /** Requests that all workers have now. */
  | { readonly kind: "busy"; readonly busy: number }
  /** Another worker's request failed there. */
  | { readonly kind: "failed"; readonly id: string; readonly atMs: number }
  | { readonly kind: "drain"; readonly id: string; readonly sessionsUntilMs: number | null }
  | { readonly kind: "stop"; readonly graceMs: number }
  | QuestionMessage<WorkerQuestion>
  | AnswerMessage;

/** From a worker to the primary. */
export type ToPrimary =
  | { readonly kind: "hello" }
  | { readonly kind: "opened"; readonly addresses: readonly AddressInfo[] }
  | { readonly kind: "not-opened"; readonly message: string; readonly code: string }
  | { readonly kind: "begun"; readonly notHonoured: readonly NotHonoured[] }
  | { readonly kind: "dealings"; readonly page: DealingsPage }
  | QuestionMessage<PrimaryQuestion>
  | AnswerMessage;

/** What a worker is asked. */
export type WorkerQuestion =
  /** Opens what another table needs; the answer is where it would listen. */
  | ({ readonly kind: "prepare" } & SentTable)
  /** Goes over to what was prepared; the answer is a list of lines that are not honoured. */
  | { readonly kind: "keep"; readonly identity: SelfIdentity }
  | { readonly kind: "undo" }
  | { readonly kind: "trace"; readonly request: unknown };

/** What the primary is asked. */
export type PrimaryQuestion =
  { readonly kind: "status" } | { readonly kind: "posted"; readonly datagram: Received; readonly via: string };

export interface QuestionMessage<Question> {
  readonly kind: "question";
  readonly number: number;
  readonly question: Question;
}

export interface AnswerMessage {
  readonly kind: "answer";
  readonly number: number;
  readonly result: { readonly value: unknown } | { readonly error: string };
}
