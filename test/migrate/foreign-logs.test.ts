import { once } from "node:events";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { request as send, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { FILES, startApache, startForeign } from "./real-servers.ts";
import { hasApache, migrateText } from "./support.ts";

const FORMAT = String.raw`%h %l %u \"%r\" %>s %b %B \"%{Referer}i\" \"%{User-Agent}i\" %m %U %H %T %%`;

async function ask(port: number, path: string, method = "GET"): Promise<void> {
  const headers = { Host: "a.example", Referer: "http://b.example/" };
  const sent = send({ host: "127.0.0.1", port, path, method, agent: false, headers });
  sent.end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  await text(answer);
}

/** What httpd and nginx say of a page that is missing has different lengths. */
const requests = [
  ["/a.txt", "GET"],
  ["/a.txt?x=%20y", "HEAD"],
  ["/empty.txt", "GET"],
] as const;

describeIf(hasApache && existsSync(nginxServer.program), "apache2 or nginx is not there")("access logs", () => {
  test("nginx writes the very lines of httpd", async () => {
    const folder = temporaryFolder();
    folder.write(`${FILES}/a.txt`, "some text");
    folder.write(`${FILES}/empty.txt`, "");
    chmodSync(folder.path, 0o777);
    const source = `Listen 80\nServerRoot /etc/apache\nServerName a.example\nDocumentRoot /srv/none\nLogFormat "${FORMAT}" mine\nCustomLog ${folder.path}/old.log mine\n`;
    const { text: output } = migrateText(source, { to: "nginx", dialect: "2.4" });
    expect(output).toContain('access_log "/var/log/nginx/old.log" httpd_mine;');
    const old = await startApache(source, folder);
    const now = await startForeign(nginxServer, output, folder, (sandboxed) =>
      sandboxed
        .replace("access_log off;", "")
        .replace(
          /^(log_format .*)$|^(\s+log_format .*)$/m,
          (line) => `${line}\naccess_log ${folder.path}/new.log httpd_mine;`,
        ),
    );
    try {
      for (const [path, method] of requests) for (const { port } of [old, now]) await ask(port, path, method);
    } finally {
      await old.running.stop();
      await now.running.stop();
    }
    const lines = (name: string): readonly string[] =>
      readFileSync(`${folder.path}/${name}`, "utf8")
        .split("\n")
        .filter((line) => line.includes(".txt"));
    expect(lines("new.log")).toHaveLength(requests.length);
    expect(lines("new.log")).toEqual(lines("old.log"));
    folder.remove();
  });

  test.each([
    ["%D", "%D"],
    ["%U%q", "%q"],
    ["%{UNIQUE_ID}e", "%{UNIQUE_ID}e"],
    ["%400{Referer}i", "%400{Referer}i"],
    ["cost: $5", "$"],
  ])("a format with %s is not written, and the report names it", (format, named) => {
    const source = `Listen 80\nCustomLog logs/x "%h ${format}"\n`;
    const { text: output, migration } = migrateText(source, { to: "nginx", dialect: "2.4" });
    expect(output).not.toContain("access_log");
    expect(migration.lines[1]?.verdict).toMatchObject({ kind: "dropped", why: expect.stringContaining(named) });
  });
});
