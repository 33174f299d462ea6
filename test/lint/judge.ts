import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { decode, encode } from "../../src/source/encoding.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const modules = "/usr/lib/apache2/modules";

/** Whether Debian's apache2 is there to be asked. */
export const hasApache = existsSync("/usr/sbin/apache2") && existsSync(modules);

/** Those that others need come first; one MPM; what wants a file or a library of its own stays out. */
const FIRST =
  "mpm_event unixd authn_core authz_core dav ldap proxy slotmem_shm socache_shmcb cache session dbd xml2enc watchdog";
const OUT =
  /^mod_(?:mpm_|data|md|bucketeer|case_filter|lua|ssl_ct|example|optional|authnz_ldap|auth_form|lbmethod_heartbeat)/;

function loadLines(): readonly string[] {
  const all = readdirSync(modules).filter((name) => name.endsWith(".so"));
  const first = FIRST.split(" ")
    .map((name) => `mod_${name}.so`)
    .filter((name) => all.includes(name));
  const rest = all.filter((name) => !first.includes(name) && !OUT.test(name));
  return [...first, ...rest].map((name) => `LoadModule ${name.slice(4, -3)}_module ${join(modules, name)}`);
}

/**
 * What depends on the machine and not on how the file is written: modules of other systems, files, users, roots. Their
 * lines become comments, so that all others keep their numbers.
 */
const OF_THE_MACHINE =
  /^[ \t]*(?:LoadModule|LoadFile|Include\w*|ServerRoot|DocumentRoot|User|Group|ErrorLog|ScriptLog|ForensicLog|SSL\w*File|SSL\w*Path|SSLRandomSeed|SSLSessionCache|TypesConfig|MIMEMagicFile|PidFile|Mutex|LockFile|AcceptMutex|ScoreBoardFile|SSLMutex|DavLockDB|CoreDumpDirectory)[ \t]/gim;

/** Logs go nowhere, and what a build would have put in is a number. */
function withoutMachine(text: string): string {
  return text
    .replace(OF_THE_MACHINE, "#$&")
    .replace(/^([ \t]*(?:CustomLog|TransferLog|CookieLog)[ \t]+)(?:"[^"\n]*"|\S+)/gim, "$1/dev/null")
    .replace(/@@?\w+@@?/g, "80");
}

const folder = temporaryFolder();

/** To be called when no more is asked. */
export function stopJudging(): void {
  folder.remove();
}

/** What httpd says of a text, and how far it read: the line that it refuses, or Infinity. */
export interface Verdict {
  readonly rank: number;
  readonly said: string;
}

let count = 0;

/** Asks the real httpd 2.4, with all of its modules, about a text. */
export async function judge(text: string): Promise<Verdict> {
  const file = folder.write(`${++count}.conf`, encode(withoutMachine(text)));
  const main = folder.write(
    `${count}.main`,
    [
      `ServerRoot ${folder.path}`,
      `DefaultRuntimeDir ${folder.path}`,
      "ServerName localhost",
      "PidFile pid",
      ...loadLines(),
      "TypesConfig /dev/null",
      "ErrorLog /dev/null",
      `Include ${file}`,
      "",
    ].join("\n"),
  );
  const child = spawn("apache2", ["-t", "-f", main], { stdio: ["ignore", "ignore", "pipe"], timeout: 20_000 });
  const chunks: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, "close")) as [number | null];
  const said = decode(Buffer.concat(chunks)).trim();
  if (code === 0) return { rank: Infinity, said };
  const line = [...said.matchAll(/line (\d+) of ([^\s:]+)/g)].find(([, , name]) => name === file)?.[1];
  return { rank: Number(line ?? 0), said };
}
