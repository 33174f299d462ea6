import { privateNetworks, publicNetwork, type ClientSource } from "../site/client-source.ts";
import type { Places } from "../site/places.ts";
import { changed, lost } from "../verdict.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** Lines of a server block that take the client's address from where a proxy tells it, and the verdicts of theirs. */
export function clientLines(source: ClientSource, variables: SharedVariables, places: Places): readonly string[] {
  if (source.kind === "lost") {
    for (const { place } of source.lines)
      places.judge(place, lost(`nginx cannot say this line, since ${source.why}: nobody is let in by an address`));
    return [];
  }
  const lines = [
    ...source.proxies.map((proxy) => `set_real_ip_from ${proxy};`),
    `real_ip_header ${source.field};`,
    "real_ip_recursive on;",
  ];
  const why = source.isPublic
    ? "the same clients; where a proxy names one of a private network, which httpd does not believe, 403"
    : "the same clients";
  for (const { place } of source.lines) places.judge(place, changed(lines, why));
  return source.isPublic ? [...lines, refusal(source.proxies, variables)] : lines;
}

/** httpd takes the proxy for the client where that names an address of no public network; nginx believes it. */
function refusal(proxies: readonly string[], variables: SharedVariables): string {
  const from = variables.define("geo", "$realip_remote_addr", "proxy", [
    "default 0;",
    ...proxies.map((proxy) => `${proxy} 1;`),
  ]);
  const isPrivate = variables.define("geo", "", "private", [
    "default 0;",
    "::/0 1;",
    `${publicNetwork} 0;`,
    ...privateNetworks.map((network) => `${network} 1;`),
  ]);
  // Where the proxy told nothing its own address stays.
  const told = variables.define("map", quote("$realip_remote_addr $remote_addr"), "told", [
    "default 1;",
    '"~^(\\S+) \\1$" 0;',
  ]);
  const wrong = variables.define("map", quote(`${from}${isPrivate}${told}`), "nobody", ["default 0;", "111 1;"]);
  return `if (${wrong}) { return 403; }`;
}
