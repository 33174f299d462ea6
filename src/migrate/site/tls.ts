import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";

/** TLS of a host, as its lines or those of the main server say it. */
export interface HostTls {
  /** Absolute paths. */
  readonly certificate: string;
  readonly key: string;
  /** Certificates between the host's own and one that clients know. */
  readonly chain: string | null;
  /** `TLSv1.2` and the like; null: what the server takes by itself. */
  readonly protocols: readonly string[] | null;
  /** The lines that say it. */
  readonly lines: readonly ActiveDirective[];
  readonly chainLine: ActiveDirective | null;
  /** Who signs certificates of clients, where one is asked for somewhere; null where none is. */
  readonly clients: ClientCertificates | null;
}

/** Certificates of clients. */
export interface ClientCertificates {
  /** Who signs them. */
  readonly file: string;
  readonly depth: number;
  /** Whether no client gets as far as a request without one. */
  readonly isNeeded: boolean;
  /** The lines of the host that say it. */
  readonly lines: readonly ActiveDirective[];
}

/** TLS by the index of the host; hosts without it are left out. */
export function hostTls(config: ActiveConfig, table: RoutingTable): ReadonlyMap<number, HostTls> {
  const { server } = config;
  const sections = [
    server,
    ...server.children.filter((node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost"),
  ];
  const found = new Map<number, HostTls>();
  const outer = lastLines(server);
  const asking = sections.map(asksClients);
  for (const [index, section] of sections.entries()) {
    const lines = section === server ? outer : new Map([...outer, ...lastLines(section)]);
    const tls = tlsOf(lines, table, asking[0] === true || asking[index] === true);
    if (tls !== null) found.set(index, tls);
  }
  return found;
}

/** Whether a line of a host, or of a section in it, wants certificates of clients. */
function asksClients({ children }: ActiveSection): boolean {
  return children.some((node) =>
    node.kind === "directive"
      ? node.key === "sslverifyclient" && node.words[0]?.value.toLowerCase() !== "none"
      : node.key !== "virtualhost" && asksClients(node),
  );
}

/** The last line of each directive about TLS in a section. */
function lastLines({ children }: ActiveSection): ReadonlyMap<string, ActiveDirective> {
  const found = new Map<string, ActiveDirective>();
  for (const node of children) if (node.kind === "directive" && node.key.startsWith("ssl")) found.set(node.key, node);
  return found;
}

function tlsOf(
  lines: ReadonlyMap<string, ActiveDirective>,
  { serverRoot }: RoutingTable,
  asks: boolean,
): HostTls | null {
  const word = (line: ActiveDirective | undefined): string | null => line?.words[0]?.value ?? null;
  const path = (line: ActiveDirective | undefined): string | null => {
    const file = word(line);
    return file === null || file.startsWith("/") ? file : `${serverRoot.replace(/\/$/, "")}/${file}`;
  };
  const engine = lines.get("sslengine");
  const certificateLine = lines.get("sslcertificatefile");
  const certificate = path(certificateLine);
  if (word(engine)?.toLowerCase() !== "on" || certificate === null || !isPlain(certificate)) return null;
  const keyLine = lines.get("sslcertificatekeyfile");
  const chainLine = lines.get("sslcertificatechainfile");
  const protocolLine = lines.get("sslprotocol");
  const key = path(keyLine) ?? certificate;
  const chain = path(chainLine);
  if (!isPlain(key)) return null;
  const authority = path(lines.get("sslcacertificatefile"));
  const depthWord = word(lines.get("sslverifydepth")) ?? "1";
  const depth = /^\d{1,3}$/.test(depthWord) ? Number(depthWord) : 1;
  const isNeeded = word(lines.get("sslverifyclient"))?.toLowerCase() === "require";
  const ofClients = ["sslcacertificatefile", "sslverifydepth", "sslverifyclient"].flatMap(
    (one) => lines.get(one) ?? [],
  );
  return {
    certificate,
    key,
    chain,
    protocols: protocolLine === undefined ? null : protocolsOf(protocolLine.words.map(({ value }) => value)),
    lines: [engine, certificateLine, keyLine, protocolLine].filter((line) => line !== undefined),
    chainLine: chainLine ?? null,
    clients:
      authority === null || !asks || !isPlain(authority)
        ? null
        : { file: authority, depth, isNeeded, lines: ofClients },
  };
}

/** Neither server has a way to write these in a path. */
const isPlain = (path: string): boolean => /^\/[^\s"'\\$#{};]+$/.test(path);

/** What OpenSSL still has. */
const known = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

/** SSLProtocol: words add and take away, one without a sign stands alone. Null when nothing of it is left today. */
function protocolsOf(words: readonly string[]): readonly string[] | null {
  let chosen = new Set<string>();
  for (const word of words) {
    const name = word.replace(/^[+-]/, "").toLowerCase();
    const meant = name === "all" ? known : known.filter((one) => one.toLowerCase() === name);
    if (word.startsWith("-")) for (const one of meant) chosen.delete(one);
    else chosen = new Set([...(word.startsWith("+") ? chosen : []), ...meant]);
  }
  return chosen.size === 0 ? null : known.filter((one) => chosen.has(one));
}
