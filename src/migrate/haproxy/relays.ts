import type { Places } from "../site/places.ts";
import type { ProxyBalancer } from "../site/proxy-balancers.ts";
import type { Filling } from "../site/pattern-mapping.ts";
import type { ProxyOrigin } from "../../routing/proxy-origin.ts";
import type { Region } from "../site/region.ts";
import { relaySettings, type RelaySettings } from "../site/proxy-settings.ts";
import { sharedReverses, type Relay } from "../site/relays.ts";
import type { SiteHost } from "../site/site.ts";
import { escaped } from "../site/url-pattern.ts";
import { changed, folded, lost, madeLines, type OutputLine } from "../verdict.ts";
import { plainPath, sentPath } from "./sent-path.ts";
import { word } from "./words.ts";

interface Member {
  readonly origin: ProxyOrigin;
  readonly weight: number;
  readonly isSpare: boolean;
  readonly settings: RelaySettings;
}

interface Servers {
  readonly members: readonly Member[];
  /** In front of the path, for all members. */
  readonly path: string;
  readonly hostField: string;
  readonly balance: string;
  readonly isSticky: boolean;
  /** Of the first member of a balancer. */
  readonly settings: RelaySettings | null;
}

/** What ProxyPass lines send on: a backend for each line and path. */
export class Relays {
  readonly #balancers: ReadonlyMap<string, ProxyBalancer>;
  readonly #places: Places;
  readonly #names = new Map<string, string>();
  readonly #lines: OutputLine[] = [];
  readonly #used = new Set<ProxyBalancer>();
  readonly #reverses = new Map<Relay["reverses"], { readonly lines: readonly string[]; readonly isWhole: boolean }>();
  /** Lists of rules that the frontend has, with their numbers. */
  readonly #shared = new Map<Relay["reverses"], number>();
  /** Lists of lines that have their verdicts. */
  readonly #judged = new Set<Relay["reverseLines"]>();
  #looksUp = false;

  constructor(balancers: ReadonlyMap<string, ProxyBalancer>, places: Places) {
    this.#balancers = balancers;
    this.#places = places;
  }

  /** Balancers that have become backends. */
  get used(): ReadonlySet<ProxyBalancer> {
    return this.#used;
  }

  /** The backend for a part of the URLs, with some more lines; what HAProxy cannot send on goes to one that answers 502. */
  nameFor(relay: Relay, region: Region, settings: readonly string[]): string {
    const found = relay.to === null ? "only httpd speaks to its server" : this.#servers(relay.to);
    const { directive, reverseLines, reverses, preservesHost } = relay;
    if (typeof found === "string") {
      this.#places.judge(directive.place, lost(`HAProxy cannot send this on, since ${found}: answers 502`));
      return this.#backend(["http-request return status 502"]);
    }
    const rules =
      relay.filling === null
        ? pathRules(region, relay.base + found.path)
        : filledRules(relay.filling, relay.base + found.path);
    const { lines: redirects, isWhole: isWritten } = this.#reverseRules(reverses);
    const shared = this.#shared.get(reverses);
    if (rules === null) {
      this.#places.judge(directive.place, lost("HAProxy has no way to write its path: answers 502"));
      return this.#backend(["http-request return status 502"]);
    }
    const name = this.#backend([
      `balance ${found.balance}`,
      ...settings,
      ...(found.isSticky ? ["cookie BACKHAND insert indirect nocache"] : []),
      ...rules,
      "http-request set-header X-Forwarded-Host %[req.fhdr(host)] if { req.fhdr(host) -m found }",
      ...(preservesHost ? [] : [`http-request set-header Host ${found.hostField}`]),
      ...(shared === undefined ? redirects : [`http-request set-var(txn.reverses) int(${shared})`]),
      ...this.#timeouts(relay, found.settings),
      ...this.#cookies(relay),
      ...found.members.map((member, index) => this.#serverLine(member, index + 1, found.isSticky)),
    ]);
    const { left } = relay.settings;
    const without = left.length === 0 ? "" : `; HAProxy has nothing like ${left.join(" ")}`;
    this.#places.judge(
      directive.place,
      changed(`use_backend ${name}`, `with its path in the place of the old one${without}`),
    );
    for (const { place } of this.#judged.has(reverseLines) ? [] : reverseLines) {
      const said = folded("a rule for Location in the backend");
      this.#places.judge(place, isWritten ? said : lost("HAProxy has no way to write its paths"));
    }
    this.#judged.add(reverseLines);
    return name;
  }

  /** Rules for Location that so many backends have that the frontend has them. Called before any backend is asked for. */
  share(hosts: readonly SiteHost[]): readonly string[] {
    return sharedReverses(hosts.flatMap(({ regions }) => regions)).flatMap((reverses) => {
      const number = this.#shared.size + 1;
      this.#shared.set(reverses, number);
      return this.#reverseRules(reverses).lines.map((line) => `${line} if { var(txn.reverses) -m int ${number} }`);
    });
  }

  #reverseRules(reverses: Relay["reverses"]): { readonly lines: readonly string[]; readonly isWhole: boolean } {
    const known = this.#reverses.get(reverses);
    if (known !== undefined) return known;
    const lines = reverses.flatMap((one) => reverseRule(one) ?? []);
    const rules = { lines, isWhole: lines.length === reverses.length };
    this.#reverses.set(reverses, rules);
    return rules;
  }

  /** The backends, behind what looks names up. */
  lines(): readonly OutputLine[] {
    const resolvers = this.#looksUp ? ["resolvers machine", "    parse-resolv-conf", "    hold valid 10s"] : [];
    return [...madeLines(resolvers), ...this.#lines];
  }

  #timeouts({ settings, timeout }: Relay, ofMember: RelaySettings | null): readonly string[] {
    const read = ofMember?.readSeconds ?? (ofMember === null ? settings.readSeconds : null) ?? timeout?.seconds ?? null;
    const connect = ofMember?.connectSeconds ?? settings.connectSeconds;
    if (timeout !== null)
      this.#places.judge(
        timeout.directive.place,
        changed(`timeout server ${timeout.seconds}s`, "where something is sent on"),
      );
    return [
      ...(read === null ? [] : [`timeout server ${read}s`]),
      ...(connect === null ? [] : [`timeout connect ${connect}s`]),
    ];
  }

  #cookies({ cookies }: Relay): readonly string[] {
    return cookies.flatMap(({ attribute, from, to, directive }) => {
      if (!/^[\w.~/-]+$/.test(from) || !/^[\w.~/-]+$/.test(to)) {
        this.#places.judge(directive.place, lost("it holds characters that HAProxy takes for something else"));
        return [];
      }
      // A domain is a whole one, a path the beginning of one, of which httpd leaves nothing.
      const end = attribute === "domain" ? "([ ]*(?:;.*)?)$" : "[^;]*(.*)$";
      const match = `(?i)^([^;]*(?:;.*)?;[ ]*${attribute}=)${escaped(from)}${end}`;
      const line = `http-response replace-header Set-Cookie ${word(match)} ${word(`\\1${to}\\2`)}`;
      this.#places.judge(directive.place, changed(line, "where something is sent on"));
      return [line];
    });
  }

  #servers(to: NonNullable<Relay["to"]>): Servers | string {
    if (to.kind === "server") {
      const member = { origin: to.origin, weight: 1, isSpare: false, settings: relaySettings([]) };
      return {
        settings: null,
        members: [member],
        path: "",
        hostField: to.origin.hostField,
        balance: "roundrobin",
        isSticky: false,
      };
    }
    const balancer = this.#balancers.get(to.name);
    if (balancer === undefined) return `nothing says what balancer://${to.name} is`;
    const [first] = balancer.members;
    if (balancer.wrong !== null || first === undefined) return balancer.wrong ?? "it has no members";
    this.#used.add(balancer);
    return {
      members: balancer.members,
      settings: first.settings,
      path: first.path,
      hostField: first.origin.hostField,
      balance: balancer.method === "byrequests" ? "roundrobin" : "leastconn",
      isSticky: balancer.session !== null,
    };
  }

  #backend(lines: readonly string[]): string {
    // One text for all of them: there may be a hundred thousand backends.
    const key = lines.join("\n    ");
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = `relay_${this.#names.size + 1}`;
    this.#names.set(key, name);
    this.#lines.push({ text: `backend ${name}`, from: null }, { text: key, indent: "    ", from: null });
    return name;
  }

  #serverLine({ origin, weight, isSpare }: Member, number: number, isSticky: boolean): string {
    const { scheme, host, port } = origin;
    const isName = !/^[\d.]+$/.test(host) && !host.includes(":") && host !== "localhost";
    if (isName) this.#looksUp = true;
    const words = [
      `server s${number} ${host === "localhost" ? "127.0.0.1" : host}:${port}`,
      ...(weight === 1 ? [] : [`weight ${weight}`]),
      ...(isSpare ? ["backup"] : []),
      ...(scheme === "https" ? [`ssl verify none sni str(${host})`] : []),
      ...(isName ? ["resolvers machine init-addr last,libc,none"] : []),
      ...(isSticky ? [`cookie s${number}`] : []),
    ];
    return words.join(" ");
  }
}

