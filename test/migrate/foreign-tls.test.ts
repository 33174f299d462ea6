import { chmodSync, existsSync } from "node:fs";
import { request } from "node:https";
import type { TLSSocket } from "node:tls";

import { freePorts, startServer } from "../../src/migrate/verify/real-server.ts";
import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { nginxServer } from "../../src/migrate/verify/nginx-sandbox.ts";
import { certificateFor } from "../support/certificates.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { migrateText } from "./support.ts";

const servers = { nginx: nginxServer, haproxy: haproxyServer } as const;
const names = ["nginx", "haproxy"] as const;

/** The name in the certificate that a server shows for a name, and the status of its answer. */
async function ask(port: number, name: string): Promise<{ readonly subject: string; readonly status: number }> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        servername: name,
        headers: { Host: name },
        rejectUnauthorized: false,
        agent: false,
        path: "/gone",
      },
      (response) => {
        const { socket } = response;
        const subject = "getPeerCertificate" in socket ? (socket as TLSSocket).getPeerCertificate().subject.CN : "";
        response.resume();
        response.on("end", () => {
          resolve({ subject: String(subject), status: response.statusCode ?? 0 });
        });
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

describe.each(names)("%s", (name) => {
  describeIf(existsSync(servers[name].program), `${name} is not there`)("speaks TLS for hosts that did", () => {
    test("each with its own certificate, and the report says what to do with the files", async () => {
      const folder = temporaryFolder();
      chmodSync(folder.path, 0o755);
      const [port = 0] = await freePorts(1);
      const hosts = ["a.example", "b.example"];
      for (const host of hosts) {
        const { cert, key } = await certificateFor(host);
        folder.write(`${host}.crt`, cert);
        folder.write(`${host}.key`, key);
        folder.write(`${host}.crt.pem`, cert + key);
      }
      const text = [
        `Listen 127.0.0.1:${port}`,
        `NameVirtualHost 127.0.0.1:${port}`,
        ...hosts.flatMap((host) => [
          `<VirtualHost 127.0.0.1:${port}>`,
          `ServerName ${host}`,
          "SSLEngine on",
          `SSLCertificateFile ${folder.path}/${host}.crt`,
          `SSLCertificateKeyFile ${folder.path}/${host}.key`,
          "SSLProtocol all -SSLv2 -SSLv3 -TLSv1",
          "SSLCipherSuite HIGH:MEDIUM",
          "Redirect gone /gone",
          "</VirtualHost>",
        ]),
        "",
      ].join("\n");
      const { text: output, migration } = migrateText(text, { to: name, dialect: "2.2" });
      const server = servers[name];
      const file = folder.write("conf", name === "nginx" ? `pid ${folder.path}/pid;\n${output}` : output);
      const running = await startServer(server.program, server.args(file, folder.path), port);
      if ("refused" in running) throw new Error(`${running.refused}\n${output}`);
      try {
        for (const host of hosts) expect(await ask(port, host)).toEqual({ subject: host, status: 410 });
        expect(migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides)).toEqual([]);
        const certificate = migration.lines.find(({ text: line }) => line.startsWith("SSLCertificateFile"));
        if (name === "haproxy") expect(JSON.stringify(certificate?.verdict)).toContain(".crt.pem");
        else expect(JSON.stringify(certificate?.verdict)).toContain("ssl_certificate");
      } finally {
        await running.stop();
        folder.remove();
      }
    });
  });
});
