import type { Admission } from "../balance/admission.ts";
import type { CandidacyRequest, Candidate, ChoiceContext } from "../balance/candidacy.ts";
import { choose } from "../balance/choose.ts";
import type { Choice, TraceEntry } from "../balance/choose.ts";
import type { Dealings } from "../balance/dealings.ts";
import type { Health } from "../balance/health.ts";
import type { Inflight } from "../balance/inflight.ts";
import { strangerFigures } from "../balance/inflight.ts";
import { createPipeline } from "../balance/pipeline.ts";
import type { FindLoaded, Pipeline } from "../balance/pipeline.ts";
import type { ProxyError, ProxyErrorCode, ProxyOptions, Upstream } from "../proxy/engine.ts";
import type { UpstreamTls } from "../proxy/upstream-tls.ts";
import type { PipelineStep } from "../routing/match.ts";
import type { ClusterView } from "../stats/cluster.ts";
import { readLoadField } from "../stats/load-field.ts";
import type { MemberCounters } from "./member-counters.ts";
import type { Places } from "./places.ts";

/** How a choice came about. */
export interface ChoiceTrace {
  /** All servers that could be chosen from, before the first function. */
  readonly candidates: readonly Candidate[];
  readonly entries: TraceEntry[];
}

/** Decides for requests which server gets them, and counts what goes where. */
export interface Balancer {
  /**
   * Null when the lines of the pipeline cannot run; which was reported through `warn`. `tried`: servers that are left out from
   * the beginning.
   */
  readonly choose: (
    steps: readonly PipelineStep[],
    request: CandidacyRequest,
    onTrace?: (trace: ChoiceTrace) => void,
    tried?: readonly Upstream[],
  ) => Choice | null;
  /** The first server of a choice that takes one more request, this one always; null: none does, for now. */
  readonly firstWithRoom: (order: readonly Candidate[]) => Candidate | null;
  /**
   * For the engine, for requests that were checked: the servers of a choice in its order, this one left out. When all of them
   * were tried the functions choose again: a window keeps few, and one of them can be dead already.
   */
  readonly proxyOptions: (
    order: readonly Candidate[],
    steps: readonly PipelineStep[],
    request: CandidacyRequest,
  ) => ProxyOptions;
  /** The same: one fixed server, which is no member. */
  readonly fixed: (upstream: Upstream) => ProxyOptions;
}

/** What outlives a new configuration. */
export interface BalancerState {
  readonly inflight: Inflight;
  readonly counters: MemberCounters;
  readonly health: Health;
  readonly admission: Admission;
  readonly places: Places;
}

export interface BalancerOptions extends Pick<BalancerState, "inflight" | "health" | "admission"> {
  readonly cluster: () => ClusterView;
  readonly dealings: Dealings;
  /** Functions of modules that BackhandFromSO lines name. */
  readonly findLoaded: FindLoaded;
  /** How members are spoken to; null: in plain HTTP. */
  readonly membersTls: UpstreamTls | null;
  readonly random: () => number;
  readonly warn: (message: string) => void;
}

function isAmong(tried: readonly Upstream[], id: string): boolean {
  for (const one of tried) if (one.id === id) return true;
  return false;
}

/** Answers that say that the server, or what it needs, is down; others are the application's own. */
const failureStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

const failureWords: Readonly<Partial<Record<ProxyErrorCode, string>>> = {
  BACKHAND_UPSTREAM_REFUSED: "no connection",
  BACKHAND_UPSTREAM_RESET: "the connection broke",
  BACKHAND_UPSTREAM_TIMEOUT: "no answer in time",
  BACKHAND_UPSTREAM_TLS: "no TLS with it",
};

function run(
  pipeline: Pipeline,
  candidates: readonly Candidate[],
  context: ChoiceContext,
  onTrace: ((trace: ChoiceTrace) => void) | undefined,
): Choice {
  if (onTrace === undefined) return choose(pipeline, candidates, context);
  const entries: TraceEntry[] = [];
  const choice = choose(pipeline, candidates, context, entries);
  onTrace({ candidates, entries });
  return choice;
}

