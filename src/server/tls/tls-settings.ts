import { DEFAULT_CIPHERS } from "node:tls";
import type { Host, Place, RoutingTable, TableDirective } from "../../compile/table.ts";
import { absolute } from "../access-log.ts";
import { ServerError } from "../server-error.ts";
import { cipherList, modernVersions, readVersions } from "./tls-words.ts";
import type { VersionRange } from "./tls-words.ts";

/** A file that a line names. */
export interface NamedFile {
  readonly path: string;
  readonly directive: TableDirective;
}

/** What a host asks of certificates of its clients. */
export interface ClientCertificates {
  /** `optional`: a client may come without one, but not with a bad one. */
  readonly verify: "none" | "optional" | "require";
  /** Most authorities between the client's certificate and one that we trust, that one included. */
  readonly depth: number;
  readonly authorities: NamedFile | null;
  /** A folder of certificates as `c_rehash` names them. */
  readonly authorityFolder: NamedFile | null;
  /** Null: nobody asks whether a certificate was revoked. */
  readonly revoked: NamedFile | null;
}

/** What the TLS lines of one host amount to, with those of the main server behind them. */
export interface TlsSettings {
  /** One for each kind of key, each with the certificates that lead to its authority behind it. */
  readonly certificates: readonly NamedFile[];
  /** At the same place as their certificates; a certificate without one holds its key itself. */
  readonly keys: readonly NamedFile[];
  readonly chain: NamedFile | null;
  readonly versions: VersionRange;
  /** For OpenSSL; null: that of Node. */
  readonly ciphers: string | null;
  readonly cipherLine: TableDirective | null;
  readonly prefersOwnOrder: boolean;
  readonly tickets: boolean;
  readonly ticketKeys: NamedFile | null;
  readonly clients: ClientCertificates;
  /** Whether a client that names no host may reach hosts by name. */
  readonly wantsServerName: boolean;
}

const verifyWords = ["none", "optional", "require"] as const;

/** Of a table's hosts, by index; null for those that speak no TLS. Throws a ServerError that names the line. */
export function tlsSettings(table: RoutingTable, where: (place: Place) => string): readonly (TlsSettings | null)[] {
  const [main] = table.hosts;
  return table.hosts.map((host) => (main === undefined ? null : hostSettings(host, main, table, where)));
}

