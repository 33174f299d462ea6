import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage } from "node:http";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as runCtl } from "../../src/cli/commands/ctl.ts";
import type { ControlCommand } from "../../src/cli/commands/ctl.ts";
import { run as runServe } from "../../src/cli/commands/serve.ts";
import { run as runStatus } from "../../src/cli/commands/status.ts";
import { run as runExplain } from "../../src/cli/commands/explain.ts";
import { eventually, onStop, startBackend, stopAll } from "../proxy/support.ts";
import { encodeAnnouncement } from "../../src/stats/packet.ts";
import { announcement } from "../support/announcement.ts";
import { ask, clusterLines, fakeTerminal, folderWith, globalOptions, startTestServer, tableOf } from "./support.ts";

afterEach(stopAll);

/** A server with a control socket, steered by the commands. */
async function served(lines: string) {
  const folder = folderWith({ "htdocs/index.html": "home\n", "run/x": "" });
  const taken = await startBackend("only for its port");
  taken.server.close();
  const conf = join(folder, "httpd.conf");
  const head = `ServerRoot ${folder}\nServerName front\nDocumentRoot ${folder}/htdocs\nUnixSocketDir ${folder}/run\n`;
  const write = (text: string) => {
    writeFileSync(conf, `${head}Listen 127.0.0.1:${taken.port}\n${clusterLines}${text}`);
  };
  write(lines);
  const reloads = new Set<() => void>();
  const serving = fakeTerminal(folder);
  const onReload = (listener: () => void) => {
    reloads.add(listener);
    return () => reloads.delete(listener);
  };
  const running = runServe(conf, {}, globalOptions, { ...serving.terminal, onReload });
  onStop(async () => {
    serving.stop();
    await running;
  });
  await eventually(() => serving.output().includes("listens on"), "it has started");
  const socket = { conf };
  const post = async (id: string, port: number) => {
    const body = Buffer.from(encodeAnnouncement(announcement({ id, port }))).toString("latin1");
    const answer = await ask(taken.port, "/heartbeat", { method: "POST", body });
    if (answer.status !== 200) throw new Error(answer.body);
  };
  const said = async (runs: (terminal: ReturnType<typeof fakeTerminal>["terminal"]) => Promise<number>) => {
    const { terminal, output } = fakeTerminal(folder);
    return [await runs(terminal), output()] as const;
  };
  return {
    port: taken.port,
    folder,
    write,
    running,
    serving,
    post,
    signal: () => {
      for (const reload of reloads) reload();
    },
    ctl: (command: ControlCommand) => said((terminal) => runCtl(command, socket, globalOptions, terminal)),
    status: () => said((terminal) => runStatus({ ...socket, format: "text" }, globalOptions, terminal)),
    explain: (url: string) =>
      said((terminal) =>
        runExplain(
          conf,
          url,
          { live: true, method: "GET", header: [], format: "text", connect: `127.0.0.1:${taken.port}` },
          globalOptions,
          terminal,
        ),
      ),
  };
}

const posts = "BackhandStatsBus http\n";
const app = "<Location /app>\nBackhand removeSelf\nBackhand byLoad\n</Location>\n";

