import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import type { Agent, Server } from "node:http";
import { dirname, join } from "node:path";

import { compile } from "../../compile/compile.ts";
import type { RoutingTable, TableSection } from "../../compile/table.ts";
import { makeSandboxFolder } from "./sandbox-folder.ts";
import { withoutProxies, withoutRedirects } from "../site/without-lines.ts";
import { withHomes } from "../site/user-mapping.ts";
import { createRouter } from "../../routing/router.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import { encode } from "../../source/encoding.ts";
import { ONE_SLASH } from "../nginx/note-slashes.ts";
import type { Migration, SourcePlace } from "../verdict.ts";
import { physicalLines, textOf } from "../verdict.ts";
import { foreignOutcome, withAnswer, type ForeignOutcome } from "./foreign-outcome.ts";
import { serverPathFinder } from "./server-paths.ts";
import type { ForeignServer } from "./foreign-server.ts";
import { httpdAnswers, type HttpdAnswer } from "./httpd-answers.ts";
import { asFolder, inOneForm, probeAgent, sendProbe, withoutServer, type ProbeAnswer } from "./probe.ts";
import { startServer, withFreePorts } from "./real-server.ts";
import { askableSamples, countPorts } from "./samples.ts";
import { SandboxNetwork } from "./sandbox-network.ts";
import { startStandIn } from "./stand-in.ts";
import type { Difference, Verification, VerifyOptions } from "./verification.ts";

interface Asked {
  readonly request: SampleRequest;
  readonly outcome: ForeignOutcome;
  /** Whether more sections count if the path is that of a folder: what lies there no text says. */
  readonly isMoreAsFolder: () => boolean;
}

/**
 * Asks the old file, by our own routing, and the new one, by its real server on the loopback, the same requests. The server
 * runs in a folder of its own, with files that name themselves where the old configuration has its own, and with one member
 * that stands in for all; the folder is removed afterwards. `program` null: not on this machine.
 */
