import { once } from "node:events";
import { chmodSync, existsSync } from "node:fs";
import { createServer, request as send, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";

import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { freePorts, type RunningServer } from "../../src/migrate/verify/real-server.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { startApache, startForeign } from "./real-servers.ts";
import { hasApache, migrateText } from "./support.ts";

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;

/** Lines with what is asked of them; BACK is the address of the server behind. */
const cases: readonly { readonly title: string; readonly text: string; readonly paths: readonly string[] }[] = [
  {
    title: "paths that are other ones behind, with redirects turned round",
    text: String.raw`ProxyPass /app http://BACK/app
ProxyPassReverse /app http://BACK/app
ProxyPass /one/static !
ProxyPass /one/ http://BACK/two/
ProxyPassReverse /one/ http://BACK/two/
ProxyPass /bare http://BACK
ProxyPassReverse /path /two/`,
    paths: [
      ...["/app", "/app/", "/app/x?y=1&z", "/app/a%20b%3F", "/appx", "/one/", "/one", "/one/a/b", "/one/static/x"],
      ...["/bare", "/bare/x", "/app/go?to=/app/there", "/one/go?to=/two/there", "/one/go?to=/else"],
    ],
  },
  {
    title: "paths that are sent encoded",
    text: String.raw`ProxyPass "/a b" http://BACK/in
ProxyPass "/c+d;(e)/ö" http://BACK/else
ProxyPass "/only us" http://BACK`,
    paths: [
      ...["/a%20b", "/a%20b/", "/a%20b/x?y=%20", "/a%20bc", "/only%20us", "/only%20us/x"],
      ...["/c+d;(e)/%C3%B6", "/c+d;(e)/%c3%b6/x", "/c%2Bd%3b%28e%29/%c3%B6/x/y"],
    ],
  },
  {
    title: "so many paths that their rules for redirects stand in one place",
    text: Array.from(
      { length: 40 },
      (_, number) => `ProxyPass /part${number} http://BACK/in${number}
ProxyPassReverse /part${number} http://BACK/in${number}`,
    ).join("\n"),
    paths: ["/part7", "/part7/x", "/part39/go?to=/in39/there", "/part3/go?to=/in4/there", "/part3/go?to=/else"],
  },
  {
    title: "everything to a balancer, with the Host field",
    text: String.raw`ProxyPreserveHost On
<Proxy balancer://cluster>
BalancerMember http://BACK/base loadfactor=3
BalancerMember http://BACK/base status=D
</Proxy>
ProxyPass / balancer://cluster/ lbmethod=bybusyness
ProxyPassReverse / http://BACK/base/`,
    paths: ["/", "/x/y?z", "/go?to=/base/there"],
  },
  {
    title: "Locations that are sent on and closed, and a closed part of what is behind",
    text: String.raw`<Location /loc>
ProxyPass http://BACK/in
ProxyPassReverse http://BACK/in
</Location>
<Location /loc/closed>
Require ip 10.9.9.9
</Location>
<Proxy http://BACK/app/secret*>
Require all denied
</Proxy>
ProxyPass /app http://BACK/app
<Files secret>
Require all denied
</Files>`,
    paths: ["/loc", "/loc/x", "/loc/closed", "/loc/closed/x", "/app/x", "/app/secret/x", "/loc/secret", "/secret"],
  },
];

/** Tells what it was asked, or sends elsewhere. */
async function back(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const to = new URL(request.url ?? "/", "http://x").searchParams.get("to");
    if (to !== null) response.writeHead(302, { Location: `http://127.0.0.1:${port}${to}` }).end();
    else response.end(`${request.url ?? ""} for ${request.headers.host ?? ""}`);
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

async function ask(port: number, path: string): Promise<string> {
  const sent = send({ host: "127.0.0.1", port, path, agent: false, headers: { Host: "a.example" } });
  sent.end();
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  const body = await text(answer);
  const { statusCode: status = 0 } = answer;
  const { location } = answer.headers;
  if (location !== undefined) return `${status} ${new URL(location, "http://a.example").href}`;
  return status === 200 ? body : String(status);
}

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const server = servers[name];
  const isThere = hasApache && existsSync(server.program);
  describeIf(isThere, `apache2 or ${name} is not there`)("sends on what mod_proxy sends on", () => {
    test.each(cases)("$title", async ({ text: lines, paths }) => {
      const [behind = 0] = await freePorts(1);
      const own = lines.replaceAll("BACK", `127.0.0.1:${behind}`);
      const source = `Listen 80\nServerRoot /etc/apache\nServerName a.example\nDocumentRoot /srv/none\n${own}\n`;
      const { migration } = migrateText(source, { to: name, dialect: "2.4" });
      const said = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
      expect(said.map((line) => line.text)).toEqual([]);
      const [main] = migration.files;
      const folder = temporaryFolder();
      folder.write("files/srv/none/index.html", "index");
      chmodSync(folder.path, 0o755);
      const origin = await back(behind);
      const running: RunningServer[] = [];
      try {
        const modules = [
          "proxy",
          "proxy_http",
          "slotmem_shm",
          "proxy_balancer",
          "lbmethod_bybusyness",
          "lbmethod_byrequests",
        ];
        const old = await startApache(source, folder, modules);
        running.push(old.running);
        // The sandbox has one server for all; here it is the one that is asked.
        const now = await startForeign(server, main === undefined ? "" : textOf(main), folder, (sandboxed) =>
          name === "nginx"
            ? sandboxed.replaceAll(
                /127\.0\.0\.1:\d+;\s*proxy_set_header X-Backhand\S* "relayed\.";/g,
                `127.0.0.1:${behind};`,
              )
            : sandboxed.replaceAll(/(server s\d+ 127\.0\.0\.1):\d+/g, `$1:${behind}`),
        );
        running.push(now.running);
        for (const path of paths) {
          const [before, after] = [await ask(old.port, path), await ask(now.port, path)];
          // HAProxy has no files.
          const isFile = name === "haproxy" && before === "index";
          expect([path, after]).toEqual([path, isFile ? "404" : before]);
        }
      } finally {
        for (const one of running) await one.stop();
        origin.close();
        folder.remove();
      }
    });
  });
});
