import type { ProxyBalancer } from "../site/proxy-balancers.ts";
import type { RelaySettings } from "../site/proxy-settings.ts";
import type { Relay } from "../site/relays.ts";
import type { Region } from "../site/region.ts";
import type { Places } from "../site/places.ts";
import { escaped } from "../site/url-pattern.ts";
import { changed, folded, lost } from "../verdict.ts";
import type { Filling } from "../site/pattern-mapping.ts";
import { filledText } from "./mappings.ts";
import { block, quote } from "./words.ts";

/** What is sent on to servers by ProxyPass lines, and the upstreams for their balancers. */
export class Relays {
  readonly #balancers: ReadonlyMap<string, ProxyBalancer>;
  readonly #places: Places;
  readonly #used = new Map<string, ProxyBalancer>();
  readonly #names = new Set<string>();
  readonly #reverses = new Map<Relay["reverses"], readonly string[]>();
  /** Lists of lines that have their verdicts. */
  readonly #judged = new Set<Relay["reverseLines"]>();

  constructor(balancers: ReadonlyMap<string, ProxyBalancer>, places: Places) {
    this.#balancers = balancers;
    this.#places = places;
  }

  /** Names of servers that nginx must look up while it runs. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Balancers that have become an upstream. */
  get used(): readonly ProxyBalancer[] {
    return [...this.#used.values()];
  }

  /**
   * The content of a location; null when it cannot be said, which is judged. `inherited` are rules for Location that the server
   * block has for all.
   */
  lines(relay: Relay, { kind, path }: Region, inherited: Relay["reverses"] | null): readonly string[] | null {
    const { to, directive } = relay;
    const found = to === null ? "only httpd speaks to its server" : this.#target(to);
    if (typeof found === "string") {
      this.#places.judge(directive.place, lost(`nginx cannot send this on, since ${found}: answers 502`));
      return null;
    }
    const base = relay.base + found.path;
    const lines =
      relay.settings.keepsPath && base === path && kind === "below"
        ? []
        : kind === "exact"
          ? [`rewrite "^" ${quote(base === "" ? "/" : base)} break;`]
          : [`rewrite ${quote(`^${escaped(path)}(/(?s:.*))$`)} ${quote(`${base}$1`)} break;`];
    const rewrites = relay.filling === null ? lines : this.#filledLines(relay.filling, found.path);
    const host = relay.preservesHost ? "$http_host" : found.hostField;
    const reverses = this.reverseLines(relay.reverses);
    const { left } = relay.settings;
    const more = [...left, ...(relay.settings.keepsPath && lines.length > 0 && kind === "below" ? ["nocanon"] : [])];
    const without = more.length === 0 ? "" : `; nginx has nothing like ${more.join(" ")}`;
    this.#places.judge(
      directive.place,
      changed(`proxy_pass ${found.url};`, `with its path in the place of the old one${without}`),
    );
    const isWritten = relay.reverses.length === reverses.length;
    for (const line of this.#judged.has(relay.reverseLines) ? [] : relay.reverseLines) {
      const verdict = isWritten
        ? folded("proxy_redirect")
        : lost("it holds characters that nginx takes for something else");
      this.#places.judge(line.place, verdict);
    }
    this.#judged.add(relay.reverseLines);
    const rules = reverses.length === 0 ? ["proxy_redirect off;"] : reverses;
    return [
      // Behind `break` no variable is set.
      ...found.lines,
      ...rewrites,
      `proxy_pass ${found.url};`,
      "proxy_http_version 1.1;",
      'proxy_set_header Connection "";',
      `proxy_set_header Host ${host};`,
      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
      "proxy_set_header X-Forwarded-Host $http_host;",
      "proxy_set_header X-Forwarded-Server $server_name;",
      ...(reverses.length > 0 && relay.reverses === inherited ? [] : rules),
      ...this.#timeouts(relay, found.settings),
      ...this.#cookies(relay),
    ];
  }

