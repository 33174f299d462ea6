import type { BusTarget } from "../bus-target.ts";
import { busName } from "../bus-target.ts";
import { createReporter } from "../bus.ts";
import type { StatsTransport, TransportDefinition, TransportOptions } from "../transport.ts";
import { withinTime } from "../within-time.ts";

const LIMIT_MS = 3000;
/** What of an answer is read; Apache's is `OK`. */
const MAX_ANSWER_BYTES = 4096;

/** Announcements posted to a URL: Apache's `SetHandler heartbeat`, or a backhand that takes them. */
export const http: TransportDefinition<BusTarget> = {
  name: "http",
  summary: "a POST to a URL",
  serves: ({ scheme, hosts }) => (scheme === "http" || scheme === "https") && hosts.length > 0,
  create: createPoster,
};

/** Only sends. The other side is takePosted, which a server mounts. */
function createPoster(target: BusTarget, { onError }: TransportOptions): StatsTransport {
  const name = busName(target);
  const report = createReporter(name, onError);
  const { scheme, hosts, path } = target;
  const [host] = hosts;
  const origin = `${scheme}://${host?.host.includes(":") ? `[${host.host}]` : (host?.host ?? "")}:${host?.port ?? 80}`;
  let isStarted = false;
  let post: ((bytes: Uint8Array) => Promise<void>) | null = null;
  let close: (() => Promise<void>) | null = null;
  let posting: Promise<void> | null = null;
  let next: Uint8Array | null = null;

  /** Posts what waits, one after the other: to a server that is slow only the newest shall go. */
  async function postAll(): Promise<void> {
    while (next !== null && post !== null) {
      const bytes = next;
      next = null;
      await post(bytes).catch(report);
    }
    posting = null;
  }

  /** Also while it started. */
  const isStopped = () => !isStarted;

  return {
    name,
    async start() {
      if (isStarted) return;
      isStarted = true;
      const { Pool } = await import("undici");
      if (isStopped()) return;
      const pool = new Pool(origin, {
        connections: 1,
        connect: { timeout: LIMIT_MS },
        headersTimeout: LIMIT_MS,
        bodyTimeout: LIMIT_MS,
      });
      post = async (bytes) => {
        const answer = await pool.request({
          path: `/${path}`,
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body: bytes,
          signal: AbortSignal.timeout(2 * LIMIT_MS),
        });
        await answer.body.dump({ limit: MAX_ANSWER_BYTES });
        if (answer.statusCode !== 200) throw new Error(`it answers ${answer.statusCode}`);
      };
      close = () => pool.destroy();
    },
    send(bytes) {
      if (post === null) return;
      next = bytes;
      posting ??= postAll();
    },
    async stop() {
      isStarted = false;
      const ended = close;
      close = null;
      if (posting !== null) await withinTime(posting, LIMIT_MS).catch(() => {});
      post = null;
      await ended?.();
    },
  };
}
