import { once } from "node:events";
import { connect } from "node:tls";
import type { ConnectionOptions, PeerCertificate, TLSSocket } from "node:tls";

/** What a client saw of one request over TLS. */
export interface SecureAnswer {
  /** Common name of the certificate. */
  readonly certificate: string;
  readonly protocol: string | null;
  readonly cipher: string;
  readonly alpn: string | false | null;
  readonly reused: boolean;
  /** Everything that came; empty when the connection was closed without an answer. */
  readonly text: string;
  readonly status: number;
}

export interface SecureRequest extends ConnectionOptions {
  readonly host?: string;
  readonly path?: string;
  /** In the place of a GET. */
  readonly bytes?: string;
}

/** Connects; rejects when the handshake fails. Certificates are not looked at unless `ca` is given. */
export async function connectSecure(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: options.ca !== undefined, ...options });
  await once(socket, "secureConnect");
  socket.on("error", () => undefined);
  return socket;
}

/** One request over a connection of its own. */
export async function askSecure(port: number, request: SecureRequest = {}): Promise<SecureAnswer> {
  const { host = request.servername ?? "front", path = "/", bytes, ...options } = request;
  const socket = await connectSecure(port, options);
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
  const closed = once(socket, "close");
  const { CN = "" } = (socket.getPeerCertificate() as Partial<PeerCertificate>).subject ?? {};
  const facts = {
    certificate: String(CN),
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().name,
    alpn: socket.alpnProtocol,
    reused: socket.isSessionReused(),
  };
  socket.write(bytes ?? `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, "latin1");
  await closed;
  return { ...facts, text, status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0) };
}

/** Makes one request and gives what its connection could be taken up again with; null when it was given nothing. */
export async function sessionOf(
  port: number,
  options: ConnectionOptions & { readonly servername: string },
): Promise<Buffer | null> {
  const sessions: Buffer[] = [];
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...options });
  // With TLS 1.2 before the handshake is over, with TLS 1.3 behind it.
  socket.on("session", (session) => sessions.push(session));
  socket.on("error", () => undefined);
  await once(socket, "secureConnect");
  socket.write(`GET / HTTP/1.1\r\nHost: ${options.servername}\r\nConnection: close\r\n\r\n`);
  await once(socket.resume(), "close");
  return sessions.at(-1) ?? null;
}
