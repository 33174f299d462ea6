import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runCommandLine } from "../../src/cli/program.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import type { OutputFile } from "../../src/migrate/verdict.ts";
import { makeSandbox } from "../../src/migrate/verify/sandbox.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { backends, OwnAddress, runCluster, whyNoCluster } from "./cluster-scene.ts";
import { migrateConfig, modulesDirectory } from "./support.ts";

const root = join(import.meta.dirname, "..", "..");
const members = backends.map((address) => ({ address, port: 80 }));
const page = "usr/local/www/htdocs/app/index.html";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

function migrateAt(path: string, given = members): readonly OutputFile[] {
  const config = readWithAllDefines({ path, fileSystem: nodeFileSystem, dialect: "1.3" });
  return migrateConfig(config, "apache2.4", { backends: given }).files;
}

function place(files: readonly OutputFile[], name: string, address: string): void {
  const { files: paths } = makeSandbox(files, join(folder.path, name), "check", new OwnAddress(address));
  mkdirSync(join(paths, "usr/local/www/htdocs"), { recursive: true });
  if (name !== "balancer") folder.write(join(name, "files", page), `${address}\n`);
}

/** A server of 2.4 that is not made from any old file, and includes what the balancer's migration wrote for it. */
function placeNewServer(written: readonly OutputFile[], address: string): void {
  const own = [
    "Listen 80",
    "ServerName backend.example",
    ...["mpm_event", "authz_core", "dir"].map((name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so`),
    "DocumentRoot /usr/local/www/htdocs",
    'Include "${CONFIG_DIR}/backend.conf"',
  ];
  const main: OutputFile = { path: "httpd.conf", lines: own.map((text) => ({ text, from: null, why: "" })) };
  place([main, ...written.filter(({ path }) => path === "backend.conf")], address, address);
}

/** A client asks without a pause while a server is killed between two requests. */
const killOne = `
const early = await wait("/app/index.html");
const failed = [];
const end = Date.now() + 8000;
const killAt = Date.now() + 2000;
let requests = 0;
let isKilled = false;
while (Date.now() < end) {
  if (Date.now() > killAt && !isKilled) {
    isKilled = true;
    await kill("10.77.0.12");
  }
  const { status } = await ask("/app/index.html");
  requests += 1;
  if (status !== 200) failed.push(status);
}
const late = new Set();
for (let count = 0; count < 60; count += 1) late.add((await ask("/app/index.html")).text);
console.log(JSON.stringify({ early, failed, requests, late: [...late].sort() }));
`;

interface Killed {
  readonly early: readonly string[];
  readonly failed: readonly number[];
  readonly requests: number;
  readonly late: readonly string[];
}

const reason = whyNoCluster();

describeIf(reason === null, reason ?? "")("a mod_backhand cluster as a cluster of Apache 2.4", () => {
  const noneLost = { early: backends, failed: [], late: ["10.77.0.11", "10.77.0.13"] };

  test("hears all members, and loses no request when one is killed", async () => {
    for (const address of backends) {
      place(migrateAt(join(root, "fixtures", "wlug-backend", "httpd.conf")), address, address);
    }
    place(migrateAt(join(root, "fixtures", "wlug-balancer", "httpd.conf")), "balancer", "10.77.0.1");
    const result = (await runCluster(folder, killOne)) as Killed;
    expect(result).toMatchObject(noneLost);
    expect(result.requests).toBeGreaterThan(100);
  }, 120_000);

  test("keeps sessions by bySession on their member, and gives them to another one when it is killed", async () => {
    const path = folder.write(
      "old.conf",
      readFileSync(join(root, "fixtures", "wlug-balancer", "httpd.conf"), "utf8").replace(
        "    Backhand byRandom\n",
        "    Backhand bySession SID=\n    Backhand byRandom\n",
      ),
    );
    const files = migrateAt(path);
    for (const address of backends) placeNewServer(files, address);
    place(files, "balancer", "10.77.0.1");
    const result = await runCluster(
      folder,
      `
const early = await wait("/app/index.html");
const path = "/app/index.html";
const kinds = {
  cookie: (id) => ask(path, { Cookie: "lang=en; SID=" + id + "f00dcafe" }),
  quoted: (id) => ask(path, { Cookie: 'SID="' + id.toUpperCase() + 'f00dcafe"; other=1' }),
  query: (id) => ask(path + "?a=b&SID=" + id + "f00dcafe"),
  semicolon: (id) => ask(path + "?a=b;SID=" + id),
  otherName: (id) => ask(path, { Cookie: "XSID=" + id }),
};
const ids = ["0a4d000b", "0a4d000c", "0a4d000d"];
const seen = {};
for (const [name, ask] of Object.entries(kinds)) {
  seen[name] = [];
  for (const id of ids) {
    const answers = new Set();
    for (let count = 0; count < 15; count += 1) answers.add((await ask(id)).text);
    seen[name].push([...answers].sort().join(" "));
  }
}
await kill("10.77.0.12");
const moved = [];
for (let count = 0; count < 50; count += 1) moved.push(await kinds.cookie(ids[1]));
const stayed = [];
for (let count = 0; count < 20; count += 1) stayed.push((await kinds.cookie(ids[2])).text);
console.log(JSON.stringify({ early, seen, failed: moved.filter(({ status }) => status !== 200).length, moved: [...new Set(moved.map(({ text }) => text))].sort(), stayed: [...new Set(stayed)] }));
`,
    );
    expect(result).toMatchObject({
      early: backends,
      seen: { cookie: backends, quoted: backends, query: backends, semicolon: backends },
      failed: 0,
      stayed: ["10.77.0.13"],
    });
    const { moved, seen } = result as {
      readonly moved: readonly string[];
      readonly seen: { readonly otherName: readonly string[] };
    };
    expect(moved).not.toContain("10.77.0.12");
    expect(seen.otherName).not.toEqual(backends);
  }, 120_000);

  describeIfShared("made from the page that mod_backhand's users copied from", () => {
    test("after lint --fix, with the lines that the wiki lost, loses no request when a server is killed", async () => {
      const path = folder.write("httpd.conf", readFileSync(sharedPath("seeds", "ModBackhandExample.txt")));
      const code = await runCommandLine(["lint", "--fix", path], {
        stdout: () => {},
        stderr: () => {},
        color: false,
        columns: 80,
        cwd: folder.path,
        env: {},
        stdin: () => Promise.resolve(new Uint8Array()),
        stopped: () => new Promise(() => {}),
      });
      expect(code).toBe(0);
      const repaired = readFileSync(path, "utf8");
      const lost = "# Missing here, lost by the wiki: MulticastStats address:port,ttl and AcceptStats network";
      expect(repaired).toContain(lost);
      // "Don't forget to make sure your DocumentRoot is right", says the page.
      expect(repaired).toContain("\nDocumentRoot /usr/local/www/data\n");
      const filled = repaired
        .replaceAll(lost, "MulticastStats 239.255.44.45:4445,1\nAcceptStats 10.77.0.0/24")
        .replace("\nDocumentRoot /usr/local/www/data\n", "\nDocumentRoot /usr/local/www/htdocs\n");
      writeFileSync(path, filled);
      const files = migrateAt(path);
      for (const address of backends) placeNewServer(files, address);
      place(files, "balancer", "10.77.0.1");
      const result = (await runCluster(folder, killOne)) as Killed;
      expect(result).toMatchObject(noneLost);
      expect(result.requests).toBeGreaterThan(100);
    }, 120_000);
  });
});
