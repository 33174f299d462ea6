import type { ActiveDirective } from "../config/active-config.ts";
import { portNumber, readAddress, type HostNames } from "./addresses.ts";
import type { Report } from "./problem.ts";
import type { ListenAddress, Place } from "./table.ts";

/** What httpd 1.3 listens on when nothing says a port. */
export const DEFAULT_PORT = 80;

/** The lines that decide where the server listens, in order. */
export interface ListenLines {
  readonly listen: readonly ActiveDirective[];
  readonly port: ActiveDirective | undefined;
  readonly bindAddress: ActiveDirective | undefined;
}

/** httpd 2.4 listen.c ap_set_listener; before 2.2 there is no such word. */
function protocolOf(directive: ActiveDirective, port: number): { readonly protocol?: "https" | "other" } {
  const word = directive.words[1]?.value.toLowerCase() ?? (port === 443 ? "https" : null);
  return word === null ? {} : { protocol: word === "https" ? "https" : "other" };
}

function readListen(
  directive: ActiveDirective,
  place: Place,
  report: Report,
  hostNames: HostNames,
): readonly ListenAddress[] {
  const word = directive.words[0]?.value ?? "";
  const alone = portNumber(word);
  if (alone !== null) return [{ address: "*", port: alone, place, ...protocolOf(directive, alone) }];
  const read = readAddress(word, hostNames);
  if ("error" in read) {
    report({ severity: "error", kind: read.kind, message: `Listen: ${read.error}`, place });
    return [];
  }
  if (read.port === null || read.port === 0) {
    report({ severity: "error", kind: "bad-address", message: `Expected a port number in "Listen ${word}"`, place });
    return [];
  }
  const address = read.address === "_default_" ? "*" : read.address;
  return [{ address, port: read.port, place, ...protocolOf(directive, read.port) }];
}

/**
 * Where the server listens: the Listen lines; without any, 1.3 takes BindAddress (or all addresses) and Port (or 80), and
 * 2.x does not start. The same address and port twice is one socket.
 */
export function listeners(
  lines: ListenLines,
  is13: boolean,
  placeOf: (directive: ActiveDirective) => Place,
  report: Report,
  hostNames: HostNames,
): readonly ListenAddress[] {
  if (lines.listen.length === 0) {
    if (!is13) {
      report({ severity: "error", kind: "no-listener", message: "Expected a Listen line: there is none", place: null });
      return [];
    }
    const port = portNumber(lines.port?.words[0]?.value ?? "") ?? DEFAULT_PORT;
    const bind = lines.bindAddress;
    const read = bind === undefined ? null : readAddress(bind.words[0]?.value ?? "*", hostNames);
    if (read !== null && "error" in read && bind !== undefined) {
      report({ severity: "error", kind: read.kind, message: `BindAddress: ${read.error}`, place: placeOf(bind) });
      return [];
    }
    const origin = bind ?? lines.port;
    const address = read === null || "error" in read ? "*" : read.address;
    return [{ address, port, place: origin === undefined ? null : placeOf(origin) }];
  }
  const found = new Map<string, ListenAddress>();
  for (const directive of lines.listen) {
    for (const listen of readListen(directive, placeOf(directive), report, hostNames)) {
      const key = `${listen.address} ${listen.port}`;
      if (!found.has(key)) found.set(key, listen);
    }
  }
  return [...found.values()];
}
