import type { Backend } from "../proxy/support.ts";
import { startRawBackend } from "../proxy/support.ts";

/** What a test has the server behind both say: a status line and fields. */
export interface Wanted {
  readonly status?: string;
  readonly fields?: readonly string[];
  readonly body?: string;
}

/** The field by which a request says what it wants to be answered with. */
export function wantedField(wanted: Wanted): string {
  return `X-Wanted: ${Buffer.from(JSON.stringify(wanted)).toString("base64")}`;
}

/** A server that answers each request of a connection with what it asks for, and keeps the heads that came. */
export async function startAnswering(): Promise<{ readonly backend: Backend; readonly heads: string[] }> {
  const heads: string[] = [];
  const backend = await startRawBackend("answering", (socket) => {
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n")) {
        const head = text.slice(0, end);
        text = text.slice(end + 4);
        heads.push(head);
        const encoded = /^x-wanted: (.*)$/im.exec(head)?.[1] ?? "";
        const wanted = encoded === "" ? {} : (JSON.parse(Buffer.from(encoded, "base64").toString()) as Wanted);
        const { status = "200 OK", fields = [], body = "answer" } = wanted;
        const lines = [`HTTP/1.1 ${status}`, ...fields, `Content-Length: ${body.length}`];
        socket.write(`${lines.join("\r\n")}\r\n\r\n${head.startsWith("HEAD ") ? "" : body}`, "latin1");
      }
    });
    socket.on("end", () => socket.end());
  });
  return { backend, heads };
}
