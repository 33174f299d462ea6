import { directivesOf } from "../../grammar/directives/lookup.ts";
import { enforcementOf, type Enforcement } from "../../src/compile/honoured.ts";
import type { Dialect } from "../../src/compile/table.ts";

function judge(line: string, dialect: Dialect, module: string | null = "core", inSection = false): Enforcement {
  const [name = "", ...args] = line.split(" ");
  return enforcementOf({ name: name.toLowerCase(), args, module, dialect, rewrites: true, inSection });
}

describe("2.4", () => {
  test.each<[string, Enforcement]>([
    ["Require all granted", "honoured"],
    ["Require not ip 10", "honoured"],
    ["Require local", "honoured"],
    ["Require method GET", "honoured"],
    ["Require host example.com", "noted"],
    ["Require not host example.com", "decides"],
    ["Require valid-user", "honoured"],
    ["Require expr true", "honoured"],
    ["Require expr -f/x", "decides"],
    ["Require env x", "honoured"],
    ["Require not env x", "honoured"],
    ["Allow from 10.0.0.0/8", "honoured"],
    ["Allow from example.com", "noted"],
    ["Deny from all", "honoured"],
    ["Deny from example.com", "decides"],
    ["Deny from env=bad", "honoured"],
    ["SSLEngine off", "honoured"],
    ["SSLEngine on", "honoured"],
    ["SSLEngine optional", "decides"],
    ["SSLVerifyClient none", "honoured"],
    ["SSLVerifyClient require", "honoured"],
    ["SSLVerifyClient optional_no_ca", "decides"],
    ["SSLCARevocationCheck chain", "honoured"],
    ["SSLCARevocationCheck leaf", "decides"],
    ["SSLCARevocationPath crls", "decides"],
    ["SSLVHostSNIPolicy secure", "honoured"],
    ["SSLVHostSNIPolicy strict", "decides"],
    ["SSLRequire true", "decides"],
    ["Protocols h2 http/1.1", "honoured"],
    ["Protocols h2 h2c http/1.1", "noted"],
    ["ProxyPass /x http://10.0.0.1/", "honoured"],
    ["ProxyPass /x !", "honoured"],
    ["RewriteEngine On", "decides"],
    ["RewriteEngine Off", "irrelevant"],
    ["AuthMerging Off", "irrelevant"],
    ["AuthMerging And", "decides"],
    ["MaxRequestWorkers 100", "honoured"],
    ["KeepAlive On", "honoured"],
  ])("%s: %s", (line, expected) => {
    expect(judge(line, "2.4")).toBe(expected);
  });
});

test("until 2.2 every Require asks for a user", () => {
  expect(judge("Require valid-user", "1.3")).toBe("honoured");
  expect(judge("Require all granted", "2.2")).toBe("decides");
});

test("what no table knows decides, because nobody can say what it does", () => {
  expect(judge("SecRuleFoo x", "2.4", null)).toBe("decides");
  expect(judge("ModEvasive x", "2.4", "mod_evasive")).toBe("decides");
});

/** Each module whose directives let in, keep out or lead elsewhere. */
test.each(["mod_allowmethods", "mod_authz_dbd", "mod_vhost_alias", "mod_authnz_fcgi"])(
  "nothing of %s is taken for honoured",
  (module) => {
    const specs = directivesOf("2.4").filter((spec) => spec.module === module);
    expect(specs.length).toBeGreaterThan(0);
    for (const { name } of specs) expect(judge(`${name} x`, "2.4", module)).not.toBe("honoured");
  },
);

test("all of mod_backhand is honoured but what the server has no part for", () => {
  // Those that are not only make balancing worse.
  const others: Readonly<Record<string, Enforcement>> = {
    BackhandLogLevel: "irrelevant",
  };
  for (const module of ["mod_backhand", "mod_backhand_ng"]) {
    const specs = directivesOf("1.3").filter((spec) => spec.module.startsWith(module));
    expect(specs.length).toBeGreaterThan(5);
    for (const { name } of specs) {
      expect({ name, is: judge(name, "1.3", module) }).toEqual({ name, is: others[name] ?? "honoured" });
    }
  }
});

test.each([
  ["SSLVerifyClient require", "decides"],
  ["SSLVerifyClient none", "honoured"],
  ["SSLVerifyDepth 2", "decides"],
  ["SSLCipherSuite HIGH", "decides"],
])("in a section, %s: %s", (line, expected) => {
  expect(judge(line, "2.4", "mod_ssl", true)).toBe(expected);
});