export async function verifyForeign(
  options: VerifyOptions,
  server: ForeignServer,
  program: string | null = existsSync(server.program) ? server.program : null,
): Promise<Verification> {
  const { config, migration } = options;
  const { table } = compile(config);
  const routed = withoutProxies(withHomes(table));
  const router = createRouter(routed);
  const stayRouter = createRouter(withoutRedirects(routed));
  const cutBy = serverPathFinder(config);
  const asked = askableSamples(table, options.requests).flatMap((request): readonly Asked[] => {
    const outcome = foreignOutcome(request, table, router);
    if (outcome === null) return [];
    const isMoreAsFolder = (): boolean => {
      const folder = foreignOutcome({ ...request, path: asFolder(request.path) }, table, router);
      const known = new Set(outcome.lines.access.map(({ path, line }) => `${path}:${line}`));
      return folder?.lines.access.some(({ path, line }) => !known.has(`${path}:${line}`)) === true;
    };
    const whole = withLines(outcome, cutBy(outcome.host, request.path));
    const stays = whole.sent !== null && whole.needsHttpd ? foreignOutcome(request, table, stayRouter) : null;
    return [{ request, outcome: withAccessLines(whole, stays?.lines.access ?? []), isMoreAsFolder }];
  });
  const aside = asideOf(asked.filter(({ outcome }) => outcome.unknown.length > 0));
  const byReport = (reason: string, refused = false): Verification => ({
    version: 1,
    kind: "static",
    reason,
    refused,
    requests: asked.length,
    differences: announcedOnly(asked, migration),
    aside,
    standIns: [],
  });
  const name = server.program.replace(/.*\//, "");
  const byRefusal = (why: string): Verification => byReport(`${name} does not start: ${why}`, true);
  if (program === null) return byReport(`${name} is not on this machine, so only what the report announces is listed`);
  const [listen] = table.listen;
  if (listen === undefined) return byReport("the configuration listens nowhere");
  const said = await httpdAnswers({
    config,
    table,
    defines: options.defines,
    ...(options.readAgain === undefined ? {} : { readAgain: options.readAgain }),
    requests: asked.filter(({ outcome }) => outcome.needsHttpd).map(({ request }) => request),
  });
  const answerTo = ({ request, outcome }: Asked): HttpdAnswer | null => {
    if (said === null) return null;
    const { access, redirect } = outcome.lines;
    if ([...access, ...redirect].some(({ path, line }) => said.closed.has(`${path}:${line}`))) return null;
    const answer = said.answers.get(request);
    // 2.4 has other rules for whose a name is, so that not every request can be asked there.
    return answer === undefined || shown(answer.host) !== shown(outcome.host) ? null : answer;
  };
  const open = asked.filter((one) => one.outcome.unknown.length > 0 && answerTo(one) === null);
  const byHttpd = (one: Asked): ForeignOutcome | null =>
    one.outcome.needsHttpd ? withAnswer(one.outcome, answerTo(one)) : one.outcome;
  const askAt = async (ports: readonly number[]): Promise<Verification> => {
    const sandbox = makeSandboxFolder();
    const folder = sandbox.path;
    // Workers have a user of their own.
    chmodSync(folder, 0o755);
    const agent = probeAgent();
    const network = new SandboxNetwork(ports);
    let standIn: Server | null = null;
    try {
      standIn = await startStandIn(network.upstreamPort);
      const [main] = migration.files;
      const file = join(folder, main?.path ?? "conf");
      writeFileSync(file, encode(server.sandbox(main === undefined ? "" : textOf(main), folder, network)));
      // The deeper first, so that no file stands where a folder has to be.
      const names = asked.flatMap(({ outcome }) => outcome.file ?? []).sort((one, other) => other.length - one.length);
      if (server.sendsFiles) for (const name of names) placeFile(join(folder, "files"), name);
      const ip = listen.address === "*" ? "127.0.0.1" : network.ip(listen.address);
      const running = await startServer(program, server.args(file, folder), network.port(listen.port), ip);
      if ("refused" in running) return byRefusal(running.refused);
      try {
        const differences = await compareAll(asked, table, migration, network, server, agent, folder, byHttpd);
        const ended = running.ended();
        if (ended !== null) return byRefusal(ended);
        return {
          version: 1,
          kind: "live",
          reason: null,
          refused: false,
          requests: asked.length,
          differences,
          aside: asideOf(open),
          standIns: [],
        };
      } finally {
        await running.stop();
      }
    } finally {
      agent.destroy();
      standIn?.close();
      sandbox.remove();
    }
  };
  return await withFreePorts(2 + countPorts(table), askAt, ({ reason }) => reason, byRefusal);
}

const allSections = (sections: readonly TableSection[]): readonly TableSection[] =>
  sections.flatMap((section) => [section, ...allSections(section.sections)]);

/** With lines that have a part in all of it. */
function withLines(outcome: ForeignOutcome, places: readonly SourcePlace[]): ForeignOutcome {
  if (places.length === 0) return outcome;
  const { host, access, redirect, upstream, file } = outcome.lines;
  const lines = {
    host,
    access: [...access, ...places],
    redirect: [...redirect, ...places],
    upstream: [...upstream, ...places],
    file: [...file, ...places],
  };
  return { ...outcome, lines };
}

/** With the access lines of a request that is not sent elsewhere after all, since a rule of httpd's own takes it first. */
function withAccessLines(outcome: ForeignOutcome, places: readonly SourcePlace[]): ForeignOutcome {
  if (places.length === 0) return outcome;
  return { ...outcome, lines: { ...outcome.lines, access: [...outcome.lines.access, ...places] } };
}

/** Where ErrorDocument lines send who is refused. */
function errorPages({ hosts, sections }: RoutingTable): ReadonlySet<string> {
  const waiting = [...hosts, ...sections];
  const found = new Set<string>();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { name, args } of next.directives) {
      if (name.toLowerCase() === "errordocument" && args[1] !== undefined) found.add(args[1]);
    }
    if ("sections" in next) waiting.push(...next.sections);
  }
  return found;
}

function asideOf(asked: readonly Asked[]): Verification["aside"] {
  const places = new Map(
    asked.flatMap(({ outcome }) => outcome.unknown.map((place) => [`${place.path}:${place.line}`, place])),
  );
  return { requests: asked.length, lines: [...places.values()] };
}

