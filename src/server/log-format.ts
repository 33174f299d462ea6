import type { OutgoingHttpHeader } from "node:http";
import { addressAndPort } from "../access/address.ts";
import type { Host } from "../compile/table.ts";
import type { Upstream } from "../proxy/engine.ts";
import { commonLogTime, formatTime } from "./log-time.ts";
import { escapeLogItem } from "./log-text.ts";
import { protocolOf } from "./request-protocol.ts";
import type { RequestRecord } from "./request-record.ts";
import { variableOf } from "./request-variables.ts";

/** What a log line can say besides the request itself. */
export interface LogFacts {
  readonly hosts: readonly Host[];
  readonly pid: number;
}

/** A finished request. */
type LoggedRequest = RequestRecord;

/** Makes a line, without its end. */
export type FormatLine = (logged: LoggedRequest) => string;

/** httpd's own, for TransferLog and CustomLog without a format. */
export const commonFormat = '%h %l %u %t "%r" %>s %b';

const clean = (text: string): string => (text === "" ? "-" : escapeLogItem(text));

/** Whether a LogFormat has one of the items that count the bytes of a connection; may also be true without one. */
export function saysTraffic(format: string): boolean {
  return /%[!<>,\d]*(?:\{[^}]*\})?[<>]?[IOS]/.test(format);
}

/** Reads a LogFormat. An item that nobody knows is an error, as in httpd. */
export function parseLogFormat(format: string, facts: LogFacts): FormatLine | { readonly error: string } {
  const parts: (string | FormatLine)[] = [];
  // A quoted format comes with its escapes: \n, \t and \" mean what they mean in C.
  const text = format.replace(/\\([nt"\\])/g, (_, letter: string) =>
    letter === "n" ? "\n" : letter === "t" ? "\t" : letter,
  );
  const item = /%([!<>,\d]*)(?:\{([^}]*)\})?([<>]?)(\^..|[a-zA-Z%])/gy;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf("%", at);
    parts.push(text.slice(at, next < 0 ? text.length : next));
    if (next < 0) break;
    item.lastIndex = next;
    const [whole, condition = "", argument, , letter = ""] = item.exec(text) ?? [];
    if (whole === undefined) return { error: `Expected an item behind % in "${text.slice(next, next + 20)}"` };
    const value = letter === "%" ? () => "%" : valueOf(letter, argument ?? null, facts);
    if (value === null) return { error: `Unknown item "${whole}"` };
    parts.push(withCondition(condition, value));
    at = next + whole.length;
  }
  return (logged) => {
    let line = "";
    for (const part of parts) line += typeof part === "string" ? part : part(logged);
    return line;
  };
}

/** `%400,501{Referer}i`: only for these statuses; with `!` for all others. */
function withCondition(condition: string, value: FormatLine): FormatLine {
  const statuses = new Set((condition.match(/\d{3}/g) ?? []).map(Number));
  if (statuses.size === 0) return value;
  const negated = condition.includes("!");
  return (logged) => (statuses.has(statusOf(logged)) === negated ? "-" : value(logged));
}

function statusOf({ response, outcome }: RequestRecord): number {
  return outcome?.status ?? response?.statusCode ?? 0;
}

/** The decoded path; of a folder whose index was sent, the index, as after httpd's internal redirect. */
function pathOf({ match, request }: RequestRecord): string {
  return match?.uri ?? (request.url ?? "").split("?", 1)[0] ?? "";
}

function fileOf({ match }: RequestRecord): string {
  return match?.filename ?? "";
}

function requestLineOf({ request }: RequestRecord): string {
  // A request that could not be read has no method.
  if (request.method === undefined) return "";
  return `${request.method} ${request.url ?? ""} ${protocolOf(request)}`;
}

function queryOf({ request }: RequestRecord): string {
  const url = request.url ?? "";
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark);
}

/**
 * Bytes of the body: as counted by who relayed it, else as announced when it went out whole, else (the client left) what the
 * connection carried less the head.
 */
