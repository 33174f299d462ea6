import type { LoadFigures } from "../stats/load-field.ts";
import type { Member } from "../stats/member.ts";
import type { Candidate } from "./candidacy.ts";

type Live = { -readonly [Key in keyof Candidate]: Candidate[Key] };
type Own = Omit<Live, keyof Member>;

/** Nothing is known yet of our dealings with a server. */
export const strangerFigures: Readonly<Own> = {
  inflight: 0,
  sentSinceHeard: 0,
  latencyMs: 0,
  latencyAtMs: -Infinity,
  failuresInRow: 0,
  failedAtMs: -Infinity,
};

/** After so long an old latency counts for a third: one of ten seconds ago says little of now. */
export const LATENCY_DECAY_MS = 10_000;

interface Counter extends Own {
  /** What the member said last; null while requests outlive a member that is gone. */
  member: Member | null;
  candidate: Live | null;
}

/**
 * Counts the requests that this balancer has in flight at each member, and gives the members with their counts. Count from
 * the decision, not from the connection: decisions made before the connection stands must see each other.
 */
export interface Inflight {
  /** A request goes to this member. */
  started(id: string): void;
  /** It is over. A count never falls below zero, and unknown members are none of our business. */
  finished(id: string): void;
  /** Its answer began so many milliseconds after the request was given to it. */
  answered(id: string, latencyMs: number, nowMs: number): void;
  /** It did not answer, or with a failure. */
  failed(id: string, nowMs: number): void;
  /** Takes over figures that came with an answer, until the next announcement brings all of them. */
  refreshed(id: string, figures: LoadFigures, nowMs: number): void;
  /** From here on a member counts as draining, whatever it says itself, and keeps its sessions until then; null: no longer. */
  drain(id: string, sessionsUntilMs: number | null): void;
  /** Requests in flight at a member; 0 for unknown ones. */
  count(id: string): number;
  /**
   * The members as candidates whose counts stay current. Cheap when called with the same list again. Members that are not
   * in the list any more are forgotten with the first list that comes after the end of their last request.
   */
  candidates(members: readonly Member[]): readonly Candidate[];
}

