import { existsSync } from "node:fs";

import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { verifyForeign } from "../../src/migrate/verify/verify-foreign.ts";
import { describeIf } from "../support/shared.ts";
import { hasApache, migrateConfig } from "./support.ts";

const path = "/etc/apache/httpd.conf";
const text = `Listen 80
ServerName main.example
DocumentRoot /srv/www
<Macro Host $name>
<VirtualHost *:80>
ServerName $name
DocumentRoot /srv/www
CustomLog /var/log/no-such-folder/$name/access.log "%h"
RewriteEngine on
RewriteRule ^/old/(.*) http://$name/new/$1 [R]
</VirtualHost>
</Macro>
Use Host a.example
Use Host b.example
`;

describe.each([nginxServer, haproxyServer])("$program", (server) => {
  describeIf(hasApache && existsSync(server.program), "the servers are not there")("", () => {
    test("is compared with what httpd makes of rules in a macro, whatever else its text names", async () => {
      const reading = { path, fileSystem: memoryFileSystem({ [path]: text }), dialect: "2.4" } as const;
      const readAgain = (texts: ReadonlyMap<string, string>) => {
        const config = readConfiguration({ ...reading, fileSystem: overlayFileSystem(reading.fileSystem, texts) });
        return { config, started: config };
      };
      const config = readConfiguration(reading);
      const migration = migrateConfig(config, server.program.endsWith("nginx") ? "nginx" : "haproxy", { readAgain });
      const question = { config, migration, defines: [], requests: [], readAgain };
      const result = await verifyForeign(question, server);
      expect(result).toMatchObject({ kind: "live", reason: null, differences: [] });
      expect(result.aside.requests).toBe(0);
    });
  });
});
