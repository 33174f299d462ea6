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
async function ask(
  port: number,
  name: string,
  path = "/gone",
  client: { readonly cert?: string; readonly key?: string } = {},
): Promise<{ readonly subject: string; readonly status: number }> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        servername: name,
        headers: { Host: name },
        rejectUnauthorized: false,
        agent: false,
        path,
        ...client,
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

    test("asks for certificates of clients where the old file did, or keeps everybody out there", async () => {
      const folder = temporaryFolder();
      chmodSync(folder.path, 0o755);
      const [port = 0, plain = 0] = await freePorts(2);
      const own = await certificateFor("a.example");
      const client = await certificateFor("client.example");
      folder.write("a.crt", own.cert);
      folder.write("a.key", own.key);
      folder.write("a.crt.pem", own.cert + own.key);
      folder.write("clients.crt", client.cert);
      const section = (path: string, line: string): string =>
        `<Location ${path}>\n${line}\nRedirect gone ${path}\n</Location>`;
      const text = `Listen 127.0.0.1:${port}
Listen 127.0.0.1:${plain}
ServerName a.example
${section("/tls", "SSLRequireSSL")}
<VirtualHost 127.0.0.1:${port}>
ServerName a.example
SSLEngine on
SSLCertificateFile ${folder.path}/a.crt
SSLCertificateKeyFile ${folder.path}/a.key
SSLCACertificateFile ${folder.path}/clients.crt
${section("/certificate", "SSLVerifyClient require")}
${section("/cipher", "SSLRequire %{SSL_CIPHER_USEKEYSIZE} >= 128")}
</VirtualHost>
`;
      const { text: output, migration } = migrateText(text, { to: name, dialect: "2.4" });
      const server = servers[name];
      const file = folder.write("conf", name === "nginx" ? `pid ${folder.path}/pid;\n${output}` : output);
      const running = await startServer(server.program, server.args(file, folder.path), port);
      if ("refused" in running) throw new Error(`${running.refused}\n${output}`);
      try {
        const statusOf = async (path: string, by = {}): Promise<number> =>
          (await ask(port, "a.example", path, by)).status;
        // What comes behind access is lost in nginx where not everybody may.
        const behind = name === "nginx" ? 503 : 410;
        expect(await statusOf("/tls")).toBe(410);
        expect(await statusOf("/certificate")).toBe(403);
        expect(await statusOf("/certificate", client)).toBe(name === "nginx" ? behind : 403);
        expect(await statusOf("/certificate", own)).not.toBe(behind);
        expect(await statusOf("/cipher")).toBe(403);
        expect((await fetch(`http://127.0.0.1:${plain}/tls`)).status).toBe(403);
        const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        const words = lost.map(({ text: line }) => line.split(" ")[0]);
        expect(words).toContain("SSLRequire");
        expect(words).not.toContain("SSLRequireSSL");
        expect(words.includes("SSLVerifyClient")).toBe(name === "haproxy");
      } finally {
        await running.stop();
        folder.remove();
      }
    });
  });
});
