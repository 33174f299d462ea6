import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { dialects, type Dialect } from "../../../grammar/dialect.ts";
import { directivesOf, findModule, lookupDirective, modulesOf } from "../../../grammar/directives/lookup.ts";

const root = join(import.meta.dirname, "..", "..", "..");

function knows(dialect: Dialect, name: string): boolean {
  return lookupDirective(dialect, name.replace("<", ""), name.startsWith("<")).length > 0;
}

describe("The generated tables", () => {
  test("are what the script makes of the recordings today", () => {
    const script = join(root, "scripts", "generate-directives.js");
    expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
  });

  test.each([
    ["1.3", 250],
    ["2.4", 720],
  ] as const)("%s holds every recorded directive", (dialect, least) => {
    const own = directivesOf(dialect).filter((spec) => findModule(dialect, spec.module)?.status !== "third-party");
    expect(own.length).toBeGreaterThanOrEqual(least);
  });

  test("every spec is complete", () => {
    for (const dialect of dialects) {
      for (const spec of directivesOf(dialect)) {
        expect(spec.args.length).toBeGreaterThan(0);
        expect(spec.overrides.length).toBeGreaterThan(0);
        expect(spec.contexts.length).toBeGreaterThan(0);
        expect(findModule(dialect, spec.module)?.name).toBe(spec.module);
      }
    }
  });
});

describe("lookupDirective", () => {
  test("ignores case and tells sections from directives", () => {
    expect(lookupDirective("2.4", "LISTEN", false).map((spec) => spec.name)).toEqual(["Listen"]);
    expect(lookupDirective("2.4", "directory", true).map((spec) => spec.section)).toEqual([true]);
    expect(lookupDirective("2.4", "directory", false)).toEqual([]);
    expect(lookupDirective("2.4", "toString", false)).toEqual([]);
  });

  test("gives argument kind, flags, contexts and syntax", () => {
    expect(lookupDirective("1.3", "Port", false)).toEqual([
      {
        name: "Port",
        section: false,
        module: "http_core.c",
        args: ["TAKE1"],
        overrides: ["RSRC_CONF"],
        notIn: ["NOT_IN_DIR_LOC_FILE", "NOT_IN_LIMIT"],
        contexts: expect.arrayContaining(["server config"]),
        syntax: "Port number",
      },
    ]);
  });

  test("gives a name of several modules once for each, and only of those that are wanted", () => {
    const modules = lookupDirective("1.3", "AuthUserFile", false).map((spec) => spec.module);
    expect(modules).toEqual(["mod_auth.c", "mod_auth_db.c", "mod_auth_dbm.c"]);
    const wanted = lookupDirective("1.3", "AuthUserFile", false, (module) => module === "mod_auth_db.c");
    expect(wanted.map((spec) => spec.module)).toEqual(["mod_auth_db.c"]);
  });

  // Which httpd has a name; from the manuals of the four branches.
  test.each([
    ["Port", "1.3 2.0 2.2 2.4"],
    ["ServerType", "1.3"],
    ["AddModule", "1.3"],
    ["Backhand", "1.3"],
    ["MulticastStats", "1.3"],
    ["BackhandLocal", "1.3 2.0 2.2 2.4"],
    ["Order", "1.3 2.0 2.2 2.4"],
    ["Require", "1.3 2.0 2.2 2.4"],
    ["<RequireAll", "2.4"],
    ["Define", "2.4"],
    ["IncludeOptional", "2.4"],
    ["<If", "2.4"],
    ["<IfVersion", "2.0 2.2 2.4"],
    ["Mutex", "2.4"],
    ["LockFile", "1.3 2.0 2.2"],
    ["AcceptMutex", "1.3 2.0 2.2"],
    ["SSLMutex", "1.3 2.0 2.2"],
    ["RewriteLog", "1.3 2.0 2.2"],
    ["MaxClients", "1.3 2.0 2.2 2.4"],
    ["MaxRequestWorkers", "2.4"],
    ["AuthzUserAuthoritative", "2.2"],
    ["AuthAuthoritative", "1.3 2.0"],
    ["AuthBasicProvider", "2.2 2.4"],
    ["MCacheSize", "2.0 2.2"],
    ["CacheRoot", "1.3 2.0 2.2 2.4"],
    ["AssignUserID", "2.0 2.2 2.4"],
    ["NumServers", "2.0 2.2"],
    ["DefaultType", "1.3 2.0 2.2 2.4"],
    ["ScriptSock", "2.0 2.2 2.4"],
    ["SSLEngine", "1.3 2.0 2.2 2.4"],
    ["PerlHandler", "1.3 2.0 2.2 2.4"],
    ["php_value", "1.3 2.0 2.2 2.4"],
    ["SecRule", "1.3 2.0 2.2 2.4"],
    ["ServrName", ""],
  ])("%s is known to %s", (name, expected) => {
    expect(dialects.filter((dialect) => knows(dialect, name)).join(" ")).toBe(expected);
  });
});

describe("findModule", () => {
  test.each([
    ["1.3", "mod_alias.c", "mod_alias.c"],
    ["1.3", "alias_module", "mod_alias.c"],
    ["1.3", "backhand_module", "mod_backhand.c"],
    ["2.4", "mod_alias.c", "mod_alias"],
    ["2.4", "alias_module", "mod_alias"],
    ["2.4", "util_ldap.c", "mod_ldap"],
    ["2.4", "mpm_event_module", "event"],
    ["2.4", "core.c", "core"],
  ] as const)("%s knows %s as %s", (dialect, name, expected) => {
    expect(findModule(dialect, name)?.name).toBe(expected);
  });

  test("minds the case, as httpd does", () => {
    expect(findModule("2.4", "MOD_ALIAS.C")).toBeNull();
  });

  test("gives no name to two modules", () => {
    for (const dialect of dialects) {
      const names = modulesOf(dialect).map((module) => module.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
