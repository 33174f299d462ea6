import type { ActiveConfig, ActiveDirective, ActiveSection } from "../config/active-config.ts";
import type { Word } from "../../grammar/word.ts";
import { directivesOf, lastOf } from "./sections.ts";

/** An address as VirtualHost, NameVirtualHost and Listen write it; `*` for all, a port of null where none is written. */
export interface WrittenAddress {
  readonly host: string;
  readonly port: number | null;
  readonly word: Word;
}

export interface WrittenName {
  /** Lower case, without scheme and port. */
  readonly name: string;
  readonly directive: ActiveDirective;
  readonly word: Word;
}

export interface WrittenHost {
  readonly section: ActiveSection;
  readonly addresses: readonly WrittenAddress[];
  /** ServerName first, then every ServerAlias. */
  readonly names: readonly WrittenName[];
}

/** Reads `host`, `host:port`, `[v6]:port` and a bare port; names are not looked up. */
export function writtenAddress(word: Word): WrittenAddress {
  const text = word.value.toLowerCase();
  if (/^\d{1,5}$/.test(text)) return { host: "*", port: Number(text), word };
  const [, host = text, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}|\*))?$/.exec(text) ?? [];
  const all = host === "" || host === "0.0.0.0" || host === "[::]";
  return { host: all ? "*" : host, port: port === undefined || port === "*" ? null : Number(port), word };
}

function nameIn(directive: ActiveDirective, word: Word): WrittenName {
  const name = word.value
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/:\d+$/, "")
    .replace(/\.$/, "");
  return { name, directive, word };
}

const known = new WeakMap<ActiveConfig, readonly WrittenHost[]>();

/** Every virtual host, in order. */
export function virtualHosts(config: ActiveConfig): readonly WrittenHost[] {
  const before = known.get(config);
  if (before !== undefined) return before;
  const hosts = config.server.children.flatMap((node): readonly WrittenHost[] => {
    if (node.kind !== "section" || node.key !== "virtualhost") return [];
    const serverName = lastOf(node, "servername");
    const [first] = serverName?.words ?? [];
    return [
      {
        section: node,
        addresses: node.words.map(writtenAddress),
        names: [
          ...(serverName === undefined || first === undefined ? [] : [nameIn(serverName, first)]),
          ...directivesOf(node, "serveralias").flatMap((alias) => alias.words.map((word) => nameIn(alias, word))),
        ],
      },
    ];
  });
  known.set(config, hosts);
  return hosts;
}

/** One text for one address, for comparing. */
export function addressText({ host, port }: WrittenAddress): string {
  return `${host}:${port ?? "*"}`;
}

/** A test for whether one of the addresses stands for another: the same host, and the same port where both write one. */
export function addressCover(addresses: readonly WrittenAddress[]): (other: WrittenAddress) => boolean {
  const ports = new Map<string, Set<number | null>>();
  for (const { host, port } of addresses) {
    const known = ports.get(host);
    if (known === undefined) ports.set(host, new Set([port]));
    else known.add(port);
  }
  return ({ host, port }) => {
    const known = ports.get(host);
    return known !== undefined && (port === null || known.has(null) || known.has(port));
  };
}
