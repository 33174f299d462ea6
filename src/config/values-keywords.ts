import type { ActiveNode } from "./active-config.ts";
import { atoi } from "./atoi.ts";
import { dialectOf, oneOf, only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";
import { hasWildcard } from "./wildcard.ts";

/** The first word is a number in a range, as `atoi` or a stricter reader of the handler takes it. */
function number(accepts: (text: string) => boolean, expected: string, index = 0): ValueCheck {
  return (node) => {
    const word = node.words[index];
    if (word === undefined || accepts(word.value)) return null;
    return problemAt(word, `Expected ${expected} for ${node.name}, got "${word.value}"`);
  };
}

const isWhole = (text: string): boolean => /^\d{1,18}$/.test(text);
const isPositive = (text: string): boolean => atoi(text) > 0;
const isBuffer = (text: string): boolean => atoi(text) >= 512 || atoi(text) === 0;
const isRange = (text: string): boolean => /^(?:none|default|unlimited)$/i.test(text) || isPositive(text);
/** mod_proxy wants the bytes of a buffer to be 512 at least, or none. */
const bufferSize = number(isBuffer, "at least 512 bytes, or 0");

/** Words of which each must be known and none may meet one that it contradicts. */
function allOf(known: readonly string[], exclusive: readonly (readonly [string, string])[] = []): ValueCheck {
  return (node) => {
    const seen = new Set<string>();
    for (const word of node.words) {
      const key = word.value.toLowerCase();
      if (!known.includes(key)) {
        return problemAt(word, `Unknown value "${word.value}" for ${node.name}`, `known are ${known.join(", ")}`);
      }
      seen.add(key);
      const pair = exclusive.find((one) => one.every((name) => seen.has(name)));
      if (pair !== undefined) return problemAt(word, `${node.name} cannot have both ${pair[0]} and ${pair[1]}`);
    }
    return null;
  };
}

/** `None` and `All` stand alone; the others take a sign. mod core set_etag_bits */
function fileETag(node: ActiveNode): ValueProblem | null {
  for (const word of node.words) {
    const signed = /^[+-]/.test(word.value);
    const key = word.value.slice(signed ? 1 : 0).toLowerCase();
    if (!["none", "all", "mtime", "size", "inode", "digest"].includes(key))
      return problemAt(
        word,
        `Unknown keyword "${word.value}" for FileETag`,
        "known are All, None, INode, MTime, Size, Digest",
      );
    if (signed && (key === "none" || key === "all")) return problemAt(word, `FileETag ${key} takes no sign`);
  }
  return null;
}

const mutexTypes: readonly string[] = [
  "cache-socache",
  "authdigest-client",
  "authdigest-opaque",
  "authn-socache",
].concat(
  ["charset_lite", "heartbeat", "ldap-cache", "mpm-accept", "proxy", "proxy-balancer-shm", "rewrite-map", "ssl-cache"],
  ["ssl-stapling", "ssl-stapling-refresh", "watchdog-callback", "dav_lock", "slotmem-shm", "mod_md", "default"],
);

/** `Mutex mechanism [type…] [OmitPID]`; without a type it is for all. Only a type that needs none may have none. */
function mutex(node: ActiveNode): ValueProblem | null {
  const [mechanism, ...rest] = node.words;
  if (mechanism === undefined) return null;
  const [kind = "", file] = mechanism.value.split(":", 2);
  const key = kind.toLowerCase();
  const withFile = ["file", "flock", "fcntl"].includes(key);
  const plain = ["none", "default", "no", "yes", "sem", "pthread", "sysvsem", "posixsem"].includes(key);
  if ((file === undefined ? !plain && !withFile : !withFile) || key === "no")
    return problemAt(
      mechanism,
      `Unknown mechanism "${mechanism.value}" for Mutex`,
      "known are default, file, flock, fcntl, sem, sysvsem, posixsem and pthread",
    );
  if (key === "none") return problemAt(mechanism, "Mutex none is not allowed for these types");
  const unknown = rest.find(
    ({ value }) => value.toLowerCase() !== "omitpid" && !mutexTypes.includes(value.toLowerCase()),
  );
  return unknown === undefined ? null : problemAt(unknown, `Unknown type "${unknown.value}" for Mutex`);
}

const indexFlags: ReadonlySet<string> = new Set(
  (
    "fancyindexing foldersfirst htmltable iconsarelinks ignorecase ignoreclient scanhtmltitles showforbidden " +
    "suppresscolumnsorting suppressdescription suppresshtmlpreamble suppressicon suppresslastmodified suppressrules " +
    "suppresssize trackmodified useolddateformat versionsort xhtml addaltclass"
  ).split(" "),
);

/** mod_autoindex.c add_opts */
function indexOptions(node: ActiveNode): ValueProblem | null {
  for (const word of node.words) {
    const sign = /^[+-]/.exec(word.value)?.[0] ?? "";
    const [name = "", ...values] = word.value.slice(sign.length).split("=");
    const key = name.toLowerCase();
    const value = values.length === 0 ? null : values.join("=");
    const bad = (message: string): ValueProblem => problemAt(word, `${message} in ${node.name} ${word.value}`);
    if (value === null && indexFlags.has(key)) continue;
    switch (key) {
      case "none":
        if (sign !== "") return bad("None takes no sign");
        continue;
      case "iconheight":
      case "iconwidth":
        if (sign === "-" && value !== null) return bad("A value takes no -");
        continue;
      case "namewidth":
      case "descriptionwidth":
        if (value === null && sign !== "-") return bad("A value is missing");
        if (value !== null && sign === "-") return bad("A value takes no -");
        if (value !== null && /^[+-]?\d/.test(value) && atoi(value) < (key === "namewidth" ? 5 : 12))
          return bad("The width is too small");
        continue;
      case "type":
      case "charset":
        if (value !== null) continue;
    }
    return bad("Unknown option");
  }
  return null;
}

function indexOrder(node: ActiveNode): ValueProblem | null {
  const [direction, key] = node.words;
  if (direction !== undefined && !/^(?:ascending|descending)$/i.test(direction.value))
    return problemAt(direction, "Expected Ascending or Descending");
  if (key === undefined || /^(?:name|date|size|description)$/i.test(key.value)) return null;
  return problemAt(key, "Expected Name, Date, Size or Description");
}

/** An icon may be `(ALT,url)`, in one word. mod_autoindex.c add_icon */
function icon(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || !word.value.startsWith("(") || word.value.includes(")")) return null;
  return problemAt(word, "An icon with a text is one word: (TXT,/icons/text.gif)");
}

