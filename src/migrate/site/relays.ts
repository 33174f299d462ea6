import type { TableDirective, TableSection } from "../../compile/table.ts";
import type { Match } from "../../routing/match.ts";
import { toBytes } from "../../routing/bytes.ts";
import { isRelayed, readProxyOrigin, type ProxyOrigin } from "../../routing/proxy-origin.ts";
import { proxyPassNames } from "../../routing/proxy-pass.ts";
import type { ReverseRule } from "../../routing/proxy-reverse.ts";
import type { Filling } from "./pattern-mapping.ts";
import {
  cookieRules,
  proxyPassWords,
  proxyTimeout,
  relaySettings,
  type CookieRule,
  type RelaySettings,
} from "./proxy-settings.ts";
import { escaped } from "./url-pattern.ts";
import { lastNamed, linesNamed } from "./effective.ts";

/** Where a ProxyPass line sends what lies at or below a path. */
export interface Relay {
  /** A server over http or https, or a balancer by its name in lower case; null for what only httpd speaks to. */
  readonly to:
    | { readonly kind: "server"; readonly origin: ProxyOrigin }
    | { readonly kind: "balancer"; readonly name: string }
    | null;
  /** The whole URL in the place of the region's path. */
  readonly url: string;
  /** What stands there in the place of the region's path; empty for the root. */
  readonly base: string;
  /** What stands in the place of all paths that an expression matches; null where `base` does. */
  readonly filling: Filling | null;
  /** ProxyPassReverse lines, in the order in which they are tried. */
  readonly reverses: readonly ReverseRule[];
  readonly reverseLines: readonly TableDirective[];
  /** Whether the Host field goes along as it came. */
  readonly preservesHost: boolean;
  readonly directive: TableDirective;
  readonly settings: RelaySettings;
  readonly timeout: ReturnType<typeof proxyTimeout>;
  readonly cookies: readonly CookieRule[];
}

/** Of the effective directives that many paths share. */
const reverseLinesOf = new WeakMap<Match["effective"], Match["effective"]>();

/** So many copies of rules in parts of one file are the last that anybody reads; more stand in one place. */
const MOST_COPIES = 1000;

/** Lists of ProxyPassReverse rules that so many of some regions have that they are to be written once for all. */
export function sharedReverses(regions: readonly { readonly relay: Relay | null }[]): readonly Relay["reverses"][] {
  const counts = new Map<Relay["reverses"], number>();
  for (const { relay } of regions)
    if (relay !== null) counts.set(relay.reverses, (counts.get(relay.reverses) ?? 0) + 1);
  return [...counts].flatMap(([list, count]) => (count > 1 && list.length * count > MOST_COPIES ? [list] : []));
}

/** What all servers take in a path as it is. */
const plainPath = /^(?:\/[\w.~-]*)*$/;

/** Reads where a sample of a region is sent; `rest` is what the sample has behind the region's path. Null: nowhere. */
export function relayOf(match: Match, rest: string): Relay | null {
  const { mappedBy, filename } = match;
  if (mappedBy === null || !proxyPassNames.has(mappedBy.name.toLowerCase())) return null;
  const whole = filename.replace(/^proxy:/, "");
  const url = whole.endsWith(rest) ? whole.slice(0, whole.length - rest.length) : null;
  return url === null ? { ...relayTo(match, mappedBy, whole), to: null } : relayTo(match, mappedBy, url);
}

/** The last one under the effective directives: the path that a line names and what is below it come behind each other. */
const lastOf = new WeakMap<Match["effective"], Relay>();

/** What is known of a URL to which a line sends requests that a match stands for; the same for those that are sent alike. */
function relayTo(match: Match, directive: TableDirective, url: string): Relay {
  const { effective, reverses } = match;
  const last = lastOf.get(effective);
  if (last?.directive === directive && last.url === url && last.reverses === reverses) return last;
  const relay = readRelay(match, directive, url);
  lastOf.set(effective, relay);
  return relay;
}

function readRelay({ reverses, effective }: Match, directive: TableDirective, url: string): Relay {
  const preserve = lastNamed(effective, "proxypreservehost");
  const reverseLines = reverseLinesOf.get(effective) ?? linesNamed(effective, "proxypassreverse");
  reverseLinesOf.set(effective, reverseLines);
  const preservesHost = preserve?.args[0]?.toLowerCase() === "on";
  const settings = relaySettings(proxyPassWords(directive));
  const timeout = proxyTimeout(effective);
  const cookies = cookieRules(effective);
  // There may be as many as lines of the source, so each is made at once and not out of parts.
  const relay = (to: Relay["to"], base: string): Relay => ({
    to,
    base,
    url,
    filling: null,
    reverses,
    reverseLines,
    preservesHost,
    directive,
    settings,
    timeout,
    cookies,
  });
  const balancer = /^balancer:\/\/([\w.-]+)(.*)$/is.exec(url);
  if (balancer !== null) {
    const [, name = "", path = ""] = balancer;
    return plainPath.test(path) ? relay({ kind: "balancer", name: name.toLowerCase() }, path) : relay(null, "");
  }
  const origin = readProxyOrigin(toBytes(url));
  if (origin === null || !isRelayed(origin) || origin.scheme.startsWith("ws")) return relay(null, "");
  const path = url.slice(origin.length);
  return plainPath.test(path) ? relay({ kind: "server", origin }, path) : relay(null, "");
}

/**
 * Where a line sends by an expression: `filled` is the whole URL of one path; else the relay's `url` is what all URLs begin with, and
 * its `filling` says what stands there in the place of the path.
 */
export function filledRelay(match: Match, directive: TableDirective, filling: Filling, filled: string | null): Relay {
  const lead = filled ?? filling.lead;
  const whole = relayTo(match, directive, lead);
  if (filled !== null || whole.to === null) return whole;
  const [first, ...rest] = filling.parts;
  const text = first?.kind === "text" ? first.text : "";
  const server = /^[a-z]+:\/\/[^/]+/i.exec(text)?.[0] ?? "";
  const path = text.slice(server.length);
  // A URL without a part to fill in gets the whole path behind it.
  const parts: Filling["parts"] =
    rest.length === 0 ? [{ kind: "text", text: path }, { kind: "path" }] : [{ kind: "text", text: path }, ...rest];
  return { ...whole, base: "", filling: { ...filling, parts } };
}

/** The paths of ProxyPass lines. */
export function proxiedPaths(directives: readonly TableDirective[]): readonly string[] {
  return directives.flatMap(({ name, args: [path = ""] }) =>
    name.toLowerCase() === "proxypass" && path.startsWith("/") ? [path] : [],
  );
}

/**
 * What a Proxy section holds for of a part of the URLs that is sent on: an expression on the path, empty for nothing, or null for what no
 * expression says. A name without wildcards is the beginning of URLs too.
 * httpd mod_proxy.c proxy_walk
 */
export function proxyPattern({ kind, argument }: TableSection, { url }: Relay, path: string): string | null {
  if (kind !== "Proxy") return null;
  const plain = argument.replace(/\*$/, "");
  if (/[*?[\]\\]/.test(plain)) return null;
  return plain.startsWith(url) ? `^${escaped(path + plain.slice(url.length))}` : "";
}
