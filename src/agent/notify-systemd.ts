import { execFile } from "node:child_process";

/** Longer than systemd-notify takes on a machine in trouble. */
const LIMIT_MS = 5000;

/**
 * Tells systemd a state such as `READY=1`, where it started us (NOTIFY_SOCKET). Node has no datagrams over Unix sockets and no
 * kept package adds them without a compiler, so systemd's own `systemd-notify` does it; the unit needs NotifyAccess=all for
 * that. Resolves with why it did not work, or null; never rejects.
 */
export function notifySystemd(
  state: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  const socket = env["NOTIFY_SOCKET"];
  if (socket === undefined || socket === "") return Promise.resolve(null);
  return new Promise((resolve) => {
    const options = { env: { PATH: env["PATH"], NOTIFY_SOCKET: socket }, timeout: LIMIT_MS };
    execFile("systemd-notify", [state], options, (error) => {
      resolve(error === null ? null : `Cannot tell systemd "${state}": ${error.message.trim()}`);
    });
  });
}
