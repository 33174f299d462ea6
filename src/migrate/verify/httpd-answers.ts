import { existsSync, mkdirSync, readdirSync } from "node:fs";
import type { Server } from "node:http";
import { dirname, join } from "node:path";

import type { RoutingTable } from "../../compile/table.ts";
import type { ActiveConfig } from "../../config/active-config.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import type { MigrationInput } from "../target.ts";
import { apache24 } from "../targets/apache24.ts";
import type { Migration, OutputFile, SourcePlace } from "../verdict.ts";
import { HOMES, withHomes } from "../site/user-mapping.ts";
import { createRouter, isRefusal } from "../../routing/router.ts";
import { encode } from "../../source/encoding.ts";
import { makeSandboxFolder } from "./sandbox-folder.ts";
import { placesOf } from "./outcome.ts";
import { foldersAside, probeAgent, sendProbe, withoutServer } from "./probe.ts";
import { routeSample } from "./route-sample.ts";
import { withoutProxies } from "../site/without-lines.ts";
import { startServer, withFreePorts } from "./real-server.ts";
import { countPorts } from "./samples.ts";
import { makeSandbox, SERVER_FIELD } from "./sandbox.ts";
import { SandboxNetwork } from "./sandbox-network.ts";
import { startStandIn } from "./stand-in.ts";

/** Where Debian has httpd and its modules. */
const PROGRAM = "/usr/sbin/apache2";
const MODULES = "/usr/lib/apache2/modules";

/** What httpd says to one request, as the outside sees it. */
export interface HttpdAnswer {
  /** Opening line of the virtual host that answered; null for the main server. It may be another one than until 2.2. */
  readonly host: SourcePlace | null;
  readonly status: number;
  /** Without the ports of the loopback. */
  readonly location: string | null;
  /** Where it leads since a folder lies there, which is nothing that a configuration says; `status` is then 404. */
  readonly folder: string | null;
  readonly isBalanced: boolean;
}

/** The answers to requests, and lines of which they do not tell the truth: those that only their form for 2.4 closes. */
export interface HttpdAnswers {
  readonly answers: ReadonlyMap<SampleRequest, HttpdAnswer>;
  /** As `path:line`. */
  readonly closed: ReadonlySet<string>;
}

/** What is asked, and of what. */
export interface HttpdQuestion {
  readonly config: ActiveConfig;
  readonly table: RoutingTable;
  readonly defines: readonly string[];
  readonly requests: readonly SampleRequest[];
  /** As for a migration. */
  readonly readAgain?: MigrationInput["readAgain"];
}

/**
 * Asks httpd itself what the rules mean that nothing else runs: the configuration as it would be for 2.4, in a folder of its
 * own. None of its files is there, and one server stands in for all behind it. Null when httpd is not here or does not start.
 */
export async function httpdAnswers(question: HttpdQuestion): Promise<HttpdAnswers | null> {
  if (question.requests.length === 0 || !existsSync(PROGRAM) || !existsSync(MODULES)) return null;
  const { config, table, defines, readAgain } = question;
  const migration = apache24.migrate({
    config,
    started: config,
    // Lines of a macro are one text for all its uses, which the sandbox cannot give other paths and addresses.
    ...(readAgain === undefined ? {} : { readAgain: (texts) => ofStarted(readAgain(texts)) }),
    defines,
    modulesDirectory: MODULES,
    moduleFiles: new Set(readdirSync(MODULES)),
    // Nobody is asked there: one server stands in for all members.
    backends: [{ address: "127.0.0.1", port: 80 }],
  });
  const output = migration.plain ?? migration.files;
  const { answers } = await withFreePorts(
    2 + countPorts(table),
    async (ports) => await askAt(ports, { ...migration, files: output }, question),
    ({ refused }) => refused,
    (refused) => ({ answers: null, refused }),
  );
  return answers === null ? null : { answers, closed: closedLines(migration) };
}

function ofStarted({ started }: Pick<MigrationInput, "started">): Pick<MigrationInput, "config" | "started"> {
  return { config: started, started };
}

/** Lines that the form for 2.4 closes or narrows: who meets one of them may have been let in before. */
function closedLines({ lines, notes }: Migration): ReadonlySet<string> {
  const narrower = notes.flatMap(({ place, message }) =>
    place !== null && message.includes("narrower") ? [place] : [],
  );
  const found = new Set(narrower.map(({ path, line }) => `${path}:${line}`));
  // Sections around a line that is lost are closed as a whole; a host is not.
  let open: string[] = [];
  let file = "";
  for (const { path, line, text, verdict } of lines) {
    if (path !== file) open = [];
    file = path;
    const key = `${path}:${line}`;
    const tag = /^\s*<(\/?)(\w*)/.exec(text);
    if (tag?.[1] === "") open.push(/^virtualhost$/i.test(tag[2] ?? "") ? "" : key);
    if (verdict.kind === "dropped" && verdict.decides) for (const one of [key, ...open]) found.add(one);
    if (tag?.[1] === "/") open.pop();
  }
  return found;
}

