import type { Place, SectionKind, TableDirective } from "../compile/table.ts";

/** A request as far as routing is concerned. */
export interface RouteRequest {
  /** Local address and port that the connection reached. */
  readonly localAddress: string;
  readonly localPort: number;
  /** The Host field as sent; null when there is none. */
  readonly host: string | null;
  /** The request target as sent: path and query, or an absolute URI. */
  readonly target: string;
  readonly method: string;
}

/** Where a request goes, and why. */
export interface Match {
  /** Index into the table's hosts; 0 is the main server. */
  readonly host: number;
  /** What decided the host, with its line: `ServerAlias *.example, httpd.conf:14`. */
  readonly reason: string;
  /** Decoded path. */
  readonly uri: string;
  readonly filename: string;
  /** In the order in which httpd merges them. */
  readonly sections: readonly MatchedSection[];
  /** The candidacy functions that decide, in order; empty: not balanced. */
  readonly pipeline: readonly PipelineStep[];
  /** From SetHandler; null when none or `None`. */
  readonly handler: string | null;
  /** Effective directives after merging, each with the lines that it overrode. */
  readonly effective: readonly EffectiveDirective[];
}

export interface MatchedSection {
  readonly kind: SectionKind;
  readonly argument: string;
  readonly place: Place;
}

export interface PipelineStep {
  readonly function: string;
  /** Null when the line gives none. */
  readonly argument: string | null;
  /** From BackhandFromSO: the file; null for built-in functions. */
  readonly from: string | null;
  readonly place: Place;
}

export interface EffectiveDirective extends TableDirective {
  readonly overrides: readonly Place[];
}

/** A request that httpd answers itself, before any section applies. */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 414;
  readonly reason: string;
}
