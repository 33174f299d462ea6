import type { Candidate } from "../balance/candidacy.ts";
import type { Cluster } from "../stats/cluster.ts";
import type { BalancerState } from "./balancer.ts";
import type { Checks } from "./checks.ts";
import type { PlaceFigures } from "./places.ts";

/** The state of the cluster at one moment, in the form that scripts read; names as in the JSON. */
export interface StatusReport {
  readonly version: 1;
  readonly self: { readonly id: string; readonly address: string };
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly members: readonly StatusMember[];
  readonly refused: Readonly<Record<string, number>>;
  /** Variance of the requests at a server from one period to the next by their mean: 1 is chance. Null: too few requests. */
  readonly herding: number | null;
  /** Requests that this server serves at a time; null: without a limit. */
  readonly places: StatusPlaces | null;
}

/** What becomes of MaxClients (MaxRequestWorkers), its `limit`. */
export interface StatusPlaces extends PlaceFigures {
  readonly limit: number;
}

/** Times in milliseconds, sizes in bytes, `cpu` is the idle share. */
export interface StatusMember {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly state: "up" | "drain" | "ejected";
  readonly ageMs: number;
  readonly ready: number;
  readonly busy: number;
  readonly load: number;
  readonly cpu: number;
  readonly ncpu: number;
  readonly arriba: number;
  readonly tmem: number;
  readonly amem: number;
  readonly numbacked: number;
  readonly tatime: number;
  readonly inflight: number;
  readonly requests: number;
  readonly errors: number;
  /** Until its answers begin; 0: it gave none yet. */
  readonly latency: number;
  /** Mean of our requests in a period between announcements, and their variance. */
  readonly arrivals: number;
  readonly arrivalsVariance: number;
  /** What came of the last check (BackhandCheck), with its milliseconds; null: none was made. */
  readonly check: { readonly problem: string | null; readonly ageMs: number; readonly latency: number } | null;
  /** Null: not ejected. `times`: how often in a row, which its time grows with. */
  readonly ejection: { readonly reason: string; readonly leftMs: number; readonly times: number } | null;
}

/** What the report is made of. */
export interface StatusSources extends Pick<BalancerState, "inflight" | "counters" | "health"> {
  readonly cluster: Pick<Cluster, "members" | "self" | "refused">;
  readonly checks: Pick<Checks, "resultOf">;
  readonly places: StatusPlaces | null;
}

/** Puts together what the status page shows. */
export function statusReport(
  { cluster, inflight, counters, health, checks, places }: StatusSources,
  now: number,
): StatusReport {
  const memberOf = (member: Candidate): StatusMember => {
    const check = checks.resultOf(member.id);
    const ejected = member.isSelf ? null : health.ejection(member.id, now);
    return {
      id: member.id,
      address: member.address,
      port: member.port,
      state: member.state === "up" && ejected !== null ? "ejected" : member.state,
      ageMs: member.isSelf ? 0 : Math.max(0, now - member.lastHeardMs),
      ready: member.ready,
      busy: member.busy,
      load: member.load,
      cpu: member.cpuIdle,
      ncpu: member.cpuCount,
      arriba: member.arriba,
      tmem: member.totalMemoryBytes,
      amem: member.availableMemoryBytes,
      numbacked: member.backhanded,
      tatime: member.meanTimeMs,
      inflight: member.inflight,
      ...counters.of(member.id),
      latency: member.latencyMs,
      check:
        check === null
          ? null
          : { problem: check.problem, ageMs: Math.max(0, now - check.atMs), latency: check.latencyMs },
      ejection:
        ejected === null ? null : { reason: ejected.reason, leftMs: ejected.untilMs - now, times: ejected.times },
    };
  };
  const self = cluster.self();
  return {
    version: 1,
    self: { id: self.id, address: self.address },
    now,
    members: inflight.candidates(cluster.members()).map(memberOf),
    refused: cluster.refused(),
    herding: counters.herding(),
    places,
  };
}
