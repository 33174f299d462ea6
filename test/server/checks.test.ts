import { eventually, startBackend, startRawBackend, stopAll } from "../proxy/support.ts";
import { ask, clusterLines, startTestServer } from "./support.ts";

afterEach(stopAll);

const lines = (check: string, more = ""): string => `${clusterLines}
BackhandCheck ${check}
${more}
<Location /app>
Backhand removeSelf
Backhand byRandom
</Location>
<Location /status>
SetHandler backhand-handler
</Location>
`;

interface Health {
  isWell: boolean;
  readonly asked: string[];
}

/** A server whose /health says what it is told to say, and which answers anything else well. */
async function startChecked(id: string) {
  const health: Health = { isWell: true, asked: [] };
  const backend = await startBackend(id, (request, response) => {
    if (request.url !== "/health") {
      response.end(id);
      return;
    }
    health.asked.push(`${request.method ?? ""} ${request.headers.host ?? ""} ${request.headers["user-agent"] ?? ""}`);
    response.writeHead(health.isWell ? 204 : 404).end();
  });
  return { backend, health };
}

test("a server whose checks fail gets no requests until they are good again, and the page says why", async () => {
  const good = await startChecked("good");
  const sick = await startChecked("sick");
  const { server, port, announce } = await startTestServer(
    lines("path=/health host=check.example interval=0.1 timeout=1 rise=2 fall=3 expect=2xx"),
  );
  announce(good.backend);
  announce(sick.backend);
  const stateOf = (id: string) => server.status().members.find((member) => member.id === id);
  await eventually(() => stateOf("sick")?.check?.problem === null, "it was asked");
  expect(sick.health.asked[0]).toBe("GET check.example backhand-check");
  sick.health.isWell = false;
  await eventually(() => stateOf("sick")?.state === "ejected", "it is out");
  expect(stateOf("sick")?.ejection?.reason).toMatch(/^\d+ checks in a row failed, the last one: it answered 404$/);
  expect((await ask(port, "/status")).body).toMatch(/sick is ejected: \d+ checks in a row failed/);
  expect((await ask(port, "/status/metrics")).body).toContain('backhand_member_check_failed{member="sick"} 1\n');
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(port, "/app/")));
  expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(["good"]));
  // It stays out for as long as it is not well, not for a fixed time.
  const asked = sick.health.asked.length;
  await eventually(() => sick.health.asked.length > asked + 8, "it is asked on");
  expect(stateOf("sick")?.state).toBe("ejected");
  sick.health.isWell = true;
  await eventually(() => stateOf("sick")?.state === "up", "it is back");
  await eventually(async () => (await ask(port, "/app/")).body === "sick", "it gets requests");
});

test("no connection, and no answer in time, are bad checks", async () => {
  const silent = await startRawBackend("silent", () => undefined);
  const gone = await startBackend("gone");
  gone.server.close();
  const { server, announce } = await startTestServer(
    lines("interval=0.1 timeout=0.2 fall=1", "BackhandHealth max-ejected=100%"),
  );
  announce(silent);
  announce(gone);
  const problems = () => server.status().members.map(({ id, state, check }) => [id, state, check?.problem]);
  await eventually(
    () =>
      JSON.stringify(problems().slice(1)) ===
      JSON.stringify([
        ["silent", "ejected", "no answer within 0.2 s"],
        ["gone", "ejected", "no connection"],
      ]),
    "both are out",
  );
});

test("no more servers are out than BackhandHealth allows, and 404 is a bad answer unless expected", async () => {
  const both = [await startChecked("web1"), await startChecked("web2")];
  for (const { health } of both) health.isWell = false;
  const { server, announce, port } = await startTestServer(lines("path=/health interval=0.05 fall=1"));
  for (const { backend } of both) announce(backend);
  await eventually(() => server.status().members.some(({ state }) => state === "ejected"), "one is out");
  const asked = both.map(({ health }) => health.asked.length);
  await eventually(
    () => both.every(({ health }, index) => health.asked.length > (asked[index] ?? 0) + 4),
    "they are asked on",
  );
  expect(server.status().members.filter(({ state }) => state === "ejected")).toHaveLength(1);
  expect((await ask(port, "/app/")).status).toBe(200);
});

test("without the line nobody is asked", async () => {
  const { backend, health } = await startChecked("web1");
  const { server, announce } = await startTestServer(lines("off"));
  announce(backend);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(health.asked).toEqual([]);
  expect(server.status().members[1]?.check).toBeNull();
});
