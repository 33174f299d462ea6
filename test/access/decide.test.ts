import fc from "fast-check";

import { decide, type AccessDecision } from "../../src/access/decide.ts";
import type { AccessSettings } from "../../src/access/settings.ts";
import type { Dialect } from "../../src/compile/table.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";

/** The settings of a section with these lines, in the dialect's own reading. */
function settings(lines: readonly string[], dialect: Dialect): AccessSettings {
  const listen = dialect === "1.3" ? "" : "Listen 80\n";
  const { table } = compileText(`${listen}<Location />\n${lines.join("\n")}\n</Location>\n`, dialect);
  const match = createRouter(table).route({
    localAddress: "127.0.0.1",
    localPort: 80,
    host: "x",
    target: "/",
    method: "GET",
  });
  if (isRefusal(match)) throw new Error(match.reason);
  return match.access;
}

const open = ["Order allow,deny", "Allow from all"];

describe("Order, Allow and Deny", () => {
  const cases: readonly (readonly [readonly string[], string, AccessDecision])[] = [
    [[], "10.1.2.3", "granted"],
    [["Order allow,deny"], "10.1.2.3", "denied"],
    [["Order deny,allow"], "10.1.2.3", "granted"],
    [open, "10.1.2.3", "granted"],
    [["Deny from all"], "10.1.2.3", "denied"],
    [["Order deny,allow", "Deny from all", "Allow from 10.1"], "10.1.2.3", "granted"],
    [["Order deny,allow", "Deny from all", "Allow from 10.1"], "10.2.2.3", "denied"],
    [["Order allow,deny", "Allow from 10.1", "Deny from 10.1.2.3"], "10.1.2.3", "denied"],
    [["Order allow,deny", "Allow from 10.1", "Deny from 10.1.2.3"], "10.1.2.4", "granted"],
    [["Order mutual-failure", "Allow from 10.1", "Deny from 10.1.2.3"], "10.1.2.4", "granted"],
    [["Order mutual-failure", "Allow from 10.1", "Deny from 10.1.2.3"], "10.9.2.4", "denied"],
    [["Order deny,allow", "Deny from all", "Allow from .example.com"], "10.1.2.3", "denied"],
    [["Order deny,allow", "Deny from all", "Allow from env=x"], "10.1.2.3", "denied"],
    [["Order deny,allow", "Deny from all", "Allow from 10.1.2.3/255.255.0.0 192.168."], "192.168.7.7", "granted"],
    [["ORDER Allow,Deny", "ALLOW FROM ALL"], "10.1.2.3", "granted"],
  ];
  test.each(cases)("%j for %s: %s", (lines, client, expected) => {
    for (const dialect of ["1.3", "2.0", "2.2", "2.4"] as const) {
      expect(decide(settings(lines, dialect), client, "GET")).toBe(expected);
    }
  });

  test("a client whose address cannot be read matches nothing but all", () => {
    const some = settings(["Order deny,allow", "Deny from all", "Allow from 10"], "1.3");
    expect(decide(some, "", "GET")).toBe("denied");
    expect(decide(settings(open, "1.3"), "", "GET")).toBe("granted");
  });

  test("Limit restricts lines to methods, and HEAD goes with GET", () => {
    const get = settings(["<Limit GET>", "Order allow,deny", "Deny from all", "</Limit>"], "1.3");
    expect(["GET", "HEAD", "POST"].map((method) => decide(get, "10.1.1.1", method))).toEqual([
      "denied",
      "denied",
      "granted",
    ]);
    const but = settings(["<LimitExcept GET>", "Order allow,deny", "</LimitExcept>"], "1.3");
    expect(["GET", "HEAD", "POST", "FOO"].map((method) => decide(but, "10.1.1.1", method))).toEqual([
      "granted",
      "granted",
      "denied",
      "denied",
    ]);
  });
});

describe("Require and Satisfy until 2.2", () => {
  const deny = ["Order deny,allow", "Deny from all", "Allow from 10"];
  test.each([
    [["Require valid-user"], "9.9.9.9", "authentication"],
    [[...deny, "Require valid-user"], "9.9.9.9", "denied"],
    [[...deny, "Require valid-user"], "10.1.1.1", "authentication"],
    [[...deny, "Require valid-user", "Satisfy any"], "10.1.1.1", "granted"],
    [[...deny, "Require valid-user", "Satisfy any"], "9.9.9.9", "authentication"],
    [[...deny, "Satisfy any"], "9.9.9.9", "denied"],
    [["<Limit POST>", "Require valid-user", "</Limit>"], "9.9.9.9", "granted"],
  ] as const)("%j for %s: %s", (lines, client, expected) => {
    expect(decide(settings(lines, "1.3"), client, "GET")).toBe(expected);
    expect(decide(settings(lines, "2.2"), client, "GET")).toBe(expected);
  });
});

