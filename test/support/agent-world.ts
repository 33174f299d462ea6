import type { AgentSettings, AgentWords } from "../../src/agent/agent-settings.ts";
import { agentSettings } from "../../src/agent/agent-settings.ts";
import { runAgent } from "../../src/agent/run-agent.ts";
import type { Cluster } from "../../src/stats/cluster.ts";
import { createCluster } from "../../src/stats/cluster.ts";
import { unicast } from "../../src/stats/transports/unicast.ts";
import { freePort, until } from "./transport-contract.ts";

/** A balancer's view that listens on a UDP port of the loopback. */
export interface ListeningView {
  readonly cluster: Cluster;
  readonly port: number;
  readonly lines: string[];
  stop(): Promise<void>;
}

export async function listeningView(secret: string | null = null): Promise<ListeningView> {
  const port = await freePort();
  const lines: string[] = [];
  const self = { id: "front", address: "127.0.0.9", port: 80, startMs: 0 };
  const cluster = createCluster({ self, accept: ["127.0.0.0/8"], secret, log: (line) => lines.push(line) });
  const transport = unicast.create(
    { address: "127.0.0.1", port, ttl: null },
    { interfaceAddress: null, listens: true, onError: (error) => lines.push(error.message) },
  );
  await transport.start((datagram) => cluster.receive(datagram, Date.now()));
  return { cluster, port, lines, stop: () => transport.stop() };
}

/** An agent that runs in this process, with what its user does to it. */
export interface TestAgent {
  readonly lines: string[];
  drain(on: boolean): void;
  /** Asks it to stop and waits for it. */
  stop(): Promise<void>;
}

/** Settings of a command line; throws when it is wrong. */
export function settingsOf(words: Partial<AgentWords>): AgentSettings {
  const settings = agentSettings({ announce: [], ...words }, null, Date.now(), (path) => path);
  if ("error" in settings) throw new Error(settings.error);
  return settings;
}

/** Starts an agent; rejects when it ends before it announces. */
export async function startAgent(words: Partial<AgentWords>, env: Record<string, string> = {}): Promise<TestAgent> {
  const lines: string[] = [];
  let listener: (on: boolean) => void = () => {};
  let end: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
  });
  let failure: unknown = null;
  const running = runAgent(settingsOf({ interval: "50", ...words }), {
    log: (line) => lines.push(line),
    env,
    onDrain(wanted) {
      listener = wanted;
      return () => {};
    },
    stopped: () => stopped,
  });
  running.catch((error: unknown) => {
    failure = error;
  });
  await until(() => failure !== null || lines.some((line) => line.startsWith("announces ")), "the agent", 5000);
  if (failure !== null) throw failure as Error;
  return {
    lines,
    drain: (on) => {
      listener(on);
    },
    async stop() {
      end();
      await running;
    },
  };
}
