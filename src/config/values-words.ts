import { isIPv6 } from "node:net";
import type { ActiveNode } from "./active-config.ts";
import { dialectOf, oneOf, problemAt as at } from "./value-problem.ts";
import { errorDocumentText } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

const optionNames = ["All", "None", "Indexes", "Includes", "IncludesNOEXEC", "FollowSymLinks"].concat([
  "SymLinksIfOwnerMatch",
  "ExecCGI",
  "MultiViews",
]);
const optionKeys: ReadonlySet<string> = new Set(optionNames.map((name) => name.toLowerCase()));

/** 1.3 to 2.2 take any mix; 2.4 wants all words with a sign or none, and None and All alone in front. */
function options(node: ActiveNode): ValueProblem | null {
  const dialect = dialectOf(node);
  const merge = /^[+-]/.test(node.words[0]?.value ?? "");
  for (const [index, word] of node.words.entries()) {
    const signed = /^[+-]/.test(word.value);
    const key = (signed ? word.value.slice(1) : word.value).toLowerCase();
    if (dialect === "2.4" && signed !== merge) {
      return at(word, "Either all Options must start with + or -, or none", "httpd 2.4 no longer takes a mix");
    }
    if (!optionKeys.has(key) && !(key === "runscripts" && dialect !== "2.4")) {
      return at(word, `Unknown option "${word.value}"`, `known are ${optionNames.join(", ")}`);
    }
    if (dialect === "2.4" && (key === "none" || key === "all")) {
      if (index > 0) return at(word, `Option ${word.value} must be the first one`);
      if (signed) return at(word, `Option ${word.value} takes no sign`);
    }
  }
  return null;
}

const overrideKeys: ReadonlySet<string> = new Set("limit options fileinfo authconfig indexes none all".split(" "));

function allowOverride(node: ActiveNode): ValueProblem | null {
  const dialect = dialectOf(node);
  for (const word of node.words) {
    const [name = "", value] = word.value.split("=", 2);
    const key = name.toLowerCase();
    if (value === undefined ? overrideKeys.has(key) : dialect === "2.4" && key === "nonfatal") continue;
    if (dialect === "2.4" && overrideKeys.has(key) && key !== "options") continue;
    if (value !== undefined && key === "options" && dialect !== "1.3" && dialect !== "2.0") {
      const unknown = value.split(",").find((option) => option !== "" && !optionKeys.has(option.toLowerCase()));
      if (unknown === undefined) continue;
      return at(word, `Unknown option "${unknown}"`, `known are ${optionNames.join(", ")}`);
    }
    return at(
      word,
      `Unknown override "${word.value}"`,
      "known are All, None, AuthConfig, FileInfo, Indexes, Limit and Options",
    );
  }
  return null;
}

const levels: readonly string[] = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"];
const traces: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map((depth) => `trace${depth}`);

function logLevel(node: ActiveNode): ValueProblem | null {
  const perModule = dialectOf(node) === "2.4";
  const known = perModule ? [...levels, ...traces] : levels;
  for (const word of node.words) {
    const level = perModule ? word.value.slice(word.value.lastIndexOf(":") + 1) : word.value;
    if (!known.includes(level.toLowerCase()))
      return at(word, `Unknown log level "${level}"`, `known are ${known.join(", ")}`);
  }
  return null;
}

/** 1.3 sets the port with it; 2.x knows the name only to say where it went. */
function port(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined) return null;
  if (dialectOf(node) !== "1.3") return { message: "Port was replaced with Listen in httpd 2.0" };
  return isPort(word.value) ? null : at(word, `Port ${word.value} is outside of 1 to 65535`);
}

/** What C's `atoi` reads of a word as a port: digits in front, and whatever follows is ignored. */
function isPort(text: string): boolean {
  const number = Number(/^\s*\+?(\d{1,9})/.exec(text)?.[1] ?? "0");
  return number >= 1 && number <= 65535;
}

