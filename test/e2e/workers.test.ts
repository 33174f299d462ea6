import { chmodSync, readFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { eventually, onStop, startBackend, stopAll } from "../proxy/support.ts";
import { ask, folderWith } from "../server/support.ts";
import { certificateFor } from "../support/certificates.ts";
import { askSecure, sessionOf } from "../server/tls/support.ts";
import { runCli } from "../support/run-cli.ts";
import { startServe } from "../support/serve-process.ts";
import { describeIf } from "../support/shared.ts";

afterEach(stopAll);

const app = `BackhandWorkers 3
LogFormat "%P %>s %{backhand-server}n" short
CustomLog access.log short
<Location /app>
Backhand removeSelf
Backhand byRandom
</Location>
<Location /status>
SetHandler backhand-handler
</Location>
`;

/** Clients that keep their connections; `end` gives how often each status came, 0 for requests that broke. */
function startClients(port: number, count: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  onStop(() => {
    agent.destroy();
    return Promise.resolve();
  });
  const statuses = new Map<number, number>();
  let running = true;
  const client = async (): Promise<void> => {
    while (running) {
      let status = 0;
      try {
        const outgoing = httpRequest({ port, host: "127.0.0.1", path: "/app/x", agent });
        const answered = once(outgoing, "response") as Promise<[IncomingMessage]>;
        outgoing.end();
        const [answer] = await answered;
        answer.resume();
        await once(answer, "end");
        status = answer.statusCode ?? 0;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const clients = Array.from({ length: count }, client);
  return {
    statuses,
    end: async () => {
      running = false;
      await Promise.all(clients);
      return Object.fromEntries(statuses);
    },
  };
}

const pids = (workers: readonly { readonly pid: number }[]) => workers.map(({ pid }) => pid).sort();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("announcements reach all workers, and the status page of each is about all of them", async () => {
  const web1 = await startBackend("web1");
  const { port, announce, status, lines } = await startServe(app);
  await announce("web1", web1.port);
  // Each connection comes to another worker.
  for (let turn = 0; turn < 12; turn += 1) expect((await ask(port, "/app/x")).status).toBe(200);
  await eventually(async () => (await status()).members[1]?.requests === 12, "all requests are counted");
  const { server } = await status();
  await eventually(() => lines("access.log").length === 13, "all lines are written");
  const used = lines("access.log").filter((line) => line.endsWith(" 200 web1"));
  expect([...new Set(used.map((line) => Number(line.split(" ")[0])))].sort()).toEqual(pids(server.workers));
  const metrics = await Promise.all([1, 2, 3].map(() => ask(port, "/status/metrics")));
  for (const { body } of metrics) expect(body).toContain('backhand_member_requests_total{member="web1"} 12\n');
});

test("a worker that is killed costs the requests that it had, and another takes its place", async () => {
  const web1 = await startBackend("web1");
  const { port, announce, status, output } = await startServe(app);
  await announce("web1", web1.port);
  const before = pids((await status()).server.workers);
  const { statuses, end } = startClients(port, 9);
  await eventually(() => (statuses.get(200) ?? 0) > 50, "clients are served");
  const [victim = 0] = before;
  process.kill(victim, "SIGKILL");
  await eventually(async () => {
    const now = pids((await status()).server.workers);
    return now.length === 3 && !now.includes(victim);
  }, "there are three again");
  const now = statuses.get(200) ?? 0;
  await eventually(() => (statuses.get(200) ?? 0) > now + 50, "clients are served again");
  const { 200: served = 0, 0: broken = 0, ...others } = await end();
  expect(others).toEqual({});
  // Three connections were with it; each is lost with at most one request, and once more when it was idle just then.
  expect(broken).toBeLessThanOrEqual(6);
  expect(served).toBeGreaterThan(100);
  await eventually(async () => (await status()).members[1]?.inflight === 0, "its requests are forgotten");
  expect(output()).toMatch(new RegExp(`The worker ${victim} ended by SIGKILL; another one takes its place`));
});

test("a reload reaches all workers or none, and cuts no request", async () => {
  const web1 = await startBackend("web1");
  const { port, announce, control, write } = await startServe(app);
  await announce("web1", web1.port);
  const { statuses, end } = startClients(port, 6);
  await eventually(() => (statuses.get(200) ?? 0) > 20, "clients are served");
  const redirects = async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask(port, "/old")));
    return [...new Set(answers.map(({ headers }) => headers.location))];
  };
  for (let turn = 0; turn < 10; turn += 1) {
    write(`${app}Redirect /old http://new${turn}.example/\n`);
    expect((await control("/reload")).status).toBe(200);
    expect(await redirects()).toEqual([`http://new${turn}.example/`]);
  }
  const taken = await startBackend("has the port");
  write(`${app}Redirect /old http://never.example/\nListen 127.0.0.1:${taken.port}\n`);
  expect(await control("/reload")).toMatchObject({
    status: 409,
    body: { message: expect.stringMatching(/The old configuration stays: .*in use/) as unknown },
  });
  expect(await redirects()).toEqual(["http://new9.example/"]);
  const given = await end();
  expect(Object.keys(given)).toEqual(["200"]);
});

test("what one worker sees fail counts in all: an ejection, a drained server", async () => {
  const good = await startBackend("good");
  const bad = await startBackend("bad", (_request, response) => {
    response.writeHead(503).end();
  });
  const { port, announce, status, control } = await startServe(`BackhandHealth failures=4 eject=60\n${app}`);
  await announce("good", good.port);
  await announce("bad", bad.port);
  await eventually(async () => {
    await ask(port, "/app/x");
    return (await status()).members.some(({ ejection }) => ejection !== null);
  }, "the bad one is ejected");
  const ejected = (await status()).members.find(({ id }) => id === "bad");
  // A worker hears of failures elsewhere within some hundredths of a second.
  expect(ejected?.errors).toBeLessThanOrEqual(8);
  expect(ejected?.ejection?.reason).toMatch(/requests in a row failed, the last one: it answered 503$/);
  await eventually(async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => ask(port, "/app/x")));
    return answers.every((answer) => answer.status === 200);
  }, "no worker asks it");
  expect((await control("/drain", { id: "good", sessions: 0 })).status).toBe(200);
  // Nobody else is left but the one that fails.
  const answers = await Promise.all(Array.from({ length: 9 }, () => ask(port, "/app/x")));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([503]));
});

