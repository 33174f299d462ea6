import type { RoutingTable, TableDirective } from "../../compile/table.ts";
import { lastNamed, linesNamed } from "./effective.ts";

/** Where the address of a client comes from, when a proxy in front tells it. */
export type ClientSource = ToldClients | LostClients;

/** A field names the client of each proxy that is believed. */
export interface ToldClients {
  readonly kind: "told";
  /** Name of the field, in lower case. */
  readonly field: string;
  /** Addresses and networks. */
  readonly proxies: readonly string[];
  /** Whether the proxies are those of others (RemoteIPTrustedProxy), of which no address of a private network is believed. */
  readonly isPublic: boolean;
  readonly lines: readonly TableDirective[];
}

/** Only httpd knows who the client is, so nobody may be let in by an address. */
export interface LostClients {
  readonly kind: "lost";
  readonly why: string;
  readonly lines: readonly TableDirective[];
}

/**
 * Networks that httpd believes of none but its own proxies.
 * httpd mod_remoteip.c remoteip_modify_request
 */
export const privateNetworks = ["10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

/** Of IPv6 httpd believes nothing there but addresses of the Internet. */
export const publicNetwork = "2000::/3";

/** Longer lists are more than anybody reads. */
const MOST_PROXIES = 500;

const known = new WeakMap<RoutingTable, Map<number, ClientSource | null>>();

/**
 * What the lines of mod_remoteip outside of sections say for a host, by its index; null where there are none that count. A list
 * of a host stands in the place of the server's.
 */
export function clientSourceOf(table: RoutingTable, host: number): ClientSource | null {
  const found = known.get(table) ?? new Map<number, ClientSource | null>();
  known.set(table, found);
  const before = found.get(host);
  if (before !== undefined) return before;
  const linesOf = (index: number): readonly TableDirective[] => table.hosts[index]?.directives ?? [];
  const source = read(linesOf(0), host === 0 ? [] : linesOf(host));
  found.set(host, source);
  return source;
}

const listNames = [
  "remoteipinternalproxy",
  "remoteiptrustedproxy",
  "remoteipinternalproxylist",
  "remoteiptrustedproxylist",
] as const;

function read(main: readonly TableDirective[], own: readonly TableDirective[]): ClientSource | null {
  const header = lastNamed(own, "remoteipheader") ?? lastNamed(main, "remoteipheader");
  const ofHost = linesNamed(own, ...listNames);
  const lists = ofHost.length > 0 ? ofHost : linesNamed(main, ...listNames);
  if (header === undefined) return null;
  const lines = [header, ...lists];
  const lost = (why: string): LostClients => ({ kind: "lost", why, lines });
  const field = header.args[0]?.toLowerCase() ?? "";
  if (!/^[a-z0-9-]+$/.test(field)) return lost("the name of its field holds other characters");
  if (lists.length === 0)
    return lost("without a line that names the proxies httpd believes everybody, and that only in part");
  if (lists.some(({ name }) => /list$/i.test(name))) return lost("the proxies stand in a file of their own");
  const kinds = new Set(lists.map(({ name }) => name.toLowerCase()));
  if (kinds.size > 1) return lost("proxies of its own and of others are not believed in the same way");
  const proxies = lists.flatMap(({ args }) => args);
  if (!proxies.every((one) => /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]*:[\da-f:]*)(?:\/\d{1,3})?$/i.test(one)))
    return lost("a proxy has a name, and names are not looked up");
  if (proxies.length > MOST_PROXIES) return lost("there are more proxies than a line holds");
  return { kind: "told", field, proxies, isPublic: kinds.has("remoteiptrustedproxy"), lines };
}
