import type { Member } from "../stats/member.ts";

/** A member with what this balancer itself knows of it. */
export interface Candidate extends Member {
  /** Requests that we sent there and that are not answered yet. */
  readonly inflight: number;
}

/** What a candidacy function may look at besides the list. */
export interface CandidacyContext {
  /** Local clock, milliseconds. */
  readonly nowMs: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** This server; it may or may not be in the list. */
  readonly self: Candidate;
}

/**
 * Narrows or reorders the candidates; must not change its input. Called once per request: no I/O, no allocation beyond the
 * result.
 */
export type CandidacyFunction = (candidates: readonly Candidate[], context: CandidacyContext) => readonly Candidate[];

/** A candidacy function before its argument is known. */
export interface CandidacyDefinition {
  /** Case-sensitive, as in the configuration. */
  readonly name: string;
  readonly summary: string;
  /** What the argument is; null when the function takes none. */
  readonly argument: { readonly description: string; readonly default: string } | null;
  /** True for functions that mod_backhand does not have. */
  readonly ours: boolean;
  /** How the function changes the list; the linter reasons with it. */
  readonly effect: "filter" | "shuffle" | "sort" | "window" | "extend" | "stop";
  /** Builds the function, or says what is wrong with the argument (null: none given). */
  create(argument: string | null): CandidacyFunction | { readonly error: string };
}
