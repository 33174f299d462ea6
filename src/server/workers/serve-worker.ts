import { createAdmission } from "../../balance/admission.ts";
import type { Dealings } from "../../balance/dealings.ts";
import { writeDealings } from "../../balance/dealings.ts";
import { createHealth } from "../../balance/health.ts";
import { inflightShare } from "../../balance/inflight-words.ts";
import { createInflight } from "../../balance/inflight.ts";
import type { FileFacts } from "../../routing/file-facts.ts";
import type { ReceiveResult } from "../../stats/cluster.ts";
import type { BalancerState } from "../balancer.ts";
import { traceLive } from "../live-trace.ts";
import { createMemberCounters } from "../member-counters.ts";
import { createPlaces } from "../places.ts";
import type { PreparedTable, ServedTable } from "../prepare-table.ts";
import { dropPrivileges } from "../process-identity.ts";
import type { IdentityProcess } from "../process-identity.ts";
import { systemCode } from "../server-error.ts";
import { openServing } from "../serving.ts";
import type { NextConfiguration, Serving } from "../serving.ts";
import type { StatusReport } from "../status-report.ts";
import { createDealingsWriter } from "./dealings-page.ts";
import type { BeginMessage, OpenMessage, PrimaryQuestion, SentTable, ToPrimary, ToWorker } from "./messages.ts";
import type { WorkerQuestion } from "./messages.ts";
import { answerQuestion, createQuestions } from "./questions.ts";
import { createRemoteCluster } from "./remote-cluster.ts";

/** The way to the primary. */
export interface WorkerChannel {
  /** Never throws; what cannot be sent is lost with the primary. */
  readonly send: (message: ToPrimary) => void;
  readonly onMessage: (listener: (message: ToWorker) => void) => void;
  /** Calls the listener when the primary is gone. */
  readonly onClose: (listener: () => void) => void;
  /** Lets this process end. */
  readonly close: () => void;
}

/** What a worker has of the process that it runs in. */
export interface WorkerParts {
  readonly channel: WorkerChannel;
  readonly stderr: (text: string) => void;
  readonly facts: FileFacts | null;
  readonly process: IdentityProcess & { readonly pid: number };
  /** Makes what cannot be sent of a table that the primary has read. */
  readonly load: (sent: SentTable) => Promise<ServedTable>;
  /** Resolves when this process alone is asked to stop. */
  readonly stopped: Promise<unknown>;
  /** Requests may take so long when nobody says how long. */
  readonly graceMs: number;
}

/**
 * Answers requests as one of several processes: the primary tells it of the cluster and of what the others see, and hears what
 * becomes of its requests. Resolves when it has stopped; rejects with a ServerError, which the primary knows already, when it
 * cannot start.
 */
export async function serveWorker(parts: WorkerParts): Promise<void> {
  const { channel, graceMs } = parts;
  const gone = new Promise<void>((resolve) => {
    channel.onClose(resolve);
  });
  const opening = new Promise<OpenMessage>((resolve) => {
    channel.onMessage((message) => {
      if (message.kind === "open") resolve(message);
    });
  });
  channel.send({ kind: "hello" });
  const open = await Promise.race([opening, gone]);
  if (open === undefined) return;
  const serving = await openOrTell(open, parts);
  let stop: (graceMs: number) => void = () => undefined;
  const toldToStop = new Promise<number>((resolve) => {
    stop = resolve;
  });
  const end = followPrimary(open, serving, parts, stop);
  const wanted = await Promise.race([toldToStop, parts.stopped, gone]);
  await serving.close(typeof wanted === "number" ? wanted : graceMs);
  end();
}

async function openOrTell(open: OpenMessage, { channel, load, stderr, facts, process }: WorkerParts): Promise<Serving> {
  try {
    const serving = await openServing(await load(open), { stderr, facts, pid: process.pid });
    const { user, group } = serving.prepared.settings;
    dropPrivileges(user, group, process);
    channel.send({ kind: "opened", addresses: serving.addresses() });
    return serving;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    channel.send({ kind: "not-opened", message, code: systemCode(error) });
    throw error;
  }
}