/** The file with one server in the place of all that are named by their addresses; its lines keep their numbers. */
function relayedTo(port: number, { path, lines }: OutputFile): OutputFile {
  const standIn = `http://127.0.0.1:${port}/relayed.`;
  const changed = (text: string): string => {
    // Users of this machine are none of the old one's.
    const home = /^(\s*UserDir\s+)"?(?!(?:en|dis)abled?\b)([^/:*\s"]+)"?\s*$/i.exec(text);
    if (home !== null) return `${home[1] ?? ""}${HOMES}/*/${home[2] ?? ""}`;
    if (/^\s*ProxyPassReverse/i.test(text)) return "";
    if (/^\s*ProxyPass(?:Match)?\s/i.test(text)) return text.replace(/\s"?(?!balancer:)[a-z]+:\/\/.*$/i, ` ${standIn}`);
    if (!/^\s*RewriteRule\s.*\[(?:.*,)?\s*P(?:roxy)?\s*(?:,.*)?\]\s*$/i.test(text)) return text;
    const told = text.replace(/^(\s*RewriteRule\s+\S+\s+)"?(?!balancer:)[a-z]+:\/\/\S*/i, `$1${standIn}`);
    // Nobody but the stand-in is asked.
    return told === text && !text.includes("balancer:") ? "" : told;
  };
  return { path, lines: lines.map((line) => ({ ...line, text: changed(line.text) })) };
}

/** Sections hold for the folders that are there, so those of the files that are asked for have to be. */
function makeFolders(files: string, table: RoutingTable, requests: readonly SampleRequest[]): void {
  const router = createRouter(withoutProxies(withHomes(table)));
  const made = new Set<string>();
  for (const request of requests) {
    const match = routeSample(request, router);
    if (isRefusal(match) || !match.filename.startsWith("/") || match.filename.includes("\0")) continue;
    const folder = dirname(`${match.filename}x`);
    if (made.has(folder)) continue;
    made.add(folder);
    try {
      // In the bytes that the configuration has.
      mkdirSync(Buffer.from(encode(join(files, folder))), { recursive: true });
    } catch {
      // Too long a name, or a file in the way: no folder, for httpd as well.
    }
  }
}

interface Answers {
  readonly answers: ReadonlyMap<SampleRequest, HttpdAnswer> | null;
  readonly refused: string | null;
}

async function askAt(
  ports: readonly number[],
  migration: Migration,
  { table, defines, requests }: HttpdQuestion,
): Promise<Answers> {
  const places = placesOf(migration);
  const sandbox = makeSandboxFolder();
  const folder = sandbox.path;
  const network = new SandboxNetwork(ports);
  const agent = probeAgent();
  let standIn: Server | null = null;
  try {
    standIn = await startStandIn(network.upstreamPort);
    const { file, files } = makeSandbox(
      migration.files.map((one) => relayedTo(network.upstreamPort, one)),
      folder,
      "probe",
      network,
      defines,
    );
    makeFolders(files, table, requests);
    const [listen] = table.listen;
    const ip = listen === undefined || listen.address === "*" ? "127.0.0.1" : network.ip(listen.address);
    const args = ["-f", file, "-DFOREGROUND", ...defines.map((name) => `-D${name}`)];
    const server = await startServer(PROGRAM, args, network.port(listen?.port ?? 80), ip);
    if ("refused" in server) return { answers: null, refused: server.refused };
    try {
      const answers = new Map<SampleRequest, HttpdAnswer>();
      for (const request of requests) {
        const { address, port, host, path, method, from } = request;
        const at = network.known(table, address) ? network.ip(address) : "127.0.0.1";
        const headers = { [SERVER_FIELD]: address };
        const probe = { ip: at, port: network.port(port), host, path, method, client: from, headers };
        const answer = await sendProbe(probe, agent).catch(() => null);
        if (answer === null) continue;
        const { host: stamp, status, location, upstream } = foldersAside(answer, path);
        answers.set(request, {
          folder: answer.location === location ? null : withoutServer(answer.location ?? ""),
          host: stamp === null ? null : places(stamp),
          status,
          location: location === null ? null : network.bare(location),
          isBalanced: upstream !== null,
        });
      }
      return { answers, refused: server.ended() };
    } finally {
      await server.stop();
    }
  } finally {
    agent.destroy();
    standIn?.close();
    sandbox.remove();
  }
}
