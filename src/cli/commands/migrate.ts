import { getServers } from "node:dns";
import { existsSync, readdirSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";

import { ConfigUnreadableError, whatHappened } from "../../config/config-unreadable-error.ts";
import { DIRECTORY } from "../../migrate/apache24/includes.ts";
import { readWithAllDefines } from "../../migrate/read-all.ts";
import { jsonParts } from "../../migrate/json-parts.ts";
import { reportHtml } from "../../migrate/report-html.ts";
import { makeReport, reportTextParts } from "../../migrate/report.ts";
import type { Backend, MigrationInput } from "../../migrate/target.ts";
import { targets } from "../../migrate/targets/index.ts";
import { writtenText, type OutputFile } from "../../migrate/verdict.ts";
import { OutputExistsError, OutputRefusedError, recoverDirectory, writeDirectory } from "../../migrate/write-output.ts";
import { discover } from "../../migrate/discover.ts";
import { verificationText } from "../../migrate/verify/verification-text.ts";
import { unexplained } from "../../migrate/verify/verification.ts";
import { verify } from "../../migrate/verify/verify.ts";
import { compilationOf } from "../../migrate/compiled.ts";
import type { ActiveConfig } from "../../config/active-config.ts";
import { readConfiguration } from "../../config/read.ts";
import type { RoutingTable } from "../../compile/table.ts";
import { requestsToAsk } from "../requests-to-ask.ts";
import { printableLines } from "../../report/printable.ts";
import { decode } from "../../source/encoding.ts";
import { BYTE_ORDER_MARK, UTF_16 } from "../../source/encoding-marks.ts";
import { overlayFileSystem } from "../../lint/overlay-file-system.ts";
import type { AccessFiles } from "../../migrate/access-files.ts";
import { searchAccessFiles } from "../../compile/access-file-search.ts";
import type { FileSystem } from "../../config/file-system.ts";
import { portNumber, splitPort } from "../../compile/addresses.ts";
import { addressBytes, canonicalAddress } from "../../access/address.ts";
import { fileSystemAt, readOptions } from "../read-options.ts";
import type { ExitCode } from "../exit-codes.ts";
import { exitCodes } from "../exit-codes.ts";
import type { MigrateFlags } from "../declare-migrate.ts";
import type { GlobalOptions, Terminal } from "../terminal.ts";
import { UsageError } from "../terminal.ts";

/** Where Debian and others keep modules. */
const usualModules = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/local/apache2/modules"];

function modulesIn(flags: MigrateFlags): { readonly folder: string; readonly files: ReadonlySet<string> | null } {
  const folder = flags.modulesDir ?? usualModules.find((path) => existsSync(path)) ?? "modules";
  try {
    return { folder, files: isAbsolute(folder) ? new Set(readdirSync(folder)) : null };
  } catch {
    return { folder, files: null };
  }
}

/** `10.0.0.1:80,10.0.0.2` as members; the port is 80 when none is given. Throws UsageError. */
function backendsOf(words: readonly string[]): readonly Backend[] {
  if (words.length > 0 && !words.some((word) => /[^\s,]/.test(word)))
    throw new UsageError(`Expected --backends address:port,…, got "${words.join(" ")}"`);
  return words
    .flatMap((word) => word.split(","))
    .filter((word) => word.trim() !== "")
    .map((word) => {
      const { host, port } = splitPort(word.trim());
      const number = port === null ? 80 : portNumber(port);
      if (number === null || addressBytes(host) === null) {
        throw new UsageError(`Expected --backends address:port,…, got "${word}"`);
      }
      return { address: canonicalAddress(host), port: number };
    });
}

/** Whether the output is there, when what a killed run left has been put right. */
function recoverOutput(folder: string): boolean {
  try {
    recoverDirectory(folder);
  } catch (error) {
    if (error instanceof OutputRefusedError) throw new UsageError(error.message);
    throw error;
  }
  return existsSync(folder);
}

/**
 * The files as they lie in their directory: the main one says where that is, if any Include needs it. Throws UsageError for
 * a name that an Include cannot hold.
 */
function placed(files: readonly OutputFile[], folder: string): readonly OutputFile[] {
  const [main, ...others] = files;
  // Another file is what an Include is for.
  const needs =
    files.length > 1 && files.some(({ lines }) => lines.some(({ text }) => text.includes(`\${${DIRECTORY}}`)));
  if (main === undefined || !needs) return files;
  if (/["\\*?[\]\r\n]|\$\{/.test(folder)) {
    throw new UsageError(
      `Cannot write to ${JSON.stringify(folder)}: an Include would read one of " \\ * ? [ ] \${ and line ends in it as something else; give another directory`,
    );
  }
  const define = { text: `Define ${DIRECTORY} "${folder}"`, from: null, why: "where the files that it includes lie" };
  return [{ path: main.path, lines: [define, ...main.lines] }, ...others];
}

/** The .htaccess files that the configuration lets count, as far as they are on this machine. */
function accessFilesOf(table: RoutingTable, system: FileSystem): AccessFiles {
  const { files, seen } = searchAccessFiles(table, system);
  const unreadable: string[] = [];
  const texts = files.flatMap(({ path, folder }) => {
    try {
      return [{ path, folder, text: decode(system.readFile(path)) }];
    } catch {
      unreadable.push(folder);
      return [];
    }
  });
  // A file that cannot be read may say anything.
  return { files: texts, seen: seen.filter((root) => !unreadable.some((folder) => `${folder}/`.startsWith(root))) };
}

/** Files of which httpd takes the first bytes for a part of a name, which no line of the report can say. */
function encodingFaults({ readings }: ActiveConfig): readonly string[] {
  return readings.flatMap(({ source: { path, text } }) => {
    if (text.startsWith(BYTE_ORDER_MARK))
      return [`${path} begins with a byte order mark, which httpd takes for a part of the first name: save it without`];
    return UTF_16.test(text) ? [`${path} is text in UTF-16, which httpd reads byte by byte: save it as UTF-8`] : [];
  });
}

/** So many lines are made one text: V8 asks for memory of its own for each longer string, which takes longer than to fill it. */
const LINES_AT_ONCE = 200;

/** The text of a file in parts. */
function* lineParts(lines: OutputFile["lines"]): Iterable<string> {
  for (let at = 0; at < lines.length; at += LINES_AT_ONCE) {
    yield lines
      .slice(at, at + LINES_AT_ONCE)
      .map(writtenText)
      .join("\n");
    yield "\n";
  }
}

/** So many characters are shown together. */
const SHOWN_AT_ONCE = 1 << 16;

/** Short parts together, as far as they are. */
function* gathered(parts: Iterable<string>): Iterable<string> {
  let waiting = "";
  for (const part of parts) {
    waiting += part;
    if (waiting.length < SHOWN_AT_ONCE) continue;
    yield waiting;
    waiting = "";
  }
  if (waiting !== "") yield waiting;
}

function* withLineEnd(parts: Iterable<string>): Iterable<string> {
  yield* parts;
  yield "\n";
}

/** `backhand migrate`: writes a configuration for another server, with a report of every line. */
export async function run(
  conf: string,
  flags: MigrateFlags,
  global: GlobalOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const target = targets.get(flags.to);
  if (target === undefined) throw new UsageError(`Expected --to ${[...targets.keys()].join(", ")}, got "${flags.to}"`);
  if (flags.requests !== undefined && !flags.verify)
    throw new UsageError("Expected --verify beside --requests: it is what asks them");
  if (flags.output === "" || flags.output === "-") {
    const hint = flags.output === "" ? "" : "; ./- is one of that name";
    throw new UsageError(`Expected a directory behind -o, got ${JSON.stringify(flags.output)}${hint}`);
  }
  const fileSystem = fileSystemAt(terminal.cwd);
  const folder = isAbsolute(flags.output) ? flags.output : join(terminal.cwd, flags.output);
  const isKept = recoverOutput(folder) && flags.force !== true;
  if (isKept) throw new UsageError(new OutputExistsError(flags.output).message);
  const { options } = readOptions(conf, global, terminal, fileSystem);
  const text = conf === "-" ? new TextDecoder().decode(await terminal.stdin()) : undefined;
  try {
    const reading = text === undefined ? options : { ...options, text };
    // What the server reads with just the names that were given.
    const started = readConfiguration(reading);
    const config = readWithAllDefines(reading, started);
    const { table } = compilationOf(started);
    const modules = modulesIn(flags);
    const given = backendsOf(flags.backends);
    const heard = flags.discover === undefined ? [] : await discover(table.cluster, flags.discover);
    if (flags.discover !== undefined) {
      const names = heard.map(({ address, port }) => `${address}:${port}`).join(", ");
      terminal.stderr(`Heard of ${heard.length === 0 ? "no server" : names}\n`);
    }
    const accessFiles = accessFilesOf(table, fileSystem);
    const readAgain: MigrationInput["readAgain"] = (texts) => {
      const other = { ...reading, fileSystem: overlayFileSystem(fileSystem, texts) };
      const main = texts.get(reading.path);
      const again = text === undefined || main === undefined ? other : { ...other, text: main };
      return { config: readWithAllDefines(again), started: readConfiguration(again) };
    };
    const migration = target.migrate({
      config,
      started,
      accessFiles,
      readAgain,
      defines: options.defines ?? [],
      modulesDirectory: modules.folder,
      moduleFiles: modules.files,
      nameServers: getServers(),
      backends: [...given, ...heard.filter((one) => !given.some((own) => own.address === one.address))],
    });
    for (const fault of encodingFaults(config)) terminal.stderr(`${fault}\n`);
    const outputs = placed(migration.files, resolve(folder));
    const report = makeReport({ ...migration, files: outputs }, target.name, config.dialect);
    const verification = flags.verify
      ? await verify(target.name, {
          config: started,
          migration,
          accessFiles,
          readAgain,
          defines: options.defines ?? [],
          requests: flags.requests === undefined ? [] : await requestsToAsk(flags.requests, table, terminal),
        })
      : null;
    const title = `${conf} for ${target.name}`;
    const files = new Map<string, string | Iterable<string>>([
      ...outputs.map(({ path, lines }) => [path, lineParts(lines)] as const),
      ["report.json", withLineEnd(jsonParts(report))],
      ["report.html", reportHtml(report, title, verification)],
      ...(verification === null ? [] : [["verify.json", `${JSON.stringify(verification, null, 2)}\n`] as const]),
    ]);
    try {
      const read = [...config.readings.map(({ source }) => source), ...accessFiles.files];
      const sources = read.map((one) => resolve(terminal.cwd, one.path));
      writeDirectory(folder, files, flags.force === true, { sources, cwd: terminal.cwd });
    } catch (error) {
      throw new UsageError(`Cannot write ${flags.output}: ${whatHappened(error)}`, { cause: error });
    }
    if (flags.format === "json") {
      const whole = verification === null ? report : { ...report, verification };
      for (const part of gathered(withLineEnd(jsonParts(whole)))) terminal.stdout(part);
    } else {
      for (const part of gathered(reportTextParts(report))) terminal.stdout(printableLines(part));
      if (verification !== null) terminal.stdout(printableLines(verificationText(verification)));
    }
    terminal.stderr(`Read as httpd ${config.dialect}, ${config.dialectReason}; written to ${flags.output}\n`);
    const isPartial = report.partial && flags.allowPartial !== true;
    return isPartial || (verification !== null && (verification.refused || unexplained(verification).length > 0))
      ? exitCodes.findings
      : exitCodes.fine;
  } catch (error) {
    if (error instanceof ConfigUnreadableError) throw new UsageError(error.message);
    throw error;
  }
}
