import type { ActiveConfig, ActiveDirective, ActiveNode, ActiveSection, Origin } from "../config/active-config.ts";
import type { RuleVisitor } from "./rule.ts";

const indexes = new WeakMap<ActiveSection, ReadonlyMap<string, readonly ActiveDirective[]>>();

/** The directives of a section under some names (lower case), in order; those that httpd does not know are left out. */
export function directivesOf(section: ActiveSection, ...keys: readonly string[]): readonly ActiveDirective[] {
  let index = indexes.get(section);
  if (index === undefined) {
    const made = new Map<string, ActiveDirective[]>();
    for (const node of section.children) {
      if (node.kind !== "directive" || node.spec === null) continue;
      const list = made.get(node.key);
      if (list === undefined) made.set(node.key, [node]);
      else list.push(node);
    }
    index = made;
    indexes.set(section, index);
  }
  const [key = ""] = keys;
  if (keys.length === 1) return index.get(key) ?? [];
  const there = keys.filter((one) => index.has(one));
  if (there.length <= 1) return index.get(there[0] ?? "") ?? [];
  const wanted = new Set(there);
  return section.children.filter(
    (node): node is ActiveDirective => node.kind === "directive" && node.spec !== null && wanted.has(node.key),
  );
}

/** The one that counts when each replaces those before it. */
export function lastOf(section: ActiveSection, key: string): ActiveDirective | undefined {
  return directivesOf(section, key).at(-1);
}

/** First word, as it is; empty when there is none. */
export function firstWord(node: ActiveNode | undefined): string {
  return node?.words[0]?.value ?? "";
}

/** The virtual host that a node stands in, or the server. */
export function hostOf(node: ActiveNode): ActiveSection {
  const from = node.kind === "section" ? node : node.parent;
  let at = from;
  let host = hosts.get(at);
  while (host === undefined) {
    if (at.parent === null || at.key === "virtualhost") host = at;
    else {
      at = at.parent;
      host = hosts.get(at);
    }
  }
  // Sections may be nested as deep as a file is long, and each is asked for.
  hosts.set(from, host);
  return host;
}

const hosts = new WeakMap<ActiveSection, ActiveSection>();

/** A visitor for every section, the server too (at the end). */
export function everySection(config: ActiveConfig, check: (section: ActiveSection) => void): RuleVisitor {
  return {
    section: check,
    end: () => {
      check(config.server);
    },
  };
}

/** `line 3`, or `line 3 of other.conf` when that is not the file of the finding. */
export function placeOf(origin: Origin, seenFrom: Origin): string {
  const { line, reading } = origin;
  const number = reading.source.position("nameStart" in line ? line.nameStart : line.start).line;
  return reading.source.path === seenFrom.reading.source.path
    ? `line ${number}`
    : `line ${number} of ${reading.source.path}`;
}

/** Whether this is a main file and not a piece of one: something in it makes a server. */
export function isWholeServer({ server }: ActiveConfig): boolean {
  return directivesOf(server, "listen", "port", "serverroot", "user", "servertype").length > 0;
}
