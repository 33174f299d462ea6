import type { ActiveNode } from "../../config/active-config.ts";

/** Directories that must be there. */
const directories = new Set([
  "documentroot",
  "coredumpdirectory",
  "defaultruntimedir",
  "cacheroot",
  "virtualdocumentroot",
  "scriptsock",
]);

/** Files that must be there. */
const files = new Set(
  "typesconfig mimemagicfile authuserfile authgroupfile authdbmuserfile authdbmgroupfile sslcertificatefile sslcertificatekeyfile sslcertificatechainfile sslcacertificatefile sslcarevocationfile sslproxycacertificatefile sslproxymachinecertificatefile mmapfile cachefile".split(
    " ",
  ),
);

/** What is written. */
const outputs = new Set("errorlog customlog transferlog scriptlog forensiclog scoreboardfile rewritelog".split(" "));

/** Places that may be there or not; by the position of the path, from the end when negative. */
const places: ReadonlyMap<string, number> = new Map([
  ["alias", 1],
  ["aliasmatch", 1],
  ["scriptalias", 1],
  ["scriptaliasmatch", 1],
  ["virtualscriptalias", 0],
  ["sslcacertificatepath", 0],
  ["sslcertificatepath", 0],
  ["davlockdb", 0],
]);

/**
 * Lines that a probe must not meet: TLS, which it does not speak; pages for errors, which would be requests of their own;
 * how many processes there are; lookups of names; guesses at the names of files, which are not those of the real server.
 */
export const droppedInProbe: ReadonlySet<string> = new Set(
  (
    "errordocument errorlog checkspelling checkcaseonly hostnamelookups identitycheck startservers minspareservers maxspareservers minsparethreads maxsparethreads " +
    "maxrequestworkers serverlimit threadsperchild maxconnectionsperchild loglevel extendedstatus " +
    "heartbeatlisten heartbeatstorage heartbeataddress heartbeatmaxservers directoryindex scriptlog scriptloglength scriptlogbuffer scriptsock cgidscripttimeout cgiscripttimeout " +
    "sslengine sslcertificatefile sslcertificatekeyfile sslcertificatechainfile sslcacertificatefile sslcacertificatepath " +
    "sslsessioncache sslsessioncachetimeout sslrandomseed sslpassphrasedialog sslmutex sslciphersuite sslprotocol " +
    "sslverifyclient sslverifydepth ssloptions sslcarevocationfile sslcarevocationpath sslrequiressl sslhonorcipherorder " +
    "sslusestapling sslstaplingcache sslcryptodevice sslopensslconfcmd sslcadnrequestfile sslcadnrequestpath sslpolicy " +
    "sslproxymachinecertificatefile sslproxymachinecertificatepath sslproxycacertificatefile sslproxycacertificatepath " +
    "sslproxycarevocationfile sslproxycarevocationpath loadfile"
  ).split(" "),
);

/** A path in a directive. */
export interface PathWord {
  readonly index: number;
  /** `txt:` and the like. */
  readonly prefix: string;
  readonly path: string;
  readonly kind: "file" | "directory" | "output" | "place";
}

/** The word of a directive that is a path, or null. */
export function pathWord(node: ActiveNode): PathWord | null {
  const { key, words } = node;
  const first = words[0]?.value ?? "";
  if (outputs.has(key)) return { index: 0, prefix: "", path: first, kind: "output" };
  if (directories.has(key)) return { index: 0, prefix: "", path: first, kind: "directory" };
  if (files.has(key)) return { index: 0, prefix: "", path: first, kind: "file" };
  if (key === "rewritemap") {
    const [, prefix = "", path = ""] = /^((?:txt|rnd|dbm|prg):)?(.*)$/s.exec(words[1]?.value ?? "") ?? [];
    return prefix === "" && !path.startsWith("/") ? null : { index: 1, prefix, path, kind: "file" };
  }
  if (key === "sslsessioncache") {
    const [, prefix = "", path = "", size = ""] = /^(shmcb:|dbm:)([^(]*)(.*)$/.exec(first) ?? [];
    return path === "" ? null : { index: 0, prefix, path: path + size, kind: "place" };
  }
  if (key === "userdir" && first.startsWith("/")) return { index: 0, prefix: "", path: first, kind: "place" };
  const index = places.get(key);
  const value = index === undefined ? undefined : words[index]?.value;
  if (index === undefined || value === undefined || /^[a-z]+:\/\//.test(value)) return null;
  return { index, prefix: "", path: value, kind: "place" };
}
