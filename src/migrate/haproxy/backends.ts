import { methodFor } from "../site/fates.ts";
import type { Backend } from "../target.ts";

/** Where `backhand agent --haproxy-agent` answers on each server. */
export const AGENT_PORT = 4446;

type Pipeline = readonly { readonly function: string; readonly argument: string | null }[];

/** The line that comes nearest to a pipeline. Weights come from the agents, so the load of a server counts with each. */
export function balanceLine(pipeline: Pipeline): string {
  const { name } = methodFor(pipeline, true);
  return `balance ${name === "byrequests" ? "roundrobin" : name === "bybusyness" ? "leastconn" : "random(2)"}`;
}

/** Whatever path leads there; a POST would be sent to another one. */
const statusLines = [
  "backend status",
  "    http-request deny deny_status 405 unless METH_GET",
  "    stats enable",
  "    stats uri /",
  "    stats hide-version",
];

/** The backends of a configuration: one for each method, with all members. */
export class Backends {
  readonly #members: readonly Backend[];
  readonly #names = new Map<
    string,
    {
      readonly name: string;
      readonly balance: string;
      readonly isSticky: boolean;
      readonly settings: readonly string[];
    }
  >();

  #hasStatusPage = false;

  constructor(members: readonly Backend[]) {
    this.#members = members;
  }

  /** The backend for a pipeline, with some more lines. */
  nameFor(pipeline: Pipeline, settings: readonly string[]): string {
    const balance = balanceLine(pipeline);
    const isSticky = methodFor(pipeline, true).session !== null;
    const key = JSON.stringify([balance, isSticky, settings]);
    const known = this.#names.get(key);
    const name = known?.name ?? `backhand${this.#names.size === 0 ? "" : `_${this.#names.size + 1}`}`;
    this.#names.set(key, { name, balance, isSticky, settings });
    return name;
  }

  get hasMembers(): boolean {
    return this.#members.length > 0;
  }

  get isAsked(): boolean {
    return this.#names.size > 0;
  }

  /** The backend that is HAProxy's own page; who may see it the frontend has asked before. */
  statusPage(): string {
    this.#hasStatusPage = true;
    return "status";
  }

  lines(): readonly string[] {
    return [...this.#serverLines(), ...(this.#hasStatusPage ? statusLines : [])];
  }

  #serverLines(): readonly string[] {
    return [...this.#names.values()].flatMap(({ name, balance, isSticky, settings }) => [
      `backend ${name}`,
      `    ${balance}`,
      ...settings.map((line) => `    ${line}`),
      ...(isSticky ? ["    cookie BACKHAND insert indirect nocache"] : []),
      ...this.#members.map(({ address, port }, index) => {
        const sticky = isSticky ? ` cookie s${index + 1}` : "";
        return `    server s${index + 1} ${address}:${port} check weight 100 agent-check agent-port ${AGENT_PORT} agent-inter 2s${sticky}`;
      }),
    ]);
  }
}
