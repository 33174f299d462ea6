import { changed, dropped } from "../verdict.ts";
import type { LineRule, LineRules } from "./line-rule.ts";
import { firstWord, quoted, wordsOf } from "./line-rule.ts";

const protocols: LineRule = (directive) => {
  const words = wordsOf(directive);
  const left = words.filter((word) => !/^[+-]?(?:sslv[23])$/i.test(word));
  if (left.length === words.length) return null;
  const isEmpty = left.length === 0 || left.every((word) => word.startsWith("-"));
  return changed(
    `SSLProtocol ${isEmpty ? "all -SSLv3" : left.join(" ")}`,
    "2.4 and its OpenSSL no longer speak SSLv2 and SSLv3",
  );
};

const ciphers: LineRule = (directive) =>
  /SSLv2|\bEXP|\bLOW\b|eNULL|\bADH\b|RC4|\bDES\b|MD5\b/.test(directive.rawArgs)
    ? changed("SSLCipherSuite HIGH:!aNULL", "the old list names ciphers that are broken and gone")
    : null;

/** Bytes; 2.4 modules/cache/mod_socache_shmcb.c. */
const LEAST_CACHE = 8192;

const sessionCache: LineRule = (directive) => {
  const word = firstWord(directive);
  const [, kind = "", path = ""] = /^([a-z]+):(.*)$/i.exec(word) ?? [];
  if (kind === "dbm") return null;
  if (!/^(?:shm|shmht)$/.test(kind))
    return /^(?:none|shmcb:|dc:)/.test(word) ? null : dropped("2.4 has its own default");
  const size = /\((\d+)\)$/.exec(path)?.[1];
  const isSmall = size !== undefined && Number(size) < LEAST_CACHE;
  const place = isSmall ? path.replace(/\(\d+\)$/, "(512000)") : path;
  const why = isSmall ? "its name in 2.4, which takes no cache of less than 8192 bytes" : "its name in 2.4";
  return changed(`SSLSessionCache ${quoted(`shmcb:${place}`)}`, why);
};

const sslOptions: LineRule = (directive) => {
  const words = wordsOf(directive);
  const left = words.filter((word) => !/^[+-]?compatenvvars$/i.test(word));
  if (left.length === words.length) return null;
  return left.length === 0
    ? dropped("2.4 has no other names for its variables")
    : changed(`SSLOptions ${left.join(" ")}`, "2.4 has no other names for its variables");
};

/** mod_ssl of 2.4 for mod_ssl 2.8 and Apache-SSL. */
export const sslRules: LineRules = [
  ["sslprotocol", protocols],
  ["sslciphersuite", ciphers],
  ["sslsessioncache", sessionCache],
  ["ssloptions", sslOptions],
  [
    "sslrandomseed",
    (directive) => {
      const path = /^(?:file|exec|egd):(.+)$/.exec(directive.words[1]?.value ?? "")?.[1];
      const isThere = path === undefined || path === "/dev/urandom" || path === "/dev/random";
      return isThere ? null : dropped("the OpenSSL of 2.4 seeds itself, and a source that is not there would stop 2.4");
    },
  ],
  ["ssllog", () => dropped("2.4 writes it to the ErrorLog")],
  [
    "sslloglevel",
    (directive) => {
      const level = firstWord(directive).toLowerCase();
      const next = level === "trace" ? "trace1" : level === "none" ? "crit" : level;
      return /^(?:error|warn|info|debug|trace1|crit)$/.test(next)
        ? changed(`LogLevel ssl:${next}`, "its name in 2.4")
        : dropped("is no level");
    },
  ],
  ["sslenable", () => changed("SSLEngine on", "its name in 2.4")],
  ["ssldisable", () => changed("SSLEngine off", "its name in 2.4")],
];
