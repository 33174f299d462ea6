import type { Member } from "../stats/member.ts";
import type { Candidate } from "./candidacy.ts";

type Live = { -readonly [Key in keyof Candidate]: Candidate[Key] };

interface Counter {
  inflight: number;
  sentSinceHeard: number;
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
  let lastMembers: readonly Member[] | null = null;
  let lastCandidates: readonly Candidate[] = [];

  /** Every member has a counter after it; a new announcement makes a new candidate, an old one keeps its own. */
  function refresh(member: Member): Candidate {
    let counter = counters.get(member.id);
    if (counter === undefined) {
      counter = { inflight: 0, sentSinceHeard: 0, member: null, candidate: null };
      counters.set(member.id, counter);
    }
    if (counter.candidate !== null && counter.member === member) return counter.candidate;
    if (counter.member?.lastHeardMs !== member.lastHeardMs) counter.sentSinceHeard = 0;
    counter.member = member;
    counter.candidate = { ...member, inflight: counter.inflight, sentSinceHeard: counter.sentSinceHeard };
    return counter.candidate;
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
  }

  return {
    started(id) {
      const counter = counters.get(id);
      if (counter === undefined) {
        counters.set(id, { inflight: 1, sentSinceHeard: 1, member: null, candidate: null });
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
    count(id) {
      return counters.get(id)?.inflight ?? 0;
    },
    candidates(members) {
      if (members === lastMembers) return lastCandidates;
      lastMembers = members;
      lastCandidates = members.map(refresh);
      if (counters.size > members.length) forgetMissing(members);
      return lastCandidates;
    },
  };
}