/** `A60`, `"access plus 1 month"`. mod_expires.c check_code */
function expires(index: number): ValueCheck {
  return (node) => {
    const word = node.words[index];
    if (word === undefined || /^[AM]\d/.test(word.value)) return null;
    const [base = "", ...rest] = word.value.split(/[ \t]+/).filter((part) => part !== "");
    const bad = (what: string): ValueProblem => problemAt(word, `${what} in ${node.name} "${word.value}"`);
    if (base === "" || !/^(?:a|n|m)/i.test(base)) return bad("Unknown base");
    if (rest[0]?.toLowerCase() === "plus") rest.shift();
    for (let at = 0; at < rest.length; at += 2) {
      if (!/^\d/.test(rest[at] ?? "")) return bad("Expected a number");
      const unit = rest[at + 1]?.toLowerCase();
      if (unit === undefined) return bad("A unit is missing");
      if (!/^(?:y|mon|mi|w|d|h|s)/.test(unit)) return bad("Unknown unit");
    }
    return null;
  };
}

function expiresByType(node: ActiveNode): ValueProblem | null {
  const [type] = node.words;
  if (type !== undefined && !type.value.includes("/"))
    return problemAt(type, `"${type.value}" is no media type: it has no slash`);
  return expires(1)(node);
}

function serverName(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined) return null;
  if (hasWildcard(word.value))
    return problemAt(word, `Invalid name "${word.value}" for ServerName`, "names with wildcards belong to ServerAlias");
  const scheme = word.value.indexOf("://");
  const host = scheme === -1 ? word.value : word.value.slice(scheme + 3);
  const port = /:(.*)$/s.exec(host)?.[1];
  if (port === undefined || (atoi(port) >= 1 && atoi(port) <= 65535)) return null;
  return problemAt(word, `Port "${port}" in ServerName is outside of 1 to 65535`);
}

