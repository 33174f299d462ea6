import type { IncomingMessage } from "node:http";
import type { Candidate } from "../balance/candidacy.ts";
import type { Choice } from "../balance/choose.ts";
import type { RoutingTable } from "../compile/table.ts";
import type { ChoiceTrace } from "./balancer.ts";
import type { Trust } from "./trust.ts";

/** Fields of a request that somebody handed on: what else is in it is the word of who asked first. */
const handedOn = ["x-forwarded-for", "forwarded", "via", "x-backhand-via"] as const;

/**
 * Whether a request gets the trace of its decision instead of an answer: it carries `X-Backhand-Trace: 1` and comes straight
 * from a BackhandTrustedProxy or a server of the cluster.
 */
export function mayTrace({ headers }: IncomingMessage, client: string, trust: Pick<Trust, "isTrusted">): boolean {
  if (headers["x-backhand-trace"] !== "1") return false;
  return handedOn.every((name) => headers[name] === undefined) && trust.isTrusted(client);
}

/** How a choice came about, in the form that scripts read. */
export interface DecisionTrace {
  readonly version: 1;
  /** What the first function gets: without those that are ejected, or left out while they warm up. */
  readonly candidates: readonly TracedCandidate[];
  readonly steps: readonly {
    readonly function: string;
    readonly argument: string | null;
    readonly path: string;
    readonly line: number;
    /** The list after the function. */
    readonly candidates: readonly TracedCandidate[];
  }[];
  /** Null: nobody; the request would be answered here. */
  readonly chosen: string | null;
  /** Host that the client would be sent to; null: relayed. */
  readonly redirect: string | null;
  /** True when the functions left nobody of those that are not ejected, and were asked again with all. */
  readonly panic: boolean;
}

/** What the functions look at, names as on the status page. */
interface TracedCandidate {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly state: string;
  readonly ageMs: number;
  readonly ready: number;
  readonly busy: number;
  readonly load: number;
  readonly cpu: number;
  readonly ncpu: number;
  readonly arriba: number;
  readonly tmem: number;
  readonly amem: number;
  readonly inflight: number;
  readonly sentSinceHeard: number;
  readonly latencyMs: number;
  readonly failuresInRow: number;
}

/** Puts together what the runs of a pipeline left behind; the last one decided. */
export function decisionTrace(
  table: RoutingTable,
  choice: Choice,
  runs: readonly ChoiceTrace[],
  nowMs: number,
): DecisionTrace {
  const last = runs.at(-1);
  const list = (candidates: readonly Candidate[]) => candidates.map((candidate) => traced(candidate, nowMs));
  return {
    version: 1,
    candidates: list(last?.candidates ?? []),
    steps: (last?.entries ?? []).map(({ step, candidates }) => ({
      function: step.function,
      argument: step.argument,
      path: table.files[step.place.file] ?? ".htaccess",
      line: step.place.line,
      candidates: list(candidates),
    })),
    chosen: choice.chosen?.id ?? null,
    redirect: choice.redirectHost,
    panic: runs.length > 1,
  };
}

function traced(candidate: Candidate, nowMs: number): TracedCandidate {
  const { id, address, port, state, ready, busy, load, arriba, inflight, sentSinceHeard, failuresInRow } = candidate;
  return {
    id,
    address,
    port,
    state,
    ageMs: candidate.isSelf ? 0 : Math.max(0, nowMs - candidate.lastHeardMs),
    ready,
    busy,
    load,
    cpu: candidate.cpuIdle,
    ncpu: candidate.cpuCount,
    arriba,
    tmem: candidate.totalMemoryBytes,
    amem: candidate.availableMemoryBytes,
    inflight,
    sentSinceHeard,
    latencyMs: candidate.latencyMs,
    failuresInRow,
  };
}
