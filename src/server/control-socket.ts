import { once } from "node:events";
import { chmodSync, existsSync, lstatSync, statSync, unlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { dirname, join } from "node:path";
import { sendJson, sendLocalAnswer } from "./local-answer.ts";
import { ServerError } from "./server-error.ts";
import { makesRoom } from "./waiting-connections.ts";

/** What can be asked over the control socket, and what an answer's JSON is made of. */
export interface ControlActions {
  readonly status: () => unknown;
  /** Rejects when the old configuration stays, with the reason. Gives notes for people. */
  readonly reload: () => Promise<readonly string[]>;
  /** `sessionsMs`: how long requests of its sessions still come; null takes it back. False: nobody has that name. */
  readonly drain: (id: string, sessionsMs: number | null) => boolean;
  readonly stop: () => void;
  /** How a request would be decided now; rejects with what is wrong with the request. */
  readonly trace: (request: unknown) => Promise<unknown>;
}

export interface ControlSocket {
  readonly path: string;
  close(): Promise<void>;
}

/** The name of the socket in UnixSocketDir. */
export function controlPath(unixSocketDir: string): string {
  return join(unixSocketDir, "backhand.sock");
}

/** A request for a trace carries the fields of a request, which a server takes up to this size. */
const maxBodyBytes = 64 * 1024;
/** Most of them wait, and are closed for others that come; see waiting-connections.ts. */
const maxConnections = 4096;
const limitMs = 5000;
/** How often Node looks for connections beyond the limit. */
const checkEveryMs = 1000;
/** A day is longer than any session that is worth waiting for. */
const maxSessionsSeconds = 86_400;

/**
 * Takes requests of this machine's administrator over a Unix socket that only the server's own user (and root) may open: HTTP,
 * one request for each connection, JSON answers. Rejects with a ServerError when the socket cannot be made, or another server
 * answers there.
 */
export async function startControlSocket(path: string, actions: ControlActions): Promise<ControlSocket> {
  await removeDead(path);
  const server = createServer(
    {
      maxHeaderSize: 8192,
      headersTimeout: limitMs,
      requestTimeout: limitMs,
      keepAliveTimeout: 1,
      connectionsCheckingInterval: checkEveryMs,
    },
    (request, response) => {
      response.setHeader("Connection", "close");
      answer(request, response, actions, hasAsked).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (response.headersSent) response.destroy();
        else sendJson(response, { ok: false, message: reason }, 409);
      });
    },
  );
  server.maxConnections = maxConnections;
  const hasAsked = makesRoom(server);
  try {
    // The mode is there from the first moment on: whoever connects in between would stay connected.
    const before = process.umask(0o177);
    try {
      server.listen(path);
    } finally {
      process.umask(before);
    }
    await once(server, "listening");
    chmodSync(path, 0o600);
  } catch (error) {
    throw cannotMake(path, reasonOf(path, error), error);
  }
  return {
    path,
    async close() {
      const ended = once(server, "close");
      server.close();
      server.closeAllConnections();
      await ended;
    },
  };
}

/** A socket that nobody listens on was left behind by a server that was killed. Anything else at its path is not ours. */
async function removeDead(path: string): Promise<void> {
  // What else is wrong with the path, the making of the socket says.
  const found = isFolder(dirname(path)) ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  if (found === undefined) return;
  if (!found.isSocket()) throw cannotMake(path, "there is a file of that name");
  if (await isAlive(path)) {
    const message = `Another server has the control socket ${path}: stop it, or give this one another UnixSocketDir`;
    throw new ServerError("BACKHAND_CONTROL", message);
  }
  unlinkSync(path);
}

function cannotMake(path: string, why: string, cause?: unknown): ServerError {
  return new ServerError("BACKHAND_CONTROL", `Cannot make the control socket ${path}: ${why}`, cause);
}

/** Node says "permission denied" of a folder that is not there, too. */
function reasonOf(path: string, error: unknown): string {
  const folder = dirname(path);
  if (!existsSync(folder)) return `the folder ${folder} is not there; make it, writable for the server's user`;
  if (!isFolder(folder)) return `${folder} is no folder; UnixSocketDir names one`;
  const why = error instanceof Error ? error.message : String(error);
  return /\bEACCES\b/.test(why) ? `the server's user may not write into ${folder}` : why;
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (alive: boolean): void => {
      socket.destroy();
      resolve(alive);
    };
    socket.setTimeout(limitMs, () => {
      done(true);
    });
    socket.once("connect", () => {
      done(true);
    });
    socket.once("error", () => {
      done(false);
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  actions: ControlActions,
  hasAsked: (socket: Socket) => void,
): Promise<void> {
  const command = `${request.method ?? ""} ${request.url ?? ""}`;
  const known = ["GET /status", "POST /reload", "POST /drain", "POST /undrain", "POST /stop", "POST /trace"];
  if (!known.includes(command)) {
    sendLocalAnswer(response, { status: 404, reason: `Expected one of: ${known.join(", ")}` });
    return;
  }
  const body = await readJson(request);
  hasAsked(request.socket);
  if (body === undefined) {
    sendLocalAnswer(response, { status: 400, reason: `Expected JSON of at most ${maxBodyBytes} bytes`, close: true });
    return;
  }
  switch (command) {
    case "GET /status":
      sendJson(response, actions.status());
      return;
    case "POST /reload":
      sendJson(response, { ok: true, notes: await actions.reload() });
      return;
    case "POST /drain":
    case "POST /undrain":
      drain(response, body, command === "POST /drain", actions);
      return;
    case "POST /stop":
      response.once("finish", actions.stop);
      sendJson(response, { ok: true });
      return;
    default:
      sendJson(response, await actions.trace(body));
  }
}

function drain(response: ServerResponse, body: unknown, on: boolean, actions: ControlActions): void {
  const { id, sessions } = fieldsOf(body);
  const seconds = sessions ?? 0;
  if (typeof id !== "string" || id.length > 253) {
    sendJson(response, { ok: false, message: 'Expected "id", the name of a server' }, 400);
  } else if (typeof seconds !== "number" || !(seconds >= 0 && seconds <= maxSessionsSeconds)) {
    const message = `Expected "sessions" as seconds from 0 to ${maxSessionsSeconds}`;
    sendJson(response, { ok: false, message }, 400);
  } else if (!actions.drain(id, on ? seconds * 1000 : null)) {
    sendJson(response, { ok: false, message: `No server has the name "${id}"` }, 404);
  } else {
    sendJson(response, { ok: true });
  }
}

function fieldsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === "object" && body !== null ? { ...body } : {};
}

/** Null for an empty body, undefined for one that is too long or no JSON. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += (chunk as Buffer).length;
    if (length > maxBodyBytes) return undefined;
    chunks.push(chunk as Buffer);
  }
  if (length === 0) return null;
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
