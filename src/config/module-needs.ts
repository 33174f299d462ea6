import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective, ActiveSection } from "./active-config.ts";
import { report, type ReadState } from "./reading-state.ts";
import { isSslFormat } from "./values-logs.ts";

/** The module behind each provider that Require knows by itself; others come from anywhere. */
export const providers: ReadonlyMap<string, string> = new Map([
  ["all", "mod_authz_core"],
  ["env", "mod_authz_core"],
  ["expr", "mod_authz_core"],
  ["method", "mod_authz_core"],
  ["ip", "mod_authz_host"],
  ["host", "mod_authz_host"],
  ["forward-dns", "mod_authz_host"],
  ["local", "mod_authz_host"],
  ["user", "mod_authz_user"],
  ["valid-user", "mod_authz_user"],
  ["group", "mod_authz_groupfile"],
  ["file-owner", "mod_authz_owner"],
  ["file-group", "mod_authz_owner"],
  ["dbm-group", "mod_authz_dbm"],
  ["dbd-group", "mod_authz_dbd"],
  ["dbd-login", "mod_authz_dbd"],
  ["dbd-logout", "mod_authz_dbd"],
  ["dbm-file-group", "mod_authz_dbm"],
  ["ldap-user", "mod_authnz_ldap"],
  ["ldap-group", "mod_authnz_ldap"],
  ["ldap-dn", "mod_authnz_ldap"],
  ["ldap-attribute", "mod_authnz_ldap"],
  ["ldap-filter", "mod_authnz_ldap"],
  ["ldap-search", "mod_authnz_ldap"],
  ["ssl", "mod_ssl"],
  ["ssl-verify-client", "mod_ssl"],
]);

/** The module behind each provider of AuthBasicProvider and its kin. */
const authentication: ReadonlyMap<string, string> = new Map([
  ["file", "mod_authn_file"],
  ["dbm", "mod_authn_dbm"],
  ["dbd", "mod_authn_dbd"],
  ["anon", "mod_authn_anon"],
  ["socache", "mod_authn_socache"],
  ["ldap", "mod_authnz_ldap"],
]);

/** Modules of httpd itself whose providers have names that the configuration or a script gives them. */
const namesTheirOwn = ["mod_lua", "mod_authnz_fcgi"];

/** The modules behind the values of `lbmethod=`. */
const balancers: ReadonlyMap<string, string> = new Map([
  ["byrequests", "mod_lbmethod_byrequests"],
  ["bytraffic", "mod_lbmethod_bytraffic"],
  ["bybusyness", "mod_lbmethod_bybusyness"],
  ["heartbeat", "mod_lbmethod_heartbeat"],
]);

/** The module behind each cache that `SSLSessionCache name:…` and its kin name; `default` is the best one that is there. */
const caches: ReadonlyMap<string, string> = new Map([
  ["shmcb", "mod_socache_shmcb"],
  ["dbm", "mod_socache_dbm"],
  ["memcache", "mod_socache_memcache"],
  ["redis", "mod_socache_redis"],
  ["dc", "mod_socache_dc"],
  ["default", "mod_socache_shmcb"],
]);

/** The module behind what `Dav name` puts on the web. */
const repositories: ReadonlyMap<string, string> = new Map([["filesystem", "mod_dav_fs"]]);

/** The directives whose words may need modules; see {@link reportMissingModules}. */
export const mayNeedModules: ReadonlySet<string> = new Set(
  (
    "loglevel require logformat customlog globallog proxypass proxypassmatch proxyset rewritemap " +
    "authbasicprovider authdigestprovider authformprovider sslsessioncache sslstaplingcache authncachesocache " +
    "cachesocache dav"
  ).split(" "),
);

/**
 * Reports what the words of a directive of 2.4 need and no module that is loaded brings: the module of `LogLevel name:level`,
 * the provider of Require, the cache of SSLSessionCache, the method of `lbmethod=`, mod_ssl for `%c` of a log, mod_dbd for a map. httpd stops there as at
 * an unknown directive.
 */
