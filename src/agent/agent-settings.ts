import { isIP } from "node:net";
import { hostname } from "node:os";
import { readInflightWords } from "../balance/inflight-words.ts";
import { announceTarget } from "../compile/cluster.ts";
import type { AnnounceTarget, ClusterSettings, RoutingTable } from "../compile/table.ts";
import { readBusTarget, withoutLogin } from "../stats/bus-target.ts";
import type { SelfIdentity } from "../stats/cluster.ts";
import { isServerId } from "../stats/packet.ts";
import { reachableAddress } from "../stats/reachable-address.ts";

/** What an agent does. */
export interface AgentSettings {
  readonly cluster: ClusterSettings;
  readonly identity: SelfIdentity;
  /** Where the web server tells its workers; null: they are estimated. */
  readonly statusUrl: URL | null;
  /** Requests that the web server can take at a time; null: not said. */
  readonly capacity: number | null;
  /** Where HAProxy asks; null: it does not. */
  readonly haproxy: { readonly address: string; readonly port: number } | null;
}

/** The words of the command line, as they were written. */
export interface AgentWords {
  readonly announce: readonly string[];
  readonly statusUrl?: string | undefined;
  readonly haproxyAgent?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: string | undefined;
  readonly name?: string | undefined;
  readonly capacity?: string | undefined;
  readonly interval?: string | undefined;
  readonly secret?: string | undefined;
}

/** What mod_backhand does when nothing is configured. */
const noConfiguration: ClusterSettings = {
  announce: [],
  accept: [],
  unixSocketDir: null,
  selfRedirect: false,
  connectionPools: true,
  moderatorPidFile: null,
  local: null,
  intervalMs: 1000,
  secretFile: null,
  buses: [],
};

const NO_PLACE = { file: 0, line: 0 };

/**
 * Settings from the command line and the table of a configuration, where there is one; what the command line says replaces
 * what the configuration says. `absolute` makes the path of a file on the command line whole. An object with `error` says
 * which word is wrong.
 */
export function agentSettings(
  words: AgentWords,
  table: Pick<RoutingTable, "cluster" | "hosts" | "listen" | "settings"> | null,
  startMs: number,
  absolute: (path: string) => string,
): AgentSettings | { readonly error: string } {
  const configured = table?.cluster ?? noConfiguration;
  const targets = readTargets(words.announce);
  if ("error" in targets) return targets;
  const replaced = words.announce.length > 0 ? targets : configured;
  const { announce, buses } = replaced;
  const numbers = {
    port: wholeNumber(words.port, 1, 65_535),
    capacity: wholeNumber(words.capacity, 1, 1_000_000),
    interval: wholeNumber(words.interval, 50, 3_600_000),
  };
  for (const [option, value] of Object.entries(numbers)) {
    if (value === undefined) return { error: `Expected a whole number in its range for --${option}` };
  }
  if (words.name !== undefined && !isServerId(words.name)) {
    return { error: `Expected 1 to 253 letters, digits and . _ : @ - for --name instead of "${words.name}"` };
  }
  if (words.address !== undefined && isIP(words.address) === 0) {
    return { error: `Expected an address for --address instead of "${words.address}"` };
  }
  const statusUrl = words.statusUrl === undefined ? null : readUrl(words.statusUrl);
  if (statusUrl === undefined) return { error: `Expected http:// or https:// for --status-url` };
  const haproxy = words.haproxyAgent === undefined ? null : announceTarget([words.haproxyAgent], NO_PLACE);
  if (haproxy !== null && ("error" in haproxy || haproxy.ttl !== null)) {
    return { error: `Expected address:port for --haproxy-agent instead of "${words.haproxyAgent ?? ""}"` };
  }
  if (announce.length === 0 && buses.length === 0 && haproxy === null) {
    return { error: "Nobody would hear: give --announce, --haproxy-agent, or a configuration with MulticastStats" };
  }
  const contact = announce.find((target) => target.contact !== null)?.contact ?? null;
  const listening = table?.listen[0];
  const name = words.name ?? table?.hosts[0]?.name ?? "";
  const secretFile = words.secret === undefined ? configured.secretFile : absolute(words.secret);
  return {
    cluster: { ...configured, announce, buses, secretFile, intervalMs: numbers.interval ?? configured.intervalMs },
    identity: {
      id: isServerId(name) ? name : hostname(),
      address: words.address ?? contact?.address ?? reachableAddress(listening?.address),
      port: numbers.port ?? contact?.port ?? listening?.port ?? 80,
      startMs,
    },
    statusUrl,
    capacity: numbers.capacity ?? maxInflight(table),
    haproxy,
  };
}

/** BackhandMaxInflight of a configuration: what its balancers give a server at most is what it can take. Null: no such line. */
function maxInflight(table: Pick<RoutingTable, "settings"> | null): number | null {
  const line = table?.settings.findLast(({ name }) => name.toLowerCase() === "backhandmaxinflight");
  const read = line === undefined ? null : readInflightWords(line.args);
  return read === null || "error" in read ? null : read.limit;
}

/** Each word is `[address] address:port[,ttl]`, `name:port`, or what BackhandStatsBus takes. */
function readTargets(
  words: readonly string[],
): { readonly announce: readonly AnnounceTarget[]; readonly buses: readonly string[] } | { readonly error: string } {
  const announce: AnnounceTarget[] = [];
  const buses: string[] = [];
  for (const word of words) {
    const parts = word.trim().split(/\s+/, 3);
    const target = announceTarget(parts, NO_PLACE);
    if (parts.length <= 2 && !("error" in target)) {
      announce.push(target);
      continue;
    }
    // A name may have several addresses, and others tomorrow.
    const bus = word.includes("://") ? word : `udp://${word}`;
    const read = readBusTarget(bus);
    if ("error" in read) {
      const why = word.includes("://") ? read.error : "Expected [own address] address:port[,ttl]";
      return { error: `${why} for --announce instead of "${withoutLogin(word)}"` };
    }
    buses.push(bus);
  }
  return { announce, buses };
}

/** Null: not given. Undefined: no such number. */
function wholeNumber(text: string | undefined, min: number, max: number): number | null | undefined {
  if (text === undefined) return null;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}

function readUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}