/** Does what the primary says until it says stop. Gives what ends the rest. */
function followPrimary(
  { slot, count }: OpenMessage,
  serving: Serving,
  { channel, load }: WorkerParts,
  stop: (graceMs: number) => void,
): () => void {
  const inflight = createInflight();
  const share = ({ settings }: PreparedTable) => inflightShare(settings.maxInflight, slot, count);
  const shareOfPlaces = ({ settings }: PreparedTable) => inflightShare(settings.places, slot, count);
  // Who is ejected is decided by the primary, which hears of all requests.
  const patience = ({ settings }: PreparedTable) => ({
    health: null,
    maxEjected: 1,
    slowStartMs: settings.health.slowStartMs,
  });
  const state: BalancerState = {
    inflight,
    admission: createAdmission(inflight, share(serving.prepared)),
    counters: createMemberCounters(),
    health: createHealth(patience(serving.prepared), Date.now()),
    places: createPlaces(shareOfPlaces(serving.prepared)),
  };
  const questions = createQuestions<PrimaryQuestion>(channel.send);
  channel.onClose(() => {
    questions.fail("the primary process is gone");
  });
  const writer = createDealingsWriter(serving.busy, state.places.figures, (page) => {
    channel.send({ kind: "dealings", page });
  });
  let busyEverywhere = 0;
  let next: NextConfiguration | null = null;
  let follow: (message: ToWorker) => void = () => undefined;

  function begin({ identity: first, members, ejections, drained }: BeginMessage): void {
    let identity = first;
    const cluster = createRemoteCluster(
      members,
      (datagram, via) => questions.ask({ kind: "posted", datagram, via }) as Promise<ReceiveResult>,
    );
    state.health.adopt(ejections, Date.now());
    for (const [id, untilMs] of drained) inflight.drain(id, untilMs);
    serving.begin({
      state,
      dealings: both(writeDealings(state), writer),
      cluster: () => cluster,
      identity: () => identity,
      status: () => questions.ask({ kind: "status" }) as Promise<StatusReport>,
      figures() {
        const { ready, busy, load: average, cpuIdle } = cluster.self();
        // The whole server's size, and what it has now.
        const now = Math.max(busyEverywhere, serving.busy());
        return { ready: Math.max(0, ready + busy - now), busy: now, load: average, cpuIdle };
      },
      random: Math.random,
      configure(prepared) {
        state.health.configure(patience(prepared));
        state.admission.configure(share(prepared));
        state.places.configure(shareOfPlaces(prepared));
      },
      periodEnded() {
        state.health.look(inflight.candidates(cluster.members()), Date.now());
      },
    });
    channel.send({ kind: "begun", notHonoured: serving.current().notHonoured });

    const reply = async (question: WorkerQuestion): Promise<unknown> => {
      switch (question.kind) {
        case "prepare":
          next?.undo();
          next = await serving.prepare(await load(question));
          return next.addresses;
        case "keep":
          if (next === null) throw new Error("Nothing was prepared");
          ({ identity } = question);
          next.keep();
          next = null;
          return serving.current().notHonoured;
        case "undo":
          next?.undo();
          next = null;
          return null;
        case "trace":
          return traceLive(serving.current(), question.request);
        default:
          return question satisfies never;
      }
    };
    follow = (message) => {
      switch (message.kind) {
        case "members":
          cluster.change(message.changes);
          break;
        case "ejections":
          state.health.adopt(message.ejections, Date.now());
          break;
        case "busy":
          busyEverywhere = message.busy;
          break;
        case "failed":
          inflight.failed(message.id, message.atMs);
          break;
        case "drain":
          inflight.drain(message.id, message.sessionsUntilMs);
          break;
        case "question":
          void answerQuestion(message, reply, channel.send);
          break;
        case "open":
        case "begin":
        case "stop":
        case "answer":
          break;
        default:
          message satisfies never;
      }
    };
  }

  channel.onMessage((message) => {
    if (message.kind === "begin") begin(message);
    else if (message.kind === "stop") stop(message.graceMs);
    else if (message.kind === "answer") questions.answered(message);
    else follow(message);
  });
  return writer.close;
}

/** Tells both what is heard. */
function both(first: Dealings, second: Dealings): Dealings {
  return {
    started(id) {
      first.started(id);
      second.started(id);
    },
    finished(id) {
      first.finished(id);
      second.finished(id);
    },
    answered(id, latencyMs) {
      first.answered(id, latencyMs);
      second.answered(id, latencyMs);
    },
    failed(id, what) {
      first.failed(id, what);
      second.failed(id, what);
    },
    backhanded(milliseconds) {
      first.backhanded(milliseconds);
      second.backhanded(milliseconds);
    },
  };
}
