import type { Backend } from "../target.ts";
import { methodFor } from "../site/fates.ts";
import { block } from "./words.ts";

type Pipeline = readonly { readonly function: string; readonly argument: string | null }[];

/** The line of an upstream that comes nearest to a pipeline; empty for servers in turn. */
export function upstreamMethod(pipeline: Pipeline): string {
  const { name, session } = methodFor(pipeline, false);
  if (session !== null) return "ip_hash;";
  return name === "byrequests" ? "" : "least_conn;";
}

/** The upstreams of a configuration: one for each method, with all members. */
export class Upstreams {
  readonly #members: readonly Backend[];
  readonly #names = new Map<string, string>();

  constructor(members: readonly Backend[]) {
    this.#members = members;
  }

  /** Null when no member is known. */
  nameFor(pipeline: Pipeline): string | null {
    const method = upstreamMethod(pipeline);
    const known = this.#names.get(method);
    const name = known ?? `backhand${this.#names.size === 0 ? "" : `_${this.#names.size + 1}`}`;
    this.#names.set(method, name);
    return this.#members.length === 0 ? null : name;
  }

  get isAsked(): boolean {
    return this.#names.size > 0;
  }

  lines(): readonly string[] {
    if (this.#members.length === 0) return [];
    if (this.#names.size === 0) return [];
    const upstreams = [...this.#names].flatMap(([method, name]) =>
      block(`upstream ${name}`, [
        ...(method === "" ? [] : [method]),
        ...this.#members.map(
          ({ address, port }) =>
            `server ${address.includes(":") ? `[${address}]` : address}:${port} max_fails=3 fail_timeout=5s;`,
        ),
        "keepalive 32;",
      ]),
    );
    return ["proxy_http_version 1.1;", ...sharedFields, "proxy_next_upstream error timeout;", ...upstreams];
  }
}

/** The fields that every location that hands requests on inherits while it has none of its own. */
export const sharedFields: readonly string[] = [
  'proxy_set_header Connection "";',
  "proxy_set_header Host $http_host;",
  "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
  "proxy_set_header X-Forwarded-Proto $scheme;",
];
