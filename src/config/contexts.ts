import type { OverrideBit } from "../../grammar/directives/directive-spec.ts";
import type { ActiveNode, ActiveSection } from "./active-config.ts";

/** Sections in which httpd runs commands as for a directory: `OR_ALL | ACCESS_CONF`. */
const directoryLike: ReadonlySet<string> = new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "proxy",
  "proxymatch",
  "if",
  "elseif",
  "else",
]);

const everywhere: readonly OverrideBit[] = ["OR_LIMIT", "OR_OPTIONS", "OR_FILEINFO", "OR_AUTHCFG", "OR_INDEXES"];

/** `(RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT)`: what the server and its virtual hosts run. */
const serverOverrides: ReadonlySet<OverrideBit> = new Set([
  "RSRC_CONF",
  "OR_ALL",
  "OR_OPTIONS",
  "OR_FILEINFO",
  "OR_INDEXES",
]);

const directoryOverrides: ReadonlySet<OverrideBit> = new Set([...everywhere, "OR_ALL", "ACCESS_CONF"]);
/** In an AuthnProviderAlias or AuthzProviderAlias; mod_authn_core.c, mod_authz_core.c. */
const aliasOverrides: ReadonlySet<OverrideBit> = new Set(["OR_AUTHCFG", "OR_ALL", "ACCESS_CONF"]);
const authorizationOverrides: ReadonlySet<OverrideBit> = new Set(["OR_AUTHCFG"]);
const proxyOverrides: ReadonlySet<OverrideBit> = new Set([...directoryOverrides, "PROXY_CONF"]);

/**
 * The flags of 2.x tables that only lead to a warning there (AH00114 and AH10019, "Useless use of …"), though the handler
 * tests them.
 */
const onlyWarned: ReadonlySet<string> = new Set(["allowoverride", "allowoverridelist"]);

/**
 * What httpd says of a directive or section that stands where its command may not run, or null. Tests the override bits
 * first and what the handler asks of `ap_check_cmd_context` next, as httpd does; without a spec there is nothing to say.
 * 1.3 http_config.c invoke_cmd, http_core.c:1131; 2.4 server/config.c invoke_cmd, server/core.c ap_check_cmd_context
 */
export function contextProblem(node: ActiveNode): string | null {
  const { spec, parent } = node;
  if (spec === null || parent === null) return null;
  const old = node.origin?.reading.tree.dialect === "1.3";
  // Commands that run while the text is read know neither section nor virtual host, so nothing is tested (seen in 2.4.71).
  if (!old && spec.overrides.includes("EXEC_ON_READ")) return null;
  const shown = (node.kind === "section" ? "<" : "") + (old ? spec.name : node.name);
  const overrides = overridesIn(parent, old);
  if (!spec.overrides.some((bit) => overrides.has(bit))) {
    if (isInUnknownSection(parent)) return null;
    const holder = old ? null : holderOf(node, parent);
    return holder === null ? `${shown} not allowed here` : `${shown} not allowed in <${holder}> context`;
  }
  if (spec.notIn.length === 0 || (!old && onlyWarned.has(spec.name.toLowerCase()))) return null;
  const flags = expand(spec.notIn);
  const place = old ? forbiddenIn13(flags, node, parent) : forbiddenIn2x(flags, node, parent);
  return place === null ? null : `${shown}${node.kind === "section" ? ">" : ""} cannot occur within ${place} section`;
}

/** Sections in which only what says who a user is may stand: mod_authz_core.c add_authz_section. */
const authorizationSections: ReadonlySet<string> = new Set(["requireall", "requireany", "requirenone"]);

/** Whether a section around a place passes a test. */
function isInside(parent: ActiveSection, test: (section: ActiveSection) => boolean): boolean {
  for (let section: ActiveSection | null = parent; section !== null; section = section.parent) {
    if (section.key !== "server" && test(section)) return true;
  }
  return false;
}

function overridesIn(parent: ActiveSection, old: boolean): ReadonlySet<OverrideBit> {
  for (let section: ActiveSection | null = parent; section !== null; section = section.parent) {
    const { key } = section;
    if (key === "proxy" || key === "proxymatch") return proxyOverrides;
    if (!old && authorizationSections.has(key)) return authorizationOverrides;
    if (key === "authnprovideralias" || key === "authzprovideralias") return aliasOverrides;
    if (directoryLike.has(key)) return directoryOverrides;
  }
  return serverOverrides;
}

