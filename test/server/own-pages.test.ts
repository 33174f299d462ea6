import { startBackend, stopAll } from "../proxy/support.ts";
import { ask, clusterLines as cluster, startTestServer } from "./support.ts";

afterEach(stopAll);

const page = "<Location /status>\nSetHandler backhand-handler\n</Location>\n";
const line = "v=1&ready=7&busy=1&port=8080&id=posted";

describe("announcements by POST", () => {
  test.each([
    ["SetHandler heartbeat", "/hb", "<Location /hb>\nSetHandler heartbeat\n</Location>\n"],
    ["BackhandStatsBus http", "/heartbeat", "BackhandStatsBus http\n"],
  ])("%s takes them as Apache's handler does", async (_name, path, lines) => {
    const { port, server } = await startTestServer(cluster + lines);
    expect(await ask(port, path, { method: "POST", body: line })).toMatchObject({ status: 200, body: "OK" });
    expect(server.status().members.find(({ id }) => id === "posted")).toMatchObject({ ready: 7, port: 8080 });
    expect((await ask(port, path, { method: "POST", body: "nonsense" })).status).toBe(400);
    expect((await ask(port, path, { method: "POST", body: "x".repeat(2000) })).status).toBe(413);
    expect(server.status().refused).toMatchObject({ malformed: 1 });
  });

  test("the rule about addresses applies, and access rules before it", async () => {
    // No MulticastStats: its own announcements, which come back to it, would be refused and counted, too.
    const { port, server } = await startTestServer(
      "AcceptStats 10.0.0.0/8\nBackhandStatsBus http\n" +
        "<Location /hb>\nSetHandler heartbeat\nOrder allow,deny\nDeny from all\n</Location>\n",
    );
    expect((await ask(port, "/heartbeat", { method: "POST", body: line })).status).toBe(403);
    expect((await ask(port, "/hb", { method: "POST", body: line })).status).toBe(403);
    expect(server.status().refused).toMatchObject({ source: 1 });
    expect(server.status().members).toHaveLength(1);
  });

  test("without the line /heartbeat is a path like any other", async () => {
    const { port } = await startTestServer(cluster);
    expect((await ask(port, "/heartbeat", { method: "POST", body: line })).status).toBe(405);
  });
});

