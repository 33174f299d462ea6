import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { certificateFor } from "../../support/certificates.ts";
import { startServe } from "../../support/serve-process.ts";
import type { ServeProcess } from "../../support/serve-process.ts";
import { folderWith } from "../support.ts";

/** What curl saw of its last exchange. */
export interface CurlAnswer {
  /** Of the process; 0: all went well. */
  readonly exitCode: number | null;
  readonly status: number;
  /** "1.0", "1.1" or "2". */
  readonly version: string;
  /** Connections that it opened for all of its exchanges. */
  readonly connections: number;
  /** Of the last body that it sent. */
  readonly sentBytes: number;
  /** Every head that came, informational ones included, as it came. */
  readonly heads: string;
  readonly body: Buffer;
}

/** Runs curl, certificates unchecked. */
export async function curl(...args: readonly string[]): Promise<CurlAnswer> {
  const heads = join(folderWith({ heads: "" }), "heads");
  const note = "%{stderr}%{http_code} %{http_version} %{num_connects} %{size_upload}\n";
  const child = spawn("curl", ["-sk", "--max-time", "50", "-D", heads, "-w", note, ...args]);
  const body: Buffer[] = [];
  let notes = "";
  child.stdout.on("data", (chunk: Buffer) => body.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => (notes += chunk.toString()));
  const [exitCode] = (await once(child, "close")) as [number | null];
  const lines = notes.trim().split("\n");
  const [status, version = "", , sentBytes] = (lines.at(-1) ?? "").split(" ");
  return {
    exitCode,
    status: Number(status),
    version,
    connections: lines.reduce((sum, line) => sum + Number(line.split(" ")[2]), 0),
    sentBytes: Number(sentBytes),
    heads: readFileSync(heads, "latin1"),
    // With -I it prints the head there.
    body: args.includes("-I") ? Buffer.alloc(0) : Buffer.concat(body),
  };
}

/** Runs a program to its end and gives what it said on its standard output. */
export async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(program, [...args], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await once(child, "close");
  return text;
}

export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Value of a field in the last head; null: not there. */
export function fieldOf({ heads }: CurlAnswer, name: string): string | null {
  const last = heads.trimEnd().split("\r\n\r\n").at(-1) ?? "";
  const line = last.split("\r\n").find((text) => text.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim() ?? null;
}

/** Bytes that no compression and no repetition could stand in for. */
export function noise(bytes: number): Buffer {
  return randomBytes(bytes);
}

/** `backhand serve` in front of one server on this machine; with `secure`, over TLS and HTTP/2 too. */
export async function serveBefore(
  backendPort: number,
  options: { readonly isSecure?: boolean; readonly text?: string } = {},
): Promise<ServeProcess> {
  const { cert, key } = await certificateFor("front");
  const tls = "Protocols h2 http/1.1\nSSLEngine on\nSSLCertificateFile FOLDER/front.pem\n";
  const lines = [
    options.isSecure === true ? tls : "",
    "LimitRequestBody 0",
    "ProxyPreserveHost On",
    `ProxyPass / http://127.0.0.1:${backendPort}/ upgrade=websocket`,
    options.text ?? "",
    "",
  ];
  return startServe(lines.join("\n"), { files: { "front.pem": cert + key } });
}