test("MaxClients holds for all workers together, and the status page counts the places of all", async () => {
  const open: ServerResponse[] = [];
  let most = 0;
  const slow = await startBackend("slow", (_request, response) => {
    most = Math.max(most, open.push(response));
  });
  const { port, announce, status } = await startServe(`MaxClients 6\n${app}`);
  await announce("slow", slow.port);
  const answers = Array.from({ length: 18 }, () => ask(port, "/app/x"));
  let waited = 0;
  // A busy machine may give one worker fewer connections than it has places.
  await eventually(async () => {
    const { taken = 0, waiting = 0 } = (await status()).places ?? {};
    waited = waiting;
    return taken + waiting === 18;
  }, "some are served, the others wait");
  expect(waited).toBeGreaterThanOrEqual(12);
  for (let turn = 0; turn < 18; turn += 1) {
    await eventually(() => open.length > 0, "the next is served");
    open.shift()?.end("late");
  }
  expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(Array.from({ length: 18 }, () => "late"));
  expect(most).toBeLessThanOrEqual(6);
  await eventually(async () => (await status()).places?.taken === 0, "all places are free");
  const [worker] = (await status()).server.workers;
  process.kill(worker?.pid ?? 0, "SIGKILL");
  await eventually(async () => (await status()).server.workers.every(({ pid }) => pid !== worker?.pid), "it is gone");
  expect((await status()).places).toEqual({ limit: 6, taken: 0, waiting: 0, waited, refused: 0 });
});

test.each([
  ["with a key file all take up each other's sessions", "SSLSessionTicketKeyFile FOLDER/tickets\n", true],
  ["without one each takes up its own only", "", false],
])("TLS: %s", async (_what, keys, others) => {
  const { cert, key } = await certificateFor("front");
  const { port, lines } = await startServe(
    `BackhandWorkers 3\nSSLEngine on\nSSLCertificateFile FOLDER/front.pem\n${keys}LogFormat "%P" worker\nCustomLog access.log worker\n`,
    { files: { "front.pem": cert + key, tickets: "k".repeat(48) } },
  );
  const session = await sessionOf(port, { servername: "front" });
  if (session === null) throw new Error("no session");
  const reused: boolean[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    reused.push((await askSecure(port, { servername: "front", session })).reused);
    // Each line of the log belongs to one connection.
    await eventually(() => lines("access.log").length === turn + 2, "it is logged");
  }
  const [first, ...workers] = lines("access.log");
  expect(new Set(workers).size).toBe(3);
  expect(reused).toEqual(workers.map((worker) => others || worker === first));
});

