import { findModule } from "../../../grammar/directives/lookup.ts";
import type { ActiveConfig, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import { providers } from "../../config/module-needs.ts";
import { moduleOfHandler } from "./handlers.ts";
import { quoted, wordsOf } from "./line-rule.ts";

/** Linked into Debian's server, and shared objects elsewhere. */
export const oftenStatic: ReadonlySet<string> = new Set([
  "mod_log_config",
  "mod_logio",
  "mod_version",
  "mod_unixd",
  "mod_watchdog",
  "mod_so",
  "core",
  "http_core",
  "mpm_common",
]);

/** Whether a module of httpd itself knows a word behind Require. */
export function isProvider(name: string): boolean {
  return providers.has(name) || name.startsWith("ldap-");
}

/** Modules that a module needs beside itself. */
const needs: ReadonlyMap<string, readonly string[]> = new Map([
  ["mod_auth_basic", ["mod_authn_core", "mod_authn_file", "mod_authz_user", "mod_authz_groupfile", "mod_authz_host"]],
  ["mod_auth_digest", ["mod_authn_core", "mod_authn_file", "mod_authz_user"]],
  ["mod_authn_file", ["mod_authn_core", "mod_auth_basic"]],
  ["mod_authn_anon", ["mod_authn_core", "mod_auth_basic"]],
  ["mod_authn_dbm", ["mod_authn_core", "mod_auth_basic"]],
  ["mod_authz_groupfile", ["mod_authz_user"]],
  ["mod_access_compat", ["mod_authz_host"]],
  ["mod_proxy_balancer", ["mod_proxy", "mod_slotmem_shm", "mod_lbmethod_byrequests"]],
  ["mod_proxy_hcheck", ["mod_watchdog", "mod_proxy"]],
  ["mod_lbmethod_heartbeat", ["mod_proxy_balancer"]],
  ["mod_heartmonitor", ["mod_watchdog", "mod_slotmem_shm"]],
  ["mod_authnz_ldap", ["mod_ldap", "mod_authn_core", "mod_auth_basic"]],
  ["mod_ssl", ["mod_socache_shmcb"]],
  ["mod_cache_disk", ["mod_cache"]],
  ["mod_cache_socache", ["mod_cache"]],
  ["mod_dav_fs", ["mod_dav"]],
  ["mod_dav_lock", ["mod_dav"]],
  ["mod_authn_dbd", ["mod_dbd"]],
  ["mod_authz_dbd", ["mod_dbd"]],
  ["mod_session_cookie", ["mod_session"]],
  ["mod_session_crypto", ["mod_session"]],
  ["mod_session_dbd", ["mod_session", "mod_dbd"]],
]);

/**
 * The modules of 2.4 that a configuration of 2.4 uses, the MPM apart: those of its lines, and those that a condition asks for,
 * without which the lines under it would not be read, whatever they are about.
 */
export function modulesUsed(config: ActiveConfig, hasModule: (name: string) => boolean): ReadonlySet<string> {
  const used = new Set<string>(["mod_authz_core", "mod_mime", "mod_dir"]);
  for (const { key, argument, value } of config.conditionals) {
    if (key !== "ifmodule" || !value || argument.startsWith("!")) continue;
    const name = findModule("2.4", argument)?.name;
    if (name !== undefined && !isBuiltIn(name) && hasModule(name)) used.add(name);
  }
  const waiting: ActiveSection[] = [config.server];
  for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
    for (const node of section.children) {
      usedBy(node, used);
      if (node.kind === "section") waiting.push(node);
    }
  }
  for (const name of used) {
    for (const other of needs.get(name) ?? []) used.add(other);
    if (/^mod_(?:proxy_|lbmethod_)/.test(name)) used.add("mod_proxy");
  }
  return used;
}

/** The core, and the MPMs, of which there is one. */
const isBuiltIn = (name: string): boolean => /^(?:mpm|prefork|worker|event|core|mod_mpm)/.test(name);

