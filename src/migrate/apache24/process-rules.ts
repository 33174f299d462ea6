import { findModule } from "../../../grammar/directives/lookup.ts";
import { changed, dropped, folded, lost } from "../verdict.ts";
import type { LineRule, LineRules } from "./line-rule.ts";
import { firstWord, quoted } from "./line-rule.ts";

/** Modules of 1.3 under their names of 2.4; empty: nothing is needed for them. */
const successors: ReadonlyMap<string, readonly string[]> = new Map([
  ["mod_access", ["mod_authz_host"]],
  ["mod_auth", ["mod_auth_basic", "mod_authn_file", "mod_authz_user", "mod_authz_groupfile"]],
  ["mod_auth_anon", ["mod_authn_anon"]],
  ["mod_auth_dbm", ["mod_authn_dbm", "mod_authz_dbm"]],
  ["mod_auth_ldap", ["mod_authnz_ldap"]],
  ["mod_auth_db", ["mod_authn_dbm", "mod_authz_dbm"]],
  ["mod_imap", ["mod_imagemap"]],
  ["mod_mmap_static", ["mod_file_cache"]],
  ["mod_log_agent", []],
  ["mod_log_referer", []],
  ["mod_log_config", []],
  ["mod_so", []],
  ["mod_define", []],
  ["mod_backhand", []],
  ["http_core", []],
]);

/** The modules of 2.4 that do what a module (source file, or name without `.c`) of an older httpd did; null for none. */
export function successorsOf(file: string): readonly string[] | null {
  const name = file.replace(/\.c$/, "");
  const found = successors.get(name);
  if (found !== undefined) return found;
  const same = findModule("2.4", name);
  return same === null || same.status === "third-party" ? null : [name];
}

/** 2.4 loads what the configuration uses, at its top. */
const loadModule: LineRule = (directive, { config, hasModule }) => {
  const identifier = firstWord(directive);
  const module = findModule(config.dialect, identifier);
  const next = successorsOf(module?.file ?? identifier.replace(/_module$/, "").replace(/^(?!mod_)/, "mod_"));
  if (next?.every(hasModule)) return folded("the module list at the top has what is used");
  return dropped(`there is no ${identifier} for 2.4 here; what became of its directives stands at their lines`);
};

/** MaxClients and its kin, whose unit is a process in 1.3 and a thread in the event MPM. */
const limit =
  (name: string, threads: string | null): LineRule =>
  (directive, { mpm, dialect }) => {
    const value = firstWord(directive);
    if (mpm === "prefork") return name === directive.spec?.name ? null : changed(`${name} ${value}`, "its name in 2.4");
    if (dialect !== "1.3" && dialect !== "2.0") return null;
    return threads === null
      ? dropped("the event MPM has threads, and starts as many processes as they need")
      : changed(`${threads} ${value}`, "the event MPM counts threads");
  };

const maxClients: LineRule = (directive, { mpm }) => {
  const value = Number(firstWord(directive));
  if (!(value > 0)) return dropped("is no number");
  const limits =
    mpm === "prefork"
      ? value > 256
        ? [`ServerLimit ${value}`]
        : []
      : value > 400
        ? [`ServerLimit ${Math.ceil(value / 25)}`]
        : [];
  const most = mpm === "event" ? Math.ceil(value / 25) * 25 : value;
  return changed([...limits, `MaxRequestWorkers ${most}`], "its name in 2.4");
};

const gone: ReadonlyMap<string, string> = new Map([
  ["clearmodulelist", "2.4 loads what the module list at the top names"],
  ["addmodule", "2.4 has no second list of modules; their order is fixed"],
  ["acceptmutex", "2.4 chooses by itself; Mutex says otherwise"],
  ["lockfile", "2.4 uses Mutex, with a good default"],
  ["rewritelock", "2.4 uses Mutex, with a good default"],
  ["sslmutex", "2.4 uses Mutex, with a good default"],
  ["maxservers", "2.4 has nothing like it and needs nothing"],
  ["serverssafetylimit", "2.4 has nothing like it and needs nothing"],
  ["excessrequestsperchild", "2.4 has nothing like it and needs nothing"],
  ["shmemuidisuser", "2.4 has nothing like it and needs nothing"],
  ["protocolreqcheck", "2.4 always checks it"],
  ["whatkilleduslog", "2.4 has mod_log_forensic"],
  ["backtracelog", "2.4 has mod_log_forensic"],
  ["cgicommandargs", "2.4 never gives words of a query to programs as arguments without need"],
  ["bs2000account", "2.4 does not run there"],
  ["threadsperchild", ""],
]);

/** How the server runs. */
export const processRules: LineRules = [
  ["loadmodule", loadModule],
  ["loadfile", (directive) => dropped(`a library for 1.3: ${quoted(firstWord(directive))} is not for 2.4`)],
  [
    "servertype",
    (directive) =>
      firstWord(directive).toLowerCase() === "inetd"
        ? lost("2.4 cannot run from inetd: it listens itself, and needs a Listen line")
        : dropped("2.4 always runs by itself, as standalone says"),
  ],
  ["maxclients maxrequestworkers", maxClients],
  ["maxrequestsperchild", (directive) => changed(`MaxConnectionsPerChild ${firstWord(directive)}`, "its name in 2.4")],
  ["minspareservers", limit("MinSpareServers", "MinSpareThreads")],
  ["maxspareservers", limit("MaxSpareServers", "MaxSpareThreads")],
  ["startservers", limit("StartServers", null)],
  ...[...gone]
    .filter(([, why]) => why !== "")
    .map(([name, why]) => [name, (): ReturnType<LineRule> => dropped(why)] as const),
  [
    "threadsperchild minsparethreads maxsparethreads",
    (directive, { mpm, dialect }) =>
      mpm === "prefork" && dialect === "1.3"
        ? dropped(`a process of 2.4 has one thread here: ${directive.name} is for another MPM`)
        : null,
  ],
];