/** Counters of one balancer process, all zero. */
export function createInflight(): Inflight {
  const counters = new Map<string, Counter>();
  /** Those that we drain, with the end of their sessions. */
  const drained = new Map<string, number>();
  let lastMembers: readonly Member[] = [];
  let lastCandidates: readonly Candidate[] = [];

  /** Every member has a counter after it; a new announcement makes a new candidate, an old one keeps its own. */
  function refresh(member: Member): Candidate {
    let counter = counters.get(member.id);
    if (counter === undefined) {
      counter = { ...strangerFigures, member: null, candidate: null };
      counters.set(member.id, counter);
    }
    if (counter.candidate !== null && counter.member === member) return counter.candidate;
    if (counter.member?.lastHeardMs !== member.lastHeardMs) counter.sentSinceHeard = 0;
    counter.member = member;
    counter.candidate = createCandidate(member, counter);
    drainCandidate(counter.candidate, member);
    return counter.candidate;
  }

  /** What it says itself holds, unless we drain it. */
  function drainCandidate(candidate: Live, member: Member): void {
    const until = drained.get(member.id);
    candidate.state = until === undefined ? member.state : "drain";
    candidate.sessionsUntilMs = until ?? member.sessionsUntilMs;
  }

  function forgetMissing(members: readonly Member[]): void {
    const present = new Set(members.map((member) => member.id));
    for (const [id, counter] of counters) {
      if (present.has(id)) continue;
      counter.member = null;
      counter.candidate = null;
      if (counter.inflight === 0) counters.delete(id);
    }
  }

  function update(counter: Counter): void {
    if (counter.candidate === null) return;
    counter.candidate.inflight = counter.inflight;
    counter.candidate.sentSinceHeard = counter.sentSinceHeard;
    counter.candidate.latencyMs = counter.latencyMs;
    counter.candidate.latencyAtMs = counter.latencyAtMs;
    counter.candidate.failuresInRow = counter.failuresInRow;
    counter.candidate.failedAtMs = counter.failedAtMs;
  }

  return {
    started(id) {
      const counter = counters.get(id);
      if (counter === undefined) {
        counters.set(id, { ...strangerFigures, inflight: 1, sentSinceHeard: 1, member: null, candidate: null });
        return;
      }
      counter.inflight += 1;
      counter.sentSinceHeard += 1;
      update(counter);
    },
    finished(id) {
      const counter = counters.get(id);
      if (counter === undefined) return;
      counter.inflight = Math.max(0, counter.inflight - 1);
      update(counter);
    },
    answered(id, latencyMs, nowMs) {
      const counter = counters.get(id);
      if (counter === undefined) return;
      counter.failuresInRow = 0;
      // A slow answer counts at once, a quick one bit by bit: better to avoid a server for nothing than to pile on.
      const kept = decayed(counter, nowMs);
      const weight = Math.exp(-Math.max(0, nowMs - counter.latencyAtMs) / LATENCY_DECAY_MS);
      counter.latencyMs = latencyMs >= kept ? latencyMs : kept + latencyMs * (1 - weight);
      counter.latencyAtMs = nowMs;
      update(counter);
    },
    failed(id, nowMs) {
      const counter = counters.get(id);
      if (counter === undefined) return;
      counter.failuresInRow += 1;
      counter.failedAtMs = nowMs;
      update(counter);
    },
    refreshed(id, figures, nowMs) {
      const counter = counters.get(id);
      if (!counter?.candidate) return;
      Object.assign(counter.candidate, figures);
      // What was sent before is in the figures now.
      counter.sentSinceHeard = 0;
      counter.candidate.lastHeardMs = nowMs;
      update(counter);
    },
    drain(id, sessionsUntilMs) {
      if (sessionsUntilMs === null) drained.delete(id);
      else drained.set(id, sessionsUntilMs);
      const counter = counters.get(id);
      if (counter?.candidate && counter.member !== null) drainCandidate(counter.candidate, counter.member);
    },
    count(id) {
      return counters.get(id)?.inflight ?? 0;
    },
    candidates(members) {
      if (members === lastMembers) return lastCandidates;
      // Of many servers one has announced itself: the others are where they were.
      const before = lastMembers;
      lastCandidates = lastCandidates.slice(0, members.length);
      const candidates = lastCandidates as Candidate[];
      for (let index = 0; index < members.length; index += 1) {
        const member = members[index];
        if (member !== undefined && member !== before[index]) candidates[index] = refresh(member);
      }
      lastMembers = members;
      if (counters.size > members.length) forgetMissing(members);
      return lastCandidates;
    },
  };
}

/** The latency of a server as far as it still counts, in milliseconds. */
export function decayed({ latencyMs, latencyAtMs }: Pick<Own, "latencyMs" | "latencyAtMs">, nowMs: number): number {
  return latencyMs === 0 ? 0 : latencyMs * Math.exp(-Math.max(0, nowMs - latencyAtMs) / LATENCY_DECAY_MS);
}

/**
 * Field by field: V8 gives each copy that `...` makes of so many fields a hidden class of its own, and looking at a thousand of
 * them takes ten times as long.
 */
function createCandidate(member: Member, own: Own): Live {
  return {
    id: member.id,
    address: member.address,
    port: member.port,
    isSelf: member.isSelf,
    state: member.state,
    sessionsUntilMs: member.sessionsUntilMs,
    lastHeardMs: member.lastHeardMs,
    startedMs: member.startedMs,
    ready: member.ready,
    busy: member.busy,
    load: member.load,
    cpuIdle: member.cpuIdle,
    cpuCount: member.cpuCount,
    arriba: member.arriba,
    totalMemoryBytes: member.totalMemoryBytes,
    availableMemoryBytes: member.availableMemoryBytes,
    backhanded: member.backhanded,
    meanTimeMs: member.meanTimeMs,
    inflight: own.inflight,
    sentSinceHeard: own.sentSinceHeard,
    latencyMs: own.latencyMs,
    latencyAtMs: own.latencyAtMs,
    failuresInRow: own.failuresInRow,
    failedAtMs: own.failedAtMs,
  };
}
