import { chmodSync, existsSync } from "node:fs";

import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { probeAgent, sendProbe } from "../../src/migrate/verify/probe.ts";
import { freePorts, startServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { migrateText } from "./support.ts";

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;

const lines = (denied: string): string => String.raw`Listen 80
ServerName a.example
DocumentRoot /srv/none
<Location /closed>
${denied}
</Location>
<LocationMatch "^/secret.*/x">
${denied}
</LocationMatch>
RedirectMatch 403 ^/never.*z$
Redirect 410 /gone
`;

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const server = servers[name];
  describeIf(existsSync(server.program), `${name} is not there`)("the end of a line in a path", () => {
    test.each([
      ["1.3", "Order allow,deny\nDeny from all"],
      ["2.4", "Require all denied"],
    ] as const)("passes by no expression of %s", async (dialect, denied) => {
      const { text } = migrateText(lines(denied), { to: name, dialect });
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
          const found: Record<string, number> = {};
          for (const path of ["/secret/x", "/secret%0A/x", "/never%0Az", "/gone/%0A/x", "/closed/%0A"]) {
            const request = { ip: "127.0.0.1", port, host: "a.example", path, method: "GET" };
            found[path] = (await sendProbe({ ...request, client: "127.0.0.1", headers: {} }, agent)).status;
          }
          expect(found).toEqual({
            "/secret/x": 403,
            "/secret%0A/x": 403,
            "/never%0Az": 403,
            "/gone/%0A/x": 410,
            "/closed/%0A": 403,
          });
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