function hostSettings(
  host: Host,
  main: Host,
  table: RoutingTable,
  where: (place: Place) => string,
): TlsSettings | null {
  const linesOf = (of: Host, name: string): readonly TableDirective[] =>
    of.directives.filter((directive) => directive.name.toLowerCase() === name);
  /** The host's own last line, else the main server's. */
  const last = (name: string, test: (line: TableDirective) => boolean = () => true): TableDirective | null =>
    linesOf(host, name).findLast(test) ?? linesOf(main, name).findLast(test) ?? null;
  const wordOf = (name: string): string | null => last(name)?.args[0]?.toLowerCase() ?? null;
  const fileOf = (directive: TableDirective): NamedFile => ({
    path: absolute(directive.args[0] ?? "", table.serverRoot),
    directive,
  });
  const file = (name: string): NamedFile | null => {
    const line = last(name);
    return line === null ? null : fileOf(line);
  };
  /** Those of the host stand for as many of the main server. httpd 2.4 modssl_ctx_cfg_merge_certkeys_array */
  const files = (name: string): readonly NamedFile[] => {
    const own = host === main ? [] : linesOf(host, name);
    return [...own, ...linesOf(main, name).slice(own.length)].map(fileOf);
  };
  const bad = (line: TableDirective, message: string): ServerError =>
    new ServerError("BACKHAND_BAD_TABLE", `${line.name}: ${message} (${where(line.place)})`);

  const certificates = files("sslcertificatefile");
  const engine = wordOf("sslengine");
  const isOn = engine === "on" || (engine === null && certificates.length > 0 && isOnSecurePort(host, table));
  if (!isOn) return null;
  const engineLine = last("sslengine");
  const [certificate] = certificates;
  if (certificate === undefined) {
    const line = engineLine ?? { name: "SSLEngine", args: ["on"], place: host.place ?? { file: 0, line: 1 } };
    throw bad(line, "Expected an SSLCertificateFile: there is none for this host");
  }
  const protocol = last("sslprotocol");
  const versions = protocol === null ? modernVersions : readVersions(protocol.args);
  if ("error" in versions) throw bad(protocol ?? certificate.directive, versions.error);
  const isNew = ({ args }: TableDirective): boolean => args.length > 1 && args[0]?.toLowerCase() === "tlsv1.3";
  const old = last("sslciphersuite", (line) => !isNew(line));
  const modern = last("sslciphersuite", isNew);
  return {
    certificates,
    keys: files("sslcertificatekeyfile"),
    chain: file("sslcertificatechainfile"),
    versions,
    ciphers: cipherList(old?.args.at(-1) ?? null, modern?.args.at(-1) ?? null, DEFAULT_CIPHERS),
    cipherLine: old ?? modern,
    prefersOwnOrder: wordOf("sslhonorcipherorder") === "on",
    tickets: wordOf("sslsessiontickets") !== "off",
    ticketKeys: file("sslsessionticketkeyfile"),
    clients: clientCertificates(),
    wantsServerName: wordOf("sslstrictsnivhostcheck") === "on",
  };

  function clientCertificates(): ClientCertificates {
    const line = last("sslverifyclient");
    // Other words (optional_no_ca) keep a server from starting, unless it is told that they need not hold.
    const verify = verifyWords.find((word) => word === line?.args[0]?.toLowerCase()) ?? "none";
    const depthLine = last("sslverifydepth");
    const depth = depthLine?.args[0] ?? "1";
    if (depthLine !== null && !/^\d{1,3}$/.test(depth)) throw bad(depthLine, `Expected a number, got "${depth}"`);
    const authorities = file("sslcacertificatefile");
    const authorityFolder = file("sslcacertificatepath");
    if (line !== null && verify !== "none" && authorities === null && authorityFolder === null) {
      throw bad(line, "Expected an SSLCACertificateFile: without one no client's certificate can be good");
    }
    const asksRevoked = (wordOf("sslcarevocationcheck") ?? "none") !== "none";
    const revoked = file("sslcarevocationfile");
    const checkLine = last("sslcarevocationcheck");
    if (asksRevoked && revoked === null && checkLine !== null) {
      throw bad(checkLine, "Expected an SSLCARevocationFile: there is none");
    }
    const asked = { verify, depth: Number(depth), authorities, authorityFolder };
    return { ...asked, revoked: asksRevoked ? revoked : null };
  }
}

/** From 2.2 on a host with certificates on a port for https needs no SSLEngine; 443 is one unless its Listen says otherwise. */
function isOnSecurePort({ addresses }: Host, { listen, apache }: RoutingTable): boolean {
  if (apache === "1.3" || apache === "2.0") return false;
  const securePorts = listen.filter((line) => line.protocol === "https").map(({ port }) => port);
  return addresses.some(({ port }) => securePorts.includes(port));
}

/**
 * What two hosts must have in common so that a connection to the one may ask for the other; empty for a host without TLS.
 * httpd 2.4.71 ssl_engine_kernel.c, SSLVHostSNIPolicy secure
 */
export function compatibilityOf(settings: TlsSettings | null): string {
  if (settings === null) return "";
  const { certificates, keys, chain, versions, ciphers, clients } = settings;
  const paths = (list: readonly (NamedFile | null)[]): readonly (string | null)[] =>
    list.map((one) => one?.path ?? null);
  return JSON.stringify([
    paths([...certificates, null, ...keys, chain]),
    versions,
    ciphers,
    clients.verify,
    clients.depth,
    paths([clients.authorities, clients.authorityFolder, clients.revoked]),
  ]);
}