describe("the commands that steer a server", () => {
  test("status tells what it knows, and ctl stop ends it", async () => {
    const { status, ctl, running, post, port } = await served(`${posts}ExpiresActive On\n`);
    await post("web1", 8080);
    const [code, text] = await status();
    expect(code).toBe(0);
    expect(text).toMatch(/^front at 127\.0\.0\.1, backhand /);
    expect(text).toContain(`listens on 127.0.0.1:${port}`);
    expect(text).toMatch(/\nweb1 +127\.0\.0\.1:8080 +up +0\.\d s +8 /);
    expect(text).toMatch(/\nnot honoured: .*httpd\.conf:\d+ {2}ExpiresActive On\n/);
    expect(await ctl({ kind: "stop" })).toEqual([0, "backhand: it finishes what runs, and stops\n"]);
    expect(await running).toBe(0);
    const [gone, why] = await status();
    expect([gone, why]).toEqual([1, expect.stringMatching(/No server answers at .*backhand\.sock: /)]);
  });

  test("a reload takes the new lines, by command and by signal; a bad one leaves the old with the reason", async () => {
    const { port, write, ctl, signal, serving } = await served("");
    expect((await ask(port, "/old")).status).toBe(404);
    write("Redirect /old http://new.example/\n");
    expect(await ctl({ kind: "reload" })).toEqual([0, "backhand: the configuration was read again\n"]);
    expect((await ask(port, "/old")).headers.location).toBe("http://new.example/");
    write("<Location /x>\nBackhand byLode\n</Location>\n");
    const [code, text] = await ctl({ kind: "reload" });
    expect(code).toBe(1);
    expect(text).toMatch(/The old configuration stays: .*byLode.*httpd\.conf:\d+/s);
    expect((await ask(port, "/old")).status).toBe(302);
    write("Timeout\n");
    expect((await ctl({ kind: "reload" }))[1]).toMatch(
      /stays: error +[^ ]*httpd\.conf:\d+ +Timeout takes one argument/,
    );
    write("<Location /x>\nAuthType Digest\nRequire valid-user\n</Location>\n");
    expect((await ctl({ kind: "reload" }))[1]).toMatch(/stays: .*decide who gets what.*AuthType Digest/s);
    write("Redirect /old http://newer.example/\n");
    signal();
    await eventually(() => serving.output().endsWith("the configuration was read again\n"), "it was read again");
    expect((await ask(port, "/old")).headers.location).toBe("http://newer.example/");
  });

  test("what a running process cannot change is said", async () => {
    const { write, ctl } = await served("");
    write("PidFile other.pid\n");
    expect((await ctl({ kind: "reload" }))[1]).toContain("PidFile takes effect after a restart");
  });

  test("a drained server gets no new requests, keeps its sessions until the deadline, and comes back", async () => {
    const sessions = "<Location /app>\nBackhand removeSelf\nBackhand bySession SID=\nBackhand byLoad\n</Location>\n";
    const { port, ctl, post, status } = await served(posts + sessions);
    const web1 = await startBackend("web1");
    await post("web1", web1.port);
    const with1 = { headers: { cookie: "SID=7f000001abc" } };
    expect((await ask(port, "/app/")).body).toContain("web1");
    expect((await ctl({ kind: "drain", id: "web1", sessionsSeconds: 60 }))[0]).toBe(0);
    expect((await status())[1]).toMatch(/\nweb1 +\S+ +drain /);
    expect((await ask(port, "/app/")).status).toBe(503);
    expect((await ask(port, "/app/", with1)).body).toContain("web1");
    // Its next announcement, which knows nothing of it, does not bring it back.
    await post("web1", web1.port);
    expect((await ask(port, "/app/")).status).toBe(503);
    await ctl({ kind: "drain", id: "web1", sessionsSeconds: 0 });
    expect((await ask(port, "/app/", with1)).status).toBe(503);
    await ctl({ kind: "undrain", id: "web1" });
    expect((await ask(port, "/app/")).body).toContain("web1");
    expect(await ctl({ kind: "drain", id: "web7", sessionsSeconds: 1 })).toEqual([
      1,
      'backhand: No server has the name "web7"\n',
    ]);
  });

  test("explain --live shows the decision function by function", async () => {
    const { explain, post, port } = await served(posts + app);
    await post("web1", 8081);
    const [code, text] = await explain(`http://front:${port}/app/x`);
    expect([code, text]).toEqual([
      0,
      expect.stringMatching(/\n2 byLoad {2}.*httpd\.conf:\d+\n {2}web1 {2}age 0\.\d s, load /),
    ]);
    expect(text).toMatch(/\nChosen {8}web1\n$/);
    expect((await explain(`http://front:${port}/`))[1]).toBe("Not balanced: no candidacy functions here\n");
  });
});