describe("the status page", () => {
  const trusted = "BackhandTrustedProxy 127.0.0.1\n";
  const from = (client: string) => ({ headers: { "X-Forwarded-For": client } });

  test("without access rules it answers this machine only", async () => {
    const { port } = await startTestServer(cluster + page + trusted);
    expect((await ask(port, "/status")).status).toBe(200);
    const refused = await ask(port, "/status", from("192.0.2.7"));
    expect([refused.status, refused.body.includes("this machine")]).toEqual([403, true]);
    expect((await ask(port, "/status/metrics", from("192.0.2.7"))).status).toBe(403);
    // What a proxy on this machine hands on did not come from here, whatever it says.
    expect((await ask(port, "/status", from("127.0.0.1"))).status).toBe(403);
  });

  test("rules about files do not open it, its own do", async () => {
    const files = "<Directory />\nOrder deny,allow\nAllow from all\n</Directory>\n";
    const other = await startTestServer(cluster + files + page + trusted);
    expect((await ask(other.port, "/status", from("192.0.2.7"))).status).toBe(403);
    const own = page.replace("</Location>", "Order allow,deny\nAllow from 192.0.2.0/24\n</Location>");
    const open = await startTestServer(cluster + own + trusted);
    expect((await ask(open.port, "/status", from("192.0.2.7"))).status).toBe(200);
    expect((await ask(open.port, "/status")).status).toBe(403);
  });

  test("is HTML that may load nothing, JSON, and Prometheus text below", async () => {
    const { port, announce } = await startTestServer(cluster + page);
    announce(await startBackend("web1"));
    const html = await ask(port, "/status");
    expect(html.body).toContain(">web1</td>");
    expect(html.headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']{44}'/);
    expect(html.headers["content-security-policy"]).not.toContain("unsafe");
    const json = JSON.parse((await ask(port, "/status?format=json")).body) as { members: { id: string }[] };
    expect(json.members.map(({ id }) => id)).toEqual(["front", "web1"]);
    const metrics = await ask(port, "/status/metrics");
    expect(metrics.headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(metrics.body).toContain('backhand_member_up{member="web1"} 1\n');
    expect(metrics.body).toContain('backhand_announcements_refused_total{reason="source"} 0\n');
    expect((await ask(port, "/status", { method: "POST" })).status).toBe(405);
  });
});

describe("traces of decisions", () => {
  const app = "<Location /app>\nBackhand removeSelf\nBackhand byLoad\n</Location>\nBackhandTrustedProxy 127.0.0.1\n";
  const trace = { headers: { "X-Backhand-Trace": "1" } };

  test("a trusted address gets the list after every function, and the servers no request", async () => {
    const { port, announce } = await startTestServer(cluster + app);
    let requests = 0;
    const count = () => (requests += 1);
    announce(await startBackend("web1", count), { load: 2 });
    announce(await startBackend("web2", count), { load: 1 });
    const { body, headers } = await ask(port, "/app/x", { ...trace, method: "POST", body: "paid" });
    expect(headers["content-type"]).toBe("application/json");
    const read = JSON.parse(body) as { steps: { function: string; candidates: { id: string; load: number }[] }[] };
    expect(read).toMatchObject({ version: 1, chosen: "web2", redirect: null, panic: false });
    expect(read.steps.map((step) => [step.function, step.candidates.map(({ id, load }) => `${id} ${load}`)])).toEqual([
      ["removeSelf", ["web1 2", "web2 1"]],
      ["byLoad", ["web2 1", "web1 2"]],
    ]);
    expect(requests).toBe(0);
  });

  test("nobody else does, and neither server nor client sees the fields between balancers", async () => {
    const { port, announce } = await startTestServer(cluster + app);
    const seen: unknown[] = [];
    announce(
      await startBackend("web1", (request, response) => {
        seen.push(request.headers["x-backhand-trace"], request.headers["x-backhand-load"]);
        response.setHeader("X-Backhand-Load", "ready=1&busy=0");
        response.end("page");
      }),
    );
    const headers = { ...trace.headers, "X-Backhand-Load": "ready=9&busy=9", "X-Forwarded-For": "127.0.0.1" };
    const answer = await ask(port, "/app/x", { headers });
    expect([answer.body, answer.headers["x-backhand-load"]]).toEqual(["page", undefined]);
    expect(seen).toEqual([undefined, undefined]);
  });
});

describe("load with an answer", () => {
  const app = "<Location /app>\nBackhand removeSelf\nBackhand byBusyChildren\n</Location>\n";

  test("counts from the next request on", async () => {
    const { port, announce, server } = await startTestServer(cluster + app);
    announce(
      await startBackend("web1", (_request, response) => {
        response.setHeader("X-Backhand-Load", "ready=0&busy=8&load=3.5");
        response.end("web1");
      }),
      { ready: 8, busy: 0 },
    );
    announce(await startBackend("web2"), { ready: 7, busy: 1 });
    expect((await ask(port, "/app/")).body).toBe("web1");
    expect((await ask(port, "/app/")).body).toContain("web2");
    expect(server.status().members.find(({ id }) => id === "web1")).toMatchObject({ ready: 0, busy: 8, load: 3.5 });
  });

  test("a backhand that is given a request by another one says how it is", async () => {
    const { port } = await startTestServer(`${cluster}BackhandTrustedProxy 127.0.0.1\n`);
    const given = await ask(port, "/", { headers: { "X-Backhand-Via": "other" } });
    expect(given.headers["x-backhand-load"]).toMatch(/^ready=\d+&busy=1&load=/);
    expect((await ask(port, "/")).headers["x-backhand-load"]).toBeUndefined();
  });
});

describe("health", () => {
  const app = "<Location /app>\nBackhand removeSelf\nBackhand byLoad\n</Location>\n";

  test("a server that fails is ejected, the reason is shown, and it is asked when nobody else is left", async () => {
    const { port, announce, server } = await startTestServer(`${cluster + app + page}BackhandHealth failures=2\n`);
    const failing = await startBackend("web1", (_request, response) => {
      response.statusCode = 503;
      response.end("failing");
    });
    announce(failing, { load: 0 });
    const good = await startBackend("web2");
    announce(good, { load: 1 });
    const ask3 = async () => {
      const statuses: number[] = [];
      for (let request = 0; request < 3; request += 1) statuses.push((await ask(port, "/app/")).status);
      return statuses;
    };
    expect(await ask3()).toEqual([503, 503, 200]);
    const [, web1] = server.status().members;
    expect(web1).toMatchObject({
      id: "web1",
      state: "ejected",
      ejection: { reason: "2 requests in a row failed, the last one: it answered 503", times: 1 },
    });
    expect((await ask(port, "/status")).body).toContain("it answered 503 (");
    announce(good, { state: "drain" });
    expect(await ask3()).toEqual([503, 503, 503]);
  });
});