function bodyBytesOf(logged: LoggedRequest): number {
  const { bodyBytes, response, request } = logged;
  if (bodyBytes !== null) return bodyBytes;
  if (response === null) return 0;
  if (request.method === "HEAD" || response.statusCode === 204 || response.statusCode === 304) return 0;
  const length = responseHeader(logged, "content-length");
  if (response.writableFinished && /^\d+$/.test(length)) return Number(length);
  return Math.max(0, sentBytesOf(logged) - headBytesOf(logged));
}

function headBytesOf({ response }: RequestRecord): number {
  // Node keeps the head that it wrote here; there is no other way to know its size.
  const head = (response as unknown as { readonly _header?: string | null } | null)?._header;
  return typeof head === "string" ? Buffer.byteLength(head, "latin1") : 0;
}

function sentBytesOf({ request, bytesWrittenBefore }: RequestRecord): number {
  return Math.max(0, request.socket.bytesWritten - bytesWrittenBefore);
}

function headerText(value: OutgoingHttpHeader | undefined): string {
  return value === undefined ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}

/** Fields of the answer; those that were written raw are only in the head. */
function responseHeader({ response }: RequestRecord, name: string): string {
  const set = headerText(response?.getHeader(name));
  if (set !== "") return set;
  const head = (response as unknown as { readonly _header?: string | null } | null)?._header;
  if (typeof head !== "string") return "";
  const start = `${name.toLowerCase()}:`;
  const values = head.split("\r\n").filter((line) => line.toLowerCase().startsWith(start));
  return values.map((line) => line.slice(start.length).trim()).join(", ");
}

function addressOf(upstream: Upstream | null): string {
  return upstream === null ? "" : addressAndPort(upstream.address, upstream.port);
}

/** Our own notes: `%{backhand-server}n` and so on. */
function noteOf({ outcome, endPreciseMs, startPreciseMs, match }: LoggedRequest, name: string): string {
  switch (name.toLowerCase()) {
    case "backhand-server":
      return outcome?.upstream?.id ?? "";
    case "backhand-address":
      return addressOf(outcome?.upstream ?? null);
    case "backhand-tries":
      return outcome === null ? "" : String(outcome.tries);
    case "backhand-time":
      return outcome === null ? "" : String(Math.round(endPreciseMs - startPreciseMs));
    case "backhand-error":
      return outcome?.error?.code ?? "";
    case "backhand-pipeline":
      return match === null ? "" : match.pipeline.map((step) => step.function).join(",");
    default:
      return "";
  }
}

function timeValue(argument: string | null): FormatLine {
  if (argument === null || argument === "") return ({ startMs }) => commonLogTime(startMs);
  const isEnd = argument.startsWith("end:");
  const format = argument.replace(/^(?:begin|end):/, "");
  const when = (logged: LoggedRequest): number =>
    isEnd ? logged.startMs + Math.round(logged.endPreciseMs - logged.startPreciseMs) : logged.startMs;
  switch (format) {
    case "sec":
      return (logged) => String(Math.floor(when(logged) / 1000));
    case "msec":
      return (logged) => String(when(logged));
    case "usec":
      return (logged) => `${when(logged)}000`;
    case "msec_frac":
      return (logged) => String(when(logged) % 1000).padStart(3, "0");
    case "usec_frac":
      return (logged) => `${String(when(logged) % 1000).padStart(3, "0")}000`;
    case "":
      return (logged) => commonLogTime(when(logged));
    default:
      return (logged) => formatTime(format, new Date(when(logged)));
  }
}

function durationValue(argument: string | null): FormatLine {
  const perMs = argument === "us" ? 1000 : argument === "ms" ? 1 : 0.001;
  return ({ startPreciseMs, endPreciseMs }) => String(Math.floor((endPreciseMs - startPreciseMs) * perMs));
}

