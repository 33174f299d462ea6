import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { connect, createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench.ts";
import { start } from "./rivals/processes.ts";
import type { Running } from "./rivals/processes.ts";

export const title =
  "connections: memory of `backhand serve` for idle connections, and for a gigabyte to a slow client";

/** BENCH_CONNECTIONS: as many as the system lets one process open. */
const idleCount = Number(process.env["BENCH_CONNECTIONS"] ?? 10_000);
const gigabyte = 1e9;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function openOne(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** Connections that have had one answer and wait. */
async function idle(port: number, running: Running): Promise<number> {
  const sockets: Socket[] = [];
  const before = running.memoryBytes();
  for (let count = 0; count < idleCount; count += 100) {
    const some = await Promise.all(Array.from({ length: 100 }, () => openOne(port)));
    for (const socket of some) socket.write("GET /missing HTTP/1.1\r\nHost: a\r\n\r\n");
    await Promise.all(some.map((socket) => once(socket, "data")));
    sockets.push(...some);
  }
  await wait(3000);
  const grown = running.memoryBytes() - before;
  for (const socket of sockets) socket.destroy();
  await wait(2000);
  return grown / idleCount / 1024;
}

/** Reads a gigabyte in pieces with pauses, and gives how far the memory went up meanwhile, in megabytes. */
async function slowDownload(port: number, running: Running): Promise<number> {
  const socket = await openOne(port);
  const before = running.memoryBytes();
  let most = before;
  let got = 0;
  let sinceLook = 0;
  socket.write("GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  for await (const chunk of socket) {
    got += (chunk as Buffer).length;
    sinceLook += (chunk as Buffer).length;
    if (sinceLook < 10e6) continue;
    sinceLook = 0;
    await wait(5);
    most = Math.max(most, running.memoryBytes());
  }
  if (got < gigabyte) throw new Error(`Only ${got} bytes came`);
  return (most - before) / 1e6;
}

/** Sends a gigabyte and gives the same. */
async function upload(port: number, running: Running): Promise<number> {
  const socket = await openOne(port);
  const before = running.memoryBytes();
  let most = before;
  socket.resume();
  socket.write(`POST /upload HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${gigabyte}\r\n\r\n`);
  const piece = Buffer.alloc(1e6);
  for (let sent = 0; sent < gigabyte; sent += piece.length) {
    if (!socket.write(piece)) await once(socket, "drain");
    if (sent % 20e6 === 0) most = Math.max(most, running.memoryBytes());
  }
  await once(socket, "close");
  return (most - before) / 1e6;
}

export async function run(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "backhand-bench-"));
  const backend = createHttpServer((request, response) => {
    if (request.url === "/big") {
      response.writeHead(200, { "Content-Length": gigabyte });
      const piece = Buffer.alloc(1e6);
      let left = gigabyte;
      const more = (): void => {
        while (left > 0) {
          left -= piece.length;
          if (response.write(piece)) continue;
          response.once("drain", more);
          return;
        }
        response.end();
      };
      more();
      return;
    }
    request.resume();
    request.on("end", () => response.end("ok"));
  });
  backend.listen(0, "127.0.0.1");
  await once(backend, "listening");
  const port = await freePort();
  const configuration = `ServerRoot ${folder}
Listen 127.0.0.1:${port}
ServerName bench.example
DocumentRoot ${folder}
KeepAliveTimeout 300
Timeout 300
<Directory />
AllowOverride None
</Directory>
<IfModule mod_backhand_ng.c>
BackhandLocal http://127.0.0.1:${(backend.address() as AddressInfo).port}
</IfModule>
`;
  writeFileSync(join(folder, "httpd.conf"), configuration);
  const running = start(0, [process.execPath, join(process.cwd(), "dist/cli.js"), "serve", join(folder, "httpd.conf")]);
  try {
    const end = Date.now() + 15_000;
    let isOpen = false;
    while (!isOpen && Date.now() < end) {
      await wait(100);
      isOpen = await fetch(`http://127.0.0.1:${port}/`).then(
        (response) => response.ok,
        () => false,
      );
    }
    // The first of everything costs what the next ones do not.
    await upload(port, running);
    const rows: BenchRow[] = [
      { name: "a gigabyte down, slowly: growth", value: await slowDownload(port, running), unit: "MB" },
      { name: "a gigabyte up: growth", value: await upload(port, running), unit: "MB" },
      { name: `each of ${idleCount} idle connections`, value: await idle(port, running), unit: "KB" },
    ];
    return rows;
  } finally {
    await running.stop();
    backend.closeAllConnections();
    backend.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
