import { existsSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";

import { haproxyServer } from "../../src/migrate/verify/haproxy-sandbox.ts";
import { freePorts, runToEnd, startServer } from "../../src/migrate/verify/real-server.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { certificateFor } from "../support/certificates.ts";
import { randomFrom } from "../support/random.ts";
import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { migrateText } from "./support.ts";

const SEED = 20_261_123;

/** What lies on the loopback of Linux without being set up. */
const ownAddress = (number: number): string => `127.1.${number >> 7}.${(number & 127) + 1}`;

function hostsByAddress(port: number, count: number): string {
  const hosts = Array.from(
    { length: count },
    (_, number) => `<VirtualHost ${ownAddress(number)}:${port}>
ServerName h${number}.example
Redirect / http://own${number}.example/
</VirtualHost>`,
  );
  return `Listen ${port}
NameVirtualHost *:${port}
${hosts.join("\n")}
<VirtualHost *:${port}>
ServerName any.example
Redirect / http://any.example/
</VirtualHost>
<VirtualHost *:${port}>
ServerName b.example
ServerAlias *.b.example
Redirect / http://b.example/
</VirtualHost>
`;
}

const longestLine = (text: string): number =>
  Math.max(...text.split("\n").map((line) => line.trim().split(/(?<!\\) +/).length));

function locationOf(address: string, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: address, port, path: "/", headers: { Host: host }, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.headers.location ?? `status ${answer.statusCode ?? 0}`);
    })
      .on("error", reject)
      .end();
  });
}

it("no line for hosts at any number of addresses has more words than HAProxy takes", () => {
  const random = randomFrom(SEED);
  for (const count of [1, 39, 40, 41, 81, ...Array.from({ length: 8 }, () => random.below(500))])
    expect(longestLine(migrateText(hostsByAddress(80, count), { to: "haproxy", dialect: "2.2" }).text)).toBeLessThan(
      64,
    );
});

describeIf(existsSync(haproxyServer.program), "haproxy is not there")("HAProxy", () => {
  it("chooses among hundreds of hosts by address as httpd does", async () => {
    const random = randomFrom(SEED);
    const folder = temporaryFolder();
    const [port = 0] = await freePorts(1);
    const { text } = migrateText(hostsByAddress(port, 300), { to: "haproxy", dialect: "2.2" });
    const file = folder.write("haproxy.cfg", text);
    const running = await startServer(haproxyServer.program, haproxyServer.args(file, folder.path), port);
    try {
      if ("refused" in running) throw new Error(running.refused);
      for (const number of [0, 39, 40, 299, ...Array.from({ length: 20 }, () => random.below(300))])
        for (const host of ["any.example", `h${number}.example`])
          expect(await locationOf(ownAddress(number), port, host)).toBe(`http://own${number}.example/`);
      expect(await locationOf("127.0.0.1", port, "other.example")).toBe("http://any.example/");
      expect(await locationOf(ownAddress(300), port, "www.b.example")).toBe("http://b.example/");
    } finally {
      if (!("refused" in running)) await running.stop();
      folder.remove();
    }
  });

  it("reads the certificates of hundreds of hosts out of a file beside its own", async () => {
    const folder = temporaryFolder();
    const hosts = Array.from({ length: 200 }, (_, number) => {
      const name = `${folder.path}/h${number}`;
      return `<VirtualHost *:443>
ServerName h${number}.example
SSLEngine on
SSLCertificateFile ${name}.crt
SSLCertificateKeyFile ${name}.key
</VirtualHost>`;
    });
    const text = `Listen 443\nNameVirtualHost *:443\n${hosts.join("\n")}\n`;
    const { migration } = migrateText(text, { to: "haproxy", dialect: "2.2" });
    try {
      const certificate = await certificateFor("h.example");
      for (let number = 0; number < 200; number += 1)
        folder.write(`h${number}.crt.pem`, certificate.cert + certificate.key);
      for (const one of migration.files) folder.write(`out/${one.path}`, textOf(one));
      expect(migration.files.map(({ path }) => path)).toEqual(["haproxy.cfg", "certificates.txt"]);
      const { code, text: said } = await runToEnd(haproxyServer.program, [
        "-c",
        "-f",
        join(folder.path, "out", "haproxy.cfg"),
      ]);
      expect({ code, said }).toEqual({ code: 0, said: expect.any(String) as unknown });
    } finally {
      folder.remove();
    }
  });
});
