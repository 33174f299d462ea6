import type { ActiveConfig, ActiveDirective, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { defaultKeepAliveTimeout, defaultTimeout } from "../site/default-timeout.ts";
import { changed } from "../verdict.ts";
import { isIndexFile, type Settings } from "./settings.ts";

/** Lines outside of all servers. */
export interface ProcessLines {
  /** Before the http block. */
  readonly top: readonly string[];
  /** In the http block, what lines of the server have become: what servers inherit, and the rest. */
  readonly inherited: readonly string[];
  readonly made: readonly string[];
  /** What no line says. */
  readonly own: readonly string[];
}

const first = ({ words }: ActiveDirective): string => words[0]?.value ?? "";
const number = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

const timeouts = (seconds: number): readonly string[] =>
  ["client_header_timeout", "client_body_timeout", "send_timeout", "proxy_read_timeout", "proxy_send_timeout"].map(
    (name) => `${name} ${seconds}s;`,
  );

type Writer = (directive: ActiveDirective) => readonly string[] | null;

/** Lines of the main server, and some of hosts, that are one value for all of their requests; the last one of each counts. */
const writers: Readonly<Record<string, Writer>> = {
  timeout: (one) => {
    const seconds = number(first(one));
    if (seconds === null) return null;
    return timeouts(seconds);
  },
  keepalive: (one) => (/^(?:off|0)$/i.test(first(one)) ? ["keepalive_timeout 0;"] : []),
  keepalivetimeout: (one) => {
    const seconds = number(first(one));
    return seconds === null ? null : [`keepalive_timeout ${seconds}s;`];
  },
  maxkeepaliverequests: (one) => {
    const count = number(first(one));
    // 0 is no limit in httpd and one request in nginx.
    return count === null ? null : [`keepalive_requests ${count === 0 ? 1_000_000 : count};`];
  },
  servertokens: (one) =>
    /^(?:prod|productonly|major|minor|min|minimal)$/i.test(first(one)) ? [] : ["server_tokens on;"],
};

/** Those that a host may have for itself. */
const ofHost: ReadonlySet<string> = new Set(["timeout", "keepalive", "keepalivetimeout", "maxkeepaliverequests"]);

/** Whether a line is written down by the settings of servers and locations. */
export function isNginxSetting({ key, words, parent }: ActiveNode): boolean {
  const isHost = parent?.key === "server" || (parent?.key === "virtualhost" && ofHost.has(key));
  switch (key) {
    case "directoryindex":
      return words.every(({ value }) => isIndexFile(value));
    case "options":
      return true;
    case "limitrequestbody":
    case "defaulttype":
      return true;
    default:
      return key in writers && isHost;
  }
}

const sectionSettings: ReadonlySet<string> = new Set(
  "setoutputfilter addoutputfilterbytype deflatecompressionlevel mod_gzip_on mod_gzip_item_include fileetag fallbackresource header requestheader errorheader expiresactive expiresdefault expiresbytype proxyerroroverride proxypassreversecookiedomain proxypassreversecookiepath addtype addcharset directoryindex options errordocument adddefaultcharset limitrequestbody forcetype defaulttype".split(
    " ",
  ),
);

/** Whether a directive, by its name in lower case, makes its section one that locations are written for. */
export function isSectionSetting(key: string): boolean {
  return sectionSettings.has(key);
}

/** Writes the process-wide lines, and judges those that they come from; `outside`: settings that servers inherit. */
export function processLines({ server, dialect }: ActiveConfig, draft: Draft, outside: Settings): ProcessLines {
  const found = judgedLines(server.children, new Set(Object.keys(writers)), isKeepAliveOff(server) === true, draft);
  const limits = headLimits(server.children, draft);
  return {
    top: ["worker_processes auto;"],
    inherited: [...outside.values()].flat(),
    own: [
      ...(found.get("servertokens")?.length === 0 || !found.has("servertokens") ? ["server_tokens off;"] : []),
      "server_names_hash_bucket_size 128;",
      "# httpd has no limit unless LimitRequestBody says one; nginx would take a megabyte.",
      "client_max_body_size 0;",
      "# Redirects name no host and port of their own.",
      "absolute_redirect off;",
      // As long as nginx waits, too, from 2.4 on.
      ...(found.has("timeout") || dialect === "2.4" ? [] : timeouts(defaultTimeout(dialect))),
    ],
    made: [...[...found.values()].flat(), ...limits],
  };
}

/** The same lines of hosts, for their server blocks, by the index of the host. */
export function hostProcessLines(
  { server, dialect }: ActiveConfig,
  draft: Draft,
): ReadonlyMap<number, readonly string[]> {
  const hosts = server.children.filter(
    (node): node is ActiveSection => node.kind === "section" && node.key === "virtualhost",
  );
  const isOffOutside = isKeepAliveOff(server) === true;
  const outside = lastOf(server.children, "keepalivetimeout");
  const seconds = outside === null ? defaultKeepAliveTimeout(dialect) : number(first(outside));
  const found = new Map<number, readonly string[]>();
  for (const [index, host] of hosts.entries()) {
    const isOff = isKeepAliveOff(host) ?? isOffOutside;
    const own = judgedLines(host.children, ofHost, isOff, draft);
    // The line that says so outside has no effect there.
    const on = isOffOutside && !isOff && !own.has("keepalivetimeout") ? lastOf(host.children, "keepalive") : null;
    const again = on === null || seconds === null ? [] : [`keepalive_timeout ${seconds}s;`];
    const line = on === null ? null : draft.source.lineOf(on);
    if (line !== null && again.length > 0) draft.judge(line, changed(again, "the same in nginx"));
    const lines = [...again, ...[...own.values()].flat()];
    if (lines.length > 0) found.set(index + 1, lines);
  }
  return found;
}

function lastOf(children: readonly ActiveNode[], key: string): ActiveDirective | null {
  return children.findLast((node): node is ActiveDirective => node.kind === "directive" && node.key === key) ?? null;
}

/** Null where no line says so. */
function isKeepAliveOff({ children }: ActiveSection): boolean | null {
  const last = lastOf(children, "keepalive");
  return last === null ? null : /^(?:off|0)$/i.test(first(last));
}

/** What lines come to, by their names; they are judged by it. Where connections are not kept it says nothing for how long. */
function judgedLines(
  children: readonly ActiveNode[],
  keys: ReadonlySet<string>,
  isOff: boolean,
  draft: Draft,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const node of children) {
    if (node.kind !== "directive" || !keys.has(node.key)) continue;
    const lines = writers[node.key]?.(node) ?? null;
    if (lines === null) continue;
    const own = node.key === "keepalivetimeout" && isOff ? [] : lines;
    found.set(node.key, own);
    const line = draft.source.lineOf(node);
    if (line !== null && own.length > 0) draft.judge(line, changed(own, "the same in nginx"));
  }
  return found;
}

/** LimitRequestLine and LimitRequestFieldSize: nginx has one size for the line and for each field. */
function headLimits(children: readonly ActiveNode[], draft: Draft): readonly string[] {
  const found = ["limitrequestline", "limitrequestfieldsize"].flatMap((key) => lastOf(children, key) ?? []);
  const sizes = found.map((node) => number(first(node)) ?? 0);
  if (sizes.length === 0 || sizes.includes(0)) return [];
  // What no line says is 8190 in httpd.
  const size = Math.max(...sizes, ...(sizes.length === 1 ? [8190] : []));
  const lines = [`client_header_buffer_size ${Math.min(1024, size)};`, `large_client_header_buffers 4 ${size};`];
  for (const node of found) {
    const line = draft.source.lineOf(node);
    const why = "the larger one of both limits, since nginx has one for the line and each field";
    if (line !== null) draft.judge(line, changed(lines, why));
  }
  return lines;
}
