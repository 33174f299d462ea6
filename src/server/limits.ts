import type { IncomingMessage } from "node:http";
import type { LocalAnswer } from "./local-answer.ts";
import type { RequestLimits } from "./server-settings.ts";

/** The refusal of a request whose head is beyond LimitRequestLine, LimitRequestFields or LimitRequestFieldSize; else null. */
export function headBeyondLimits(request: IncomingMessage, limits: RequestLimits): LocalAnswer | null {
  const url = request.url ?? "";
  const line = (request.method ?? "").length + url.length + " ".length * 2 + "HTTP/1.1".length;
  if (line > limits.line) return { status: 414, close: true };
  const raw = request.rawHeaders;
  if (limits.fields > 0 && raw.length / 2 > limits.fields) {
    return { status: 400, reason: "More header fields than LimitRequestFields allows", close: true };
  }
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const size = (raw[index] ?? "").length + (raw[index + 1] ?? "").length + 2;
    if (size > limits.fieldSize) {
      return { status: 400, reason: "A header field larger than LimitRequestFieldSize allows", close: true };
    }
  }
  return null;
}

/** Whether a request says itself that its body is longer than a LimitRequestBody of so many bytes. */
export function isBodyBeyond({ headers }: IncomingMessage, limit: number): boolean {
  const length = headers["content-length"];
  return length !== undefined && Number(length) > limit;
}

/** Calls `exceeded` should a body whose length was not said grow beyond a LimitRequestBody of so many bytes. */
export function watchBody(request: IncomingMessage, limit: number, exceeded: () => void): void {
  let total = 0;
  request.on("data", (chunk: Buffer) => {
    const before = total;
    total += chunk.length;
    if (before <= limit && total > limit) exceeded();
  });
  // Listening has set it flowing; whoever reads the body sets it flowing again.
  request.pause();
}
