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
  fc.assert(
    fc.property(fc.array(request, { maxLength: 40 }), (requests) => {
      const remembered = new RememberedFields("front");
      // Each three times, since once is not remembered.
      for (const { port, raw, ...side } of requests.flatMap((each) => [each, each, each])) {
        const client = { ...side, isTrusted: (address: string) => address === "127.0.0.1" };
        const expected = requestFields(raw, client, "front");
        expect(remembered.of(port, [...raw], client)).toBe(expected);
      }
    }),
    { numRuns: 500 },
  );
});

test("what is said again is written twice, and not again", () => {
  const remembered = new RememberedFields("front");
  let written = 0;
  const isTrusted = (): boolean => {
    written += 1;
    return true;
  };
  const client = { address: "127.0.0.1", encrypted: false, isTrusted, host: null };
  for (let time = 0; time < 5; time += 1) remembered.of(1, ["X-Forwarded-For", "10.0.0.1"], client);
  expect(written).toBe(2);
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
