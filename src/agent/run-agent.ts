import { addressAndPort } from "../access/address.ts";
import { joinCluster } from "../stats/join-cluster.ts";
import { createLogLimit } from "../stats/log-limit.ts";
import { createHostSource } from "../stats/sources/os.ts";
import type { WorkerFigures } from "../stats/sources/worker-figures.ts";
import type { AgentSettings } from "./agent-settings.ts";
import type { AgentAnswer } from "./haproxy-agent.ts";
import { startHaproxyAgent } from "./haproxy-agent.ts";
import { notifySystemd } from "./notify-systemd.ts";
import type { StatusSource } from "./status-source.ts";
import { askStatus, createStatusSource, StatusError } from "./status-source.ts";

/** What an agent has of the process that it runs in. */
export interface AgentWorld {
  readonly log: (message: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls the listener when somebody wants this host drained, or back. Returns what ends that. */
  readonly onDrain: (listener: (on: boolean) => void) => () => void;
  /** Resolves when the agent shall stop. */
  readonly stopped: () => Promise<unknown>;
}

const LOG_EVERY_MS = 60_000;

/** An agent's address that HAProxy cannot ask at. */
export class AgentError extends Error {
  readonly code = "BACKHAND_AGENT_LISTEN";
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "AgentError";
  }
}

/**
 * Announces this host until it is asked to stop, and then once more, as draining. Rejects with a TransportError, SecretError,
 * StatusError (nginx without a capacity) or AgentError when it cannot start; nothing is left running then. A web server that
 * does not tell its figures is announced as draining, since nobody would be served there.
 */
export async function runAgent(settings: AgentSettings, world: AgentWorld): Promise<void> {
  const { cluster, identity, statusUrl, capacity, haproxy } = settings;
  const { log, env } = world;
  const status = statusUrl === null ? null : statusSource(statusUrl, capacity, cluster.intervalMs, log);
  const host = createHostSource();
  let idle = host().cpuIdle;
  let isDrained = false;

  /** Null: the web server does not tell. */
  function workers(): WorkerFigures | null {
    if (status !== null) return status.current();
    const { cpuIdle, cpuCount } = host();
    idle = cpuIdle;
    const all = capacity ?? cpuCount;
    const ready = Math.round(all * idle);
    return { ready, busy: all - ready };
  }

  function answer(): AgentAnswer {
    if (isDrained) return { kind: "drain" };
    if (status === null) return { kind: "ready", idle };
    const figures = status.current();
    if (figures === null) return { kind: "down" };
    const all = figures.ready + figures.busy;
    return { kind: "ready", idle: all === 0 ? 0 : figures.ready / all };
  }

  await askFirst(status, log);
  const agent =
    haproxy === null
      ? null
      : await startHaproxyAgent(haproxy, answer).catch((error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          throw new AgentError(`Cannot listen for HAProxy: ${why}`, error);
        });
  try {
    const membership = await joinCluster({
      settings: cluster,
      identity,
      workers: () => workers() ?? { ready: 0, busy: 0 },
      backhanded: () => ({ count: 0, meanTimeMs: null }),
      listens: false,
      log,
    });
    let announced = false;
    const settle = () => {
      const wanted = isDrained || (status !== null && status.current() === null);
      if (wanted === announced) return;
      announced = wanted;
      membership.announcer.drain(wanted);
    };
    settle();
    status?.start();
    const settling = setInterval(settle, cluster.intervalMs);
    const ignore = world.onDrain((on) => {
      isDrained = on;
      log(on ? "drained: no new requests shall come" : "no longer drained");
      settle();
    });
    log(summary(settings, membership.transports, agent?.address ?? null));
    await tellSystemd("READY=1", env, log);
    await world.stopped();
    ignore();
    clearInterval(settling);
    status?.stop();
    await tellSystemd("STOPPING=1", env, log);
    membership.announcer.drain(true);
    await membership.stop();
  } finally {
    status?.stop();
    await agent?.stop();
  }
}

/** Asks every interval; logs a failure at most once a minute, and that it is over. */
function statusSource(
  url: URL,
  capacity: number | null,
  intervalMs: number,
  log: (message: string) => void,
): StatusSource {
  const mayLog = createLogLimit(LOG_EVERY_MS);
  return createStatusSource(
    () => askStatus(url, capacity),
    intervalMs,
    (error) => {
      if (mayLog("status", Date.now())) log(error instanceof Error ? error.message : String(error));
    },
  );
}

/** Before anything is announced: the first announcement shall say how it is. */
async function askFirst(status: StatusSource | null, log: (message: string) => void): Promise<void> {
  try {
    await status?.ask();
  } catch (error) {
    if (!(error instanceof StatusError) || error.code === "BACKHAND_STATUS_CAPACITY") throw error;
    log(`${error.message}; announced as draining until it does`);
  }
}

async function tellSystemd(state: string, env: AgentWorld["env"], log: (message: string) => void): Promise<void> {
  const problem = await notifySystemd(state, env);
  if (problem !== null) log(problem);
}

function summary({ identity, cluster }: AgentSettings, transports: readonly string[], haproxy: string | null): string {
  const { id, address, port } = identity;
  const ways = [...transports, ...(haproxy === null ? [] : [`HAProxy's agent-check on ${haproxy}`])];
  // Where no address is said, peers take the one that the packets come from, which the system chooses.
  const isSaid = cluster.buses.length > 0 || cluster.announce.every(({ contact }) => contact !== null);
  return `announces ${id} ${isSaid ? `at ${addressAndPort(address, port)}` : `with port ${port}`} by ${ways.join(", ")}`;
}
