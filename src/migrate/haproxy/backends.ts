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

/** The backends of a configuration: one for each method, with all members. */
export class Backends {
  readonly #members: readonly Backend[];
  readonly #names = new Map<string, { readonly name: string; readonly balance: string; readonly isSticky: boolean }>();

  constructor(members: readonly Backend[]) {
    this.#members = members;
  }

  nameFor(pipeline: Pipeline): string {
    const balance = balanceLine(pipeline);
    const isSticky = methodFor(pipeline, true).session !== null;
    const key = `${balance} ${isSticky}`;
    const known = this.#names.get(key);
    const name = known?.name ?? `backhand${this.#names.size === 0 ? "" : `_${this.#names.size + 1}`}`;
    this.#names.set(key, { name, balance, isSticky });
    return name;
  }

  get isAsked(): boolean {
    return this.#names.size > 0;
  }

  lines(): readonly string[] {
    return [...this.#names.values()].flatMap(({ name, balance, isSticky }) => [
      `backend ${name}`,
      `    ${balance}`,
      ...(isSticky ? ["    cookie BACKHAND insert indirect nocache"] : []),
      ...this.#members.map(({ address, port }, index) => {
        const sticky = isSticky ? ` cookie s${index + 1}` : "";
        return `    server s${index + 1} ${address}:${port} check weight 100 agent-check agent-port ${AGENT_PORT} agent-inter 2s${sticky}`;
      }),
    ]);
  }
}
