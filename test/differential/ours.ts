import { accessFileReader } from "../../src/compile/access-file-reader.ts";
import { compile } from "../../src/compile/compile.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import type { Match } from "../../src/routing/match.ts";
import { nodeFileFacts } from "../../src/routing/node-file-facts.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { createAuthFileReader } from "../../src/access/auth-file.ts";
import { createAuthenticator } from "../../src/access/authenticator.ts";
import { settleWithUsers } from "../../src/routing/settle-with-users.ts";
import type { DifferentialRequest } from "./requests.ts";

/** What both sides say of a request; null where the comparison has nothing to say. */
export interface Outcome {
  readonly status: number;
  readonly virtualHost: string | null | undefined;
  readonly stamps: readonly string[] | undefined;
  readonly location: string | null | undefined;
}

/** The values that `Header always append NAME value` lines give, in order. */
function stampsOf({ effective }: Match, name: string): readonly string[] {
  return effective
    .filter((line) => line.name === "Header" && line.args[1] === "append" && line.args[2] === name)
    .map(({ args }) => args[3] ?? "");
}

/** Methods for which httpd's handler for files looks for one; others are not allowed, whatever is there. */
const reads = new Set(["GET", "HEAD", "POST"]);

/** The status that httpd's own handler gives to a file that routing found. */
function fileStatus(match: Match, method: string): number {
  const says = (name: string): string | undefined =>
    match.effective.findLast((line) => line.name === name)?.args[0]?.toLowerCase();
  if (match.fileKind === "directory" && !match.uri.endsWith("/") && says("DirectorySlash") !== "off") return 301;
  if (method === "OPTIONS") return 200;
  if (!reads.has(method)) return 405;
  if (match.fileKind !== "file") return 404;
  return match.pathInfo !== "" && says("AcceptPathInfo") !== "on" ? 404 : 200;
}

const statusOf = { denied: 403, unauthorized: 401, misconfigured: 500, busy: 503 } as const;

/** Answers requests for a configuration as `explain` and `serve` do, or tells why it cannot. */
export function ourAnswers(path: string): (request: DifferentialRequest) => Promise<Outcome> {
  const config = readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "2.4" });
  const { table, problems } = compile(config);
  const error = problems.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(`Our compiler refuses the configuration: ${error.message}`);
  const accessFiles = accessFileReader(config, nodeFileSystem, { allowUnenforced: true });
  const router = createRouter(table, { facts: nodeFileFacts, accessFiles });

  const authenticate = createAuthenticator({ readFile: createAuthFileReader(), serverRoot: table.serverRoot });

  return async (request) => {
    const { address, port, host, protocol, target, method, from, headers } = request;
    const sent: readonly (readonly [string, string])[] = host === null ? headers : [["Host", host], ...headers];
    const answer = router.route({
      localAddress: address,
      localPort: port,
      host,
      target,
      method,
      client: { address: from, protocol, headers: sent.flat() },
    });
    const hostStamp = (index: number | null): string | null =>
      index === null || index === 0
        ? null
        : (table.hosts[index]?.directives.find(({ args }) => args[2] === "V")?.args[3] ?? null);
    if (isRefusal(answer)) {
      const { status, location } = answer;
      const virtualHost = answer.host === null ? undefined : hostStamp(answer.host);
      return { status, virtualHost, stamps: undefined, location };
    }
    const authorizationField = headers.find(([name]) => name === "Authorization")?.[1] ?? null;
    const asker = { clientAddress: from, localAddress: address, method, authorization: authorizationField };
    const { match, authorization, refusal } = await settleWithUsers(answer, asker, authenticate);
    const stamps = stampsOf(match, "X");
    const virtualHost = stampsOf(match, "V").at(-1) ?? null;
    if (virtualHost !== hostStamp(match.host)) throw new Error("The host's lines are not among the effective ones");
    if (authorization.kind !== "granted") {
      return { status: statusOf[authorization.kind], virtualHost, stamps, location: null };
    }
    if (refusal !== null) return { status: refusal.status, virtualHost, stamps, location: refusal.location };
    const { redirect } = match;
    if (redirect !== null) return { status: redirect.status, virtualHost, stamps, location: redirect.location };
    return { status: fileStatus(match, method), virtualHost, stamps, location: null };
  };
}
