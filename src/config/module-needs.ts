import type { Word } from "../../grammar/word.ts";
import type { ActiveDirective } from "./active-config.ts";
import { report, type ReadState } from "./reading-state.ts";

/** The module behind each provider that Require knows by itself; others come from anywhere. */
const providers: ReadonlyMap<string, string> = new Map([
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

/**
 * Reports what the words of a directive of 2.4 need and no module that is loaded brings: the module of `LogLevel name:level`,
 * the provider of Require. httpd stops there as at an unknown directive.
 */
export function reportMissingModules(state: ReadState, directive: ActiveDirective): void {
  if (state.dialect !== "2.4") return;
  if (directive.key === "loglevel") {
    for (const word of directive.words) reportUnknownModule(state, directive, word);
    return;
  }
  const negated = directive.words[0]?.value.toLowerCase() === "not";
  const word = directive.words[negated ? 1 : 0];
  const module = word === undefined ? undefined : providers.get(word.value.toLowerCase());
  if (word === undefined || module === undefined || state.modules.isActive(module)) return;
  const message = `Require ${word.value} needs ${module}, which is not loaded here`;
  report(state, "module-list", true, directive.origin, message, { span: { start: word.start, end: word.end } });
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
