import { existsSync, mkdirSync, readFileSync } from "node:fs";
import type { Agent, Server } from "node:http";
import { dirname, join } from "node:path";

import { compile } from "../../compile/compile.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { makeSandboxFolder } from "./sandbox-folder.ts";
import { withoutProxies } from "../site/without-lines.ts";
import { createRouter } from "../../routing/router.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import { encode } from "../../source/encoding.ts";
import { outputPath, readOutput } from "../apache24/check-output.ts";
import { FILES_FOLDER, withAccessFilesInHosts, type AccessFileText } from "../access-files.ts";
import { filesRead } from "../apache24/overrides.ts";
import { textOf, type Migration, type OutputFile, type SourcePlace } from "../verdict.ts";
import { announcer } from "./announcements.ts";
import { differencesOf, oldOutcome, placesOf, type OldOutcome } from "./outcome.ts";
import { haproxyServer } from "./haproxy-sandbox.ts";
import { nginxServer } from "./nginx-sandbox.ts";
import { asFolder, foldersAside, probeAgent, sendProbe, type ProbeAnswer } from "./probe.ts";
import { startServer, withFreePorts } from "./real-server.ts";
import { SandboxNetwork } from "./sandbox-network.ts";
import { askableSamples, countPorts } from "./samples.ts";
import { makeSandbox, NEVER_SET, SERVER_FIELD } from "./sandbox.ts";
import { startStandIn } from "./stand-in.ts";
import type { Difference, Verification, VerifyOptions } from "./verification.ts";
import { verifyForeign } from "./verify-foreign.ts";

/** Where Debian has the server's program. */
const PROGRAM = "/usr/sbin/apache2";

/** Servers with a language of their own, by the names of their targets. */
const foreignServers = new Map([
  ["nginx", nginxServer],
  ["haproxy", haproxyServer],
]);

/** Compares the old file with what a target has written for it; live where the target's server is on this machine. */
export async function verify(target: string, options: VerifyOptions): Promise<Verification> {
  const foreign = foreignServers.get(target);
  if (foreign !== undefined) return await verifyForeign(options, foreign);
  return await verifyApache(options, existsSync(PROGRAM) ? PROGRAM : null);
}

/**
 * Asks the old file, by our own routing, and the new one, by the real server on the loopback, the same requests, and lists
 * where they differ. The server runs in a folder of its own that is removed afterwards.
 */
export async function verifyApache(given: VerifyOptions, program: string | null): Promise<Verification> {
  // Its lines get other addresses and marks, for which each has to stand alone.
  const migration = { ...given.migration, files: given.migration.plain ?? given.migration.files };
  const options = { ...given, migration };
  const files = filesRead(options.config, options.accessFiles);
  // The output has the same names, and each is an address of its own here.
  const { table } = compile(withAccessFilesInHosts(options.config, files), { hostNames: "addresses" });
  const samples = askableSamples(table, options.requests);
  const router = createRouter(withoutProxies(table));
  const outcomeOf = (request: SampleRequest): OldOutcome => oldOutcome(request, table, router, files);
  const old = samples.map((request): Asked => {
    const ofFolder = (): OldOutcome => outcomeOf({ ...request, path: asFolder(request.path) });
    return { request, outcome: outcomeOf(request), ofFolder };
  });
  const unknown = old.filter(({ outcome }) => outcome.unknown.length > 0);
  const lines = placesOnce(unknown.flatMap(({ outcome }) => outcome.unknown));
  const aside = old.filter(({ outcome }) => outcome.unknown.length > 0 || outcome.undecided.length > 0);
  const none = {
    version: 1 as const,
    requests: samples.length,
    differences: [],
    aside: { requests: aside.length, lines: placesOnce([...lines, ...aside.flatMap((one) => one.outcome.undecided)]) },
    standIns: [],
  };
  const byText = (reason: string, refused = false): Verification => ({
    ...none,
    kind: "static",
    reason,
    refused,
    differences: compareTexts(old, migration, options.defines),
  });
  if (program === null) return byText("apache2 is not on this machine");
  if (table.listen.length === 0) return byText("the configuration listens nowhere");
  const differences: Difference[] = [];
  const standIns = new Set<string>();
  const known = old.filter(({ outcome }) => outcome.unknown.length === 0);
  for (const [asked, output] of [
    [known, migration.files],
    // Without these lines on both sides the rest of the answer can be compared all the same.
    [unknown, withoutLines(migration.files, lines)],
  ] as const) {
    if (asked.length === 0 && (asked !== known || unknown.length > 0)) continue;
    const found = await askAll(asked, table, { ...options, output }, program);
    if ("refused" in found) return byText(`apache2 does not start: ${found.refused}`, true);
    differences.push(...found.differences);
    for (const path of found.standIns) standIns.add(path);
  }
  return { ...none, kind: "live", reason: null, refused: false, differences, standIns: [...standIns].sort() };
}