function usedBy(node: ActiveNode, used: Set<string>): void {
  const { spec } = node;
  if (spec !== null && !isBuiltIn(spec.module)) used.add(spec.module);
  const words = wordsOf(node).map((word) => word.toLowerCase());
  const [first = ""] = words;
  switch (node.key) {
    case "require": {
      const module = providers.get((first === "not" ? words[1] : first) ?? "");
      if (module !== undefined) used.add(module);
      else if (/\bldap-/.test(words.join(" "))) used.add("mod_authnz_ldap");
      return;
    }
    case "authtype":
      if (first === "basic" || first === "digest" || first === "form") used.add(`mod_auth_${first}`);
      return;
    case "sethandler":
    case "addhandler": {
      const module = moduleOfHandler(first);
      if (module !== null && module !== "core") used.add(module);
      return;
    }
    case "addtype": {
      const module = moduleOfHandler(first);
      if (module !== null && module !== "core") used.add(module);
      return;
    }
    case "options":
      if (words.some((word) => /^\+?(?:all|indexes)$/.test(word))) used.add("mod_autoindex");
      if (words.some((word) => /^\+?(?:all|includes|includesnoexec)$/.test(word))) used.add("mod_include");
      if (words.some((word) => /^\+?(?:all|execcgi)$/.test(word))) used.add("mod_cgi");
      if (words.some((word) => /^\+?multiviews$/.test(word))) used.add("mod_negotiation");
      return;
    case "scriptalias":
    case "scriptaliasmatch":
      used.add("mod_cgi");
      return;
    case "allowoverride":
      // Files of old in the folders may say Order, Allow and Deny.
      if (words.some((word) => word === "all" || word === "limit")) used.add("mod_access_compat");
      if (words.some((word) => word === "all" || word === "authconfig")) used.add("mod_auth_basic");
      return;
    case "proxypass":
    case "proxypassmatch":
    case "balancermember":
    case "proxyset":
    case "rewriterule":
      schemes(words, used);
      return;
    case "setoutputfilter":
    case "addoutputfilter":
    case "addoutputfilterbytype":
    case "setinputfilter":
    case "addinputfilter":
      for (const name of first.split(";")) addTo(used, modulesOfFilters.get(name));
      return;
    case "filterprovider":
      addTo(used, modulesOfFilters.get(words[1] ?? ""));
      return;
    case "sslsessioncache":
      used.add(first.startsWith("dbm:") ? "mod_socache_dbm" : "mod_socache_shmcb");
      return;
    case "dav":
      used.add("mod_dav_fs");
      return;
    default:
  }
}

function addTo(used: Set<string>, name: string | undefined): void {
  if (name !== undefined) used.add(name);
}

/** The modules of httpd that bring filters, by their names in small letters. */
const modulesOfFilters: ReadonlyMap<string, string> = new Map([
  ["includes", "mod_include"],
  ["deflate", "mod_deflate"],
  ["inflate", "mod_deflate"],
  ["brotli_compress", "mod_brotli"],
  ["substitute", "mod_substitute"],
  ["sed", "mod_sed"],
  ["rate_limit", "mod_ratelimit"],
  ["cache", "mod_cache"],
  ["proxy-html", "mod_proxy_html"],
  ["xml2enc", "mod_xml2enc"],
  ["data", "mod_data"],
  ["buffer", "mod_buffer"],
  ["reflector", "mod_reflector"],
  ["xlate", "mod_charset_lite"],
]);

function schemes(words: readonly string[], used: Set<string>): void {
  for (const word of words) {
    const [, scheme = ""] = /^([a-z0-9]+):\/\//.exec(word) ?? [];
    if (scheme === "http" || scheme === "https") used.add("mod_proxy_http");
    else if (scheme === "ftp" || scheme === "ajp" || scheme === "fcgi" || scheme === "scgi")
      used.add(`mod_proxy_${scheme}`);
    else if (scheme === "balancer") used.add("mod_proxy_balancer");
    const method = /^lbmethod=([a-z]+)$/.exec(word)?.[1];
    if (method !== undefined) used.add(`mod_lbmethod_${method}`);
    if (/^hc[a-z]+=/.test(word)) used.add("mod_proxy_hcheck");
  }
}

/** The LoadModule lines, in an order in which each finds what it needs. */
export function loadLines(used: ReadonlySet<string>, mpm: string, folder: string): readonly string[] {
  const names = [...used].map((name) => (name === "mod_cgi" && mpm === "event" ? "mod_cgid" : name)).sort(byNeed);
  const lines = [`mod_mpm_${mpm}`, ...names].flatMap((name) => {
    const identifier = findModule("2.4", name)?.identifier ?? `${name.replace(/^mod_/, "")}_module`;
    const load = `LoadModule ${identifier === "" ? `${name.replace(/^mod_/, "")}_module` : identifier} ${quoted(`${folder}/${name}.so`)}`;
    if (name === "core" || name === "http_core" || name === "mod_so" || name === "mpm_common") return [];
    return oftenStatic.has(name) ? [`<IfModule !${name}.c>`, `    ${load}`, "</IfModule>"] : [load];
  });
  return lines;
}

/** Of modules whose symbols others use. */
const early = [
  "mod_watchdog",
  "mod_proxy",
  "mod_slotmem_shm",
  "mod_slotmem_plain",
  "mod_cache",
  "mod_dav",
  "mod_ldap",
  "mod_dbd",
  "mod_session",
  "mod_authn_core",
  "mod_authz_core",
  "mod_proxy_balancer",
];

function byNeed(one: string, other: string): number {
  const rank = (name: string): number => (early.includes(name) ? early.indexOf(name) : early.length);
  return rank(one) - rank(other) || (one < other ? -1 : 1);
}