export function reportMissingModules(state: ReadState, directive: ActiveDirective): void {
  if (state.dialect !== "2.4") return;
  const { key, words } = directive;
  const need = (word: Word | undefined, module: string | undefined, what: string): void => {
    if (word === undefined || module === undefined || state.modules.isActive(module)) return;
    const span = { start: word.start, end: word.end };
    report(state, "module-list", true, directive.origin, `${what} needs ${module}, which is not loaded here`, { span });
  };
  switch (key) {
    case "loglevel":
      for (const word of words) reportUnknownModule(state, directive, word);
      return;
    case "require":
      reportProvider(state, directive, words[words[0]?.value.toLowerCase() === "not" ? 1 : 0], providers);
      return;
    case "authbasicprovider":
    case "authdigestprovider":
    case "authformprovider":
      for (const word of words) reportProvider(state, directive, word, authentication);
      return;
    case "sslsessioncache":
    case "sslstaplingcache":
    case "authncachesocache":
    case "cachesocache": {
      const [word] = words;
      if (word === undefined || (key === "sslsessioncache" && /^none(?:notnull)?$/i.test(word.value))) return;
      reportProvider(state, directive, { ...word, value: word.value.replace(/:.*$/s, "") }, caches);
      return;
    }
    case "dav":
      if (!/^(?:on|off)$/i.test(words[0]?.value ?? "")) reportProvider(state, directive, words[0], repositories);
      return;
    case "logformat":
    case "customlog":
    case "globallog": {
      const format = words[key === "logformat" ? 0 : 1];
      if (state.modules.isActive("mod_ssl") || format === undefined) return;
      if (isSslFormat(format)) need(format, "mod_ssl", "%c or %x in a format");
      return;
    }
    case "rewritemap": {
      const [, map] = words;
      if (/^(?:fast)?dbd:/i.test(map?.value ?? "")) need(map, "mod_dbd", "A map of a database");
      return;
    }
    default:
      for (const word of words) {
        const method = /^lbmethod=(.{0,40})$/.exec(word.value)?.[1];
        if (method !== undefined) need(word, balancers.get(method), word.value);
      }
  }
}

/** Remembers the name that an AuthnProviderAlias or AuthzProviderAlias gives to a provider, and judges that one. */
export function takeProviderAlias(state: ReadState, section: ActiveSection): void {
  const [base, alias] = section.words;
  reportProvider(state, section, base, section.key === "authzprovideralias" ? providers : authentication);
  if (alias !== undefined) state.providerAliases.add(alias.value);
}

/**
 * A provider that no module here brings. Names count with their case. One that backhand does not know is an error only where
 * all modules are httpd's own, since others may bring any.
 */
function reportProvider(
  state: ReadState,
  node: ActiveDirective | ActiveSection,
  word: Word | undefined,
  known: ReadonlyMap<string, string>,
): void {
  if (word === undefined || node.origin === null || state.providerAliases.has(word.value)) return;
  const module = known.get(word.value);
  if (module !== undefined && state.modules.isActive(module)) return;
  const lower = word.value.toLowerCase();
  const miswritten = module === undefined && known.has(lower);
  if (module === undefined && !miswritten && !hasOwnProvidersOnly(state)) return;
  const span = { start: word.start, end: word.end };
  if (module !== undefined) {
    const message = `${node.name} ${word.value} needs ${module}, which is not loaded here`;
    report(state, "module-list", true, node.origin, message, { span });
    return;
  }
  const help = miswritten ? `names of providers count with their case: ${lower}` : "no module that is loaded has it";
  report(state, "module-list", true, node.origin, `Unknown provider "${word.value}" for ${node.name}`, { span, help });
}

function hasOwnProvidersOnly(state: ReadState): boolean {
  return state.modules.areHttpdsOwn() && !namesTheirOwn.some((name) => state.modules.isActive(name));
}

/** The name is that of the source file, or the identifier with or without its ending. core.c set_loglevel */
function reportUnknownModule(state: ReadState, directive: ActiveDirective, word: Word): void {
  const colon = word.value.indexOf(":");
  if (colon === -1) return;
  const name = word.value.slice(0, colon);
  const full = name.endsWith(".c") || name.endsWith("_module") ? name : `${name}_module`;
  if (state.modules.test(full).present) return;
  const message = `LogLevel names the module "${name}", which is not loaded here`;
  report(state, "module-list", true, directive.origin, message, { span: { start: word.start, end: word.end } });
}
