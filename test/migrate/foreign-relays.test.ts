import { existsSync } from "node:fs";

import { describeIf } from "../support/shared.ts";
import { foreignServers, startScene, type SceneAnswer } from "./foreign-scene.ts";
import { hasApache, migrateText } from "./support.ts";

const cookie = (value: string): string => `Set-Cookie=${encodeURIComponent(value)}`;

const cases = [
  {
    title: "cookies say the domain and the path of the server in front",
    lines: `ProxyPass /app http://BACK/in
<Location /app>
ProxyPassReverseCookieDomain in.example out.example
ProxyPassReverseCookiePath /in/ /app/
</Location>`,
    paths: [
      `/app/x?${cookie("a=1; Domain=in.example; Path=/in/x; HttpOnly")}`,
      `/app/x?${cookie("a=1; path=/in/; domain=other.example")}&${cookie("b=2; Path=/else")}`,
      `/app/x?${cookie("c=/in/; Domain=sub.in.example")}`,
    ],
  },
  {
    title: "servers that take their time are given so much of it",
    lines: `Timeout 60
ProxyTimeout 1
ProxyPass /slow/long http://BACK/slower timeout=6 connectiontimeout=2 ttl=60
ProxyPass /slow http://BACK/slow`,
    paths: ["/slow/x", "/slow/long/x"],
  },
  {
    title: "a path goes along as it was sent with nocanon",
    lines: "ProxyPass /app http://BACK/app nocanon",
    paths: ["/app/a%20b;c", "/app/%41%7e", "/app/x"],
  },
];

describe.each(["nginx", "haproxy"] as const)("%s", (name) => {
  const isThere = hasApache && existsSync(foreignServers[name].program);
  // A server that takes too long is 502 for one and 504 for the other.
  const told = ({ status, fields, body }: SceneAnswer): unknown =>
    status >= 500 ? "failed" : [status, fields["set-cookie"], body];

  describeIf(isThere, `apache2 or ${name} is not there`)("sends on as the lines of mod_proxy say", () => {
    test.each(cases)("$title", async ({ lines, paths }) => {
      const scene = await startScene(name, { lines });
      try {
        const said = scene.judged.filter(({ verdict }) => verdict.kind === "dropped" && verdict.decides);
        expect(said.map(({ text }) => text)).toEqual([]);
        const answers: unknown[] = [];
        for (const path of paths) {
          const { before, after } = await scene.ask({ path });
          answers.push(told(before));
          expect([path, told(after)]).toEqual([path, told(before)]);
        }
        expect(answers.some((one) => one !== "failed")).toBe(true);
      } finally {
        await scene.stop();
      }
    });
  });

  test("the path of a line and what is below it are sent to one place of HAProxy", () => {
    const lines = Array.from({ length: 20 }, (_, number) => `ProxyPass /app${number} http://10.0.0.1/in${number}`);
    const { text } = migrateText(`Listen 80\nServerName a.example\n${lines.join("\n")}\n`, { to: "haproxy" });
    const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    expect([count(/^backend relay_/gm), count(/use_backend/g), count(/ set-var\(txn.place\) /g)]).toEqual([20, 20, 42]);
  });

  test("the report names the words that are not carried over", () => {
    const source = "Listen 80\nServerName a.example\nProxyPass /a http://10.0.0.1/a ttl=60 smax=5 timeout=7\n";
    const { migration, text } = migrateText(source, { to: name, dialect: "2.4" });
    expect(migration.lines[2]?.verdict).toMatchObject({
      kind: "changed",
      why: expect.stringContaining("ttl=60 smax=5"),
    });
    expect(text).toMatch(/(?:proxy_read_timeout|timeout server) 7s/);
  });
});
