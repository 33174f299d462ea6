import { fateOf, methodOf, type Method, type Step } from "../apache24/balanced-sections.ts";
import { changed, lost } from "../verdict.ts";
import type { Places } from "./places.ts";
import type { Variant } from "./region.ts";

type Pipeline = Variant["pipeline"];

const NO_MEMBERS = "no member of the cluster is known, so this answers 503: give --backends or --discover 5s";

/** Whether requests are handed on to the cluster. */
export function isBalanced(pipeline: Pipeline): boolean {
  return pipeline.length > 0 && !pipeline.some(({ function: name }) => name === "off" || name === "backhand_off");
}

/** The method of a balancer that comes nearest to a pipeline. */
export function methodFor(
  pipeline: readonly { readonly function: string; readonly argument: string | null }[],
  hears: boolean,
): Method {
  return methodOf({ steps: pipeline.map(({ function: name, argument }) => ({ name, argument })) }, hears);
}

/**
 * Says of every candidacy function what it has become; `session` is what the target has instead of bySession, and without
 * `output` no member of the cluster is known.
 */
export function judgePipeline(pipeline: Pipeline, places: Places, output: string | null, session: string): void {
  for (const { function: name, argument, place } of pipeline) {
    const step: Pick<Step, "name" | "argument"> = { name, argument };
    const { isLost, why } = fateOf(step);
    if (isLost) places.judge(place, lost(why));
    else if (output === null) places.judge(place, lost(NO_MEMBERS));
    else if (name === "bySession") places.judge(place, lost(session));
    else places.judge(place, changed(output, "the method that comes nearest to the candidacy functions together"));
  }
}
