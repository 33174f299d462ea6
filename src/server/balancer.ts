import type { CandidacyRequest, Candidate } from "../balance/candidacy.ts";
import { choose } from "../balance/choose.ts";
import type { Choice } from "../balance/choose.ts";
import { createInflight } from "../balance/inflight.ts";
import type { Inflight } from "../balance/inflight.ts";
import { createPipeline } from "../balance/pipeline.ts";
import type { FindLoaded, Pipeline } from "../balance/pipeline.ts";
import type { ProxyOptions, Upstream } from "../proxy/engine.ts";
import type { PipelineStep } from "../routing/match.ts";
import type { Cluster } from "../stats/cluster.ts";
import { createMemberCounters } from "./member-counters.ts";
import type { MemberCounters } from "./member-counters.ts";

/** Decides for requests which server gets them, and counts what goes where. */
export interface Balancer {
  /** Null when the lines of the pipeline cannot run; which was reported through `warn`. */
  readonly choose: (steps: readonly PipelineStep[], request: CandidacyRequest) => Choice | null;
  /** For the engine: the servers of a choice in its order, this one left out. */
  readonly proxyOptions: (order: readonly Candidate[]) => ProxyOptions;
  /** For the engine: one fixed server, which is no member. */
  readonly fixed: (upstream: Upstream) => ProxyOptions;
  readonly inflight: Inflight;
  readonly counters: MemberCounters;
}

export interface BalancerOptions {
  readonly cluster: () => Cluster;
  /** Functions of modules that BackhandFromSO lines name. */
  readonly findLoaded: FindLoaded;
  readonly random: () => number;
  readonly warn: (message: string) => void;
}

export function createBalancer({ cluster, findLoaded, random, warn }: BalancerOptions): Balancer {
  const inflight = createInflight();
  const counters = createMemberCounters();
  const pipelines = new WeakMap<readonly PipelineStep[], Pipeline | null>();
  const unknownSelf: Pick<Candidate, "inflight" | "sentSinceHeard"> = { inflight: 0, sentSinceHeard: 0 };

  function pipelineOf(steps: readonly PipelineStep[]): Pipeline | null {
    const known = pipelines.get(steps);
    if (known !== undefined) return known;
    const made = createPipeline(steps, findLoaded);
    const pipeline = "errors" in made ? null : made;
    if ("errors" in made) for (const error of made.errors) warn(error.message);
    pipelines.set(steps, pipeline);
    return pipeline;
  }

  return {
    inflight,
    counters,
    choose(steps, request) {
      const pipeline = pipelineOf(steps);
      if (pipeline === null) return null;
      const view = cluster();
      const candidates = inflight.candidates(view.members());
      const self = candidates.find(({ isSelf }) => isSelf) ?? { ...view.self(), ...unknownSelf };
      return choose(pipeline, candidates, { nowMs: Date.now(), random, self, request, warn });
    },
    proxyOptions(order) {
      return {
        choose: (tried) => order.find((one) => !one.isSelf && !tried.some(({ id }) => id === one.id)) ?? null,
        onInflight({ id }, started) {
          if (!started) {
            inflight.finished(id);
            return;
          }
          inflight.started(id);
          counters.started(id);
        },
        onFailure({ id }) {
          counters.failed(id);
        },
      };
    },
    fixed: (upstream) => ({
      choose: (tried) => (tried.length === 0 ? upstream : null),
      onInflight: () => undefined,
    }),
  };
}