/** Each was asked of httpd 2.4.71: GET and POST from 127.0.0.1, GET from 127.0.0.9, all to 127.0.0.1. */
describe("Require in 2.4", () => {
  const g = "granted";
  const d = "denied";
  test.each([
    [["<Limit POST>", "Require all denied", "</Limit>"], g, d, g],
    [["<Limit POST>", "Require all denied", "</Limit>", "Require ip 10.0.0.1"], d, d, d],
    [["<RequireAll>", "Require all granted", "Require not ip 127.0.0.1", "</RequireAll>"], d, d, g],
    [
      [
        "<RequireAll>",
        "<RequireNone>",
        "Require ip 10.0.0.1",
        "</RequireNone>",
        "Require ip 127.0.0.1",
        "</RequireAll>",
      ],
      g,
      g,
      d,
    ],
    [["<RequireAny>", "Require ip 10.1", "Require local", "</RequireAny>"], g, g, g],
    [["Require all denied", "Satisfy any", "Order deny,allow"], g, g, g],
    [["Require method GET"], g, d, g],
    [["Require all denied", "Satisfy any", "Order allow,deny"], d, d, d],
    [["Require ip 127.0.0.1/255.0.0.0 ::1"], g, g, g],
    [
      [
        "<RequireAll>",
        "<RequireNone>",
        "Require all granted",
        "</RequireNone>",
        "Require all granted",
        "</RequireAll>",
      ],
      d,
      d,
      d,
    ],
    [
      [
        "<RequireAll>",
        "<RequireAny>",
        "Require ip 10.0.0.1",
        "Require method POST",
        "</RequireAny>",
        "<Limit POST>",
        "Require all granted",
        "</Limit>",
        "</RequireAll>",
      ],
      d,
      g,
      d,
    ],
    [["Require all granted", "Order deny,allow", "Deny from 127"], d, d, d],
    [["Order deny,allow", "Deny from 127.0.0.0/255.0.0.0", "Allow from 127.0.0.1"], g, g, d],
  ] as const)("%j", (lines, get, post, other) => {
    const access = settings(lines, "2.4");
    expect([
      decide(access, "127.0.0.1", "GET", "127.0.0.1"),
      decide(access, "127.0.0.1", "POST", "127.0.0.1"),
      decide(access, "127.0.0.9", "GET", "127.0.0.1"),
    ]).toEqual([get, post, other]);
  });

  test.each([
    [["Require valid-user"], "authentication"],
    [["Require valid-user", "Require ip 10"], "granted"],
    [["<RequireAll>", "Require valid-user", "Require ip 10", "</RequireAll>"], "authentication"],
    [["<RequireAll>", "Require valid-user", "Require ip 11", "</RequireAll>"], "denied"],
    [["Require host example.com"], "denied"],
    [["<RequireAll>", "Require all granted", "Require not host example.com", "</RequireAll>"], "denied"],
    [
      ["<RequireAll>", "<RequireNone>", "Require expr true", "</RequireNone>", "Require all granted", "</RequireAll>"],
      "denied",
    ],
    [["Require ip 10 nonsense"], "denied"],
  ] as const)("%j is %s for 10.1.1.1", (lines, expected) => {
    expect(decide(settings(lines, "2.4"), "10.1.1.1", "GET")).toBe(expected);
  });

  test("Require local is loopback or the address that was connected to", () => {
    const local = settings(["Require local"], "2.4");
    const ask = (client: string, to: string): AccessDecision => decide(local, client, "GET", to);
    expect([
      ask("127.9.9.9", "10.0.0.1"),
      ask("::1", "::1"),
      ask("10.0.0.1", "10.0.0.1"),
      ask("10.0.0.2", "10.0.0.1"),
    ]).toEqual(["granted", "granted", "granted", "denied"]);
  });
});

describe("laws", () => {
  const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((bytes) => bytes.join("."));
  const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "BREW");

  test("Order allow,deny with no Allow lets nobody in, whatever is denied", () => {
    fc.assert(
      fc.property(address, address, method, (denied, client, verb) => {
        expect(decide(settings(["Order allow,deny", `Deny from ${denied}`], "1.3"), client, verb)).toBe("denied");
      }),
      { numRuns: 50 },
    );
  });

  test("under allow,deny a further Deny never lets anybody in, and a further Allow never shuts anybody out", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), address), { maxLength: 4 }),
        address,
        address,
        (lines, extra, client) => {
          const base = [
            "Order allow,deny",
            ...lines.map(([allow, from]) => `${allow ? "Allow" : "Deny"} from ${from}/4`),
          ];
          const before = decide(settings(base, "1.3"), client, "GET");
          const shut = decide(settings([...base, `Deny from ${extra}/2`], "1.3"), client, "GET");
          const opened = decide(settings([...base, `Allow from ${extra}/2`], "1.3"), client, "GET");
          if (before === "denied") expect(shut).toBe("denied");
          if (before === "granted") expect(opened).toBe("granted");
        },
      ),
      { numRuns: 100 },
    );
  });
});
