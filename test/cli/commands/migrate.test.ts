import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createSocket } from "node:dgram";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { runCommandLine } from "../../../src/cli/program.ts";
import { freePorts } from "../../../src/migrate/verify/real-server.ts";
import { recordedTerminal } from "../../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

async function migrate(...args: readonly string[]): Promise<{
  readonly code: number;
  readonly out: string;
  readonly err: string;
}> {
  const { terminal, out, err } = recordedTerminal(folder.path);
  const code = await runCommandLine(["migrate", "httpd.conf", "--apache", "1.3", ...args], terminal);
  return { code, out: out(), err: err() };
}

const to = ["--to", "apache2.4", "-o", "new"];

test("what carries over ends with 0, and the report has every line", async () => {
  folder.write("httpd.conf", "Port 80\n# a comment\nServerType standalone\n");
  const { code, out } = await migrate(...to);
  expect(code).toBe(0);
  expect(out).toContain("Listen 80");
  expect(readdirSync(join(folder.path, "new")).sort()).toEqual(["httpd.conf", "report.html", "report.json"]);
  const report = JSON.parse(readFileSync(join(folder.path, "new/report.json"), "utf8")) as {
    readonly files: readonly {
      readonly lines: readonly {
        readonly line: number;
        readonly verdict: string;
      }[];
    }[];
  };
  expect(report.files[0]?.lines.map(({ line, verdict }) => `${line} ${verdict}`)).toEqual([
    "1 changed",
    "2 kept",
    "3 dropped",
  ]);
});

test("a lost line that decides ends with 1, unless that is allowed", async () => {
  folder.write("httpd.conf", "<Location /x>\nPerlAccessHandler X\n</Location>\n");
  expect((await migrate(...to)).code).toBe(1);
  expect((await migrate(...to, "--force", "--allow-partial")).code).toBe(0);
});

test("a directory that exists is left alone without --force", async () => {
  folder.write("httpd.conf", "Port 80\n");
  folder.write("new/mine", "x");
  const { code, err } = await migrate(...to);
  expect(code).toBe(2);
  expect(err).toContain("--force");
  expect(readdirSync(join(folder.path, "new"))).toEqual(["mine"]);
});

test("a wrong target or backend is wrong usage, and nothing is written", async () => {
  folder.write("httpd.conf", "Port 80\n");
  expect((await migrate("--to", "iis", "-o", "new")).code).toBe(2);
  expect((await migrate(...to, "--backends", "web1")).code).toBe(2);
  expect(existsSync(join(folder.path, "new"))).toBe(false);
});

test.each([
  ["", 'Expected a directory behind -o, got ""'],
  ["-", 'Expected a directory behind -o, got "-"; ./- is one of that name'],
  ["httpd.conf/below", "Cannot write httpd.conf/below: part of the path is not a directory"],
])("-o %j is wrong usage, and nothing is written", async (output, message) => {
  folder.write("httpd.conf", "Port 80\n");
  const { code, err } = await migrate("--to", "nginx", "-o", output);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(readdirSync(folder.path)).toEqual(["httpd.conf"]);
});

test.each([
  ["\ufeffPort 80\n", "httpd.conf begins with a byte order mark"],
  [Buffer.from("\ufeffPort 80\n", "utf16le"), "httpd.conf is text in UTF-16"],
])("a file in an encoding that httpd does not read is named", async (content, message) => {
  folder.write("httpd.conf", content);
  const { code, err } = await migrate("--to", "apache2.4", "-o", "new");
  expect(code).toBe(1);
  expect(err).toContain(message);
});

test("a file that includes itself is named with its circle", async () => {
  folder.write("httpd.conf", "Port 80\nInclude httpd.conf\n");
  const { code, out } = await migrate("--server-root", folder.path, ...to);
  expect(code).toBe(1);
  expect(out).toContain("Include leads in a circle");
});

test("what is hostile in the source stays text in the report's page", async () => {
  folder.write("httpd.conf", "# <script>alert(1)</script>\n");
  await migrate(...to);
  expect(readFileSync(join(folder.path, "new/report.html"), "utf8")).not.toContain("<script>");
});