/** The value behind one letter; null: no such item. The items that no part of this server can fill are `-`. */
function valueOf(letter: string, argument: string | null, facts: LogFacts): FormatLine | null {
  const name = argument ?? "";
  switch (letter) {
    case "a":
      return name === "c" ? ({ peerAddress }) => peerAddress : ({ clientAddress }) => clientAddress;
    case "h":
      return name === "c" ? ({ peerAddress }) => peerAddress : ({ clientAddress }) => clean(clientAddress);
    case "A":
      return ({ localAddress }) => localAddress;
    case "b":
      return (logged) => {
        const bytes = bodyBytesOf(logged);
        return bytes === 0 ? "-" : String(bytes);
      };
    case "B":
      return (logged) => String(bodyBytesOf(logged));
    case "C":
      return ({ request }) => clean(cookieOf(request.headers.cookie ?? "", name));
    case "D":
      return durationValue("us");
    case "f":
      return (logged) => clean(fileOf(logged));
    case "H":
      return ({ request }) => protocolOf(request);
    case "i":
      return ({ request }) => clean(headerText(request.headers[name.toLowerCase()]));
    case "I":
      return ({ request, bytesReadBefore }) => String(Math.max(0, request.socket.bytesRead - bytesReadBefore));
    case "k":
      return () => "0";
    case "e":
      return (logged) => clean(variableOf(logged, name) ?? "");
    case "l":
    case "L":
    case "R":
      return () => "-";
    case "u":
      // httpd mod_log_config.c log_remote_user
      return ({ user }) => (user === null ? "-" : user === "" ? '""' : escapeLogItem(user));
    case "m":
      return ({ request }) => clean(request.method ?? "");
    case "n":
      return (logged) => clean(noteOf(logged, name));
    case "o":
      return (logged) => clean(responseHeader(logged, name));
    case "O":
      return (logged) => String(sentBytesOf(logged));
    case "S":
      return (logged) => {
        const { request, bytesReadBefore } = logged;
        return String(sentBytesOf(logged) + Math.max(0, request.socket.bytesRead - bytesReadBefore));
      };
    case "p":
      return portValue(name, facts);
    case "P":
      return () => (name === "tid" || name === "hextid" ? "0" : String(facts.pid));
    case "q":
      return (logged) => escapeLogItem(queryOf(logged));
    case "r":
      return (logged) => clean(requestLineOf(logged));
    case "s":
      return (logged) => {
        const status = statusOf(logged);
        return status === 0 ? "-" : String(status);
      };
    case "t":
      return timeValue(argument);
    case "T":
      return durationValue(argument);
    case "U":
      return (logged) => clean(pathOf(logged));
    case "v":
      return ({ host }) => clean(facts.hosts[host]?.name ?? "");
    case "V":
      return ({ request, host }) => clean(hostNameOf(request.headers.host) ?? facts.hosts[host]?.name ?? "");
    case "X":
      return ({ response, outcome }) => connectionState(response, outcome);
    default:
      return letter.startsWith("^") ? () => "-" : null;
  }
}

function portValue(name: string, facts: LogFacts): FormatLine {
  if (name === "local") return ({ localPort }) => String(localPort);
  if (name === "remote") return ({ request }) => String(request.socket.remotePort ?? 0);
  return ({ host, localPort }) => String(facts.hosts[host]?.port ?? localPort);
}

function connectionState(response: RequestRecord["response"], outcome: RequestRecord["outcome"]): string {
  if (outcome?.error?.code === "BACKHAND_CLIENT_LEFT" || response?.writableFinished === false) return "X";
  return response?.shouldKeepAlive === true ? "+" : "-";
}

function hostNameOf(host: string | undefined): string | null {
  if (host === undefined) return null;
  return host.startsWith("[") ? (host.split("]", 1)[0] ?? "") + "]" : (host.split(":", 1)[0] ?? null);
}

function cookieOf(cookies: string, name: string): string {
  for (const pair of cookies.split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return "";
}