/** `action path [virtual]`, the path from the root. */
function action(node: ActiveNode): ValueProblem | null {
  const third = node.words[2];
  if (third === undefined || third.value === "virtual") return null;
  return problemAt(third, `Unknown option "${third.value}" for Action`, "known is virtual");
}

const checks24: readonly (readonly [string, ValueCheck])[] = [
  ["acceptpathinfo", oneOf("on", "off", "default")],
  ["allowencodedslashes", oneOf("on", "off", "nodecode")],
  ["authmerging", oneOf("off", "and", "or")],
  [
    "multiviewsmatch",
    allOf(
      ["any", "negotiatedonly", "filters", "handlers"],
      [
        ["any", "filters"],
        ["any", "handlers"],
        ["negotiatedonly", "filters"],
        ["negotiatedonly", "handlers"],
      ],
    ),
  ],
  ["serversignature", oneOf("on", "off", "email")],
  ["traceenable", oneOf("on", "off", "extended")],
  ["usecanonicalphysicalport", oneOf("on", "off")],
  ["xbithack", oneOf("on", "off", "full")],
  ["enablemmap", oneOf("on", "off")],
  ["enablesendfile", oneOf("on", "off")],
  [
    "forcelanguagepriority",
    allOf(
      ["none", "prefer", "fallback"],
      [
        ["none", "prefer"],
        ["none", "fallback"],
      ],
    ),
  ],
  [
    "httpprotocoloptions",
    allOf(
      ["strict", "unsafe", "registeredmethods", "lenientmethods", "allow0.9", "require1.0"],
      [
        ["strict", "unsafe"],
        ["registeredmethods", "lenientmethods"],
        ["allow0.9", "require1.0"],
      ],
    ),
  ],
  [
    "directoryindexredirect",
    number(
      (text) => /^(?:on|off|permanent|temp|seeother)$/i.test(text) || (atoi(text) >= 300 && atoi(text) <= 399),
      "on, off, permanent, temp, seeother or 300 to 399",
    ),
  ],
  ["indexoptions", indexOptions],
  ["indexorderdefault", indexOrder],
  ["addicon", icon],
  ["addiconbytype", icon],
  ["addiconbyencoding", icon],
  ["expiresdefault", expires(0)],
  ["expiresbytype", expiresByType],
  ["servername", serverName],
  ["action", action],
  ["fileetag", fileETag],
  ["mutex", mutex],
  ["limitrequestbody", number(isWhole, "a number from 0 on")],
  ["limitrequestfields", number((text) => atoi(text) >= 0, "a number from 0 on")],
  ["limitrequestline", number((text) => atoi(text) >= 0, "a number from 0 on")],
  ["limitrequestfieldsize", number((text) => atoi(text) >= 0, "a number from 0 on")],
  [
    "limitinternalrecursion",
    (node) => number(isPositive, "a number above 0")(node) ?? number(isPositive, "a number above 0", 1)(node),
  ],
  ["listenbacklog", number(isPositive, "a number above 0")],
  ["maxranges", number(isRange, "none, default, unlimited or a number above 0")],
  ["maxrangeoverlaps", number(isRange, "none, default, unlimited or a number above 0")],
  ["maxrangereversals", number(isRange, "none, default, unlimited or a number above 0")],
  ["flushmaxpipelined", number((text) => /^-?\d{1,10}$/.test(text) && Number(text) >= -1, "a number from -1 on")],
  ["sendbuffersize", bufferSize],
  ["receivebuffersize", bufferSize],
  ["proxyiobuffersize", bufferSize],
  ["proxyreceivebuffersize", bufferSize],
];

/** Directives whose words are keywords and numbers, as 2.4 reads them. */
export const keywordChecks: readonly (readonly [string, ValueCheck])[] = [
  ...checks24.map(([name, check]) => [name, only24(check)] as const),
  [
    "allowoverridelist",
    (node) => {
      const none = node.words.findIndex((word) => word.value.toLowerCase() === "none");
      const word = node.words[none];
      if (dialectOf(node) !== "2.4" || word === undefined || node.words.length === 1) return null;
      return problemAt(word, "None stands alone in AllowOverrideList");
    },
  ],
];
