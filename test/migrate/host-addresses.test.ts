import { compile } from "../../src/compile/compile.ts";
import { readOutput } from "../../src/migrate/apache24/check-output.ts";
import { createRouter } from "../../src/routing/router.ts";
import { seededRandom, type Random } from "../differential/random.ts";
import { migrateText } from "./support.ts";

const addresses = ["10.0.0.1", "10.0.0.2", "*", "_default_"];
const ports = ["", ":80", ":81", ":*"];
const names = ["a.example", "b.example", "c.example"];

function hosts(random: Random): string {
  const { pick, some } = random;
  const address = (): string => pick(addresses) + pick(ports);
  const lines = some(0, 3, () => `NameVirtualHost ${pick(addresses.slice(0, 3)) + pick(ports)}`);
  const hostLines = some(1, 5, () => [
    `<VirtualHost ${some(1, 2, address).join(" ")}>`,
    `ServerName ${pick(names)}`,
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
          for (const name of [...names, "unknown.example"]) {
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