  /** The path that a request is sent on with, where an expression gives it. */
  #filledLines(filling: Filling, inFront: string): readonly string[] {
    const [first, ...rest] = filling.parts;
    const text = first?.kind === "text" ? first.text : "";
    const start = inFront + text;
    // The path as it came needs no line.
    if (start === "" && rest.length === 1 && rest[0]?.kind === "path") return [];
    const parts: Filling["parts"] = [{ kind: "text", text: start }, ...rest];
    return [`rewrite ${quote(filling.pattern)} ${filledText({ ...filling, parts })} break;`];
  }

  #timeouts({ settings, timeout }: Relay, ofMember: RelaySettings | null): readonly string[] {
    const read = ofMember?.readSeconds ?? (ofMember === null ? settings.readSeconds : null) ?? timeout?.seconds ?? null;
    const connect = ofMember?.connectSeconds ?? settings.connectSeconds;
    const waits = read === null ? [] : [`proxy_read_timeout ${read}s;`, `proxy_send_timeout ${read}s;`];
    if (timeout !== null) {
      const made = [`proxy_read_timeout ${timeout.seconds}s;`, `proxy_send_timeout ${timeout.seconds}s;`];
      this.#places.judge(timeout.directive.place, changed(made, "where something is sent on"));
    }
    return [...waits, ...(connect === null ? [] : [`proxy_connect_timeout ${connect}s;`])];
  }

  #cookies({ cookies }: Relay): readonly string[] {
    return cookies.flatMap(({ attribute, from, to, directive }) => {
      if (!isPlain(from) || !isPlain(to)) {
        this.#places.judge(directive.place, lost("it holds characters that nginx takes for something else"));
        return [];
      }
      // Of a path that begins so httpd leaves nothing.
      const what = attribute === "domain" ? from : `~^${escaped(from)}`;
      const line = `proxy_cookie_${attribute} ${quote(what)} ${quote(to)};`;
      this.#places.judge(directive.place, changed(line, "where something is sent on"));
      return [line];
    });
  }

  /** Rules for Location, those aside that nginx would read otherwise. */
  reverseLines(reverses: Relay["reverses"]): readonly string[] {
    const known = this.#reverses.get(reverses);
    if (known !== undefined) return known;
    const lines = reverses.filter(({ from, to }) => isPlain(from) && isPlain(to)).map(redirectLine);
    this.#reverses.set(reverses, lines);
    return lines;
  }

  #target(to: NonNullable<Relay["to"]>):
    | {
        readonly url: string;
        readonly hostField: string;
        readonly path: string;
        readonly lines: readonly string[];
        readonly settings: RelaySettings | null;
      }
    | string {
    if (to.kind === "balancer") {
      const balancer = this.#balancers.get(to.name);
      if (balancer === undefined) return `nothing says what balancer://${to.name} is`;
      const [first] = balancer.members;
      if (balancer.wrong !== null || first === undefined) return balancer.wrong ?? "it has no members";
      this.#used.set(to.name, balancer);
      const { scheme } = first.origin;
      // Every member is asked by its own name in httpd, which nginx cannot do.
      return {
        url: `${scheme}://${upstreamName(to.name)}`,
        hostField: first.origin.hostField,
        path: first.path,
        lines: [],
        settings: first.settings,
      };
    }
    const { scheme, host, port, hostField } = to.origin;
    const tls = scheme === "https" ? ["proxy_ssl_server_name on;", `proxy_ssl_name ${quote(host)};`] : [];
    if (isAddress(host))
      return { url: `${scheme}://${address(host)}:${port}`, hostField, path: "", lines: tls, settings: null };
    this.#names.add(host);
    // With the name in a variable nginx starts when it is not known, and sees when its address changes.
    const lines = [`set $backhand_origin ${quote(`${host}:${port}`)};`, ...tls];
    return { url: `${scheme}://$backhand_origin`, hostField, path: "", lines, settings: null };
  }

  /** The upstreams of the balancers that are asked, and the verdicts of their lines. */
  upstreamLines(judge: (line: ProxyBalancer["lines"][number], isSession: boolean) => void): readonly string[] {
    return [...this.#used.values()].flatMap((balancer) => {
      const { name, members, method, session } = balancer;
      for (const line of balancer.lines) judge(line, session !== null);
      const head = session !== null ? ["ip_hash;"] : method === "byrequests" ? [] : ["least_conn;"];
      return block(`upstream ${upstreamName(name)}`, [
        ...head,
        ...members.map(({ origin: { host, port }, weight, isSpare, settings: { retrySeconds } }) => {
          const words = [
            weight === 1 ? "" : ` weight=${weight}`,
            isSpare && session === null ? " backup" : "",
            retrySeconds === null ? "" : ` fail_timeout=${retrySeconds}s`,
          ];
          return `server ${address(host)}:${port}${words.join("")};`;
        }),
        "keepalive 32;",
      ]);
    });
  }
}

function upstreamName(name: string): string {
  return `balancer_${name.replace(/[^a-z0-9_-]/g, "_")}`;
}

const isAddress = (host: string): boolean => host === "localhost" || /^[\d.]+$/.test(host) || host.includes(":");

function address(host: string): string {
  if (host === "localhost") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

const isPlain = (text: string): boolean => /^[\w.~:/%-]+$/.test(text);

/** A rule without a server's name sees the path of a URL, whatever server it names. */
function redirectLine({ from, to }: Relay["reverses"][number]): string {
  const server = from.startsWith("/") ? "(?:[a-z]+://[^/]+)?" : "";
  return `proxy_redirect ${quote(`~*^${server}${escaped(from)}(.*)$`)} ${quote(`${to}$1`)};`;
}
