import type { Dialect } from "../../grammar/dialect.ts";
import type { ActiveDirective, ActiveSection } from "../config/active-config.ts";
import { portNumber, readAddress, splitPort, type HostNames } from "./addresses.ts";
import type { Report } from "./problem.ts";
import type { Host, HostAddress, Place, TableDirective } from "./table.ts";

/** What the host-level lines of a server or virtual host say of itself. */
export interface HostLines {
  readonly section: ActiveSection;
  readonly own: readonly ActiveDirective[];
  readonly directives: readonly TableDirective[];
  /** 1.3: the main server's port when this section is read, the default of its addresses. 2.x: any port. */
  readonly defaultPort: number;
}

/** Reads addresses; what cannot be used is reported and left out, as httpd leaves out what it cannot resolve. */
export function hostAddresses(
  words: readonly string[],
  what: string,
  place: Place,
  defaultPort: number,
  report: Report,
  hostNames: HostNames,
): readonly HostAddress[] {
  return words.flatMap((word): readonly HostAddress[] => {
    const read = readAddress(word, hostNames);
    if ("error" in read) {
      report({ severity: "error", kind: read.kind, message: `${what}: ${read.error}`, place });
      return [];
    }
    return [{ address: read.address, text: read.text, port: read.port ?? defaultPort, place }];
  });
}

/** ServerName: 1.3 takes the word as it is; 2.x knows `[scheme://]name[:port]`. */
function serverName(word: string, dialect: Dialect): { readonly name: string; readonly port: number | null } {
  if (dialect === "1.3") return { name: word, port: null };
  const { host, port } = splitPort(word.replace(/^[a-z][a-z0-9+.-]*:\/\//i, ""));
  return { name: host, port: port === null ? null : portNumber(port) };
}

const isWildcard = ({ address }: HostAddress): boolean => address === "*" || address === "_default_";

/** Builds a host of the table; `main` is the main server's, null while that itself is built. */
export function buildHost(
  lines: HostLines,
  main: Host | null,
  dialect: Dialect,
  placeOf: (directive: ActiveDirective) => Place,
  place: Place | null,
  report: Report,
  hostNames: HostNames,
): Host {
  const last = (key: string): ActiveDirective | undefined => lines.own.findLast((directive) => directive.key === key);
  const nameLine = last("servername");
  const named = nameLine === undefined ? null : serverName(nameLine.words[0]?.value ?? "", dialect);
  const addresses =
    main === null || place === null
      ? []
      : hostAddresses(
          lines.section.words.map(({ value }) => value),
          "VirtualHost",
          place,
          lines.defaultPort,
          report,
          hostNames,
        );
  const fallback = main === null ? "" : addresses.some(isWildcard) ? main.name : (addresses[0]?.address ?? "");
  const port = portNumber(last("port")?.words[0]?.value ?? "");
  const ownPort = named?.port ?? (dialect === "1.3" ? port : null);
  // In 2.2 and 2.4 a ServerName without a port takes away the one of the address (seen with 2.4.71).
  const nameSetsPort = named !== null && (dialect === "2.2" || dialect === "2.4");
  const addressPort = addresses[0]?.port === 0 ? null : (addresses[0]?.port ?? null);
  return {
    name: named?.name ?? fallback,
    namePlace: nameLine === undefined ? null : placeOf(nameLine),
    port: ownPort ?? (nameSetsPort ? null : addressPort),
    aliases: lines.own
      .filter(({ key }) => key === "serveralias")
      .flatMap((directive) => directive.words.map(({ value }) => ({ pattern: value, place: placeOf(directive) }))),
    path: last("serverpath")?.words[0]?.value ?? null,
    addresses,
    place,
    directives: lines.directives,
  };
}
