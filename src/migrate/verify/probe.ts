import { Agent, request } from "node:http";

import { decode } from "../../source/encoding.ts";
import { toBytes } from "../../routing/bytes.ts";
import { CLIENT_FIELD, HANDLER_STAMP, HOST_STAMP, SECTION_STAMP, UPSTREAM_STAMP } from "./sandbox.ts";

/** A request to a server in a sandbox. */
export interface Probe {
  /** Where on the loopback. */
  readonly ip: string;
  readonly port: number;
  /** The Host field; null sends none, in a request of HTTP/1.0 style. */
  readonly host: string | null;
  readonly path: string;
  readonly method: string;
  /** The address that the client is to have. */
  readonly client: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a server in a sandbox did with it. */
export interface ProbeAnswer {
  readonly status: number;
  readonly location: string | null;
  /** Stamps of the host and of the sections, in merge order. */
  readonly host: string | null;
  readonly sections: readonly string[];
  /** The balancer that handed it on; null when the server answered itself. */
  readonly upstream: string | null;
  /** What httpd would have made the answer with; null: nothing, or another server. */
  readonly handler: string | null;
  /** The beginning of what was sent. */
  readonly body: string;
}

/** More of a body is of no interest: what names itself is shorter. */
const MOST_BODY = 4096;

/** Longest wait for an answer. */
const ANSWER_MS = 20_000;

/** Connections that are used again, for the probes of one run; `destroy` them in the end. */
export function probeAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 4 });
}

/** Sends a probe. Rejects when no answer comes. */
export async function sendProbe(probe: Probe, agent: Agent): Promise<ProbeAnswer> {
  try {
    return await send(probe, agent);
  } catch (error) {
    // A server may close a connection that it said to keep: nginx does, behind a `return` with keepalive_timeout 0.
    if (!(error instanceof ClosedError)) throw error;
    return await send(probe, false);
  }
}

/** The connection had been closed before the request came. */
class ClosedError extends Error {}

async function send(probe: Probe, agent: Agent | false): Promise<ProbeAnswer> {
  const { ip, port, host, path, method, client, headers } = probe;
  return await new Promise((resolve, reject) => {
    const sent = request(
      {
        host: ip,
        port,
        path,
        method,
        agent,
        setHost: false,
        timeout: ANSWER_MS,
        headers: { ...(host === null ? {} : { Host: toBytes(host) }), ...headers, [CLIENT_FIELD]: client },
      },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => {
          if (body.length < MOST_BODY) body += decode(chunk);
        });
        response.on("error", reject);
        response.on("end", () => {
          const field = (name: string): string | null => {
            const value = response.headers[name.toLowerCase()];
            return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
          };
          resolve({
            status: response.statusCode ?? 0,
            location: field("Location"),
            host: field(HOST_STAMP),
            sections: (field(SECTION_STAMP) ?? "").split(/,\s*/).filter((one) => one !== ""),
            upstream: field(UPSTREAM_STAMP),
            handler: field(HANDLER_STAMP),
            body,
          });
        });
      },
    );
    sent.on("error", (error) => {
      const isClosed = sent.reusedSocket && "code" in error && error.code === "ECONNRESET";
      reject(isClosed ? new ClosedError(error.message) : error);
    });
    // An answer that Node takes for none, as that to CONNECT; of one that came this changes nothing.
    sent.on("close", () => {
      reject(new Error(`${method} ${path}: no answer`));
    });
    sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer`)));
    sent.end();
  });
}

/** A URL from its path on. */
export const withoutServer = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]*/, "");

/** The path of a folder for one without a slash at its end; a query stays behind it. */
export const asFolder = (path: string): string => path.replace(/(?=\?|$)/, "/");

/** A URL with large letters in its escapes, and without those that say nothing. RFC 3986 6.2.2 */
export const inOneForm = (url: string): string =>
  url.replace(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });

/** Has httpd say that it sends to a folder, whose path may be another one than was asked for. */
const FOLDER_HANDLER = "httpd/unix-directory";

/** A folder that is there leads to itself with a slash; whether it is there is nothing that a configuration says. */
export function foldersAside(answer: ProbeAnswer, path: string): ProbeAnswer {
  const to = withoutServer(answer.location ?? "");
  const isByFolder = answer.handler === FOLDER_HANDLER && to.endsWith("/");
  const isFolder = answer.status === 301 && (isByFolder || inOneForm(to) === inOneForm(asFolder(path)));
  return isFolder ? { ...answer, status: 404, location: null } : answer;
}
