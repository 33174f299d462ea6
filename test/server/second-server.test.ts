import { deadUpstream, startBackend, stopAll } from "../proxy/support.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const windowOfOne = `AcceptStats 127.0.0.0/8
<Location />
Backhand removeSelf
Backhand byLoad
Backhand byWindow 1
</Location>
`;

test("where the functions keep one server and it is dead, they choose again among the others", async () => {
  const { port, announce } = await startTestServer(windowOfOne);
  const dead = await deadUpstream("idle");
  const alive = await startBackend("busy");
  announce(dead, { load: 0.01 });
  announce(alive, { load: 5 });
  expect(await ask(port, "/")).toMatchObject({ status: 200, body: expect.stringContaining("busy") });
});

test("when no other is left the answer says so", async () => {
  const { port, announce } = await startTestServer(windowOfOne);
  announce(await deadUpstream("idle"));
  expect(await ask(port, "/")).toMatchObject({ status: 503 });
});
