import type { IncomingMessage, ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import type { RoutingTable, TableSection } from "../compile/table.ts";
import { whenBodyBreaks } from "../proxy/broken-body.ts";
import type { BrokenBody } from "../proxy/broken-body.ts";
import type { Match } from "../routing/match.ts";
import { placeKey } from "../routing/place-key.ts";
import type { ClusterView } from "../stats/cluster.ts";
import { takePosted } from "../stats/take-posted.ts";
import { sendLocalAnswer } from "./local-answer.ts";
import type { RequestRecord } from "./request-record.ts";
import { sendStatus } from "./status-page.ts";
import type { StatusReport } from "./status-report.ts";

/** Pages about this server itself: `SetHandler backhand-handler` and `SetHandler heartbeat`. */
export interface OwnPages {
  /** The page for a request to which access was granted; null: it is none of them. */
  readonly find: (match: Match, request: IncomingMessage) => OwnPage | null;
}

/** Answers; resolves when the answer was handed over, rejects when the request broke off. */
export type OwnPage = (record: RequestRecord, response: ServerResponse) => Promise<void>;

/** Where a bare `BackhandStatsBus http` takes announcements, without a SetHandler line. */
const POSTED_PATH = "/heartbeat";

export function createOwnPages(
  table: RoutingTable,
  cluster: () => ClusterView,
  status: () => StatusReport | Promise<StatusReport>,
): OwnPages {
  const guarded = guardedSections(table.sections);
  const takesPosts = table.cluster.buses.includes("http");

  const statusPage =
    (match: Match): OwnPage =>
    async ({ request, clientAddress }, response) => {
      if (!isGuarded(match, guarded) && !isLocal(request, clientAddress)) {
        const reason = "Without access rules of its own this page answers only this machine";
        sendLocalAnswer(response, { status: 403, reason });
        return;
      }
      await sendStatus(request, response, await status(), match.uri);
    };

  const heartbeat: OwnPage = async ({ request, clientAddress }, response) => {
    const broken = new Promise<BrokenBody>((resolve) => {
      whenBodyBreaks(request, resolve);
    });
    const whole = takePosted(request, clientAddress, cluster()).catch((error: unknown): BrokenBody => {
      if (!response.destroyed) throw error;
      return { status: 400, reason: "The client left" };
    });
    const posted = await Promise.race([whole, broken]);
    if ("reason" in posted) {
      sendLocalAnswer(response, { ...posted, close: true });
      return;
    }
    const { status: code, headers, body } = posted;
    response.writeHead(code, { ...headers, "content-length": Buffer.byteLength(body) });
    response.end(body);
  };

  return {
    find(match, request) {
      switch (match.handler?.toLowerCase()) {
        case "backhand-handler":
          return statusPage(match);
        case "heartbeat":
          return heartbeat;
        default:
          return takesPosts && request.method === "POST" && match.uri === POSTED_PATH ? heartbeat : null;
      }
    },
  };
}

const accessRules: ReadonlySet<string> = new Set(["require", "allow", "deny", "order", "requireall", "requireany"]);

interface Guard {
  readonly hasRules: boolean;
  readonly hasHandler: boolean;
}

/** What each section says itself, by its place. */
function guardedSections(sections: readonly TableSection[]): ReadonlyMap<string, Guard> {
  const guards = new Map<string, Guard>();
  const visit = (section: TableSection): void => {
    const names = section.directives.map(({ name }) => name.toLowerCase());
    const hasRules = names.some((name) => accessRules.has(name) || name === "requirenone");
    guards.set(placeKey(section.place), { hasRules, hasHandler: names.includes("sethandler") });
    section.sections.forEach(visit);
  };
  sections.forEach(visit);
  return guards;
}

/**
 * Whether somebody thought about who may see the page: there are rules in a section that is about its URL, or in the one that
 * makes it a page. What folders allow was said of their files.
 */
function isGuarded(match: Match, guards: ReadonlyMap<string, Guard>): boolean {
  return match.sections.some((section) => {
    const guard = guards.get(placeKey(section.place));
    // Files behind those of the table, .htaccess, are read while running; a handler from there has the folder's rules.
    if (guard === undefined) return false;
    return guard.hasRules && (guard.hasHandler || section.kind.startsWith("Location"));
  });
}

/** From this machine itself, and not handed on by a proxy that runs here. */
function isLocal(request: IncomingMessage, address: string): boolean {
  const { headers } = request;
  if (headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined) return false;
  if (address.startsWith("127.") || address === "::1") return true;
  return Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));
}