test(".htaccess files of the document roots lie in their new form beside, with the list of where they belong", async () => {
  const www = join(folder.path, "www");
  folder.write(
    "httpd.conf",
    `Port 80\nDocumentRoot ${www}\n<Directory ${www}>\nOrder deny,allow\nDeny from all\nAllow from 10.\n</Directory>\n`,
  );
  const old = "# mine\nAuthType Basic\nAuthName x\nAuthUserFile /etc/users\nrequire valid-user\n";
  folder.write("www/a/.htaccess", old);
  folder.write("www/b/.htaccess", "DirectoryIndex x.html\n");
  expect((await migrate(...to)).code).toBe(0);
  const path = join(folder.path, "new/htaccess", www, "a/.htaccess");
  expect(readFileSync(path, "utf8")).toBe(
    old.replace("require valid-user", "<RequireAll>\n    Require ip 10.0.0.0/8\n    Require valid-user\n</RequireAll>"),
  );
  expect(readFileSync(join(www, "a/.htaccess"), "utf8")).toBe(old);
  const list = readFileSync(join(folder.path, "new/htaccess.txt"), "utf8").split("\n");
  expect(list).toContain(`changed  htaccess${www}/a/.htaccess  ${www}/a/.htaccess`);
  expect(list).toContain(`same     htaccess${www}/b/.htaccess  ${www}/b/.htaccess`);
  const report = JSON.parse(readFileSync(join(folder.path, "new/report.json"), "utf8")) as {
    readonly files: readonly { readonly path: string; readonly lines: readonly unknown[] }[];
  };
  expect(report.files.find((file) => file.path === join(www, "a/.htaccess"))?.lines).toHaveLength(5);
});

test("without the document roots the rules that a .htaccess file would replace stay as they are, and it is said", async () => {
  folder.write(
    "httpd.conf",
    "Port 80\nDocumentRoot /not/here\n<Directory /not/here>\nAllowOverride AuthConfig\nOrder deny,allow\nDeny from all\n</Directory>\n",
  );
  const { out } = await migrate(...to);
  expect(out).toContain(".htaccess files below /not/here/ may say who may, and are not on this machine");
  expect(readFileSync(join(folder.path, "new/httpd.conf"), "utf8")).toContain("Deny from all");
});

test("--discover hears who announces itself", async () => {
  const [port = 0] = await freePorts(1);
  folder.write(
    "httpd.conf",
    `Listen 80\nMulticastStats 127.0.0.1 127.0.0.1:${port}\nAcceptStats 127.0.0.0/8\n<Location /x>\nBackhand byLoad\n</Location>\n`,
  );
  const socket = createSocket("udp4");
  const timer = setInterval(() => {
    socket.send("v=1&ready=8&busy=0&port=8080&id=web1&bh=1", port, "127.0.0.1");
  }, 50);
  try {
    const { err } = await migrate(...to, "--discover", "1s", "--allow-partial");
    expect(err).toContain("Heard of 127.0.0.1:8080");
    expect(readFileSync(join(folder.path, "new/httpd.conf"), "utf8")).toContain(
      'BalancerMember "http://127.0.0.1:8080"',
    );
  } finally {
    clearInterval(timer);
    socket.close();
  }
});

test.each([
  ["no backend at all", ["--backends", ",,"], 'got ",,"'],
  ["requests that nobody asks", ["--requests", "log"], "--verify"],
  ["requests that are not there", ["--verify", "--requests", "nolog"], "Cannot read nolog: there is no such file\n"],
  ["requests in a folder", ["--verify", "--requests", "."], "Cannot read .: it is a directory, not a file\n"],
  ["a line that is no request", ["--verify", "--requests", "log"], "log:2: Expected"],
  ["a log that is packed", ["--verify", "--requests", "log.gz"], "it is packed, unpack it first (gzip -dc log.gz"],
])("%s is wrong usage, with its place, and nothing is written", async (_, more, said) => {
  folder.write("httpd.conf", "Port 80\n");
  folder.write("log", '{"path":"/x"}\nrubbish\n');
  writeFileSync(join(folder.path, "log.gz"), gzipSync("rubbish"));
  const { code, err } = await migrate(...to, ...more);
  expect([code, existsSync(join(folder.path, "new"))]).toEqual([2, false]);
  expect(err).toContain(said);
});

test.each(["nginx", "haproxy"])("to %s, a file that is included and not there is lost", async (target) => {
  folder.write("httpd.conf", "Port 80\nInclude missing.conf\n");
  const { code, out } = await migrate("--to", target, "-o", "new");
  expect(code).toBe(1);
  expect(out).toContain("There is no file");
});

test("--format json says what report.json says", async () => {
  folder.write("httpd.conf", "Port 80\nRedirect /a http://www.example/b\n");
  const { out } = await migrate("--to", "haproxy", "-o", "new", "--format", "json");
  expect(out).toBe(readFileSync(join(folder.path, "new/report.json"), "utf8"));
});

test("lines that are added are where the report says, behind the line that says where the files lie", async () => {
  folder.write("httpd.conf", "Port 80\nInclude vhosts.conf\n");
  folder.write("vhosts.conf", "ServerName www.example\n");
  await migrate(...to);
  const report = JSON.parse(readFileSync(join(folder.path, "new/report.json"), "utf8")) as {
    readonly added: readonly {
      readonly path: string;
      readonly line: number;
      readonly endLine: number;
      readonly text: string;
    }[];
  };
  expect(report.added.some(({ text }) => text.includes("Define"))).toBe(true);
  for (const { path, line, endLine, text } of report.added) {
    const lines = readFileSync(join(folder.path, "new", path), "utf8").split("\n");
    expect(lines.slice(line - 1, endLine).join("\n")).toBe(text);
  }
});
