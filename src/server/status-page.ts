import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson, sendLocalAnswer } from "./local-answer.ts";
import { contentSecurityPolicy, statusHtml } from "./status-html.ts";
import { statusMetrics } from "./status-metrics.ts";
import type { StatusReport } from "./status-report.ts";

/**
 * Answers a request for the status page: JSON for `?format=json` or who prefers it, Prometheus text when the path ends in
 * `/metrics`, else HTML. `uri` is the decoded path.
 */
export async function sendStatus(
  request: IncomingMessage,
  response: ServerResponse,
  report: StatusReport,
  uri: string,
): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    sendLocalAnswer(response, { status: 405, allow: "GET, HEAD" });
    return;
  }
  const query = (request.url ?? "").split("?")[1] ?? "";
  const asked = new URLSearchParams(query).get("format");
  response.setHeader("Vary", "Accept");
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Content-Security-Policy", contentSecurityPolicy);
  if (asked === "json" || (asked === null && /\bapplication\/json\b/i.test(request.headers.accept ?? ""))) {
    sendJson(response, report);
    return;
  }
  const { contentType, text } =
    asked === null && uri.endsWith("/metrics")
      ? await statusMetrics(report)
      : { contentType: "text/html; charset=utf-8", text: statusHtml(report) };
  response.setHeader("Content-Type", contentType);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.setHeader("Cache-Control", "no-store");
  response.end(text);
}