/** A file that holds its own name; nothing where a folder is, or where a file stands in the way. */
function placeFile(files: string, name: string): void {
  if (name.endsWith("/") || name.includes("\0")) return;
  try {
    const path = join(files, name);
    // In the bytes that the configuration has, which need not be UTF-8.
    mkdirSync(Buffer.from(encode(dirname(path))), { recursive: true });
    writeFileSync(Buffer.from(encode(path)), encode(name), { flag: "wx" });
  } catch {
    // Another request's folder or file; whoever asks for this one is not asked what it holds.
  }
}

function isPlaced(folder: string, name: string): boolean {
  try {
    return statSync(Buffer.from(encode(join(folder, "files", name)))).isFile();
  } catch {
    return false;
  }
}

async function compareAll(
  asked: readonly Asked[],
  table: RoutingTable,
  migration: Migration,
  network: SandboxNetwork,
  server: ForeignServer,
  agent: Agent,
  folder: string,
  byHttpd: (one: Asked) => ForeignOutcome | null,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  const lines = migration.files.flatMap((file) => file.lines.flatMap(physicalLines));
  const texts = lines.map(({ text }) => text);
  const announced = announcements(migration);
  const ofSlashes = slashesAnnounced(migration);
  const pages = errorPages(table);
  const unplaced = allSections(table.sections).map(({ place: { file, line } }) => ({
    path: table.files[file] ?? "",
    line,
  }));
  for (const one of asked) {
    const { request, outcome, isMoreAsFolder } = one;
    const { address, port, host, path, method, from } = request;
    const ip = network.known(table, address) ? network.ip(address) : "127.0.0.1";
    const add = (what: string, key: keyof ForeignOutcome["lines"], before: string, after: string): void => {
      if (before === after) return;
      const places = outcome.lines[key];
      // A section that nothing stands for closes what it may keep closed, which no line of the request tells.
      const isClosed = (what === "access" && after === "denied") || (what === "redirect" && after === "403");
      const closing = isClosed ? unplaced : [];
      const isWider = what === "access" && after === "granted";
      const slashes = isWider || !/^[^?]*\/\//.test(path) ? null : ofSlashes;
      const why = [...places, ...closing].flatMap((place) => announced(place) ?? [])[0] ?? slashes ?? undefined;
      found.push({
        request,
        what,
        before,
        after,
        lines: places,
        ...(why === undefined ? {} : { announced: why }),
      });
    };
    let answer: ProbeAnswer;
    try {
      answer = await sendProbe({ ip, port: network.port(port), host, path, method, client: from, headers: {} }, agent);
    } catch (error) {
      add("answer", "access", outcome.access, error instanceof Error ? error.message : String(error));
      continue;
    }
    // Refused before a host is chosen.
    if (answer.status === 400 && server.refused?.test(path) === true) continue;
    const line = answer.host === null ? -1 : server.hostLine(answer.host, texts);
    const place = lines[line]?.why === undefined ? (lines[line]?.from ?? null) : null;
    add("virtual host", "host", shown(outcome.host), shown(place));
    // A page for what is refused that lies on another server.
    if (outcome.access !== "granted" && answer.status === 302 && pages.has(answer.location ?? "")) continue;
    if (outcome.asksTls && answer.status === 403) continue;
    const whole = byHttpd(one);
    // Rules that only httpd runs, and there is none to ask or it says nothing.
    if (whole === null) continue;
    // So is a page for what is closed in the place of a redirect.
    const isElsewhere = (whole.sent !== null || whole !== outcome) && answer.location !== whole.sent?.location;
    const isPage = isElsewhere && pages.has(answer.location ?? "");
    const given = isPage && answer.status === 302 ? { ...answer, status: 403, location: null } : answer;
    const isHead = method === "HEAD";
    compare(whole, isMoreAsFolder, given, isHead, network, server, add, (name) => isPlaced(folder, name));
  }
  return found;
}

const shown = (place: SourcePlace | null): string => (place === null ? "main server" : `${place.path}:${place.line}`);

type Add = (what: string, key: keyof ForeignOutcome["lines"], before: string, after: string) => void;

