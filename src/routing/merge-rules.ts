import type { Dialect } from "../compile/table.ts";

/**
 * How a directive of an inner section meets those of an outer one.
 * - `single`: the last one holds
 * - `methods`: the same for each method, so that one inside of `<Limit>` leaves the others alone
 * - `block`: the lines of the innermost section that has any of the group hold, all of an outer one's go
 * - `keyed`: as single, for each first argument
 * - `append`: all hold
 * - `options`: a line of plain words replaces, one of `+` and `-` words is added
 */
export type MergeRule =
  | { readonly kind: "single" }
  | { readonly kind: "methods" }
  | { readonly kind: "block"; readonly group: string }
  | { readonly kind: "keyed" }
  | { readonly kind: "append"; readonly group?: string }
  | { readonly kind: "options" };

const single: MergeRule = { kind: "single" };

function rulesFor(rule: MergeRule, names: string): readonly (readonly [string, MergeRule])[] {
  return names.split(" ").map((name) => [name, rule]);
}

const block = (group: string): MergeRule => ({ kind: "block", group });

const common: ReadonlyMap<string, MergeRule> = new Map([
  ...rulesFor(block("access"), "order allow deny"),
  ...rulesFor(block("require"), "require requireall requireany requirenone"),
  // A section with its own functions replaces the inherited list.
  ...rulesFor(block("pipeline"), "backhand backhandfromso"),
  ...rulesFor(block("logs"), "customlog transferlog"),
  ...rulesFor(block("directoryindex"), "directoryindex"),
  ...rulesFor(block("rewrite"), "rewriterule rewritecond"),
  ...rulesFor(block("methods"), "allowmethods"),
  ...rulesFor({ kind: "options" }, "options indexoptions"),
  ...rulesFor(
    { kind: "keyed" },
    "errordocument setenv unsetenv logformat expiresbytype action script php_value php_flag",
  ),
  ...rulesFor({ kind: "keyed" }, "php_admin_value php_admin_flag perlsetvar"),
  ...rulesFor(
    { kind: "append" },
    "redirect redirectmatch redirectpermanent redirecttemp header requestheader addhandler",
  ),
  ...rulesFor(
    { kind: "append" },
    "addtype addencoding addlanguage addcharset addoutputfilter addinputfilter removehandler",
  ),
  ...rulesFor(
    { kind: "append" },
    "removetype removeencoding passenv adddescription addicon addiconbytype addalt indexignore addoutputfilterbytype",
  ),
  ...rulesFor(
    { kind: "append" },
    "addiconbyencoding addaltbytype addaltbyencoding mod_gzip_item_include mod_gzip_item_exclude",
  ),
  ...rulesFor(block("proxypass"), "proxypass proxypassmatch"),
  // One after the other, whatever their names.
  ...rulesFor(
    { kind: "append", group: "variables" },
    "setenvif setenvifnocase setenvifexpr browsermatch browsermatchnocase",
  ),
  ...rulesFor(
    { kind: "append" },
    "proxypassreverse proxypassreversecookiedomain proxypassreversecookiepath perladdvar backhandtrustedproxy",
  ),
]);

/**
 * The rule of a directive, by its name in lower case. What nobody knows is `single`. Satisfy belongs to mod_access_compat's
 * block in 2.4 (seen with 2.4.71: a section with only a Satisfy drops the outer Order and Deny) and stands alone before; 1.3
 * knows no methods for it.
 */
export function mergeRule(name: string, dialect: Dialect): MergeRule {
  if (name === "satisfy" && dialect !== "1.3") return dialect === "2.4" ? block("access") : { kind: "methods" };
  return common.get(name) ?? single;
}

/** Directives that say what a host is and never take part in merging. */
export const structural: ReadonlySet<string> = new Set(
  (
    "servername serveralias serverpath listen port bindaddress namevirtualhost alias aliasmatch scriptalias " +
    "scriptaliasmatch"
  ).split(" "),
);

/** At host level these are tried before or at translation and are no part of the merge. */
export const hostLevelOnly: ReadonlySet<string> = new Set([
  "redirect",
  "redirectmatch",
  "redirectpermanent",
  "redirecttemp",
  "proxypass",
  "proxypassmatch",
]);
