import fc from "fast-check";
import { RememberedFields } from "../../src/proxy/remembered-fields.ts";
import { requestFields } from "../../src/proxy/request-fields.ts";
import { exchangeRaw, startFront, startRawBackend, stopAll } from "./support.ts";

afterEach(stopAll);

test("whatever came before, what is remembered is what would be written", () => {
  const field = fc.constantFrom(
    ["Host", "a.example"],
    ["Host", "b.example"],
    ["Cookie", "a=1"],
    ["Cookie", "a=2"],
    ["cookie", "a=1"],
    ["X-Forwarded-For", "10.0.0.1"],
    ["Connection", "close"],
  );
  const request = fc.record({
    // Two of them share a place.
    port: fc.constantFrom(1, 257, 2),
    raw: fc.array(field, { maxLength: 3 }).map((fields) => fields.flat()),
    address: fc.constantFrom("127.0.0.1", "127.0.0.2"),
    encrypted: fc.boolean(),
    host: fc.constantFrom("a.example", "b.example", null),
  });
  let found = 0;
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
      const remembered = new RememberedFields();
      // Each three times, since once is not remembered.
      for (const { port, raw, ...side } of requests.flatMap((each) => [each, each, each])) {
        const client = { ...side, isTrusted: (address: string) => address === "127.0.0.1" };
        const expected = requestFields(raw, client, "front");
        const known = remembered.find(port, [...raw], client);
        if (known === null) remembered.keep(port, raw, client, expected);
        else expect(known).toBe(expected);
        if (known !== null) found += 1;
      }
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(1000);
});

test("requests of one connection keep their own fields, also when they are as long as those before", async () => {
  const seen: string[] = [];
  const backend = await startRawBackend("a", (socket) => {
    socket.on("data", (bytes) => {
      seen.push(/Cookie: (.*)\r/.exec(bytes.toString())?.[1] ?? "none");
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
  });
  const front = await startFront([backend]);
  const cookies = ["a=1", "a=1", "a=1", "a=2", "a=1", "b=12", "a=1"];
  const request = (cookie: string, more = ""): string =>
    `GET / HTTP/1.1\r\nHost: a.example\r\nCookie: ${cookie}\r\n${more}\r\n`;
  await exchangeRaw(
    front.port,
    `${cookies.map((cookie) => request(cookie)).join("")}${request("a=3", "Connection: close\r\n")}`,
  );
  expect(seen.sort()).toEqual([...cookies, "a=3"].sort());
});