function listen(node: ActiveNode): ValueProblem | null {
  const [word, , third] = node.words;
  const old = dialectOf(node) === "1.3";
  if (!old && (word === undefined || third !== undefined))
    return { message: "Listen takes an address with a port, and a protocol" };
  if (word === undefined) return null;
  if (old) {
    const colon = word.value.indexOf(":");
    if (colon === 0) return at(word, "Listen has no address in front of the colon");
    return isPort(word.value.slice(colon + 1)) ? null : at(word, "Listen needs a number from 1 to 65535 as port");
  }
  const digits = /(?:^|:)(\d+)$/.exec(word.value)?.[1];
  if (digits === undefined) return at(word, "Listen needs a port", "write `Listen 80` or `Listen address:80`");
  if (!isPort(digits)) return at(word, `Port ${digits} is outside of 1 to 65535`);
  const host = word.value.slice(0, -digits.length - 1);
  if (
    host.startsWith("[")
      ? !isIPv6(host.slice(1, host.endsWith("]") ? -1 : undefined).replace(/%.*$/, "")) || !host.endsWith("]")
      : word.value.startsWith(":") && host === ""
  )
    return at(word, `Invalid address "${host}" for Listen`);
  return null;
}

/** Codes that have a status line; 1.3's http_protocol.c, and what 2.x has added since. */
const statusCodes: ReadonlySet<number> = new Set([
  ...[100, 101, 102, 200, 201, 202, 203, 204, 205, 206, 207, 300, 301, 302, 303, 304, 305, 306, 307],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 423, 424],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 510],
]);
const newerStatusCodes: ReadonlySet<number> = new Set([208, 226, 308, 421, 425, 426, 428, 429, 431, 451, 508, 511]);

function errorDocument(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined) return dialectOf(node) === "1.3" ? { message: "ErrorDocument needs a status code" } : null;
  const code = Number(/^\s*\+?(\d{1,6})/.exec(word.value)?.[1] ?? "0");
  const newer = dialectOf(node) !== "1.3" && newerStatusCodes.has(code);
  if (!statusCodes.has(code) && !newer) return at(word, `Unsupported HTTP status code "${word.value}"`);
  return errorDocumentText(node);
}

/** 1.3 compares the names with their case and knows these only; 2.x registers what it does not know. */
const methods13: ReadonlySet<string> = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK".split(" "),
);

function limit(node: ActiveNode): ValueProblem | null {
  const old = dialectOf(node) === "1.3";
  for (const word of node.words) {
    if (word.value === "TRACE" && node.key === "limit") {
      return at(word, "TRACE cannot be controlled by <Limit>", "use TraceEnable");
    }
    if (old && word.value !== "TRACE" && !methods13.has(word.value)) {
      const known = methods13.has(word.value.toUpperCase());
      const help = known
        ? `methods are case-sensitive: write ${word.value.toUpperCase()}`
        : `known are ${[...methods13].join(", ")}`;
      return at(word, `Unknown method "${word.value}" in <${node.name}>`, help);
    }
  }
  return null;
}

function order(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || ["allow,deny", "deny,allow", "mutual-failure"].includes(word.value.toLowerCase()))
    return null;
  return at(
    word,
    `Unknown order "${word.value}"`,
    "known are `allow,deny`, `deny,allow` (no blank) and `mutual-failure`",
  );
}

/** Names that a version keeps in its tables only to stop with a reason. */
function gone(message: string): ValueCheck {
  return (node) => (dialectOf(node) === "1.3" || dialectOf(node) === "2.0" ? null : { message });
}

/** Switches of mod_http2, which takes one word and looks at it itself. */
const h2Switches =
  "h2copyfiles h2direct h2earlyhints h2moderntlsonly h2outputbuffering h2proxyrequests h2push h2upgrade h2websockets".split(
    " ",
  );

/** Checks that need nothing but the words. */
export const wordChecks: readonly (readonly [string, ValueCheck])[] = [
  ["options", options],
  ["allowoverride", allowOverride],
  ["loglevel", logLevel],
  ["port", port],
  ["listen", listen],
  ["errordocument", errorDocument],
  ["<limit", limit],
  ["<limitexcept", limit],
  ["order", order],
  ["satisfy", oneOf("all", "any")],
  ["servertype", oneOf("standalone", "inetd")],
  ["usecanonicalname", oneOf("on", "off", "dns")],
  ["hostnamelookups", oneOf("on", "off", "double")],
  ["sslengine", oneOf("on", "off", "optional")],
  ["servertokens", oneOf("prod", "productonly", "major", "minor", "min", "minimal", "os", "full")],
  ...h2Switches.map((name) => [name, oneOf("on", "off")] as const),
  ["fancyindexing", gone("FancyIndexing is gone: use IndexOptions FancyIndexing")],
  ["ssllog", gone("SSLLog is gone: use ErrorLog")],
  ["sslloglevel", gone("SSLLogLevel is gone: use LogLevel")],
  ["error", (node) => ({ message: `Error stops httpd: ${node.rawArgs}` })],
];