/** What a section that nobody knows allows, nobody knows either. */
function isInUnknownSection(parent: ActiveSection): boolean {
  return isInside(parent, (section) => section.unknown !== undefined);
}

/** Name of the tag right around a place. A Limit counts, although its content belongs to the section around it. */
function holderOf(node: ActiveNode, parent: ActiveSection): string | null {
  if (node.limit !== null && node.limit !== parent.limit) return node.limit.kind;
  return parent.key === "server" ? null : parent.name;
}

const every = ["NOT_IN_VIRTUALHOST", "NOT_IN_LIMIT", "NOT_IN_DIR"];

const expanded = new WeakMap<readonly string[], readonly string[]>();

/** The flags with their combinations resolved; NOT_IN_DIR stands for any directory-like section. Once for each list. */
function expand(flags: readonly string[]): readonly string[] {
  let found = expanded.get(flags);
  if (found === undefined) expanded.set(flags, (found = resolveCombinations(flags)));
  return found;
}

function resolveCombinations(flags: readonly string[]): readonly string[] {
  return flags.flatMap((flag) => {
    if (flag === "GLOBAL_ONLY") return every;
    if (flag === "NOT_IN_DIR_LOC_FILE") return ["NOT_IN_DIR"];
    return flag === "NOT_IN_DIR_CONTEXT" ? ["NOT_IN_LIMIT", "NOT_IN_DIR"] : [flag];
  });
}

function isVirtual(parent: ActiveSection): boolean {
  return isInside(parent, (section) => section.key === "virtualhost");
}

function isInDirectory(parent: ActiveSection): boolean {
  return isInside(parent, (section) => directoryLike.has(section.key));
}

function forbiddenIn13(flags: readonly string[], node: ActiveNode, parent: ActiveSection): string | null {
  if (flags.includes("NOT_IN_VIRTUALHOST") && isVirtual(parent)) return "<VirtualHost>";
  if (flags.includes("NOT_IN_LIMIT") && node.limit !== null) return "<Limit>";
  if (flags.includes("NOT_IN_DIR") && isInDirectory(parent)) return "<Directory/Location/Files>";
  // 1.3 compares the end tag that the innermost section waits for.
  return flags.some((flag) => flagCovers13(flag, parent.key)) ? `<${parent.name}>` : null;
}

/** The flags for one kind of section each. */
const singlePlaces: ReadonlyMap<string, string> = new Map([
  ["NOT_IN_DIRECTORY", "directory"],
  ["NOT_IN_LOCATION", "location"],
  ["NOT_IN_FILES", "files"],
  ["NOT_IN_PROXY", "proxy"],
]);

function flagCovers13(flag: string, key: string): boolean {
  const plain = flag === "NOT_IN_PROXY" ? undefined : singlePlaces.get(flag);
  return plain !== undefined && (key === plain || key === `${plain}match`);
}

function forbiddenIn2x(flags: readonly string[], node: ActiveNode, parent: ActiveSection): string | null {
  if (flags.includes("NOT_IN_VIRTUALHOST") && isVirtual(parent)) return "<VirtualHost>";
  // RequireAll and its kin set the method mask too, so that what is no authorization stops there (seen in 2.4.71).
  const masked = (): boolean =>
    node.limit !== null || isInside(parent, (section) => authorizationSections.has(section.key));
  if (flags.includes("NOT_IN_LIMIT") && masked()) return "<Limit> or <LimitExcept>";
  if (flags.includes("NOT_IN_DIR") && isInDirectory(parent)) return "<Directory/Location/Files/Proxy>";
  if (!flags.some((flag) => singlePlaces.has(flag))) return null;
  for (let section: ActiveSection | null = parent; section !== null; section = section.parent) {
    const { key, name } = section;
    if (flags.some((flag) => flagCovers13(flag, key) || flagCovers2x(flag, key))) return `<${name}>`;
  }
  return null;
}

/** From 2.4 on If, ElseIf and Else count as Files. */
function flagCovers2x(flag: string, key: string): boolean {
  if (flag === "NOT_IN_FILES") return key === "if" || key === "elseif" || key === "else";
  return flag === "NOT_IN_PROXY" && (key === "proxy" || key === "proxymatch");
}