/**
 * Another path in the place of a region's, the same for the path itself and for what is below it, so that they have one backend;
 * one with a plain character encoded answers 400.
 */
function pathRules({ path }: Region, base: string): readonly string[] | null {
  if (!plainPath.test(base)) return null;
  if (base === path) return [];
  const sent = `^${sentPath(path)}`;
  const test = plainPath.test(path) ? `beg ${path}` : `reg ${word(sent)}`;
  const wrong = path === "" ? [] : [`http-request deny deny_status 400 if !{ path -m ${test} }`];
  // What is left of the path itself begins with no slash.
  const [from, to] = base === "" ? [`${sent}/?(.*)$`, "/\\1"] : [`${sent}(.*)$`, `${base}\\1`];
  return [...wrong, `http-request replace-path ${word(from)} ${word(to)}`];
}

/** The path that an expression gives; one that was sent so encoded that it does not match answers 400. */
function filledRules({ numbered, parts }: Filling, inFront: string): readonly string[] | null {
  const [first, ...rest] = parts;
  const text = inFront + (first?.kind === "text" ? first.text : "");
  if (!plainPath.test(text)) return null;
  if (text === "" && rest.length === 1 && rest[0]?.kind === "path") return [];
  const fills = rest.map((part) => {
    if (part.kind === "text") return plainPath.test(part.text) ? part.text : null;
    return part.kind === "path" ? "\\0" : `\\${part.number}`;
  });
  if (fills.includes(null)) return null;
  const whole = `^(?s:.*?)(?:${numbered})(?s:.*)$`;
  return [
    `http-request deny deny_status 400 if !{ path -m reg ${word(numbered)} }`,
    `http-request replace-path ${word(whole)} ${word(text + fills.join(""))}`,
  ];
}

/** A rule without a server's name sees the path of a URL, whatever server it names. */
function reverseRule({ from, to }: Relay["reverses"][number]): string | null {
  if (!/^[\w.~:/-]+$/.test(from) || !/^[\w.~:/-]+$/.test(to)) return null;
  const server = from.startsWith("/") ? "(?:[a-z]+://[^/]+)?" : "";
  return `http-response replace-header Location ${word(`(?i)^${server}${escaped(from)}(.*)$`)} ${word(`${to}\\1`)}`;
}
