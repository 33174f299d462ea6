import { addressAndPort, addressBytes, canonicalAddress, parseNetwork } from "../access/address.ts";
import { settingProblem } from "../balance/setting-problem.ts";
import type { ActiveDirective } from "../config/active-config.ts";
import { hidesSource, readBusTarget, withoutLogin } from "../stats/bus-target.ts";
import { portNumber, splitPort } from "./addresses.ts";
import type { Report } from "./problem.ts";
import type { AnnounceTarget, ClusterSettings, Place } from "./table.ts";

/** Milliseconds between announcements when no line says otherwise: mod_backhand sends one a second. */
const DEFAULT_INTERVAL_MS = 1000;

/** What is read here; in lower case. */
const clusterNames: ReadonlySet<string> = new Set(
  (
    "multicaststats broadcaststats acceptstats backhandstatssecret backhandstatsbus backhandstatsinterval unixsocketdir " +
    "backhandselfredirect backhandconnectionpools backhandmoderatorpidfile backhandlocal"
  ).split(" "),
);

const isOn = (word: string | undefined): boolean => word?.toLowerCase() === "on";

/** `address:port` or `address`; null when the address is no address. */
function contactOf(word: string): { readonly address: string; readonly port: number | null } | null {
  const { host, port } = splitPort(word);
  if (addressBytes(host) === null) return null;
  const number = port === null ? null : portNumber(port);
  return port !== null && number === null ? null : { address: canonicalAddress(host), port: number };
}

const contactText = ({ address, port }: { readonly address: string; readonly port: number | null }): string =>
  port === null ? address : addressAndPort(address, port);

/**
 * MulticastStats and BroadcastStats: `dest:port[,ttl]`, with the own address before it when peers shall use another than
 * the packets come from. An object with `error` when the words say something else.
 */
export function announceTarget(words: readonly string[], place: Place): AnnounceTarget | { readonly error: string } {
  const [own, word] = words.length > 1 ? [words[0], words[1]] : [undefined, words[0]];
  const [dest = "", ttlText] = (word ?? "").split(",");
  const target = contactOf(dest);
  if (target === null || target.port === null) return { error: `Expected address:port[,ttl], got "${word ?? ""}"` };
  const ttl =
    ttlText === undefined ? null : /^\d{1,3}$/.test(ttlText) && Number(ttlText) <= 255 ? Number(ttlText) : undefined;
  if (ttl === undefined) return { error: `Expected a time to live from 0 to 255, got "${ttlText ?? ""}"` };
  const contact = own === undefined ? null : contactOf(own);
  if (own !== undefined && contact === null) return { error: `Expected an address of this server, got "${own}"` };
  return { address: target.address, port: target.port, ttl, contact, place };
}

/** A network as address/prefix; null for what is none, or has holes in its mask. */
function networkText(word: string): string | null {
  const network = parseNetwork(word, false);
  if (network === null) return null;
  const bits = network.mask.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  if (!/^1*0*$/.test(bits)) return null;
  const prefix = bits.lastIndexOf("1") + 1;
  const text =
    network.bytes.length === 4
      ? network.bytes.join(".")
      : canonicalAddress(
          Array.from({ length: 8 }, (_, index) =>
            (((network.bytes[index * 2] ?? 0) << 8) | (network.bytes[index * 2 + 1] ?? 0)).toString(16),
          ).join(":"),
        );
  return `${text}/${prefix}`;
}

/** Reads mod_backhand's server directives, wherever they stand; of those that set one value the last one holds. */
export function clusterSettings(
  directives: readonly ActiveDirective[],
  placeOf: (directive: ActiveDirective) => Place,
  absolute: (path: string) => string,
  report: Report,
): ClusterSettings {
  const own = directives.filter(({ key }) => clusterNames.has(key));
  const all = (...keys: readonly string[]): readonly ActiveDirective[] => own.filter(({ key }) => keys.includes(key));
  const last = (key: string): string | null => all(key).at(-1)?.words[0]?.value ?? null;
  const path = (key: string): string | null => {
    const value = last(key);
    return value === null ? null : absolute(value);
  };
  const wrong = (directive: ActiveDirective, message: string): void => {
    report({
      severity: "error",
      kind: "bad-argument",
      message: `${directive.name}: ${message}`,
      place: placeOf(directive),
    });
  };
  const announce: AnnounceTarget[] = [];
  for (const directive of all("multicaststats", "broadcaststats")) {
    const target = announceTarget(
      directive.words.map(({ value }) => value),
      placeOf(directive),
    );
    if ("error" in target) wrong(directive, target.error);
    else announce.push(target);
  }
  const contacts = announce.flatMap(({ contact, place }) => (contact === null ? [] : [{ ...contact, place }]));
  const [first] = contacts;
  const other = contacts.find(({ address, port }) => address !== first?.address || port !== first.port);
  if (first !== undefined && other !== undefined) {
    report({
      severity: "warning",
      kind: "bad-argument",
      message:
        `MulticastStats: advertises ${contactText(other)}, and line ${first.place.line} ${contactText(first)}: ` +
        "who hears both takes the first and refuses the other",
      place: other.place,
    });
  }
  const accept = new Set<string>();
  for (const directive of all("acceptstats")) {
    const word = directive.words[0]?.value ?? "";
    const network = networkText(word);
    if (network === null) wrong(directive, `Expected address[/mask], got "${word}"`);
    else accept.add(network);
  }
  const secretFile = path("backhandstatssecret");
  const buses = new Set<string>();
  for (const directive of all("backhandstatsbus")) {
    const word = directive.words[0]?.value ?? "";
    const bus = readBusTarget(word);
    if ("error" in bus) {
      wrong(directive, `${bus.error}, got "${withoutLogin(word)}"`);
      continue;
    }
    buses.add(word);
    if (secretFile !== null || !hidesSource(bus)) continue;
    report({
      severity: "warning",
      kind: "bad-argument",
      message: `${directive.name}: without BackhandStatsSecret, whoever reaches the bus can announce servers in AcceptStats`,
      place: placeOf(directive),
    });
  }
  for (const directive of directives) {
    const problem = settingProblem(
      directive.key,
      directive.words.map(({ value }) => value),
    );
    if (problem !== null) wrong(directive, problem);
  }
  const interval = all("backhandstatsinterval").at(-1);
  const intervalMs = interval === undefined ? DEFAULT_INTERVAL_MS : Number(interval.words[0]?.value);
  if (interval !== undefined && !(Number.isInteger(intervalMs) && intervalMs > 0)) {
    wrong(interval, `Expected milliseconds, got "${interval.words[0]?.value ?? ""}"`);
  }
  return {
    announce,
    accept: [...accept],
    unixSocketDir: path("unixsocketdir"),
    selfRedirect: isOn(all("backhandselfredirect").findLast(({ parent }) => parent.key === "server")?.words[0]?.value),
    connectionPools: isOn(last("backhandconnectionpools") ?? "on"),
    moderatorPidFile: path("backhandmoderatorpidfile"),
    local: all("backhandlocal").findLast(({ parent }) => parent.key === "server")?.words[0]?.value ?? null,
    intervalMs: Number.isInteger(intervalMs) && intervalMs > 0 ? intervalMs : DEFAULT_INTERVAL_MS,
    secretFile,
    buses: [...buses],
  };
}
