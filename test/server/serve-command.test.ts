import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/cli/commands/serve.ts";
import { startBackend, eventually, stopAll } from "../proxy/support.ts";
import { ask, fakeTerminal, folderWith, globalOptions, tableOf } from "./support.ts";

afterEach(stopAll);

const plain = "ServerName front\nDocumentRoot FOLDER/htdocs\nListen 127.0.0.1:PORT\n";

/** A folder with a configuration for a port that nobody uses now. */
async function configured(text = plain): Promise<{ folder: string; port: number; conf: string }> {
  const taken = await startBackend("only for its port");
  taken.server.close();
  const folder = folderWith({ "htdocs/index.html": "home\n" });
  const conf = join(folder, "httpd.conf");
  writeFileSync(conf, text.replaceAll("FOLDER", folder).replaceAll("PORT", String(taken.port)));
  return { folder, port: taken.port, conf };
}

test("serves a configuration until it is asked to stop, and says what it does", async () => {
  const { conf, port } = await configured(`${plain}ExpiresActive On\n`);
  const { terminal, output, stop } = fakeTerminal();
  const running = run(conf, {}, globalOptions, terminal);
  await eventually(() => output().includes("listens on"), "it has started");
  expect((await ask(port, "/")).body).toBe("home\n");
  stop();
  expect(await running).toBe(0);
  expect(output()).toContain(`listens on 127.0.0.1:${port}`);
  expect(output()).toMatch(/Not honoured\n {2}.*httpd\.conf:4 {2}ExpiresActive On\n/);
  await expect(ask(port, "/")).rejects.toThrow(/ECONNREFUSED/);
});

test("being asked to reload while it starts is done once it runs", async () => {
  const { conf, port } = await configured();
  const { terminal, output, stop } = fakeTerminal();
  let asked = 0;
  const onReload = (listener: () => void) => {
    asked += 1;
    listener();
    return () => undefined;
  };
  const running = run(conf, {}, globalOptions, { ...terminal, onReload });
  // Somebody listens before anything else is done.
  expect([asked, output()]).toEqual([1, ""]);
  await eventually(() => output().includes("the configuration was read again"), "it has reloaded");
  expect(output().indexOf("listens on")).toBeLessThan(output().indexOf("was read again"));
  expect((await ask(port, "/")).body).toBe("home\n");
  stop();
  expect(await running).toBe(0);
});

test("serves a compiled table", async () => {
  const { folder, conf, port } = await configured();
  const text = plain.replaceAll("FOLDER", folder).replaceAll("PORT", String(port));
  const table = join(folder, "table.json");
  writeFileSync(table, JSON.stringify(tableOf(text, folder)));
  const { terminal, output, stop } = fakeTerminal(folder);
  const running = run("table.json", {}, globalOptions, terminal);
  await eventually(() => output().includes("listens on"), "it has started");
  expect((await ask(port, "/")).body).toBe("home\n");
  stop();
  expect(await running).toBe(0);
  expect(conf).toContain(folder);
});

test.each([
  ["cut off", (json: string) => json.slice(0, -20), /cut off/],
  ["of another version", (json: string) => json.replace('"version":1', '"version":99'), /version 99/],
  ["of something else", () => '{"name":"package"}', /no routing table/],
])("a table that is %s is refused", async (_what, damage, message) => {
  const folder = folderWith({});
  const json = JSON.stringify(tableOf("Listen 127.0.0.1:1\nServerName a\n", folder));
  writeFileSync(join(folder, "table.json"), damage(json));
  const { terminal } = fakeTerminal(folder);
  await expect(run("table.json", {}, globalOptions, terminal)).rejects.toThrow(message);
});

test("a file that is not there is a usage error", async () => {
  await expect(run("none.conf", {}, globalOptions, fakeTerminal().terminal)).rejects.toMatchObject({
    name: "UsageError",
  });
});

describe("lines that decide who gets what and are not honoured", () => {
  const deciding = `${plain}<Location /secret>\nAuthType Digest\nAuthName x\nRequire valid-user\n</Location>\n`;

  test("keep it from starting, each with its line", async () => {
    const { conf, port } = await configured(deciding);
    const { terminal, output } = fakeTerminal();
    expect(await run(conf, {}, globalOptions, terminal)).toBe(1);
    expect(output()).toMatch(/httpd\.conf:5 {2}AuthType Digest/);
    await expect(ask(port, "/")).rejects.toThrow(/ECONNREFUSED/);
  });

  test("are still closed when it starts all the same", async () => {
    const { conf, port } = await configured(deciding);
    const { terminal, output, stop } = fakeTerminal();
    const running = run(conf, { allowUnenforced: true }, globalOptions, terminal);
    await eventually(() => output().includes("listens on"), "it has started");
    expect(output()).toMatch(/NOT ENFORCED.*\n[^]*AuthType Digest/);
    expect((await ask(port, "/secret")).status).toBe(500);
    stop();
    expect(await running).toBe(0);
  });
});

test("a port in use is one message that names it, and 1", async () => {
  const other = await startBackend("other");
  const folder = folderWith({});
  writeFileSync(join(folder, "httpd.conf"), `ServerName a\nListen 127.0.0.1:${other.port}\n`);
  const { terminal, output } = fakeTerminal(folder);
  expect(await run("httpd.conf", {}, globalOptions, terminal)).toBe(1);
  const message = output()
    .split("\n")
    .find((line) => line.includes("in use"));
  expect(message).toMatch(new RegExp(`127\\.0\\.0\\.1:${other.port} \\(.*httpd\\.conf:2\\)`));
  expect(output()).not.toMatch(/^ +at /m);
});

describe("--check", () => {
  test("starts nothing and is fine with what can be served", async () => {
    const { conf, port } = await configured();
    const { terminal, output } = fakeTerminal();
    expect(await run(conf, { check: true }, globalOptions, terminal)).toBe(0);
    expect(output()).toContain("can be served");
    await expect(ask(port, "/")).rejects.toThrow(/ECONNREFUSED/);
  });

  test("names ports, logs, secrets and folders that will not do, all at once", async () => {
    const other = await startBackend("other");
    const folder = folderWith({});
    writeFileSync(
      join(folder, "httpd.conf"),
      `ServerName a
Listen 127.0.0.1:${other.port}
DocumentRoot ${folder}/none
CustomLog ${folder}/none/access.log common
PidFile ${folder}/none/httpd.pid
<IfModule mod_backhand_ng.c>
BackhandStatsSecret ${folder}/none/secret
BackhandLocal ftp://127.0.0.1/
</IfModule>
`,
    );
    const { terminal, output } = fakeTerminal(folder);
    expect(await run("httpd.conf", { check: true }, globalOptions, terminal)).toBe(1);
    for (const part of ["in use", "access.log", "httpd.pid", "none/secret", "BackhandLocal", "warning  DocumentRoot"]) {
      expect(output()).toContain(part);
    }
  });
});