function placesOnce(places: readonly SourcePlace[]): readonly SourcePlace[] {
  return [...new Map(places.map((place) => [`${place.path}:${place.line}`, place])).values()];
}

/** The output without what became of some lines; its other lines keep their numbers. */
function withoutLines(files: readonly OutputFile[], places: readonly SourcePlace[]): readonly OutputFile[] {
  const gone = new Set(places.map(({ path, line }) => `${path}:${line}`));
  return files.map(({ path, lines }) => ({
    path,
    lines: lines.map((line) =>
      line.from !== null && line.why === undefined && gone.has(`${line.from.path}:${line.from.line}`)
        ? { ...line, text: "\n".repeat(line.text.split("\n").length - 1) }
        : line,
    ),
  }));
}

/** What the new server runs with. */
interface Output {
  readonly output: readonly OutputFile[];
}

/** Runs the new server in a folder of its own and asks it. */
async function askAll(
  asked: readonly Asked[],
  table: RoutingTable,
  { migration, defines, output }: VerifyOptions & Output,
  program: string,
): Promise<
  { readonly differences: readonly Difference[]; readonly standIns: readonly string[] } | { readonly refused: string }
> {
  return await withFreePorts(
    2 + countPorts(table),
    async (ports) => await askAt(ports, asked, table, { migration, defines, output }, program),
    (result) => ("refused" in result ? result.refused : null),
    (refused) => ({ refused }),
  );
}

async function askAt(
  ports: readonly number[],
  asked: readonly Asked[],
  table: RoutingTable,
  { migration, defines, output }: Pick<VerifyOptions, "migration" | "defines"> & Output,
  program: string,
): ReturnType<typeof askAll> {
  const sandbox = makeSandboxFolder();
  const folder = sandbox.path;
  const agent = probeAgent();
  const network = new SandboxNetwork(ports);
  let upstream: Server | null = null;
  try {
    upstream = await startStandIn(network.upstreamPort);
    const box = makeSandbox(output, folder, "probe", network, defines);
    const folders = foldersOf(asked);
    for (const path of folders) mkdirSync(Buffer.from(encode(join(box.files, path))), { recursive: true });
    const clear = asked.filter(({ outcome: { filename, isFolder } }) => {
      // A folder that others need, where the text took the name for a file.
      return isFolder || filename === null || !folders.has(filename);
    });
    const [listen] = table.listen;
    const ip = listen === undefined || listen.address === "*" ? "127.0.0.1" : network.ip(listen.address);
    const args = ["-f", box.file, "-DFOREGROUND", ...defines.map((name) => `-D${name}`)];
    const server = await startServer(program, args, network.port(listen?.port ?? 80), ip);
    if ("refused" in server) return { refused: `${server.refused} ${logOf(folder)}`.trim() };
    try {
      const differences = await compareAll(clear, table, migration, network, agent);
      const ended = server.ended();
      return ended === null ? { differences, standIns: box.standIns } : { refused: `${ended} ${logOf(folder)}`.trim() };
    } finally {
      await server.stop();
    }
  } finally {
    agent.destroy();
    upstream?.close();
    sandbox.remove();
  }
}

/** Folders that have to be there, with those that they lie in. */
function foldersOf(asked: readonly Asked[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { outcome } of asked) {
    if (outcome.filename === null) continue;
    const path = outcome.isFolder ? outcome.filename : dirname(outcome.filename);
    for (let at = path; !found.has(at); at = dirname(at)) found.add(at);
  }
  return found;
}

/** The end of the server's own log. */
function logOf(folder: string): string {
  try {
    return readFileSync(join(folder, "error.log"), "utf8").slice(-1000);
  } catch {
    return "";
  }
}

interface Asked {
  readonly request: SampleRequest;
  readonly outcome: OldOutcome;
  /** Should the path turn out to be a folder's. */
  readonly ofFolder: () => OldOutcome;
}

