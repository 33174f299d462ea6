import { request as httpRequest } from "node:http";
import { isAbsolute, join } from "node:path";
import type { RoutingTable } from "../../compile/table.ts";
import { controlPath } from "../../server/control-socket.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";

/** How a command finds the server that it talks to. */
export interface SocketOptions {
  /** Path of the socket. */
  readonly socket?: string;
  /** A configuration, whose UnixSocketDir it is in. */
  readonly conf?: string;
}

/** What a server answered. */
export interface ControlReply {
  readonly status: number;
  readonly body: unknown;
}

/** The server cannot be reached, or does not answer as one. */
export class ControlError extends Error {
  override readonly name = "ControlError";
}

/** Reading a large configuration again takes seconds; a server that says nothing for so long is stuck. */
const limitMs = 60_000;
const maxAnswerBytes = 64 * 1024 * 1024;

/** The socket that is meant: `--socket`, else UnixSocketDir of the configuration. Throws a UsageError when neither says. */
export async function findSocket(
  { socket, conf = "httpd.conf" }: SocketOptions,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<string> {
  if (socket !== undefined) return at(socket, terminal.cwd);
  const { compileConfiguration } = await import("../configuration.ts");
  return socketIn(undefined, compileConfiguration(conf, global, terminal).table, conf, terminal);
}

const at = (path: string, folder: string): string => (isAbsolute(path) ? path : join(folder, path));

/** The same for a configuration that is compiled already. */
export function socketIn(
  socket: string | undefined,
  table: Pick<RoutingTable, "cluster" | "serverRoot">,
  conf: string,
  terminal: Terminal,
): string {
  if (socket !== undefined) return at(socket, terminal.cwd);
  const { unixSocketDir } = table.cluster;
  if (unixSocketDir === null) {
    throw new UsageError(`${conf} has no UnixSocketDir, where the control socket would be; name it with --socket`);
  }
  return controlPath(at(unixSocketDir, table.serverRoot));
}

/** The row of those that wait to be let in may be full for a moment: so often, and so long, it is tried again. */
const mostTries = 20;
const pauseMs = 100;

/** Asks a server. Rejects with a ControlError. */
export async function askControl(
  path: string,
  method: "GET" | "POST",
  command: string,
  value?: unknown,
): Promise<ControlReply> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await askOnce(path, method, command, value);
    } catch (error) {
      const cause = error instanceof ControlError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
      if (cause?.code !== "EAGAIN" || tries === mostTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function askOnce(path: string, method: "GET" | "POST", command: string, value: unknown): Promise<ControlReply> {
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      reject(new ControlError(`No server answers at ${path}: ${why}`, { cause }));
    };
    const signal = AbortSignal.timeout(limitMs);
    const headers = { "content-type": "application/json" };
    const request = httpRequest({ socketPath: path, method, path: command, headers, agent: false, signal });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const known: Readonly<Record<string, string>> = {
        ENOENT: "there is no socket; is the server running, with this UnixSocketDir?",
        ECONNREFUSED: "nobody listens; the server has gone",
        EACCES: "only its own user and root may ask",
        EAGAIN: "too many others wait to ask it",
      };
      fail(known[error.code ?? ""] ?? error.message, error);
    });
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
        if (text.length > maxAnswerBytes) request.destroy(new Error("its answer has no end"));
      });
      response.on("end", () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as unknown });
        } catch (error) {
          fail(`it answers ${response.statusCode ?? 0}, and no JSON`, error);
        }
      });
      response.on("error", reject);
    });
    request.end(value === undefined ? undefined : JSON.stringify(value));
  });
}

/** The text of an answer's `message`, or a general one. */
export function messageOf({ status, body }: ControlReply): string {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  return typeof message === "string" ? message : `The server answers ${status}`;
}
