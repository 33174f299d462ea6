import type { ActiveConfig, ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { DefineScopes, Scopes } from "./define-scopes.ts";
import { scopeRelation } from "./define-scopes.ts";
import type { AccessLines, Component } from "./access-rules.ts";
import { folderPattern } from "./folder-patterns.ts";
import type { Relation } from "./url-map.ts";
import { urlMap } from "./url-map.ts";

/** A section that says who may, and where it stands in the order in which httpd merges sections. */
export interface Guard extends AccessLines {
  readonly section: ActiveSection;
  /** The server or virtual host that it stands in. */
  readonly host: ActiveSection;
  /** Of a Files inside of a Directory: that Directory's guard, whether or not it says anything itself. */
  readonly inside: Guard | null;
  readonly kind: "Directory" | "Proxy" | "DirectoryMatch" | "Files" | "Location";
  /** Path or file name when it is plain text, with a slash at the end for directories; null for patterns. */
  readonly path: string | null;
  /** Position in the order of the file. */
  readonly index: number;
  /** Of a pattern for folders: its slashes, by which 2.x sorts; 0 in 1.3, which keeps the order of the file. */
  readonly slashes: number;
  /** Whether it is a .htaccess file, which counts behind all Directory sections of its folder. */
  readonly isAccessFile: boolean;
  /** The IfDefine sections around its lines; null when they differ. */
  readonly scopes: Scopes | null;
}

const kinds: ReadonlyMap<string, Guard["kind"]> = new Map([
  ["directory", "Directory"],
  ["directorymatch", "DirectoryMatch"],
  ["files", "Files"],
  ["filesmatch", "Files"],
  ["location", "Location"],
  ["locationmatch", "Location"],
  ["proxy", "Proxy"],
  ["proxymatch", "Proxy"],
]);

const hostKeys = new Set(["order", "allow", "deny"]);

/**
 * Every section that can hold access rules, in the order of reading; those that hold none are left out. `files` are the
 * sections that stand for .htaccess files.
 */
export function findGuards(
  { server, dialect }: ActiveConfig,
  defines: DefineScopes,
  files: ReadonlyMap<ActiveSection, unknown> = new Map(),
): readonly Guard[] {
  const guards: Guard[] = [];
  let index = 0;
  const visit = (section: ActiveSection, host: ActiveSection, outer: Guard | null): void => {
    for (const node of section.children) {
      if (node.kind !== "section") continue;
      if (node.key === "virtualhost") {
        visit(node, node, null);
        continue;
      }
      const kind = kinds.get(node.key);
      if (kind === undefined) continue;
      index += 1;
      const lines = linesOf(node);
      const { hosts, users, satisfy } = lines;
      const at = place(node, kind);
      // There may be as many as files, so each is made at once and not out of parts.
      const guard: Guard = {
        section: node,
        host,
        inside: outer,
        kind: at.kind,
        path: at.path,
        index,
        slashes: dialect === "1.3" ? 0 : (folderPattern(node)?.split("/").length ?? 1) - 1,
        isAccessFile: files.has(node),
        scopes: commonScopes(lines, defines),
        hosts,
        users,
        satisfy,
      };
      if (hosts.length + users.length + satisfy.length > 0) guards.push(guard);
      visit(node, host, guard);
    }
  };
  visit(server, server, null);
  return guards;
}

/** The scopes that all lines have in common; null when there are several. */
function commonScopes({ hosts, users, satisfy }: AccessLines, defines: DefineScopes): Scopes | null {
  const [first, ...rest] = [...hosts, ...users, ...satisfy].map((line) => defines.of(line));
  if (first === undefined) return [];
  return rest.every((scopes) => scopes.join(" ") === first.join(" ")) ? first : null;
}

function linesOf(section: ActiveSection): AccessLines {
  const lines = section.children.filter((node): node is ActiveDirective => node.kind === "directive");
  return {
    hosts: lines.filter(({ key }) => hostKeys.has(key)),
    users: lines.filter(({ key }) => key === "require"),
    satisfy: lines.filter(({ key }) => key === "satisfy"),
  };
}

function place(section: ActiveSection, kind: Guard["kind"]): Pick<Guard, "kind" | "path"> {
  const [first, second] = section.words.map(({ value }) => value);
  const isPattern = first === "~" || section.key.endsWith("match");
  const argument = (first === "~" ? second : first) ?? "";
  if (kind === "Directory" && argument.toLowerCase().startsWith("proxy:")) return { kind: "Proxy", path: null };
  if (isPattern) return { kind: kind === "Directory" ? "DirectoryMatch" : kind, path: null };
  if (/[*?[\\]/.test(argument)) return { kind, path: null };
  if (kind === "Directory") return { kind, path: argument.endsWith("/") ? argument : `${argument}/` };
  return { kind, path: argument };
}

const ranks: Readonly<Record<Guard["kind"], number>> = {
  Directory: 1,
  Proxy: 1,
  DirectoryMatch: 2,
  Files: 3,
  Location: 4,
};

const depth = ({ path }: Guard): number => (path === null ? Infinity : path.split("/").length);

/**
 * Whether a section is merged before another one: by kind; Directory sections by the length of their paths; those of the
 * main server before those of a host. Of patterns for directories the length is not known, so both ways are possible.
 * A Files inside of a Directory comes with it: behind every Files outside of one, whichever host that has.
 */
function mayPrecede(one: Guard, other: Guard): boolean {
  if (ranks[one.kind] !== ranks[other.kind]) return ranks[one.kind] < ranks[other.kind];
  if (one.inside?.section !== other.inside?.section) {
    return one.inside === null || (other.inside !== null && mayPrecede(one.inside, other.inside));
  }
  if (one.kind === "Directory") {
    if (one.path === null || other.path === null) return true;
    if (depth(one) !== depth(other)) return depth(one) < depth(other);
    if (one.isAccessFile !== other.isAccessFile) return other.isAccessFile;
  }
  if (one.kind === "DirectoryMatch" && one.slashes !== other.slashes) return one.slashes < other.slashes;
  if (one.host !== other.host) return one.host.key === "server";
  return one.index < other.index;
}

type Relate = ReturnType<typeof urlMap>;

/**
 * Whether a section covers what another one covers, in one host or (null) wherever both hold: `sure` for all of it. What a
 * section of the main server covers is part of every virtual host, whose own sections stand before it there.
 */
function covers(one: Guard, other: Guard, relate: Relate, host: ActiveSection | null): Relation {
  const given = scopeRelation(one.scopes ?? ["?"], other.scopes ?? []);
  if (given === "never") return "never";
  const place = host === null ? coversPlace(one, other, relate) : coversHere(one, other, host, relate);
  return place === "sure" ? given : place;
}

function coversPlace(one: Guard, other: Guard, relate: Relate): Relation {
  if (one.host !== other.host && one.host.key !== "server") {
    if (other.host.key !== "server") return "never";
    return coversHere(one, other, one.host, relate) === "never" ? "never" : "maybe";
  }
  const host = one.host.key === "server" ? other.host : one.host;
  return coversHere(one, other, host.key === "server" ? null : host, relate);
}

/** Whether there are requests that both sections cover, in a host for which both stand. */
export function mayMeet(one: Guard, other: Guard): boolean {
  const relate: Relate = () => "maybe";
  return coversHere(one, other, null, relate) !== "never" || coversHere(other, one, null, relate) !== "never";
}

/** For a folder whose whole tree may have files: what is above it and what is below it meets some of them. */
function coversBelow(one: Guard, other: Guard, relate: Relate, host: ActiveSection | null): Relation {
  if (one.path === "/" && other.kind !== "Directory") return other.kind === "Proxy" ? "never" : "maybe";
  return covers(one, other, relate, host);
}

function coversHere(one: Guard, other: Guard, host: ActiveSection | null, relate: Relate): Relation {
  const isFile = (guard: Guard): boolean => guard.kind !== "Location" && guard.kind !== "Proxy";
  if (one.kind === "Proxy" || other.kind === "Proxy") return isFile(one) || isFile(other) ? "never" : "maybe";
  if (one.kind === "Directory" && one.path === "/") return isFile(other) ? "sure" : "maybe";
  if (one.path === null || other.path === null) return "maybe";
  if (one.isAccessFile && one.kind === "Directory" && other.kind === "Location") {
    // Where AllowOverride differs between hosts the file may not count.
    return relate(host, other.path, one.path) === "never" ? "never" : "maybe";
  }
  if (one.kind === "Directory" && other.kind === "Location") {
    return relate(host, other.path, one.path);
  }
  if (one.kind === "Directory" && other.kind === "Directory") {
    return other.path.startsWith(one.path) ? "sure" : "never";
  }
  if (one.kind === "Location" && other.kind === "Location") {
    if (isBelow(other.path, one.path)) return "sure";
    return isBelow(one.path, other.path) ? "maybe" : "never";
  }
  if (one.kind === "Directory" && other.kind === "Files" && other.inside !== null) {
    const place = coversHere(one, other.inside, host, relate);
    // Below the folder that it stands in the file may lie in another one that has rules.
    return place === "never" && other.inside.path !== null && one.path.startsWith(other.inside.path) ? "maybe" : place;
  }
  if (one.kind === "Files" && other.kind === "Files" && one.path !== other.path) return "never";
  return "maybe";
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(top.endsWith("/") ? top : `${top}/`);
}

/** What a request that meets a section inherits of a component that the section does not set. */
export type Inherited =
  | { readonly kind: "none" }
  | { readonly kind: "from"; readonly guard: Guard }
  /** One of these, by the request; none perhaps. `unseen`: or one of a .htaccess file that nobody has seen. */
  | {
      readonly kind: "unknown";
      readonly guards: readonly Guard[];
      /** Those of them that cover all of the section. */
      readonly sure: ReadonlySet<Guard>;
      readonly unseen: boolean;
    };

/**
 * What a section inherits of a component that it does not set; `host`: for the requests of one of the hosts that a section of
 * the main server holds for, and not wherever it does.
 */
export type Inherit = (guard: Guard, component: Component, host?: ActiveSection) => Inherited;

/** A folder whose .htaccess files nobody has seen, as a section; null: folders by a pattern. */
export function unseenGuard(path: string | null, server: ActiveSection): Guard {
  const lines = { hosts: [], users: [], satisfy: [] };
  const index = Number.MAX_SAFE_INTEGER;
  return {
    kind: "Directory",
    path,
    ...lines,
    section: server,
    host: server,
    inside: null,
    index,
    slashes: 0,
    isAccessFile: true,
    scopes: [],
  };
}

/** Looks for what may stand before a section. */
export function inheritance(
  guards: readonly Guard[],
  config: ActiveConfig,
  defines: DefineScopes,
  unseen: readonly Guard[],
): Inherit {
  const setting = (component: Component): ReadonlyMap<ActiveSection, readonly Guard[]> => {
    const byHost = new Map<ActiveSection, Guard[]>();
    for (const guard of guards) {
      if (guard[component].length === 0) continue;
      const list = byHost.get(guard.host);
      if (list === undefined) byHost.set(guard.host, [guard]);
      else list.push(guard);
    }
    return byHost;
  };
  const byComponent = { hosts: setting("hosts"), users: setting("users"), satisfy: setting("satisfy") };
  const relate = urlMap(config, defines);
  const main = guards.find(({ host }) => host.key === "server")?.host;
  return (guard, component, host) => {
    const sets = byComponent[component];
    const only = host ?? null;
    const place = host ?? guard.host;
    const near =
      place.key === "server"
        ? only === null
          ? [...sets.values()].flat()
          : (sets.get(place) ?? [])
        : [...(main === undefined ? [] : (sets.get(main) ?? [])), ...(sets.get(place) ?? [])];
    const found = near.filter(
      (one) => one !== guard && mayPrecede(one, guard) && covers(one, guard, relate, only) !== "never",
    );
    // What is below a folder that nobody has seen meets its files, and those of the folders on the way.
    const isUnseen = unseen.some(
      (one) => one !== guard && mayPrecede(one, guard) && coversBelow(one, guard, relate, only) !== "never",
    );
    const isSure = (one: Guard): boolean => covers(one, guard, relate, only) === "sure";
    const [first, ...rest] = found;
    if (isUnseen) return { kind: "unknown", guards: found, sure: new Set(), unseen: true };
    if (first === undefined) return { kind: "none" };
    const last = rest.reduce((best, one) => (isSurelyLater(one, best) ? one : best), first);
    if (isSure(last) && found.every((other) => other === last || isSurelyLater(last, other))) {
      return { kind: "from", guard: last };
    }
    return { kind: "unknown", guards: found, sure: new Set(found.filter(isSure)), unseen: false };
  };
}

/** Whether a section is merged behind another one, whatever the request. */
export function isSurelyLater(one: Guard, other: Guard): boolean {
  return mayPrecede(other, one) && !mayPrecede(one, other);
}
