import type { OverrideBit } from "../../grammar/directives/directive-spec.ts";
import type { ActiveSection } from "./active-config.ts";

/** A section that a flag such as NOT_IN_FILES speaks of: its name as written, and how deep it lies. */
export interface Surrounding {
  readonly depth: number;
  readonly name: string;
}

/** What the sections around a place make of it; the same for all lines of a section. */
export interface Surroundings {
  readonly depth: number;
  /** The override bits with which httpd 1.3 and 2.x run commands there. */
  readonly overrides13: ReadonlySet<OverrideBit>;
  readonly overrides2x: ReadonlySet<OverrideBit>;
  readonly inVirtualHost: boolean;
  /** In a section that counts as a directory. */
  readonly inDirectory: boolean;
  /** In RequireAll, RequireAny or RequireNone. */
  readonly inAuthorization: boolean;
  /** In a section that nobody knows. */
  readonly inUnknown: boolean;
  /** The innermost sections that 2.x tests one by one. */
  readonly directory: Surrounding | null;
  readonly location: Surrounding | null;
  readonly files: Surrounding | null;
  readonly proxy: Surrounding | null;
}

/** Sections in which httpd runs commands as for a directory: `OR_ALL | ACCESS_CONF`. */
const directoryLike: ReadonlySet<string> = new Set([
  ...["directory", "directorymatch", "location", "locationmatch", "files", "filesmatch"],
  ...["proxy", "proxymatch", "if", "elseif", "else"],
]);

/** Sections in which only what says who a user is may stand: mod_authz_core.c add_authz_section. */
const authorization: ReadonlySet<string> = new Set(["requireall", "requireany", "requirenone"]);

const everywhere: readonly OverrideBit[] = ["OR_LIMIT", "OR_OPTIONS", "OR_FILEINFO", "OR_AUTHCFG", "OR_INDEXES"];

/** `(RSRC_CONF | OR_ALL) & ~(OR_AUTHCFG | OR_LIMIT)`: what the server and its virtual hosts run. */
const serverOverrides: ReadonlySet<OverrideBit> = new Set([
  ...(["RSRC_CONF", "OR_ALL", "OR_OPTIONS", "OR_FILEINFO", "OR_INDEXES"] as const),
]);
const directoryOverrides: ReadonlySet<OverrideBit> = new Set([...everywhere, "OR_ALL", "ACCESS_CONF"]);
const proxyOverrides: ReadonlySet<OverrideBit> = new Set([...directoryOverrides, "PROXY_CONF"]);
/** In an AuthnProviderAlias or AuthzProviderAlias; mod_authn_core.c, mod_authz_core.c. */
const aliasOverrides: ReadonlySet<OverrideBit> = new Set(["OR_AUTHCFG", "OR_ALL", "ACCESS_CONF"]);
const authorizationOverrides: ReadonlySet<OverrideBit> = new Set(["OR_AUTHCFG"]);

const outside: Surroundings = {
  depth: 0,
  overrides13: serverOverrides,
  overrides2x: serverOverrides,
  inVirtualHost: false,
  inDirectory: false,
  inAuthorization: false,
  inUnknown: false,
  directory: null,
  location: null,
  files: null,
  proxy: null,
};

const known = new WeakMap<ActiveSection, Surroundings>();

/** What stands around the lines of a section. Made once for each section, from what stands around that one. */
export function surroundingsOf(section: ActiveSection): Surroundings {
  const before = known.get(section);
  if (before !== undefined) return before;
  const chain: ActiveSection[] = [];
  let around: Surroundings | undefined;
  for (let outer: ActiveSection | null = section; outer !== null; outer = outer.parent) {
    around = known.get(outer);
    if (around !== undefined) break;
    chain.push(outer);
  }
  let found = around ?? outside;
  for (const inner of chain.reverse()) known.set(inner, (found = within(found, inner)));
  return found;
}

function within(around: Surroundings, section: ActiveSection): Surroundings {
  const { key, name } = section;
  if (key === "server") return around;
  const depth = around.depth + 1;
  const here: Surrounding = { depth, name };
  const own = overridesOf(key);
  return {
    depth,
    overrides13: own ?? around.overrides13,
    overrides2x: authorization.has(key) ? authorizationOverrides : (own ?? around.overrides2x),
    inVirtualHost: around.inVirtualHost || key === "virtualhost",
    inDirectory: around.inDirectory || directoryLike.has(key),
    inAuthorization: around.inAuthorization || authorization.has(key),
    inUnknown: around.inUnknown || section.unknown !== undefined,
    directory: key === "directory" || key === "directorymatch" ? here : around.directory,
    location: key === "location" || key === "locationmatch" ? here : around.location,
    files: isLikeFiles(key) ? here : around.files,
    proxy: key === "proxy" || key === "proxymatch" ? here : around.proxy,
  };
}

/** The bits that a section sets, or null when those around it stay. */
function overridesOf(key: string): ReadonlySet<OverrideBit> | null {
  if (key === "proxy" || key === "proxymatch") return proxyOverrides;
  if (key === "authnprovideralias" || key === "authzprovideralias") return aliasOverrides;
  return directoryLike.has(key) ? directoryOverrides : null;
}

/** From 2.4 on If, ElseIf and Else count as Files. */
function isLikeFiles(key: string): boolean {
  return key === "files" || key === "filesmatch" || key === "if" || key === "elseif" || key === "else";
}
