import { DEFAULT_CIPHERS, createSecureContext } from "node:tls";
import type { SecureContextOptions } from "node:tls";
import type { Place, RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";
import type { UpstreamTls } from "../../proxy/upstream-tls.ts";
import { absolute } from "../access-log.ts";
import { ServerError } from "../server-error.ts";
import { readAuthorities, readMachineCertificate } from "./tls-files.ts";
import { cipherList, modernVersions, readVersions } from "./tls-words.ts";

/**
 * How servers behind a host are spoken to over https, by its SSLProxy lines and those of the main server. Certificates are
 * checked unless `SSLProxyVerify none` says otherwise, which is httpd's default and not ours. `serverName`: what they must
 * name; null: the name or address that is connected to. Throws a ServerError that names the line.
 */
export function readUpstreamTls(
  table: RoutingTable,
  hostIndex: number,
  serverName: string | null,
  where: (place: Place) => string,
): UpstreamTls {
  const lines = [table.hosts[0], table.hosts[hostIndex]].flatMap((host) => host?.directives ?? []);
  const last = (name: string): TableDirective | null =>
    lines.findLast((line) => line.name.toLowerCase() === name) ?? null;
  const isOff = (name: string): boolean => /^(?:off|none)$/i.test(last(name)?.args[0] ?? "");
  const fileOf = (name: string) => {
    const directive = last(name);
    return directive === null ? null : { path: absolute(directive.args[0] ?? "", table.serverRoot), directive };
  };
  const world = { where, nowMs: Date.now() };
  const protocol = last("sslproxyprotocol");
  const versions = protocol === null ? modernVersions : readVersions(protocol.args);
  if ("error" in versions) {
    const place = protocol === null ? "" : ` (${where(protocol.place)})`;
    throw new ServerError("BACKHAND_BAD_TABLE", `SSLProxyProtocol: ${versions.error}${place}`);
  }
  const suite = last("sslproxyciphersuite");
  const isNew = suite !== null && suite.args.length > 1;
  const word = suite?.args.at(-1) ?? null;
  const ciphers = cipherList(isNew ? null : word, isNew ? word : null, DEFAULT_CIPHERS);
  const authorities = fileOf("sslproxycacertificatefile");
  const folder = fileOf("sslproxycacertificatepath");
  const own = fileOf("sslproxymachinecertificatefile");
  const options: SecureContextOptions = {
    minVersion: versions.min,
    maxVersion: versions.max,
    ...(ciphers === null ? {} : { ciphers }),
    // Without a line those that Node comes with.
    ...(authorities === null && folder === null ? {} : { ca: readAuthorities(authorities, folder, world) }),
    ...(own === null ? {} : readMachineCertificate(own, world)),
  };
  try {
    return {
      context: createSecureContext(options),
      serverName,
      verifies: !isOff("sslproxyverify"),
      checksName: !isOff("sslproxycheckpeername") && !isOff("sslproxycheckpeercn"),
    };
  } catch (error) {
    const place = (suite ?? authorities?.directive ?? own?.directive)?.place;
    const line = place === undefined ? "" : ` (${where(place)})`;
    const why = error instanceof Error ? error.message : String(error);
    throw new ServerError("BACKHAND_BAD_TABLE", `Cannot use the SSLProxy lines${line}: ${why}`, error);
  }
}

/**
 * How the servers of ProxyPass lines with https are spoken to, by the index of the host; null when there is no such line.
 * Throws a ServerError that names the line.
 */
export function readUpstreamTlsOfHosts(
  table: RoutingTable,
  where: (place: Place) => string,
): ((host: number) => UpstreamTls | null) | null {
  const hasLine = (directives: readonly TableDirective[]): boolean =>
    directives.some(
      ({ name, args }) => /^proxypass(?:match)?$/i.test(name) && args.some((word) => /^(?:https|wss):/i.test(word)),
    );
  const isNeeded = (section: TableSection): boolean =>
    hasLine(section.directives) || section.sections.some((inner) => isNeeded(inner));
  if (!table.hosts.some(({ directives }) => hasLine(directives)) && !table.sections.some(isNeeded)) return null;
  const known = new Map<string, UpstreamTls>();
  const byHost = table.hosts.map(({ directives }, host) => {
    // Most hosts have no lines of their own, and a context for each would be memory for nothing.
    const key = JSON.stringify(directives.filter(({ name }) => /^sslproxy/i.test(name)));
    const tls = known.get(key) ?? readUpstreamTls(table, host, null, where);
    known.set(key, tls);
    return tls;
  });
  return (host) => byHost[host] ?? null;
}
