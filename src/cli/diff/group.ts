import type { Explanation } from "../explain/explanation.ts";
import type { Change } from "./changes.ts";

/** Requests that change alike. */
export interface ChangeGroup {
  readonly changes: readonly Change[];
  /** How many requests change like this. */
  readonly requests: number;
  /** The first of them. */
  readonly examples: readonly Explanation["request"][];
}

/** Requests that stand for their group. */
const EXAMPLES = 3;

/** Puts requests with the same change together, so that a moved document root is one finding and not a thousand. */
export class ChangeGroups {
  readonly #groups = new Map<
    string,
    { changes: readonly Change[]; requests: number; examples: Explanation["request"][] }
  >();
  #requests = 0;

  /** Requests that change, in all groups. */
  get requests(): number {
    return this.#requests;
  }

  add(request: Explanation["request"], changes: readonly Change[]): void {
    this.#requests += 1;
    // File names differ from request to request: that they change is what counts, unless nothing else does.
    const telling = changes.some(({ aspect }) => aspect !== "file")
      ? changes.filter(({ aspect }) => aspect !== "file")
      : changes.map(({ aspect }) => aspect);
    const key = JSON.stringify(telling);
    const group = this.#groups.get(key) ?? { changes, requests: 0, examples: [] };
    this.#groups.set(key, group);
    group.requests += 1;
    if (group.examples.length < EXAMPLES) group.examples.push(request);
  }

  /** In the order in which they were met. */
  all(): readonly ChangeGroup[] {
    return [...this.#groups.values()];
  }
}