test("stops as one: what runs is finished, and nobody is left", async () => {
  const slow = await startBackend("slow", (_request, response) => {
    setTimeout(() => response.end("late"), 600);
  });
  const { port, announce, status, pid, ended } = await startServe(app);
  await announce("slow", slow.port);
  const workers = pids((await status()).server.workers);
  const answers = Array.from({ length: 6 }, () => ask(port, "/app/x"));
  await eventually(async () => (await status()).server.busy === 6, "they are there");
  process.kill(pid, "SIGTERM");
  expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(Array.from({ length: 6 }, () => "late"));
  expect(await ended).toBe(0);
  expect(workers.filter(isAlive)).toEqual([]);
});

test("workers whose primary was killed finish what runs and end", async () => {
  const slow = await startBackend("slow", (_request, response) => {
    setTimeout(() => response.end("late"), 600);
  });
  const { port, announce, status, pid } = await startServe(app);
  await announce("slow", slow.port);
  const workers = pids((await status()).server.workers);
  const answer = ask(port, "/app/x");
  await eventually(async () => (await status()).server.busy === 1, "it is there");
  process.kill(pid, "SIGKILL");
  expect((await answer).body).toBe("late");
  await eventually(() => !workers.some(isAlive), "they have ended");
});

test.each([
  ["a port in use", "Listen 127.0.0.1:TAKEN\n", /^backhand: Cannot listen on 127\.0\.0\.1:\d+ .*in use/m],
  ["an unknown user", "User nobody-of-that-name\n", /^backhand: Cannot become User nobody-of-that-name/m],
  [
    "fewer requests than workers",
    "BackhandMaxInflight 1\n",
    /^backhand: BackhandMaxInflight 1 \(.*httpd\.conf:3\) leaves nothing/m,
  ],
  ["fewer places than workers", "MaxClients 1\n", /^backhand: MaxClients 1 \(.*httpd\.conf:3\) leaves nothing/m],
])("%s is one message, and nothing is left running", async (_what, lines, message) => {
  if (lines.startsWith("User") && process.getuid?.() !== 0) return;
  const taken = await startBackend("has the port");
  const free = await startBackend("leaves the port");
  free.server.close();
  const listen = lines.startsWith("Listen") ? "" : `Listen 127.0.0.1:${free.port}\n`;
  const folder = folderWith({
    "httpd.conf": `ServerName a\n${listen}${lines.replace("TAKEN", String(taken.port))}`,
  });
  const { code, stderr } = await runCli(["serve", "--workers", "2", join(folder, "httpd.conf")]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) as unknown });
  expect(stderr.match(/^backhand: /gm)).toHaveLength(1);
});

describeIf(process.getuid?.() === 0, "only root may change users")("started as root", () => {
  const effectiveUser = (pid: number) =>
    /^Uid:\t(\d+)\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.slice(1);

  test("workers are User for good, and one that takes another's place can open logs that only root may", async () => {
    const { port, pid, status, lines } = await startServe(
      `${app}User nobody\nGroup nogroup\nErrorLog logs/error.log\nCustomLog logs/access.log short\n`,
      {
        files: { "logs/x": "" },
        prepare(folder) {
          chmodSync(folder, 0o755);
          chmodSync(join(folder, "logs"), 0o700);
          chmodSync(join(folder, "run"), 0o777);
        },
      },
    );
    const nobody = "65534";
    const workers = (await status()).server.workers;
    for (const worker of workers) expect(effectiveUser(worker.pid)).toEqual([nobody, nobody]);
    expect(effectiveUser(pid)).toEqual(["0", nobody]);
    const [victim] = workers;
    process.kill(victim?.pid ?? 0, "SIGKILL");
    await eventually(async () => {
      const now = (await status()).server.workers;
      return now.length === 3 && now.every((each) => each.pid !== victim?.pid);
    }, "there are three again");
    for (const worker of (await status()).server.workers) expect(effectiveUser(worker.pid)).toEqual([nobody, nobody]);
    expect(effectiveUser(pid)).toEqual(["0", nobody]);
    for (let turn = 0; turn < 6; turn += 1) expect((await ask(port, "/")).body).toBe("home\n");
    await eventually(() => lines("logs/access.log").length === 6, "all lines are written");
  });
});