export function createBalancer(options: BalancerOptions): Balancer {
  const { cluster, findLoaded, random, warn, inflight, health, admission, dealings, membersTls } = options;
  const pipelines = new WeakMap<readonly PipelineStep[], Pipeline | null>();

  function pipelineOf(steps: readonly PipelineStep[]): Pipeline | null {
    const known = pipelines.get(steps);
    if (known !== undefined) return known;
    const made = createPipeline(steps, findLoaded);
    const pipeline = "errors" in made ? null : made;
    if ("errors" in made) for (const error of made.errors) warn(error.message);
    pipelines.set(steps, pipeline);
    return pipeline;
  }

  const balancer: Balancer = {
    choose(steps, request, onTrace, tried = []) {
      const pipeline = pipelineOf(steps);
      if (pipeline === null) return null;
      const view = cluster();
      const members = inflight.candidates(view.members());
      const candidates = tried.length === 0 ? members : members.filter(({ id }) => !isAmong(tried, id));
      const self = members.find(({ isSelf }) => isSelf) ?? { ...view.self(), ...strangerFigures };
      const context = { nowMs: Date.now(), random, self, request, warn };
      const healthy = health.eligible(candidates, context.nowMs, random);
      const choice = run(pipeline, healthy, context, onTrace);
      // Nobody but servers that failed: they may be better again, and an error page is certain otherwise.
      return choice.chosen === null && healthy !== candidates ? run(pipeline, candidates, context, onTrace) : choice;
    },
    firstWithRoom: (order) => order.find(({ id, isSelf }) => isSelf || admission.hasRoom(id)) ?? null,
    proxyOptions: (order, steps, request) => new MemberRelay(shared, order, steps, request),
    fixed: (upstream) => ({
      isChecked: true,
      choose: (tried) => (tried.length === 0 ? upstream : null),
      onInflight: () => undefined,
    }),
  };
  const shared: MemberRelayContext = { admission, membersTls, dealings, inflight, choose: balancer.choose };
  return balancer;
}

interface MemberRelayContext extends Pick<BalancerOptions, "admission" | "membersTls" | "dealings" | "inflight"> {
  readonly choose: Balancer["choose"];
}

/** How one request is given to members. A class: closures for each request would cost as much as the choice. */
class MemberRelay implements ProxyOptions {
  readonly isChecked = true;
  readonly #context: MemberRelayContext;
  readonly #order: readonly Candidate[];
  readonly #steps: readonly PipelineStep[];
  readonly #request: CandidacyRequest;
  #sentMs = 0;

  constructor(
    context: MemberRelayContext,
    order: readonly Candidate[],
    steps: readonly PipelineStep[],
    request: CandidacyRequest,
  ) {
    this.#context = context;
    this.#order = order;
    this.#steps = steps;
    this.#request = request;
  }

  choose(tried: readonly Upstream[]): Upstream | null {
    const next = this.#untried(this.#order, tried);
    if (next !== null || tried.length === 0) return next;
    const choice = this.#context.choose(this.#steps, this.#request, undefined, tried);
    return this.#untried(choice?.order ?? [], tried);
  }

  waitForRoom(enter: (hasRoom: boolean) => void): (() => void) | null {
    const { admission } = this.#context;
    let ids: string[] | null = null;
    for (const { id, isSelf } of this.#order) {
      if (isSelf) continue;
      if (admission.hasRoom(id)) return null;
      (ids ??= []).push(id);
    }
    return ids === null ? null : admission.wait(ids, enter);
  }

  onInflight({ id }: Upstream, started: boolean): void {
    const { dealings } = this.#context;
    if (!started) {
      dealings.finished(id);
      return;
    }
    this.#sentMs = performance.now();
    dealings.started(id);
  }

  onFailure({ id }: Upstream, error: ProxyError): void {
    this.#context.dealings.failed(id, failureWords[error.code] ?? error.code);
  }

  onHead({ id }: Upstream, status: number, headers: readonly string[]): void {
    const { dealings, inflight } = this.#context;
    if (failureStatuses.has(status)) dealings.failed(id, `it answered ${status}`);
    else dealings.answered(id, performance.now() - this.#sentMs);
    const figures = readLoadField(headers);
    if (figures !== null) inflight.refreshed(id, figures, Date.now());
  }

  #untried(from: readonly Candidate[], tried: readonly Upstream[]): Upstream | null {
    const { admission, membersTls } = this.#context;
    for (const one of from) {
      if (!one.isSelf && admission.hasRoom(one.id) && !isAmong(tried, one.id)) {
        return membersTls === null ? one : { id: one.id, address: one.address, port: one.port, tls: membersTls };
      }
    }
    return null;
  }
}
