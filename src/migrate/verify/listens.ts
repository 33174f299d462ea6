import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Listening sockets in the tables of Linux: `sl local_address rem_address st … inode`. */
const LISTENING = "0A";

/** The address of a row, `7F00000101` for 127.0.0.1 in the order of the machine's bytes. */
function isFor(local: string, ip: string): boolean {
  if (/^0+$/.test(local)) return true;
  const bytes = ip.split(".").map((part) => Number(part).toString(16).padStart(2, "0").toUpperCase());
  return local.endsWith(bytes.toReversed().join(""));
}

/**
 * Whether what listens on a port of the loopback is a process of a server that was started here, and not another one that
 * has taken the port meanwhile. Null when the machine does not tell.
 */
export function isListener(pid: number, ip: string, port: number): boolean | null {
  try {
    const rows = ["tcp", "tcp6"].flatMap((table) => {
      try {
        return readFileSync(`/proc/self/net/${table}`, "latin1").split("\n").slice(1);
      } catch {
        return [];
      }
    });
    const wanted = port.toString(16).toUpperCase().padStart(4, "0");
    const inodes = rows.flatMap((row) => {
      const words = row.trim().split(/\s+/);
      const [address = "", at = ""] = words[1]?.split(":") ?? [];
      return words[3] === LISTENING && at === wanted && isFor(address, ip) ? [words[9] ?? ""] : [];
    });
    if (inodes.length === 0) return null;
    const folder = `/proc/${pid}/fd`;
    const own = new Set(readdirSync(folder).map((name) => linkOf(`${folder}/${name}`)));
    return inodes.every((inode) => own.has(`socket:[${inode}]`));
  } catch {
    return null;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // Closed meanwhile.
    return "";
  }
}
