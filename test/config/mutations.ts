import type { Random } from "../support/random.ts";

/** Modules of the installed apache2 beside those of the snippets, so that real files find what they use. */
export const fileModules: readonly string[] = (
  "ssl socache_shmcb deflate dav dav_fs cgid info asis auth_digest authn_anon authn_dbm authz_dbm authz_groupfile authz_owner " +
  "cache cache_disk mime_magic speling usertrack unique_id proxy_ajp proxy_balancer proxy_connect proxy_ftp proxy_fcgi " +
  "slotmem_shm lbmethod_byrequests lbmethod_bytraffic remoteip reqtimeout request substitute ext_filter imagemap"
).split(" ");

/** Directives that speak of the machine on which a file was written: its users, certificates, folders and modules. */
const ofTheMachine =
  /^[ \t]*["']?(?:LoadModule|LoadFile|AddModule|ClearModuleList|ServerRoot|DefaultRuntimeDir|PidFile|User|Group|ErrorLog|CustomLog|TransferLog|GlobalLog|Mutex|SSLMutex|LockFile|ScoreBoardFile|CoreDumpDirectory|DocumentRoot|Include\w*|SSL\w*(?:File|Path|Engine|Device|Seed)|SSLSessionCache|SSLStapling\w*|RewriteMap|RewriteLock|MimeMagicFile|SSLPassPhraseDialog|ChrootDir|Listen|DavLockDB|CacheRoot|Scriptsock)\b[^\r\n]*/gim;

/** A file of somewhere else as one that this machine can judge; lines stay where they are, those with continuations too. */
export function settled(text: string): string {
  return text.replace(ofTheMachine, (line) => `#${line.slice(1)}`);
}

const pieces: readonly string[] = [
  ..."\" ' \\ < > # ! $ ${X} ${ } % ( ) [ ] | , = ~ / // : ; * ? . - + @ ^".split(" "),
  ..."\t|  |\\\n|\\\\\n|\r|\n|</|/>|On|Off|all|none|None|All|expr=|%{|\"\"|''|\f|\v|é|0|-1|99999999999".split("|"),
];

/** One small accident: what an editor, a merge or a hand does to a file. `other` gives lines from elsewhere. */
export function mutated(text: string, other: string, random: Random): string {
  const lines = text.split("\n");
  const used = lines.flatMap((line, index) => (/^\s*(?:#|$)/.test(line) ? [] : [index]));
  const at = used[random.below(used.length)] ?? 0;
  const line = lines[at] ?? "";
  const place = random.below(line.length + 1);
  const replaceLine = (...by: readonly string[]): string => lines.toSpliced(at, 1, ...by).join("\n");
  switch (random.below(14)) {
    case 0:
      return replaceLine();
    case 1:
      return replaceLine(line, line);
    case 2: {
      const to = used[random.below(used.length)] ?? 0;
      return lines
        .with(at, lines[to] ?? "")
        .with(to, line)
        .join("\n");
    }
    case 3:
      return replaceLine(line.slice(0, place) + line.slice(place + 1 + random.below(3)));
    case 4:
    case 5:
      return replaceLine(line.slice(0, place) + random.of(pieces) + line.slice(place));
    case 6:
      return replaceLine(line.replace(/["']/, ""));
    case 7:
      return replaceLine(line.replaceAll('"', "'"));
    case 8: {
      const words = line.trim().split(/\s+/);
      return replaceLine(words.toSpliced(random.below(words.length), 1).join(" "));
    }
    case 9: {
      const words = line.trim().split(/\s+/);
      const word = random.below(words.length);
      return replaceLine(words.toSpliced(word, 0, words[word] ?? "").join(" "));
    }
    case 10:
      return lines.slice(0, at).join("\n") + (random.below(2) === 0 ? "\n" : `\n${line.slice(0, place)}`);
    case 11: {
      const others = other.split("\n");
      return replaceLine(line, others[random.below(others.length)] ?? "");
    }
    case 12:
      // Two lines become one, or one becomes two.
      return random.below(2) === 0
        ? replaceLine(`${line.slice(0, place)}\n${line.slice(place)}`)
        : lines.toSpliced(at, 2, `${line} ${lines[at + 1] ?? ""}`).join("\n");
    default:
      return replaceLine(line.replace(/[A-Za-z](?=[A-Za-z]*$)/, (letter) => (letter === "x" ? "y" : "x")));
  }
}
