import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { describeIf } from "../support/shared.ts";
import { hasApache, judge, modulesFolder } from "./ask-apache.ts";
import { valueCases } from "./module-values.ts";
import { refusals } from "./oracle.ts";
import { read } from "./reading.ts";
import { preamble, snippetModules } from "./snippets.ts";

const { takes, refuses } = valueCases();

const modules = (
  "ssl session cache socache_shmcb deflate brotli dav cgid auth_digest auth_form cache_disk cache_socache socache_memcache " +
  "proxy_balancer proxy_connect proxy_fcgi proxy_html xml2enc slotmem_shm reqtimeout request substitute ext_filter usertrack " +
  "session_cookie dbd heartmonitor watchdog http2 log_debug lua"
)
  .split(" ")
  // Built in.
  .filter((name) => name !== "watchdog");

describe("Values of the directives of modules", () => {
  const ours = (text: string): number => refusals(read(text, "2.4"), memoryFileSystem({})).length;
  test.each(takes)("%j is taken", (text) => {
    expect(ours(text)).toBe(0);
  });
  test.each(refuses)("%j is refused", (text) => {
    expect(ours(text)).toBeGreaterThan(0);
  });
});

describeIf(hasApache([...snippetModules, ...modules]), "apache2 2.4 with its modules is not installed")(
  "The installed apache2 says the same",
  () => {
    const root = mkdtempSync(join(tmpdir(), "values-"));
    const path = join(root, "t.conf");
    const loads = modules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`);
    const before = preamble(root, modulesFolder) + loads.join("");
    const offset = before.split("\n").length - 1;
    afterAll(() => {
      rmSync(root, { recursive: true });
    });

    test("of what is taken", async () => {
      writeFileSync(path, before + takes.join(""));
      expect(await judge(path, offset)).toEqual({ accepted: true, line: null, difference: null });
    });

    test("of each that is refused", async () => {
      const differences: string[] = [];
      for (const text of refuses) {
        writeFileSync(path, before + text);
        const { accepted, difference } = await judge(path, offset);
        if (accepted || difference !== null) differences.push(`${text}${difference ?? "is accepted"}`);
      }
      expect(differences).toEqual([]);
    }, 120_000);
  },
);
