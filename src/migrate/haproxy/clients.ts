import type { RoutingTable } from "../../compile/table.ts";
import { clientSourceOf, privateNetworks, publicNetwork, type ToldClients } from "../site/client-source.ts";
import type { Places } from "../site/places.ts";
import { changed, lost } from "../verdict.ts";

/** Proxies behind each other that are believed; each is three lines, and more than these are refused. */
const MOST_HOPS = 5;

/** HAProxy takes 64 words on a line; what stands beside addresses takes 24. */
const MOST_ADDRESSES = 36;

/** Rules that take the client's address from where a proxy tells it, for requests whose `txn.host` is set; with their verdicts. */
export function clientRules(table: RoutingTable, hosts: readonly number[], places: Places): readonly string[] {
  const groups = new Map<string, { readonly source: ToldClients; readonly hosts: number[] }>();
  for (const host of hosts) {
    const source = clientSourceOf(table, host);
    if (source === null) continue;
    if (source.kind === "lost") {
      for (const { place } of source.lines)
        places.judge(place, lost(`HAProxy cannot say this line, since ${source.why}: nobody is let in by an address`));
      continue;
    }
    const key = JSON.stringify([source.field, source.proxies, source.isPublic]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { source, hosts: [host] });
    else group.hosts.push(host);
    for (const { place } of source.lines)
      places.judge(
        place,
        changed("http-request set-src var(txn.client)", `the same clients, behind up to ${MOST_HOPS} proxies`),
      );
  }
  return [...groups.values()].flatMap(({ source, hosts: own }) => {
    const isAll = own.length === hosts.length;
    const conditions = isAll ? [""] : own.map((host) => `{ var(txn.host) -m int ${host} } `);
    return conditions.flatMap((here) => rulesFor(source, here));
  });
}

function rulesFor({ field, proxies, isPublic }: ToldClients, here: string): readonly string[] {
  const lists: string[] = [];
  for (let at = 0; at < proxies.length; at += MOST_ADDRESSES)
    lists.push(`{ src ${proxies.slice(at, at + MOST_ADDRESSES).join(" ")} }`);
  const hops = Array.from({ length: MOST_HOPS + 1 }, (_, index) => index + 1);
  return hops.flatMap((hop) => {
    const value = `req.hdr_ip(${field},-${hop})`;
    const before = `${here}{ var(txn.hop) -m int ${hop - 1} }`;
    // Of an address in the list, and no other, the field says where the request came from.
    const marks = lists.map((list) => `http-request set-var(txn.hop) int(${hop}) if ${before} ${list}`);
    const isHere = `${here}{ var(txn.hop) -m int ${hop} }`;
    if (hop > MOST_HOPS) return [...marks, `http-request deny deny_status 400 if ${isHere} { ${value} -m found }`];
    return [
      ...(hop === 1 ? [`http-request set-var(txn.hop) int(0)${here === "" ? "" : ` if ${here.trim()}`}`] : []),
      ...marks,
      // Behind an address that is not believed nothing is looked at any more.
      `http-request set-var(txn.hop) int(-1) if ${isHere} !{ ${value} -m found }`,
      ...(isPublic
        ? [`http-request set-var(txn.hop) int(-1) if ${isHere} { ${value} ${privateNetworks.join(" ")} }`]
        : []),
      ...(isPublic
        ? [`http-request set-var(txn.hop) int(-1) if ${isHere} !{ ${value} 0.0.0.0/0 ${publicNetwork} }`]
        : []),
      `http-request set-var(txn.client) ${value} if ${isHere}`,
      `http-request set-src var(txn.client) if ${isHere}`,
    ];
  });
}