function compare(
  { access, sent, pipeline, isRelayed, file, folder, pages }: ForeignOutcome,
  isMoreAsFolder: Asked["isMoreAsFolder"],
  answer: ProbeAnswer,
  isHead: boolean,
  network: SandboxNetwork,
  { groupOf, locationForm, sendsFiles }: ForeignServer,
  add: Add,
  isThere: (name: string) => boolean,
): void {
  // The address of an ErrorDocument stands for its error.
  const page =
    answer.status === 302 && sent === null
      ? pages.find(({ status: one, url }) => url === answer.location && (access !== "denied" || one === 403))
      : undefined;
  const status = page?.status ?? answer.status;
  const to = inOneForm(withoutServer(answer.location ?? ""));
  const isFolder = status === 301 && to === inOneForm(folder ?? "");
  const isRedirect = status >= 300 && status < 400 && !isFolder;
  // What a server does not take is closed too.
  const refused = status === 400 ? (access === "granted" ? "refused" : access) : "granted";
  const now = status === 401 ? "authentication" : status === 403 ? "denied" : refused;
  const before = sent === null ? "none" : `${sent.status} ${sent.location ?? ""}`.trim();
  if (sent !== null || isRedirect) {
    const after = isRedirect || status === sent?.status ? `${status} ${answer.location ?? ""}`.trim() : `${status}`;
    const shownAs = (text: string): string => locationForm(network.bare(text));
    add("redirect", "redirect", shownAs(access === "granted" ? before : access), shownAs(after));
    return;
  }
  // Where the old server would have looked what is there, the new one is as strict as for any of them.
  const isCloser = now === "denied" || (now === "authentication" && access === "granted");
  if (access !== now && isCloser && isMoreAsFolder()) return;
  add("access", "access", access, now);
  if (access !== "granted" || now !== "granted") return;
  if (pipeline === null && isRelayed === true) {
    // A server that is closed for what cannot be said is no other one.
    add("upstream", "upstream", "another server", answer.upstream === null ? `status ${status}` : "another server");
    return;
  }
  const group = pipeline === null ? "none" : `a balancer, ${groupOf(pipeline)}`.replace(/[, ]+$/, "");
  const upstream =
    answer.upstream === null ? "none" : `a balancer, ${answer.upstream.replace(/\.$/, "")}`.replace(/[, ]+$/, "");
  // Without members the target refuses, which the report says.
  add(
    "upstream",
    "upstream",
    group,
    pipeline !== null && status === 503 && answer.upstream === null ? group : upstream,
  );
  if (!sendsFiles || file === null || !isThere(file) || isFolder || isHead) return;
  if (status === 200) add("file", "file", file, answer.body);
  else if (status !== 405) add("file", "file", file, `status ${status}`);
}

type Announcement = NonNullable<Difference["announced"]>;

/** What the report says is lost or answered in another way at a line. */
function announcements({ lines }: Migration): (place: SourcePlace) => Announcement | null {
  const found = new Map<string, Announcement>();
  for (const { path, line, endLine, verdict } of lines) {
    const isLost = verdict.kind === "dropped" && verdict.decides;
    if (!isLost && !(verdict.kind === "changed" && verdict.differs === true)) continue;
    for (let at = line; at <= endLine; at += 1) {
      found.set(`${path} ${at}`, { place: { path, line }, why: verdict.why });
    }
  }
  return ({ path, line }) => found.get(`${path} ${line}`) ?? null;
}

/** What the report says of paths with several slashes together. */
function slashesAnnounced({ notes }: Migration): Announcement | null {
  const note = notes.find(({ message }) => message.startsWith(ONE_SLASH));
  return note === undefined || note.place === null ? null : { place: note.place, why: note.message };
}

/** Without the server: the requests that meet a line which the report says is lost. */
function announcedOnly(asked: readonly Asked[], migration: Migration): readonly Difference[] {
  const announced = announcements(migration);
  return asked.flatMap(({ request, outcome }): readonly Difference[] =>
    Object.entries(outcome.lines).flatMap(([key, places]): readonly Difference[] => {
      const [why] = places.flatMap((place) => announced(place) ?? []);
      const what = key === "host" ? "virtual host" : key;
      if (why === undefined) return [];
      return [
        { request, what, before: "as in the old file", after: "not carried over", lines: places, announced: why },
      ];
    }),
  );
}
