import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { parseLogFormat } from "../../src/server/log-format.ts";
import { describeIf } from "../support/shared.ts";
import { eventually, exchangeRaw, onStop, stopAll } from "../proxy/support.ts";
import { folderWith, startTestServer } from "./support.ts";

afterEach(stopAll);

describe("what is no format", () => {
  test.each([
    ["%", "Expected an item"],
    ["%{open", "Expected an item"],
    ["a %y b", 'Unknown item "%y"'],
    ["%>", "Expected an item"],
  ])("%s", (format, message) => {
    expect(parseLogFormat(format, { hosts: [], pid: 1 })).toMatchObject({ error: expect.stringContaining(message) });
  });

  test("a megabyte of percent signs is read at once", () => {
    expect(typeof parseLogFormat("%%".repeat(500_000), { hosts: [], pid: 1 })).toBe("function");
    expect(parseLogFormat("%{".repeat(20_000), { hosts: [], pid: 1 })).toHaveProperty("error");
  });
});

const apache = ["/usr/sbin/apache2", "/usr/local/apache2/bin/httpd"].find((path) => existsSync(path));

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describeIf(apache !== undefined, "no apache2 on this machine")("beside a real httpd", () => {
  test("each item comes out as httpd writes it", async () => {
    const format = [
      '%h %l %u \\"%r\\" %>s %s %b %B \\"%{Referer}i\\" \\"%{User-agent}i\\" %m \\"%U\\" \\"%q\\" %H %v %V %X %a %A %%',
      '\\"%{X-Odd}i\\" %200{Referer}i %!200{Referer}i %400,404{Referer}i %{Content-Type}o %{nothing}n %{a}C %f %{c}a',
      "%{%Y-%m-%dT%H}t %k",
    ].join(" ");
    const log = `LogFormat "${format}" all\nCustomLog FOLDER/access.log all\n`;
    const files = { "htdocs/a b.html": "x".repeat(10) };
    const types = "<Directory />\nAllowOverride None\n</Directory>\n";
    const ours = await startTestServer(`${types}${log}`, files);

    const folder = folderWith({ "htdocs/index.html": "home\n", ...files });
    const port = await freePort();
    const modules = "/usr/lib/apache2/modules";
    const configuration = `ServerRoot ${folder}
Listen 127.0.0.1:${port}
ServerName front
PidFile ${folder}/httpd.pid
ErrorLog ${folder}/error.log
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule dir_module ${modules}/mod_dir.so
LoadModule mime_module ${modules}/mod_mime.so
TypesConfig /dev/null
AddType text/html .html
DocumentRoot ${folder}/htdocs
${types}${log.replaceAll("FOLDER", folder)}`;
    const path = join(folderWith({ "httpd.conf": configuration }), "httpd.conf");
    const checked = spawnSync(apache ?? "", ["-t", "-f", path], { encoding: "utf8", timeout: 10_000 });
    expect(checked.stderr).toContain("Syntax OK");
    const httpd = spawn(apache ?? "", ["-DFOREGROUND", "-f", path], { stdio: "ignore" });
    onStop(async () => {
      httpd.kill("SIGTERM");
      if (httpd.exitCode === null) await once(httpd, "exit");
    });
    await eventually(() => existsSync(join(folder, "httpd.pid")), "httpd has started");

    const requests = [
      "GET / HTTP/1.0\r\nHost: front\r\n\r\n",
      'GET /?q=%20&x HTTP/1.1\r\nHost: front\r\nConnection: close\r\nReferer: http://a/"b\\c\r\nUser-Agent: \xe4\tx\r\n\r\n',
      "HEAD /a%20b.html HTTP/1.1\r\nHost: front\r\nConnection: close\r\nCookie: b=2; a=1\r\nX-Odd: \xff\r\n\r\n",
      "GET /a%20b.html HTTP/1.1\r\nHost: other:99\r\nConnection: close\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: front\r\n\r\nGET /index.html HTTP/1.1\r\nHost: front\r\nConnection: close\r\n\r\n",
    ];
    for (const request of requests) {
      await exchangeRaw(port, request);
      await exchangeRaw(ours.port, request);
    }
    const theirs = join(folder, "access.log");
    await eventually(() => readFileSync(theirs, "latin1").split("\n").length === 7, "httpd has written its log");
    await ours.server.close();
    const normal = (text: string, root: string): string[] => text.replaceAll(root, "ROOT").trimEnd().split("\n");
    expect(normal(readFileSync(join(ours.folder, "access.log"), "latin1"), ours.folder)).toEqual(
      normal(readFileSync(theirs, "latin1"), folder),
    );
  });
});