/** Names of clients are not looked up: as in a sandbox they match nothing. */
function withoutNames({ path, lines }: OutputFile): OutputFile {
  const named = /^(\s*Require\s+(?:not\s+)?)(?:host|forward-dns)\s.*$/gim;
  return { path, lines: lines.map((line) => ({ ...line, text: line.text.replace(named, `$1env ${NEVER_SET}`) })) };
}

/** The .htaccess files of the output, in the folders where they belong. */
function accessFilesIn(files: readonly OutputFile[]): readonly AccessFileText[] {
  return files
    .filter(({ path }) => path.startsWith(`${FILES_FOLDER}/`))
    .map((file) => {
      const folder = dirname(file.path.slice(FILES_FOLDER.length));
      return { path: outputPath(file), folder: folder === "/" ? "" : folder, text: textOf(file) };
    });
}

/** By our own reading of the new file, which is the next best when its server is not there. */
function compareTexts(
  asked: readonly Asked[],
  migration: Migration,
  defines: readonly string[],
): readonly Difference[] {
  const shown = migration.files.map(withoutNames);
  const files = accessFilesIn(shown);
  const config = withAccessFilesInHosts(readOutput(shown, defines), files);
  const table = withoutProxies(compile(config, { hostNames: "addresses" }).table);
  const router = createRouter(table);
  const stamp = ({ path, line }: SourcePlace): string =>
    `${line}:${encodeURIComponent(path.replace(/^\/backhand-output\//, ""))}`;
  const announced = announcer(migration);
  const status = { granted: 404, denied: 403, authentication: 401, refused: 403 };
  return asked.flatMap(({ request, outcome }) => {
    const now = oldOutcome(request, table, router, files);
    // Until 2.0 a file is never taken for a folder; which of them the name is the text does not say.
    const isOpen = outcome.isFolder && outcome.filename?.endsWith("/") !== true;
    if (now.isFolder !== outcome.isFolder || isOpen) return [];
    const answer: ProbeAnswer = {
      status: now.status ?? status[now.access],
      location: now.location,
      host: now.host === null ? null : stamp(now.host),
      sections: (now.sections ?? []).map(stamp),
      upstream: outcome.isBalanced ? "a balancer" : null,
      handler: null,
      body: "",
    };
    const all = differencesOf(outcome, answer, migration, null);
    const found = now.isMerged ? all.filter(({ what }) => what === "virtual host" || what === "sections") : all;
    return announced(found.map((one) => ({ ...one, lines: outcome.lines }))).map((one) => ({ request, ...one }));
  });
}

async function compareAll(
  asked: readonly Asked[],
  table: RoutingTable,
  migration: Migration,
  network: SandboxNetwork,
  agent: Agent,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const announced = announcer(migration);
  const isKnown = new Set(table.hosts.flatMap(({ addresses }) => addresses.map(({ address }) => address)));
  for (const { request, outcome, ofFolder } of asked) {
    const { address, port, host, path, method, from } = request;
    const isOwn = isKnown.has(address) || table.listen.some((listen) => listen.address === address);
    let answer: ProbeAnswer;
    try {
      answer = await sendProbe(
        {
          ip: isOwn ? network.ip(address) : "127.0.0.1",
          port: network.port(port),
          host,
          path,
          method,
          client: from,
          headers: { [SERVER_FIELD]: address },
        },
        agent,
      );
    } catch (error) {
      const after = error instanceof Error ? error.message : String(error);
      found.push({ request, what: "answer", before: outcome.access, after, lines: outcome.lines });
      continue;
    }
    // 2.4 takes no such name from anybody, so that no client can have asked for it.
    if (answer.status === 400 && /[^\w.:[\]*-]/.test(host ?? "")) continue;
    const given = foldersAside(answer, path);
    const all = differencesOf(outcome, given, migration, network);
    // That a folder lies there no text says: the server tells it, or meets the sections of one.
    const mayBeFolder = all.length > 0 && (given !== answer || all.every(({ what }) => what === "sections"));
    const here = mayBeFolder && differencesOf(ofFolder(), given, migration, network).length === 0 ? [] : all;
    const met = answer.sections.flatMap((stamp) => placesOf(migration)(stamp) ?? []);
    for (const one of announced(
      here.map((each) => ({ ...each, lines: outcome.lines })),
      met,
    ))
      found.push({ request, ...one });
  }
  return found;
}
