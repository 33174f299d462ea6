import type { IncomingHttpHeaders } from "node:http";
import { isRefusal } from "../routing/router.ts";
import { toBytes } from "../routing/bytes.ts";
import type { ChoiceTrace } from "./balancer.ts";
import { decisionTrace } from "./decision-trace.ts";
import type { DecisionTrace } from "./decision-trace.ts";
import type { Generation } from "./generation.ts";

/** A request as somebody describes it who asks how it would be decided. */
interface DescribedRequest {
  readonly address: string;
  readonly port: number;
  readonly host: string | null;
  readonly path: string;
  readonly method: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/**
 * How the running server would decide a request now: its trace, or null when the request is not balanced. Nothing is sent.
 * Throws an Error that says what is wrong with the description.
 */
export function traceLive(generation: Generation, value: unknown): { readonly trace: DecisionTrace | null } {
  const { address, port, host, path, method, headers } = readRequest(value);
  const { prepared, balancer } = generation;
  const routed = prepared.router.route({
    localAddress: address,
    localPort: port,
    host: host === null ? null : toBytes(host),
    target: toBytes(path),
    method,
  });
  if (isRefusal(routed)) throw new Error(`The request would be answered with ${routed.status}: ${routed.reason}`);
  if (routed.pipeline.length === 0) return { trace: null };
  const runs: ChoiceTrace[] = [];
  const request = { scheme: "http", host, target: path, headers: fieldsOf(headers) } as const;
  const choice = balancer.choose(routed.pipeline, request, (run) => runs.push(run));
  if (choice === null) throw new Error("The functions of this place cannot run; the error log says why");
  return { trace: decisionTrace(prepared.table, choice, runs, Date.now()) };
}

/** As Node has them: names in lower case, Cookie fields joined by `; `. */
function fieldsOf(headers: readonly string[]): IncomingHttpHeaders {
  const fields: Record<string, string> = {};
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = (headers[index] ?? "").toLowerCase();
    const before = fields[name];
    const value = headers[index + 1] ?? "";
    fields[name] = before === undefined ? value : `${before}${name === "cookie" ? "; " : ", "}${value}`;
  }
  return fields;
}

function readRequest(value: unknown): DescribedRequest {
  const { address, port, host, path, method, headers = [] } = { ...(value as Partial<DescribedRequest> | null) };
  if (typeof address !== "string" || typeof port !== "number") throw new Error('Expected "address" and "port"');
  if (typeof path !== "string" || typeof method !== "string") throw new Error('Expected "path" and "method"');
  if (host !== null && typeof host !== "string") throw new Error('Expected "host" as a text or null');
  const isList = Array.isArray(headers) && headers.every((each: unknown) => typeof each === "string");
  if (!isList) throw new Error('Expected "headers" as a list of names and values');
  return { address, port, host, path, method, headers };
}
