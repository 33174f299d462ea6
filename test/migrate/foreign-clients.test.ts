import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene } from "./foreign-scene.ts";
import { hasApache, migrateText } from "./support.ts";

const rules = `ProxyPass / http://BACK/
<Location /public>
Require ip 198.51.100.0/24
</Location>
<Location /private>
Require ip 10.0.0.0/8 192.168.0.0/16
</Location>
<Location /loopback>
Require ip 127.0.0.0/8
</Location>
<Location /other>
Require all granted
</Location>`;

const told = [
  undefined,
  "198.51.100.7",
  "203.0.113.9",
  "10.1.2.3",
  "10.1.2.3, 198.51.100.7",
  "198.51.100.7, 10.1.2.3",
  "198.51.100.7,203.0.113.9",
  "198.51.100.7, 203.0.113.77, 203.0.113.9",
  "192.168.1.1,198.51.100.7, 203.0.113.9",
  "10.9.9.9, 203.0.113.9",
  "nonsense",
  "198.51.100.7, nonsense",
  "nonsense, 198.51.100.7",
  "2001:db8::1",
  "",
];
const paths = ["/public", "/private", "/loopback", "/other"];

const cases = [
  {
    title: "its own proxies",
    lines: "RemoteIPHeader X-Client\nRemoteIPInternalProxy 127.0.0.0/8 203.0.113.0/24",
    isPublic: false,
  },
  {
    title: "proxies of others",
    lines: "RemoteIPHeader X-Client\nRemoteIPTrustedProxy 127.0.0.0/8 203.0.113.0/24",
    isPublic: true,
  },
  { title: "proxies elsewhere", lines: "RemoteIPHeader X-Client\nRemoteIPInternalProxy 192.0.2.1", isPublic: false },
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  describeIf(isThere, `apache2 or ${name} is not there`)("takes the client from where httpd takes it", () => {
    test.each(cases)("behind $title", async ({ lines, isPublic }) => {
      const scene = await startScene(name, { lines: `${lines}\n${rules}`, modules: ["remoteip"], ownClients: true });
      try {
        expect(scene.judged.filter(({ verdict }) => verdict.kind === "dropped")).toEqual(
          [expect.objectContaining({ text: "DocumentRoot /srv/none" })].slice(name === "nginx" ? 1 : 0),
        );
        const [before, after]: [string[], string[]] = [[], []];
        for (const client of told) {
          for (const path of paths) {
            const headers = client === undefined ? {} : { "X-Client": client };
            const answers = await scene.ask({ path, headers });
            const line = (status: number): string => `${client ?? "nothing"} ${path} ${status}`;
            // Who is not believed is kept out there, as the report says.
            const isRefused = name === "nginx" && isPublic && answers.after.status === 403;
            before.push(line(isRefused ? 403 : answers.before.status));
            after.push(line(answers.after.status));
          }
        }
        expect(after).toEqual(before);
        expect(after.some((one) => one.endsWith("/public 200"))).toBe(!lines.includes("192.0.2.1"));
      } finally {
        await scene.stop();
      }
    });
  });

  it("lets nobody in by an address where only httpd knows who the client is", () => {
    const text = (more: string): string => `Listen 80
ServerName a.example
RemoteIPHeader X-Client
${more}
ProxyPass / http://10.1.1.1/
<Location /a>
Require ip 10.0.0.0/8
</Location>`;
    for (const more of ["", "RemoteIPInternalProxy proxy.example", "RemoteIPTrustedProxyList conf/proxies.lst"]) {
      const { migration } = migrateText(text(more), { to: name, dialect: "2.4" });
      const lost = migration.lines.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
      expect(lost.map((line) => line.text)).toEqual(
        expect.arrayContaining(["RemoteIPHeader X-Client", "Require ip 10.0.0.0/8"]),
      );
      const [main] = migration.files;
      expect(main?.lines.some((line) => /allow 10|src 10/.test(line.text))).toBe(false);
    }
  });
});
