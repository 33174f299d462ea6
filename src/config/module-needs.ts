import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective } from "./active-config.ts";
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
  ["ldap-user", "mod_authnz_ldap"],
  ["ldap-group", "mod_authnz_ldap"],
]);

/** The modules behind the values of `lbmethod=`. */
const balancers: ReadonlyMap<string, string> = new Map([
  ["byrequests", "mod_lbmethod_byrequests"],
  ["bytraffic", "mod_lbmethod_bytraffic"],
  ["bybusyness", "mod_lbmethod_bybusyness"],
  ["heartbeat", "mod_lbmethod_heartbeat"],
]);

/** The directives whose words may need modules; see {@link reportMissingModules}. */
export const mayNeedModules: ReadonlySet<string> = new Set(
  "loglevel require logformat customlog globallog proxypass proxypassmatch proxyset rewritemap".split(" "),
);

/**
 * Reports what the words of a directive of 2.4 need and no module that is loaded brings: the module of `LogLevel name:level`,
 * the provider of Require, the method of `lbmethod=`, mod_ssl for `%c` of a log, mod_dbd for a map. httpd stops there as at
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
    case "require": {
      const word = words[words[0]?.value.toLowerCase() === "not" ? 1 : 0];
      need(word, providers.get(word?.value.toLowerCase() ?? ""), `Require ${word?.value ?? ""}`);
      return;
    }
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
