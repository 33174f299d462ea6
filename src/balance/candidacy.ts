import type { IncomingHttpHeaders } from "node:http";
import type { Member } from "../stats/member.ts";

/** A member with what this balancer itself knows of it. */
export interface Candidate extends Member {
  /** Requests that we sent there and that are not answered yet. */
  readonly inflight: number;
  /** Requests that we sent there since its last announcement. */
  readonly sentSinceHeard: number;
  /** Peak-weighted mean of the milliseconds until its answers began, as of `latencyAtMs`; 0: none came yet. */
  readonly latencyMs: number;
  readonly latencyAtMs: number;
  /** Our requests that it failed one after the other, the last of them at `failedAtMs` (-Infinity: never). */
  readonly failuresInRow: number;
  readonly failedAtMs: number;
}

/** What a candidacy function may look at of the request. */
export interface CandidacyRequest {
  readonly scheme: "http" | "https";
  /** The Host field as sent; null when there is none. */
  readonly host: string | null;
  /** The request target as sent: path and query, or an absolute URI. */
  readonly target: string;
  /** As Node gives them: names in lower case, several Cookie fields joined by `; `. */
  readonly headers: IncomingHttpHeaders;
}

/** What the caller of a pipeline knows. */
export interface ChoiceContext {
  /** Local clock, milliseconds; the one by which members are marked as heard. */
  readonly nowMs: number;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** This server; it may or may not be in the list. */
  readonly self: Candidate;
  readonly request: CandidacyRequest;
  /** Takes a line for the log. Functions call it at most once a minute: what clients send must not flood the log. */
  readonly warn: (message: string) => void;
}

/** What a candidacy function may look at besides the list. */
export interface CandidacyContext extends ChoiceContext {
  /** Servers that drain: never in the list, but the sessions that they have are still theirs. */
  readonly draining: readonly Candidate[];
  /**
   * Asks for a redirect to the chosen server instead of relaying; the last call counts. The function gives the host for the
   * Location, without port, or null to relay after all; it is called once, with the first of the final list.
   */
  readonly redirect: (hostOf: (chosen: Candidate) => string | null) => void;
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
  /** File name that BackhandFromSO must give for it; null: a function for `Backhand`. */
  readonly sharedObject: string | null;
  readonly summary: string;
  /** What the argument is; null when the function takes none. A null default: the argument must be given. */
  readonly argument: { readonly description: string; readonly default: string | null } | null;
  /** True for functions that mod_backhand does not have. */
  readonly ours: boolean;
  /**
   * How the function changes the list; the linter reasons with it, and the pipeline shuffles before a first sort. `adjust`
   * changes figures of the entries only, `redirect` leaves the list as it is.
   */
  readonly effect: "filter" | "shuffle" | "sort" | "window" | "extend" | "stop" | "adjust" | "redirect";
  /** Builds the function, or says what is wrong with the argument (null: none given). */
  create(argument: string | null): CandidacyFunction | { readonly error: string };
}
