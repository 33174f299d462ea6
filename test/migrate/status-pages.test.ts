import { chmodSync, existsSync } from "node:fs";

import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { probeAgent, sendProbe } from "../../src/migrate/verify/probe.ts";
import { freePorts, startServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { migrateText } from "./support.ts";

const cluster = `ServerType standalone
Port 80
ServerName front.example
DocumentRoot /srv/none
<IfModule mod_backhand.c>
UnixSocketDir /var/backhand
MulticastStats 239.255.44.45:4445,1
AcceptStats 10.77.0.0/24
</IfModule>
<Location /app/>
Backhand byAge 6
Backhand byLoad
</Location>
<Location /backhand/>
SetHandler backhand-handler
Order deny,allow
Deny from all
Allow from 10.77.0.0/24
</Location>
<Location /server-status>
SetHandler server-status
Order deny,allow
Deny from all
Allow from 10.77.0.0/24
</Location>
`;
const backends = [{ address: "10.77.0.11", port: 80 }];
const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;
const pages = {
  nginx: { lines: ["stub_status;"], handler: "changed", announcements: "dropped" },
  haproxy: { lines: ["stats enable"], handler: "changed", announcements: "folded" },
} as const;

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const server = servers[name];
  const { lines, handler, announcements } = pages[name];

  test("has its own page in the place of the cluster's, and no line of a cluster that it knows is lost", () => {
    const { text, migration } = migrateText(cluster, { to: name, backends });
    for (const line of lines) expect(text).toContain(line);
    const verdictOf = (start: string): string[] =>
      migration.lines.filter(({ text: line }) => line.startsWith(start)).map(({ verdict }) => verdict.kind);
    expect(verdictOf("SetHandler")).toEqual([handler, handler]);
    expect(verdictOf("MulticastStats")).toEqual([announcements]);
    expect(verdictOf("AcceptStats")).toEqual([announcements]);
    expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides)).toEqual([]);
  });

  describeIf(existsSync(server.program), `${name} is not there`)("the page", () => {
    test("is shown to those who might see the old one, and to nobody else", async () => {
      const { text } = migrateText(cluster, { to: name, backends });
      const folder = temporaryFolder();
      chmodSync(folder.path, 0o755);
      const agent = probeAgent();
      try {
        const network = new SandboxNetwork(await freePorts(3));
        const file = folder.write("conf", server.sandbox(text, folder.path, network));
        const port = network.port(80);
        const running = await startServer(server.program, server.args(file, folder.path), port);
        if ("refused" in running) throw new Error(running.refused);
        try {
          const found: string[] = [];
          for (const path of ["/backhand/", "/server-status"]) {
            for (const client of ["10.77.0.9", "10.78.0.9"]) {
              const request = { ip: "127.0.0.1", port, host: "front.example", path, method: "GET", client };
              found.push(`${path} ${client} ${(await sendProbe({ ...request, headers: {} }, agent)).status}`);
            }
          }
          if (name === "haproxy") {
            const request = { ip: "127.0.0.1", port, host: null, path: "/backhand/", method: "POST", headers: {} };
            expect((await sendProbe({ ...request, client: "10.77.0.9" }, agent)).status).toBe(405);
          }
          expect(found).toEqual([
            "/backhand/ 10.77.0.9 200",
            "/backhand/ 10.78.0.9 403",
            "/server-status 10.77.0.9 200",
            "/server-status 10.78.0.9 403",
          ]);
        } finally {
          await running.stop();
        }
      } finally {
        agent.destroy();
        folder.remove();
      }
    });
  });
});
