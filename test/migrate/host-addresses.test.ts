import { compile } from "../../src/compile/compile.ts";
import { readOutput } from "../../src/migrate/apache24/check-output.ts";
import { createRouter } from "../../src/routing/router.ts";
import { seededRandom, type Random } from "../differential/random.ts";
import { migrateText } from "./support.ts";

describe("a host that answers for want of another", () => {
  const read = (...hosts: readonly string[]) =>
    migrateText(
      ["Listen 80", "Listen 81", "ServerName main.example", ...hosts.flatMap((lines) => lines.split("\n")), ""].join(
        "\n",
      ),
      { dialect: "2.0" },
    );

  test("leaves requests for the address itself to the host that had them", () => {
    const { text, migration } = read(
      "NameVirtualHost 10.0.0.1\n<VirtualHost 10.0.0.1:81>\nServerName a.example\n</VirtualHost>",
      "<VirtualHost 10.0.0.1:80>\nServerName b.example\n</VirtualHost>",
    );
    expect(text).toContain("<VirtualHost 10.0.0.1:80>\n    ServerAlias 10.0.0.1\nServerName b.example");
    expect(migration.notes.filter(({ decides }) => decides)).toEqual([]);
  });

  test("is reported where no name can leave them", () => {
    const { text, migration } = read(
      "NameVirtualHost 10.0.0.1\n<VirtualHost 10.0.0.1:81>\nServerName a.example\n</VirtualHost>",
      "<VirtualHost 10.0.0.1>\nServerName b.example\n</VirtualHost>",
    );
    expect(text).not.toContain("ServerAlias");
    expect(migration.notes.find(({ decides }) => decides)).toMatchObject({ place: { line: 5 }, about: { line: 8 } });
  });

  test("is reported for each host whose names it takes, those of the server included", () => {
    const { migration } = read(
      "NameVirtualHost *\n<VirtualHost *:82>\nServerAlias ?.example\n</VirtualHost>",
      "<VirtualHost *>\n</VirtualHost>",
      "<VirtualHost *>\nServerName b.example\n</VirtualHost>",
      "<VirtualHost *>\nServerName bb.example\n</VirtualHost>",
    );
    const about = migration.notes.filter(({ decides }) => decides).map((note) => note.about?.line);
    expect(about).toEqual([8, 10]);
  });
});

test("a host without a name keeps that of the server when it loses its address for all", () => {
  const { text } = migrateText(
    "ServerName main.example\nNameVirtualHost 10.0.0.2:80\n<VirtualHost 10.0.0.2>\n</VirtualHost>\n<VirtualHost *:*>\n</VirtualHost>\n<VirtualHost 10.0.0.2:80 _default_:81>\n</VirtualHost>\n",
  );
  expect(text).toContain("<VirtualHost 10.0.0.2:80>\n    ServerName main.example\n</VirtualHost>");
});

const addresses = ["10.0.0.1", "10.0.0.2", "*", "_default_"];
const ports = ["", ":80", ":81", ":*"];
const names = ["a.example", "b.example", "c.example"];

function hosts(random: Random): string {
  const { pick, some } = random;
  const address = (): string => pick(addresses) + pick(ports);
  const lines = some(0, 3, () => `NameVirtualHost ${pick(addresses.slice(0, 3)) + pick(ports)}`);
  const hostLines = some(1, 5, () => [
    `<VirtualHost ${some(1, 2, address).join(" ")}>`,
    ...(random.chance(0.85) ? [`ServerName ${pick(names)}`] : []),
    ...(random.chance(0.15) ? [`ServerAlias ${pick(["*.example", "?.example", "d.example"])}`] : []),
    "</VirtualHost>",
  ]);
  return ["Listen 80", "Listen 81", "Listen 82", "ServerName main.example", ...lines, ...hostLines.flat(), ""].join(
    "\n",
  );
}

describe("each address, port and name leads to the same virtual host", () => {
  const seeds = Array.from({ length: 150 }, (_, index) => 500 + index);

  test.each(["1.3", "2.2"] as const)("read as httpd %s", (dialect) => {
    let compared = 0;
    for (const seed of seeds) {
      const text = hosts(seededRandom(seed));
      const { config, migration } = migrateText(text, { dialect });
      // What 2.4 cannot say is reported.
      if (migration.notes.some(({ decides }) => decides)) continue;
      compared += 1;
      const output = compile(readOutput(migration.files, [])).table;
      const old = compile(config).table;
      const fromOutput = new Map(
        migration.files[0]?.lines.flatMap(({ text: line, from }, index) =>
          line.startsWith("<VirtualHost") ? [[index + 1, from?.line] as const] : [],
        ),
      );
      const lineOf = (table: typeof old, localAddress: string, localPort: number, host: string): number | null => {
        const client = { address: "192.0.2.1", protocol: "HTTP/1.1", headers: [] } as const;
        const match = createRouter(table).route({ localAddress, localPort, host, target: "/", method: "GET", client });
        return match.host === null ? null : (table.hosts[match.host]?.place?.line ?? null);
      };
      for (const address of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) {
        for (const port of [80, 81, 82]) {
          for (const name of [...names, "d.example", "main.example", "unknown.example", "10.0.0.1"]) {
            const before = lineOf(old, address, port, name);
            const now = lineOf(output, address, port, name);
            const seen = now === null ? null : fromOutput.get(now);
            if (seen !== before) {
              throw new Error(`${address}:${port} ${name} was line ${before}, is ${seen}\n${text}`);
            }
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(seeds.length * 0.9);
  });
});
