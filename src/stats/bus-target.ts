import { isIP, isIPv6 } from "node:net";

/** How a bus is reached; `tls` and `rediss` are NATS and Redis over TLS, as their own tools write them. */
export type BusScheme = "nats" | "tls" | "redis" | "rediss" | "udp" | "http" | "https";

export interface BusHost {
  /** Name, IPv4 or IPv6 text without brackets. */
  readonly host: string;
  /** Null: none is written. Only udp takes that, for names with SRV records. */
  readonly port: number | null;
}

/** What a BackhandStatsBus line names. */
export interface BusTarget {
  readonly scheme: BusScheme;
  readonly user: string | null;
  readonly password: string | null;
  /** Empty for the bare word `http`: announcements are taken by POST, and none are sent. */
  readonly hosts: readonly BusHost[];
  /** Subject, channel or path, without the slash before it; empty: none is written. */
  readonly path: string;
}

interface SchemeRules {
  /** Null: a port must be written. */
  readonly defaultPort: number | null;
  /** Hosts that one line may name. */
  readonly maxHosts: number;
  readonly path: RegExp;
  readonly pathMeans: string;
  readonly takesUser: boolean;
}

/** Subjects and channels without wildcards and blanks; the same alphabet for both, so that one can replace the other. */
const NAME = /^(?:[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,9})?$/;
const natsRules: SchemeRules = {
  defaultPort: 4222,
  maxHosts: 16,
  path: NAME,
  pathMeans: "a subject such as backhand.stats",
  takesUser: true,
};
const redisRules: SchemeRules = {
  defaultPort: 6379,
  maxHosts: 16,
  // Not a number alone: that is a database in other people's URLs, and channels know no databases.
  path: /^(?!\d+$)(?:[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,9})?$/,
  pathMeans: "a channel such as backhand.stats, which is no database number",
  takesUser: true,
};
const httpRules: SchemeRules = {
  defaultPort: 80,
  maxHosts: 1,
  path: /^[\x21-\x7e]{0,500}$/,
  pathMeans: "a path",
  takesUser: false,
};
const rules: Readonly<Record<BusScheme, SchemeRules>> = {
  nats: natsRules,
  tls: natsRules,
  redis: redisRules,
  rediss: redisRules,
  udp: { defaultPort: null, maxHosts: 64, path: /^$/, pathMeans: "nothing", takesUser: false },
  http: httpRules,
  https: { ...httpRules, defaultPort: 443 },
};

const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){0,126}\.?$/;

/** Whether announcements come without an address that can be believed, so that a secret is the only guard. */
export function hidesSource(target: BusTarget): boolean {
  return ["nats", "tls", "redis", "rediss"].includes(target.scheme);
}

/**
 * Reads the argument of BackhandStatsBus: `nats://host[:port],…[/subject]`, `redis://…[/channel]`, `http://host[:port]/path`,
 * `udp://host:port,…` (names stand for all their addresses, `_service._udp.name` for its SRV records), or `http`.
 */
export function readBusTarget(text: string): BusTarget | { readonly error: string } {
  if (text === "http") return { scheme: "http", user: null, password: null, hosts: [], path: "" };
  const parts = /^([a-z]{1,8}):\/\/(?:([^@/]{0,300})@)?([^@/]{1,4000})(?:\/(.{0,500}))?$/.exec(text);
  const scheme = parts?.[1];
  if (parts === null || !isScheme(scheme)) {
    return { error: "Expected nats://, redis://, http:// or udp:// with a host, or the word http" };
  }
  const { defaultPort, maxHosts, path: isPath, pathMeans, takesUser } = rules[scheme];
  const path = parts[4] ?? "";
  if (!isPath.test(path)) return { error: `Expected ${pathMeans} after the host of ${scheme}:// instead of "${path}"` };
  if (parts[2] !== undefined && !takesUser) return { error: `Expected no user in ${scheme}://` };
  const colon = parts[2]?.indexOf(":") ?? -1;
  const user = decode(colon < 0 ? parts[2] : parts[2]?.slice(0, colon));
  const password = decode(colon < 0 ? undefined : parts[2]?.slice(colon + 1));
  if (user === undefined || password === undefined) return { error: "Expected %XX escapes in user and password" };
  const words = (parts[3] ?? "").split(",");
  if (words.length > maxHosts) return { error: `Expected at most ${maxHosts} hosts for ${scheme}://` };
  const hosts: BusHost[] = [];
  for (const word of words) {
    const host = readHost(word);
    if (host === null) return { error: `Expected host[:port] instead of "${word}"` };
    const port = host.port ?? defaultPort;
    if (port === null && !host.host.startsWith("_")) {
      return { error: `Expected host:port, or a name of SRV records such as _backhand._udp.example, not "${word}"` };
    }
    hosts.push({ host: host.host, port });
  }
  return { scheme, user, password, hosts, path };
}

/** For messages, so without the password: `nats bus1:4222,bus2:4222/stats`. */
export function busName({ scheme, hosts, path }: BusTarget): string {
  const list = hosts.map(({ host, port }) => `${isIPv6(host) ? `[${host}]` : host}${port === null ? "" : `:${port}`}`);
  return `${scheme} ${list.join(",")}${path === "" ? "" : `/${path}`}`;
}

/** The text as messages may show it. */
export function withoutLogin(text: string): string {
  return text.replace(/\/\/[^@]{0,300}@/, "//…@");
}

function isScheme(text: string | undefined): text is BusScheme {
  return text !== undefined && Object.hasOwn(rules, text);
}

function readHost(word: string): BusHost | null {
  const parts = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([^:[\]]{1,253}))(?::(\d{1,5}))?$/.exec(word);
  if (parts === null) return null;
  const [, literal, name = "", digits] = parts;
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65535)) return null;
  if (literal !== undefined) return isIPv6(literal) ? { host: literal, port } : null;
  // A last part of digits only is an address that somebody mistyped, not a name.
  const isName = HOST_NAME.test(name) && !/(?:^|\.)\d+\.?$/.test(name);
  return isIP(name) === 4 || isName ? { host: name, port } : null;
}

/** Null for nothing, undefined for a bad escape. */
function decode(text: string | undefined): string | null | undefined {
  if (text === undefined || text === "") return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
