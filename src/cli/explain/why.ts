import { canonicalAddress } from "../../access/address.ts";
import type { Host, RoutingTable, TableSection } from "../../compile/table.ts";
import { lowerAscii, toBytes } from "../../routing/bytes.ts";
import { readHostName } from "../../routing/host-name.ts";
import type { Match, Refusal } from "../../routing/match.ts";
import { placeKey } from "../../routing/place-key.ts";
import type { Router } from "../../routing/router.ts";
import { isRefusal } from "../../routing/router.ts";
import { splitTarget } from "../../routing/uri.ts";
import { wildcardMatcher } from "../../routing/wildcard.ts";
import { filePlace, type FilePlace } from "./file-place.ts";
import type { ExplainRequest } from "./request.ts";

/** A virtual host or section that does not count for a request. */
export interface NotApplied extends FilePlace {
  /** `<VirtualHost *:80>` without the brackets, and the same for sections. */
  readonly what: string;
  readonly reason: string;
}

/** Why what might have counted does not. */
export interface WhyNot {
  readonly virtualHosts: readonly NotApplied[];
  readonly sections: readonly NotApplied[];
}

/** The name that a request sends for its host; null for none. */
function sentName({ route }: ExplainRequest, table: RoutingTable): string | null {
  const target = splitTarget(route.target, table.apache);
  const sent = ("error" in target ? null : target.authority) ?? route.host;
  const read = sent === null ? null : readHostName(sent, table.apache);
  return read === null || "error" in read ? null : read.name;
}

const namesOf = (host: Host): readonly string[] => [host.name, ...host.aliases.map(({ pattern }) => pattern)];

function hostReason(host: Host, request: ExplainRequest, name: string | null, decided: string): string {
  const { localAddress, localPort } = request.route;
  const local = canonicalAddress(localAddress);
  const own = host.addresses.filter(({ port }) => port === 0 || port === localPort);
  if (own.length === 0) return `none of its addresses has port ${localPort}`;
  const isWild = ({ address }: { readonly address: string }): boolean => address === "*" || address === "_default_";
  if (!own.some((address) => isWild(address) || address.address === local)) return `none of its addresses is ${local}`;
  if (name === null) return `no name is sent, and ${decided} decides`;
  const matches = namesOf(host).some((each) => wildcardMatcher(lowerAscii(toBytes(each)))(name));
  if (matches) return `its name fits, but ${decided} goes before it`;
  return `its names are ${namesOf(host).join(", ") || "none"}, not ${name}`;
}

function sectionReason({ kind, argument }: TableSection, match: Match): string {
  const { filename, uri } = match;
  switch (kind) {
    case "Directory":
      return `no folder on the way to ${filename} is ${argument}`;
    case "DirectoryMatch":
      return `the pattern does not match ${filename}`;
    case "Files":
    case "FilesMatch":
      return `the name ${filename.slice(filename.lastIndexOf("/") + 1) || "(empty)"} does not match`;
    case "Location":
      return uri.startsWith(argument) && !/[*?[]/.test(argument)
        ? `${uri} goes on behind ${argument} without a slash`
        : `${uri} is not below ${argument}`;
    case "LocationMatch":
      return `the pattern does not match ${uri}`;
    case "Proxy":
    case "ProxyMatch":
      return filename.startsWith("proxy:")
        ? `it does not match ${filename.slice("proxy:".length)}`
        : "no ProxyPass sends the request on";
    case "If":
    case "ElseIf":
    case "Else":
      return "its condition does not hold, or an earlier one did";
    default:
      return kind satisfies never;
  }
}

/** Says of every virtual host, and of every section of the chosen one and of the main server, why it does not count. */
export function whyNot(request: ExplainRequest, answer: Match | Refusal, table: RoutingTable, router: Router): WhyNot {
  const name = sentName(request, table);
  const virtualHosts = table.hosts.flatMap((host, index): readonly NotApplied[] => {
    if (index === 0 || index === answer.host || host.place === null) return [];
    const what = `VirtualHost ${host.addresses.map(({ text, port }) => `${text}${port === 0 ? "" : `:${port}`}`).join(" ")}`;
    const reason = hostReason(host, request, name, answer.reason);
    return [{ what, ...filePlace(host.place, router), reason }];
  });
  if (isRefusal(answer)) return { virtualHosts, sections: [] };
  const applied = new Set(answer.sections.map(({ place, kind }) => `${kind} ${placeKey(place)}`));
  const sections: NotApplied[] = [];
  const visit = (section: TableSection, outer: string | null): void => {
    const { kind, argument, place } = section;
    const what = `${kind} ${argument}`.trim();
    const isApplied = applied.has(`${kind} ${placeKey(place)}`);
    if (!isApplied) {
      const reason = outer === null ? sectionReason(section, answer) : `it stands in ${outer}, which does not apply`;
      sections.push({ what, ...filePlace(place, router), reason });
    }
    for (const inner of section.sections) visit(inner, isApplied ? null : what);
  };
  for (const section of table.sections) {
    if (section.host === 0 || section.host === answer.host) visit(section, null);
  }
  return { virtualHosts, sections };
}
