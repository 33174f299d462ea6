import { run as runExplain } from "../../../src/cli/commands/explain.ts";
import type { ExplainFlags } from "../../../src/cli/flags.ts";
import type { GlobalOptions } from "../../../src/cli/terminal.ts";
import { UsageError } from "../../../src/cli/terminal.ts";
import { recordedTerminal } from "../../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

const conf = `ServerRoot /nowhere
DocumentRoot /nowhere/htdocs
Port 80
NameVirtualHost 10.0.0.1
UnixSocketDir /nowhere/sockets
<Directory /nowhere/htdocs>
  Options None
  Order allow,deny
  Allow from all
  Backhand byAge 6
  Backhand byRandom
</Directory>
<VirtualHost 10.0.0.1>
  ServerName www.example
  ServerAlias *.example
  <Location /backhand>
    SetHandler backhand-handler
    Order deny,allow
    Deny from all
    Allow from 127.0.0.1
    Backhand off
  </Location>
</VirtualHost>
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  folder.write("httpd.conf", conf);
});
afterAll(() => {
  folder.remove();
});

const global: GlobalOptions = { apache: "1.3", define: [], before: [], after: [], module: [] };

const world = (stdin = "") =>
  recordedTerminal(folder.path, { stdin: () => Promise.resolve(new TextEncoder().encode(stdin)) });

async function explain(url: string | undefined, flags: Partial<ExplainFlags> = {}, stdin = ""): Promise<string> {
  const { terminal, out, err } = world(stdin);
  const code = await runExplain(
    "httpd.conf",
    url,
    { method: "GET", header: [], format: "text", ...flags },
    global,
    terminal,
  );
  expect({ code, err: err() }).toEqual({ code: 0, err: "" });
  return out();
}

async function explained(url: string, flags: Partial<ExplainFlags> = {}): Promise<Record<string, unknown>> {
  return JSON.parse(await explain(url, { ...flags, format: "json" })) as Record<string, unknown>;
}

describe("explain --format json", () => {
  test("has the keys and values of the contract", async () => {
    expect(await explained("http://a.example/backhand/x?y", { connect: "10.0.0.1:80" })).toEqual({
      request: { to: "10.0.0.1:80", host: "a.example", path: "/backhand/x?y", method: "GET", from: "192.0.2.1" },
      virtualHost: { name: "www.example", path: "httpd.conf", line: 13 },
      reason: "ServerAlias *.example, line 15",
      uri: "/backhand/x",
      filename: "/nowhere/htdocs/backhand/x",
      sections: [
        { kind: "Directory", argument: "/nowhere/htdocs", path: "httpd.conf", line: 6 },
        { kind: "Location", argument: "/backhand", path: "httpd.conf", line: 16 },
      ],
      access: "denied",
      backhand: [{ function: "off", argument: null, path: "httpd.conf", line: 21 }],
      handler: "backhand-handler",
      status: null,
      location: null,
      dependsOn: [],
    });
  });

  test("the main server is a virtualHost of null", async () => {
    expect(await explained("http://a.example/", { connect: "10.0.0.2:80" })).toMatchObject({
      virtualHost: null,
      access: "granted",
      backhand: [
        { function: "byAge", argument: "6", line: 10 },
        { function: "byRandom", argument: null, line: 11 },
      ],
      handler: null,
    });
  });

  test("without --connect the address of the virtual host with that name is taken", async () => {
    expect(await explained("http://www.example/")).toMatchObject({ request: { to: "10.0.0.1:80" } });
    expect(await explained("http://10.9.9.9:8080/")).toMatchObject({
      request: { to: "10.9.9.9:8080" },
      virtualHost: null,
    });
  });

  test("--host, --no-host and a Host header say what is sent", async () => {
    const connect = "10.0.0.1:80";
    expect(await explained("/", { connect, host: "b.example" })).toMatchObject({ request: { host: "b.example" } });
    expect(await explained("http://b.example/", { connect, host: false })).toMatchObject({
      request: { host: null },
      reason: "the first VirtualHost on 10.0.0.1:80, line 13",
    });
    expect(await explained("/", { connect, header: ["Host: c.example"] })).toMatchObject({
      request: { host: "c.example" },
    });
  });

  test("a request that is refused says with what", async () => {
    expect(await explained("http://a..b/", { connect: "10.0.0.1:80" })).toMatchObject({
      status: 400,
      access: "denied",
      uri: null,
      sections: [],
    });
  });

  test("a client on the same machine is a client from there", async () => {
    const text =
      '{"to":"127.0.0.1:80","path":"/"}\n{"to":"10.0.0.1:80","host":"a.example","path":"/backhand","from":"127.0.0.1"}\n';
    const lines = (await explain(undefined, { requests: "-", format: "jsonl" }, text)).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { request: { to: "127.0.0.1:80", host: null, from: "127.0.0.1" } },
      { access: "granted" },
    ]);
  });
});

describe("explain --requests", () => {
  test("one line in, one line out, in order; access logs too", async () => {
    const text = [
      '{"to":"10.0.0.1:80","host":"a.example","path":"/x?y","method":"GET"}',
      "",
      '192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] "POST /backhand HTTP/1.0" 200 2326 "-" "Mozilla"',
      '{"to":"10.0.0.1:80","host":null,"path":"/%zz"}',
    ].join("\r\n");
    const file = folder.write("requests.jsonl", text);
    const lines = (await explain(undefined, { requests: file, format: "jsonl", connect: "10.0.0.1:80" }))
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { request: { path: "/x?y" }, uri: "/x" },
      { request: { path: "/backhand", method: "POST", from: "192.0.2.7", host: null }, uri: "/backhand" },
      { status: 400 },
    ]);
  });

  test.each([
    ["{}", /^-:1: Expected a text at "path"/],
    ["nonsense", /^-:1: Expected a JSON object or a line of an access log/],
    ['{"path":"/"}\n{"path":1}', /^-:2: /],
    ['{"path":"/","to":"x"}', /Expected address:port/],
    ["{", /Expected JSON/],
  ])("%j is wrong usage that names the line", async (text, message) => {
    await expect(explain(undefined, { requests: "-" }, text)).rejects.toThrow(UsageError);
    await expect(explain(undefined, { requests: "-" }, text)).rejects.toThrow(message);
  });

  test("needs a URL or a file, not both", async () => {
    await expect(explain(undefined)).rejects.toThrow(UsageError);
    await expect(explain("/", { requests: "-" })).rejects.toThrow(UsageError);
    await expect(explain("www.example")).rejects.toThrow(/Expected a URL/);
  });
});

describe("explain for people", () => {
  test("names host, file, sections, directives, functions and access with their lines", async () => {
    const text = await explain("http://a.example/backhand", { connect: "10.0.0.1:80" });
    for (const part of [
      "www.example  httpd.conf:13",
      "ServerAlias *.example, line 15",
      "/nowhere/htdocs/backhand",
      "DocumentRoot /nowhere/htdocs, httpd.conf:2",
      "<Location /backhand>",
      "httpd.conf:16",
      "1 off",
      "denied (403) for a client at 192.0.2.1",
      "backhand-handler",
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/order deny,allow +httpd\.conf:18 +overrides httpd\.conf:8, httpd\.conf:9/i);
  });

  test("sends nothing to the terminal that moves its cursor", async () => {
    const text = await explain("http://a.example/\u001b[2J%1b%0a", { connect: "10.0.0.1:80" });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f]/);
  });
});

describe("explain --requests with an access log", () => {
  const log = [
    '10.1.2.3 - - [22/Nov/2026:16:00:00 +0000] "GET /backhand/x?y HTTP/1.1" 200 12',
    '127.0.0.1 - ann [22/Nov/2026:16:00:00 +0000] "POST /a HTTP/1.0" 302 - "http://a.example/ \\"q\\"" "Mozilla/5.0 (X11)"',
    'a.example:80 10.1.2.3 - - [22/Nov/2026:16:00:00 +0000] "GET /b HTTP/1.1" 200 12 "-" "curl/8"',
    "",
  ].join("\n");

  test("reads the common, combined and vhost_combined formats", async () => {
    const answers = (await explain(undefined, { requests: "-", format: "jsonl", connect: "10.0.0.1:80" }, log))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { request: Record<string, unknown> });
    expect(answers.map(({ request }) => request)).toEqual([
      { to: "10.0.0.1:80", host: null, path: "/backhand/x?y", method: "GET", from: "10.1.2.3" },
      { to: "10.0.0.1:80", host: null, path: "/a", method: "POST", from: "127.0.0.1" },
      { to: "10.0.0.1:80", host: "a.example", path: "/b", method: "GET", from: "10.1.2.3" },
    ]);
  });

  test("sums up by virtual host and section", async () => {
    const flags = { requests: "-", format: "json", summary: true, connect: "10.0.0.1:80" } as const;
    expect(JSON.parse(await explain(undefined, flags, log))).toEqual({
      requests: 3,
      virtualHosts: [{ what: "www.example", path: "httpd.conf", line: 13, requests: 3 }],
      sections: [
        { what: "<Directory /nowhere/htdocs>", path: "httpd.conf", line: 6, requests: 3 },
        { what: "<Location /backhand>", path: "httpd.conf", line: 16, requests: 1 },
      ],
      access: { granted: 2, denied: 1, authentication: 0 },
      undecided: 0,
    });
    expect(await explain(undefined, { ...flags, format: "text" }, log)).toMatch(/^3 requests\n/);
  });

  test("100,000 lines take seconds", async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => log.split("\n")[index % 3] ?? "").join("\n");
    const start = performance.now();
    const flags = { requests: "-", format: "json", summary: true, connect: "10.0.0.1:80" } as const;
    expect(JSON.parse(await explain(undefined, flags, many))).toMatchObject({ requests: 100_000 });
    expect(performance.now() - start).toBeLessThan(20_000);
  }, 30_000);
});

test("explain --why says why other hosts and sections do not count", async () => {
  const { why } = await explained("http://www.elsewhere/backhandx", { connect: "10.0.0.2:80", why: true });
  expect(why).toEqual({
    virtualHosts: [
      { what: "VirtualHost 10.0.0.1:80", path: "httpd.conf", line: 13, reason: "none of its addresses is 10.0.0.2" },
    ],
    sections: [],
  });
  const inside = await explained("http://www.example/backhandx", { connect: "10.0.0.1:80", why: true });
  expect(inside["why"]).toMatchObject({
    virtualHosts: [],
    sections: [{ what: "Location /backhand", line: 16, reason: "/backhandx goes on behind /backhand without a slash" }],
  });
});

test("text out of macros is named with its Use lines, and Use is no directive in effect", async () => {
  const macros =
    "<Macro host $n>\n<VirtualHost *:80>\nServerName $n\nUse rules\n</Macro>\n<Macro tsoh>\n</VirtualHost>\n</Macro>\n" +
    "<Macro rules>\n<Location /x>\nRequire all denied\n</Location>\n</Macro>\n";
  const hosts = "Use host a.example\nUse tsoh\nUse host b.example\n<Location /y>\nUse rules\n</Location>\nUse tsoh\n";
  folder.write("macros.conf", `Listen 80\n${macros}${hosts}`);
  const { terminal, out } = recordedTerminal(folder.path);
  const flags: ExplainFlags = { method: "GET", header: [], format: "text", host: "b.example", why: true };
  await runExplain("macros.conf", "/x", flags, { ...global, apache: "2.4" }, terminal);
  const text = out();
  expect(text).toContain("Virtual host  b.example  macros.conf:3, used at macros.conf:17");
  expect(text).toContain("ServerName b.example, line 4, used on line 17");
  expect(text).toContain("<Location /x>  macros.conf:11, used at macros.conf:5, used at macros.conf:17\n");
  expect(text).toContain("Require all denied  macros.conf:12, used at macros.conf:5, used at macros.conf:17");
  expect(text).toContain("<VirtualHost *:80>  macros.conf:3, used at macros.conf:15\n      its names are a.example");
  expect(text).not.toMatch(/^ {2}Use /m);
  const again = recordedTerminal(folder.path);
  await runExplain("macros.conf", "/x", { ...flags, format: "json" }, { ...global, apache: "2.4" }, again.terminal);
  expect((JSON.parse(again.out()) as { sections: unknown }).sections).toEqual([
    {
      kind: "Location",
      argument: "/x",
      path: "macros.conf",
      line: 11,
      uses: [
        { path: "macros.conf", line: 5 },
        { path: "macros.conf", line: 17 },
      ],
    },
  ]);
});