describe("a reload under load", () => {
  test("a hundred of them cut no request and leave no connection behind", async () => {
    const backends = await Promise.all(["web1", "web2"].map((id) => startBackend(id)));
    const { server, port, folder, announce } = await startTestServer(clusterLines + app);
    for (const backend of backends) announce(backend);
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    onStop(() => {
      agent.destroy();
      return Promise.resolve();
    });
    let running = true;
    const statuses = new Map<number, number>();
    const client = async () => {
      while (running) {
        const outgoing = httpRequest({ port, host: "127.0.0.1", path: "/app/x", agent });
        const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
        outgoing.end();
        const [answer] = await answered;
        answer.resume();
        await once(answer, "end");
        statuses.set(answer.statusCode ?? 0, (statuses.get(answer.statusCode ?? 0) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: 8 }, client);
    const text = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n${clusterLines}${app}`;
    const compiled = tableOf(text, folder);
    const table = { ...compiled, listen: [{ address: "127.0.0.1", port: 0, place: null }] };
    for (let turn = 0; turn < 100; turn += 1) {
      expect(await server.reload({ table, accessFiles: null })).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    running = false;
    await Promise.all(clients);
    expect([...statuses.keys()]).toEqual([200]);
    expect(statuses.get(200)).toBeGreaterThan(100);
    // The connections of the engines that are gone are closed, those of the last one are few.
    await eventually(() => backends.every(({ sockets }) => sockets.size <= 9), "old connections are closed");
    expect(server.addresses[0]?.port).toBe(port);
  });

  test("a request that runs ends with the configuration that it began with", async () => {
    let release: () => void = () => undefined;
    const slow = await startBackend("web1", (_request, response) => {
      response.write("first ");
      release = () => response.end("last");
    });
    const { server, port, folder, announce } = await startTestServer(clusterLines + app);
    announce(slow);
    const answer = ask(port, "/app/x");
    await eventually(() => server.busy() === 1, "it is there");
    const text = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n${clusterLines}Redirect /app http://gone.example/\n`;
    const table = { ...tableOf(text, folder), listen: [{ address: "127.0.0.1", port: 0, place: null }] };
    await server.reload({ table, accessFiles: null });
    expect((await ask(port, "/app/x")).status).toBe(302);
    release();
    expect(await answer).toMatchObject({ status: 200, body: "first last" });
  });

  test("ports that are gone are closed, new ones open, and a port that cannot be opened changes nothing", async () => {
    const { server, port, folder } = await startTestServer("");
    const table = tableOf(
      `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n`,
      folder,
    );
    const taken = await startBackend("taken");
    const at = (...ports: number[]) => ports.map((each) => ({ address: "127.0.0.1", port: each, place: null }));
    await expect(server.reload({ table: { ...table, listen: at(0, taken.port) }, accessFiles: null })).rejects.toThrow(
      /in use/,
    );
    expect((await ask(port, "/")).status).toBe(200);
    const free = await startBackend("free");
    free.server.close();
    await server.reload({ table: { ...table, listen: at(free.port) }, accessFiles: null });
    expect((await ask(free.port, "/")).status).toBe(200);
    await expect(ask(port, "/")).rejects.toThrow(/ECONNREFUSED/);
  });

  test("another cluster is joined, and its servers are known before the old one is left", async () => {
    const { server, folder, announce } = await startTestServer(clusterLines);
    announce(await startBackend("web1"));
    expect(server.cluster.members()).toHaveLength(2);
    rmSync(join(folder, "none"), { force: true });
    const other = clusterLines.replace("127.0.0.0/8", "127.0.0.0/9");
    const text = `ServerRoot ${folder}\nListen 127.0.0.1:1\nServerName front\nDocumentRoot ${folder}/htdocs\n${other}`;
    const table = { ...tableOf(text, folder), listen: [{ address: "127.0.0.1", port: 0, place: null }] };
    const before = server.cluster;
    await server.reload({ table, accessFiles: null });
    expect(server.cluster).not.toBe(before);
    expect(server.transports).toHaveLength(1);
  });
});
