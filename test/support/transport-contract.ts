import { once } from "node:events";
import { createSocket } from "node:dgram";
import type { TransportError } from "../../src/stats/transport-error.ts";
import type { Received, StatsTransport, TransportDefinition, TransportTarget } from "../../src/stats/transport.ts";

/** One way of carrying announcements, as the shared tests see it. */
export interface TransportCase<Target = TransportTarget> {
  readonly definition: TransportDefinition<Target>;
  /** A target that nobody else uses. */
  readonly target: () => Promise<Target>;
  /** What the transport to a target is called. */
  readonly nameOf: (target: Target) => string;
  /** The source of a packet as the others see it, unless it is the local address. */
  readonly source?: string | null;
  /** A UDP address that several processes of this machine can listen on at once. */
  readonly sharedAddress?: (target: Target) => { readonly address: string; readonly port: number };
}

/** A UDP port that nobody has at the moment; groups cannot be bound to port 0. */
export async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise<void>((resolve) => {
    socket.close(() => {
      resolve();
    });
  });
  return port;
}

/** `multicast 239.1.1.1:4445` */
export function addressName(kind: string): (target: TransportTarget) => string {
  return ({ address, port }) => `${kind} ${address}:${port}`;
}

/** Runs the body while a foreign socket has the port for itself. */
export async function whileTaken(port: number, body: () => Promise<void>): Promise<void> {
  const owner = createSocket("udp4");
  owner.bind(port, "0.0.0.0");
  await once(owner, "listening");
  try {
    await body();
  } finally {
    await new Promise<void>((resolve) => {
      owner.close(() => {
        resolve();
      });
    });
  }
}

/** A started transport with what it received, text of each packet. */
export interface Listener {
  readonly transport: StatsTransport;
  readonly heard: Received[];
  readonly errors: TransportError[];
  texts(): readonly string[];
}

/** Resolves when the condition holds; rejects after two seconds, or so many milliseconds. */
export async function until(condition: () => boolean, what: string, limitMs = 2000): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > endMs) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** What every transport must do; call it inside of a describe. */
export function testTransport<Target>(transportCase: TransportCase<Target>): void {
  const { definition, target: chooseTarget, nameOf, source = "127.0.0.1", sharedAddress } = transportCase;
  const open: Listener[] = [];

  async function listen(target: Target, listens = true): Promise<Listener> {
    const heard: Received[] = [];
    const errors: TransportError[] = [];
    const transport = definition.create(target, {
      interfaceAddress: "127.0.0.1",
      listens,
      onError: (error) => errors.push(error),
    });
    const listener = {
      transport,
      heard,
      errors,
      texts: () => heard.map((datagram) => Buffer.from(datagram.bytes).toString("latin1")),
    };
    open.push(listener);
    await transport.start((datagram) => heard.push(datagram));
    return listener;
  }

  afterEach(async () => {
    await Promise.all(open.map((listener) => listener.transport.stop()));
    for (const { errors } of open.splice(0)) expect(errors).toEqual([]);
  });

  test("brings what is sent to everybody who listens, the sender included, with its source", async () => {
    const target = await chooseTarget();
    const first = await listen(target);
    const second = await listen(target);
    const third = await listen(target);
    first.transport.send(Buffer.from("one"));
    second.transport.send(Buffer.from("two"));
    for (const listener of [first, second, third]) {
      await until(() => listener.heard.length === 2, "both packets");
      expect([...listener.texts()].sort()).toEqual(["one", "two"]);
      expect(listener.heard.map((datagram) => datagram.sourceAddress)).toEqual([source, source]);
    }
  });

  test("brings a packet of 1000 bytes unchanged", async () => {
    const listener = await listen(await chooseTarget());
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index & 255);
    listener.transport.send(bytes);
    await until(() => listener.heard.length === 1, "the packet");
    expect([...(listener.heard[0]?.bytes ?? [])]).toEqual([...bytes]);
  });

  test("is named after its kind and target", async () => {
    const target = await chooseTarget();
    const { transport } = await listen(target);
    expect(transport.name).toBe(nameOf(target));
  });

  test("receives nothing after its end, and the others still do", async () => {
    const target = await chooseTarget();
    const leaver = await listen(target);
    const stayer = await listen(target);
    await leaver.transport.stop();
    stayer.transport.send(Buffer.from("late"));
    await until(() => stayer.heard.length === 1, "the packet");
    expect(leaver.heard).toEqual([]);
  });

  test("sends nothing before its start and after its end, and does not mind being asked to", async () => {
    const target = await chooseTarget();
    const listener = await listen(target);
    const silent = definition.create(target, { interfaceAddress: "127.0.0.1", listens: true, onError: () => {} });
    silent.send(Buffer.from("too early"));
    await silent.start(() => {});
    await silent.stop();
    await silent.stop();
    silent.send(Buffer.from("too late"));
    listener.transport.send(Buffer.from("in time"));
    await until(() => listener.heard.length > 0, "the packet");
    expect(listener.texts()).toEqual(["in time"]);
  });

  test("can start again after its end", async () => {
    const listener = await listen(await chooseTarget());
    await listener.transport.stop();
    await listener.transport.start((datagram) => listener.heard.push(datagram));
    listener.transport.send(Buffer.from("again"));
    await until(() => listener.heard.length === 1, "the packet");
  });

  test("leaves nothing open and sends nothing when it is stopped while it starts", async () => {
    const target = await chooseTarget();
    const errors: TransportError[] = [];
    const transport = definition.create(target, {
      interfaceAddress: "127.0.0.1",
      listens: true,
      onError: (error) => errors.push(error),
    });
    const heard: Received[] = [];
    const started = transport.start((datagram) => heard.push(datagram));
    await transport.stop();
    await started;
    const listener = await listen(target);
    transport.send(Buffer.from("from beyond"));
    listener.transport.send(Buffer.from("one"));
    await until(() => listener.heard.length > 0, "the packet");
    expect(listener.texts()).toEqual(["one"]);
    expect(heard).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("only sends when it shall not listen", async () => {
    const target = await chooseTarget();
    const listener = await listen(target);
    const announcer = await listen(target, false);
    announcer.transport.send(Buffer.from("hello"));
    await until(() => listener.heard.length === 1, "the packet");
    expect(announcer.heard).toEqual([]);
  });

  if (sharedAddress !== undefined) {
    test("shares its port with other sockets of the machine", async () => {
      const target = await chooseTarget();
      const other = createSocket({ type: "udp4", reuseAddr: true });
      const { address, port } = sharedAddress(target);
      other.bind(port, address);
      await once(other, "listening");
      await listen(target);
      await new Promise<void>((resolve) => {
        other.close(() => {
          resolve();
        });
      });
    });
  }
}
