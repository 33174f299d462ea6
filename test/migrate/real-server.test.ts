import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";

import { freePorts, startServer, withFreePorts } from "../../src/migrate/verify/real-server.ts";

/** A server that listens, after it has waited; it ends when it cannot. */
const listening = (port: number): readonly string[] => [
  "-e",
  `require("node:net").createServer().listen(${port}, "127.0.0.1").on("error", (e) => { console.error(e.message); process.exit(1) })`,
];
/** One that takes its time to find out. */
const silent = ["-e", "setTimeout(() => {}, 60000)"];

describe("a server that is started", () => {
  test("is taken for started when it listens itself", async () => {
    const result = await withFreePorts(
      1,
      async ([port = 0]) => await startServer(process.execPath, listening(port), port),
      () => null,
      (refused) => ({ refused }),
    );
    expect(result).toEqual({ stop: expect.any(Function) as unknown, ended: expect.any(Function) as unknown });
    if ("stop" in result) await result.stop();
  });

  test.each([
    ["ends since its port is taken", listening],
    ["never listens", () => silent],
  ])(
    "is not taken for another process that answers on its port, when it %s",
    async (_, args) => {
      const other = createServer().listen(0, "127.0.0.1");
      await once(other, "listening");
      const { port } = other.address() as AddressInfo;
      try {
        const result = await startServer(process.execPath, args(port), port, "127.0.0.1", 1_500);
        expect(result).toEqual({ refused: expect.stringMatching(/taken by another process|EADDRINUSE/) as unknown });
      } finally {
        other.close();
      }
    },
    30_000,
  );
});

describe("something that wants free ports", () => {
  test("is done again with others while one is taken", async () => {
    const seen: number[] = [];
    const result = await withFreePorts(
      1,
      async ([port = 0]) => {
        seen.push(port);
        return await Promise.resolve(seen.length < 3 ? "(98)Address already in use: could not bind" : "started");
      },
      (text) => text,
      (why) => why,
    );
    expect(result).toBe("started");
    expect(seen).toHaveLength(3);
  });

  test("is not done again for another fault, and not for ever", async () => {
    let count = 0;
    const attempt = (text: string) => async (): Promise<string> => {
      count += 1;
      return await Promise.resolve(text);
    };
    await withFreePorts(1, attempt("Syntax error"), String, String);
    expect(count).toBe(1);
    await withFreePorts(1, attempt("address already in use"), String, String);
    expect(count).toBe(5);
  });

  const taken = (): Error => Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" });

  test("is done again when it fails since one is taken, and says in the end that there are none", async () => {
    let count = 0;
    const attempt = async (): Promise<string> => {
      count += 1;
      return await Promise.reject(taken());
    };
    expect(await withFreePorts(3, attempt, String, String)).toMatch(/^3 ports of the loopback have to be free/);
    expect(count).toBe(4);
    const fault = async (): Promise<string> => await Promise.reject(new Error("another"));
    await expect(withFreePorts(1, fault, String, String)).rejects.toThrow("another");
  });

  test("has no server left when one of them cannot listen", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const opened: Server[] = [];
    const open = (): Server => {
      const server = createServer().listen(opened.length === 1 ? port : 0, "127.0.0.1");
      opened.push(server);
      return server;
    };
    try {
      await expect(freePorts(3, open)).rejects.toMatchObject({ code: "EADDRINUSE" });
      expect(opened.map(({ listening }) => listening)).toEqual([false, false, false]);
    } finally {
      other.close();
    }
  });
});
