import type { Candidate, ChoiceContext } from "../../src/balance/candidacy.ts";

/** A server with the figures that a test cares about. */
export function candidate(id: string, figures: Partial<Candidate> = {}): Candidate {
  return {
    id,
    address: "10.0.0.1",
    port: 80,
    isSelf: false,
    state: "up",
    startedMs: null,
    lastHeardMs: 0,
    ready: 8,
    busy: 0,
    load: 0,
    cpuIdle: 1,
    cpuCount: 1,
    arriba: 1000,
    totalMemoryBytes: 1000,
    availableMemoryBytes: 1000,
    backhanded: 0,
    meanTimeMs: 0,
    inflight: 0,
    sentSinceHeard: 0,
    latencyMs: 0,
    latencyAtMs: -Infinity,
    failuresInRow: 0,
    failedAtMs: -Infinity,
    sessionsUntilMs: Infinity,
    ...figures,
  };
}

/** A generator of the same numbers for the same seed (mulberry32), 0 ≤ x < 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A request for / at time 0, seen by a server "self", with what a test changes. */
export function context(changes: Partial<ChoiceContext> = {}): ChoiceContext {
  return {
    nowMs: 0,
    random: seededRandom(1),
    self: candidate("self", { isSelf: true }),
    request: { scheme: "http", host: "www.example.com", target: "/", headers: {} },
    warn: () => {},
    ...changes,
  };
}
