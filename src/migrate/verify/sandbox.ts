import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, posix } from "node:path";

import { applyEdits } from "../../ast/edit.ts";
import type { ActiveConfig, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import type { TextEdit } from "../../diagnostics/diagnostic.ts";
import { encode } from "../../source/encoding.ts";
import { FILES_FOLDER } from "../access-files.ts";
import { outputPath, readAccessFile, readOutput } from "../apache24/check-output.ts";
import { escaped } from "../site/url-pattern.ts";
import type { OutputFile } from "../verdict.ts";
import { textOf } from "../verdict.ts";
import type { SandboxNetwork } from "./sandbox-network.ts";
import { droppedInProbe, pathWord } from "./sandbox-paths.ts";

/** What a sandbox is for: to be looked at by `apache2 -t`, or to answer probes without TLS, with stamps that say what met. */
export type Purpose = "check" | "probe";

/** A configuration of 2.4 that runs on the loopback alone, with every path inside of one folder. */
export interface Sandbox {
  readonly file: string;
  /** Below here the paths of the configuration start. */
  readonly files: string;
  readonly network: SandboxNetwork;
  /** Files and folders of the configuration that this machine does not have and without which the server would not start. */
  readonly standIns: readonly string[];
}

/** Field names of the stamps, and of the client that a probe claims to be at the address that it claims to reach. */
export const HOST_STAMP = "X-Backhand-Host";
export const SECTION_STAMP = "X-Backhand-Section";
export const HANDLER_STAMP = "X-Backhand-Handler";
export const UPSTREAM_STAMP = "X-Backhand-Upstream";
export const CLIENT_FIELD = "X-Backhand-Client";
export const SERVER_FIELD = "X-Backhand-Server";

/** Where Debian's package keeps modules; the sandbox runs its program. */
const MODULES = "/usr/lib/apache2/modules";

const stamped = new Set("directory directorymatch files filesmatch location locationmatch if elseif else".split(" "));

/**
 * Writes the output of a migration into a folder so that it can run there: other addresses, other users, no logs. Nothing of
 * what decides routing or access is another.
 */
export function makeSandbox(
  output: readonly OutputFile[],
  folder: string,
  purpose: Purpose,
  network: SandboxNetwork,
  defines: readonly string[] = [],
): Sandbox {
  const files = join(folder, "files");
  const config = readOutput(output, defines);
  // A file that is read several times has each edit once.
  const edits = new Map<string, Map<string, TextEdit>>();
  const edit = (node: ActiveNode, one: TextEdit): void => {
    const path = node.origin?.reading.source.path ?? "";
    const list = edits.get(path) ?? new Map<string, TextEdit>();
    edits.set(path, list);
    list.set(`${one.start} ${one.end} ${one.text}`, one);
  };
  mkdirSync(files, { recursive: true });
  const [main] = output;
  const rewriter = new Rewriter(files, config, purpose, network, edit);
  const accessFiles = output.filter(({ path }) => path.startsWith(`${FILES_FOLDER}/`));
  const waiting: ActiveSection[] = [config.server, ...accessFiles.map((file) => readAccessFile(file).server)];
  for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
    for (const node of section.children) {
      if (node.kind === "section" && node.origin === null) waiting.push(node);
      if (node.origin === null || node.origin.expandedFrom !== undefined) continue;
      if (node.kind === "section") {
        rewriter.section(node);
        waiting.push(node);
      } else {
        rewriter.directive(node);
      }
    }
  }
  for (const file of output) {
    const text = textOf(file);
    const isAccessFile = accessFiles.includes(file);
    const found = edits.get(outputPath(file))?.values() ?? [];
    const list = [...found].sort((a, b) => a.start - b.start);
    const edited = applyEdits(text, list).text;
    const path = isAccessFile ? join(files, file.path.slice(FILES_FOLDER.length)) : join(folder, "conf", file.path);
    mkdirSync(dirname(path), { recursive: true });
    const before = file === main ? preamble(folder, purpose) : "";
    writeFileSync(path, encode(before + edited));
  }
  rewriter.make(DEFAULT_TYPES, "file");
  const standIns = [...rewriter.standIns].filter((path) => !existsSync(path));
  return { file: join(folder, "conf", main?.path ?? "httpd.conf"), files, network, standIns };
}

/** A variable that nothing sets: stands for names of clients, which are not looked up. */
export const NEVER_SET = "backhand-name-is-never-known";

/** What `Require local` asks, of the addresses that a probe claims: the server has others here. */
const IS_LOCAL = `expr "-R '127.0.0.0/8' || -R '::1' || %{REMOTE_ADDR} == %{req_novary:${SERVER_FIELD}}"`;

/** No client has it. */
const NOBODY = "255.255.255.254";

/** What Debian's program reads when no TypesConfig says another file; below ServerRoot. */
const DEFAULT_TYPES = "mime.types";

function preamble(folder: string, purpose: Purpose): string {
  const lines = [
    `Define CONFIG_DIR "${folder}/conf"`,
    `ServerRoot "${folder}/files"`,
    `PidFile "${folder}/pid"`,
    `ErrorLog "${folder}/error.log"`,
    `Mutex posixsem`,
  ];
  if (purpose === "probe") {
    lines.push(
      "StartServers 1",
      `LoadModule headers_module ${MODULES}/mod_headers.so`,
      `LoadModule remoteip_module ${MODULES}/mod_remoteip.so`,
      `Header always set ${HANDLER_STAMP} "expr=%{HANDLER}"`,
      `RemoteIPHeader ${CLIENT_FIELD}`,
      "RemoteIPInternalProxy 127.0.0.0/8",
      "LogLevel error",
    );
  }
  return `${lines.join("\n")}\n`;
}

const isInAccessFile = (path: string): boolean => path.startsWith(`${outputPath({ path: FILES_FOLDER })}/`);

class Rewriter {
  readonly #files: string;
  readonly #root: string;
  /** What was made since the server would not start without it, by its path in the configuration. */
  readonly standIns = new Set<string>();
  readonly #purpose: Purpose;
  readonly #network: SandboxNetwork;
  readonly #edit: (node: ActiveNode, edit: TextEdit) => void;

  constructor(
    files: string,
    config: ActiveConfig,
    purpose: Purpose,
    network: SandboxNetwork,
    edit: (node: ActiveNode, edit: TextEdit) => void,
  ) {
    this.#files = files;
    const root = config.server.children.findLast((node) => node.key === "serverroot")?.words[0]?.value ?? "/";
    this.#root = isAbsolute(root) ? root : "/";
    this.#purpose = purpose;
    this.#network = network;
    this.#edit = edit;
  }

  /** A path of the configuration as it lies in the sandbox. */
  #inside(path: string): string {
    // A slash at the end of an alias counts.
    return this.#files + posix.resolve(this.#root, path) + (/.\/$/.test(path) ? "/" : "");
  }

  #word(node: ActiveNode, index: number, text: string): void {
    const word = node.words[index];
    if (word !== undefined) this.#edit(node, { start: word.start, end: word.end, text: `"${text}"` });
  }

  #remove(node: ActiveNode): void {
    if (node.origin === null) return;
    const { line } = node.origin;
    this.#edit(node, { start: line.start, end: line.end, text: "\n" });
  }

  section(node: ActiveSection): void {
    const [first, second] = node.words;
    if (node.key === "virtualhost") {
      for (const [index, { value }] of node.words.entries()) this.#word(node, index, this.#network.address(value));
      this.#stamp(node, `Header always set ${HOST_STAMP} "${stampOf(node)}"`);
      return;
    }
    if (node.key === "directory" && first !== undefined && first.value !== "~") {
      const path = first.value;
      this.#word(node, 0, isAbsolute(path) ? this.#files + path : path);
    } else if (node.key === "directorymatch" || (node.key === "directory" && second !== undefined)) {
      const index = first?.value === "~" ? 1 : 0;
      const pattern = node.words[index]?.value ?? "";
      const at = pattern.replaceAll(/(?<![\\[])\^(?=\/)/g, `^${this.#files}`);
      this.#word(node, index, at.replaceAll('"', '\\"'));
    }
    if (stamped.has(node.key)) this.#stamp(node, `Header always append ${SECTION_STAMP} "${stampOf(node)}"`);
  }

  #stamp(node: ActiveSection, text: string): void {
    // A .htaccess file may not be allowed to add a field.
    if (this.#purpose !== "probe" || node.origin === null || isInAccessFile(node.origin.reading.source.path)) return;
    const { end } = node.origin.line;
    this.#edit(node, { start: end, end, text: `${text}\n` });
  }

  directive(node: ActiveNode): void {
    const value = node.words[0]?.value ?? "";
    switch (node.key) {
      case "serverroot":
        mkdirSync(this.#inside(value), { recursive: true });
        this.#word(node, 0, this.#inside(value));
        return;
      case "listen":
        this.#word(node, 0, this.#network.listen(value));
        // "https" would ask for a certificate.
        if (this.#purpose === "probe" && node.words[1] !== undefined) this.#word(node, 1, "http");
        return;
      case "loadmodule":
        if (this.#purpose === "probe" && /mod_(?:cgid?|headers|remoteip)\.so/.test(node.words[1]?.value ?? ""))
          this.#remove(node);
        return;
      case "user":
      case "group":
      case "suexecusergroup":
      case "pidfile":
      case "mutex":
      case "chrootdir":
        this.#remove(node);
        return;
      case "require":
        this.#require(node);
        return;
      case "allow":
      case "deny":
        this.#origins(node);
        return;
      case "balancermember":
        if (this.#purpose === "probe") {
          const balancer = node.parent?.words[0]?.value ?? "";
          const name = balancer.replace(/^balancer:\/\//, "");
          const text = `http://127.0.0.1:${this.#network.upstreamPort}/${encodeURIComponent(name)}`;
          const [first] = node.words;
          const end = node.words.at(-1)?.end;
          if (first !== undefined && end !== undefined) this.#edit(node, { start: first.start, end, text });
        }
        return;
      case "rewritemap":
        // A program that is not there would stop the server; what its rules do is not compared.
        if (this.#purpose === "probe" && /^prg:/i.test(node.words[1]?.value ?? "")) this.#remove(node);
        else this.#path(node);
        return;
      case "proxyset":
        if (this.#purpose === "probe") this.#remove(node);
        return;
      default:
        if (this.#purpose === "probe" && droppedInProbe.has(node.key)) {
          // Certificates, which the real server does not start without.
          const found = pathWord(node);
          if (found?.kind === "file") this.standIns.add(posix.resolve(this.#root, found.path));
          this.#remove(node);
        } else this.#path(node);
    }
  }

  /** Names would need the DNS, which is not part of what is compared; expressions ask for files where they lie. */
  #require(node: ActiveNode): void {
    const index = node.words[0]?.value === "not" ? 1 : 0;
    const word = node.words[index];
    if (word?.value.toLowerCase() === "expr") {
      for (const [at, { value, start }] of node.words.entries()) {
        if (!value.startsWith("m#^/") || node.words[at - 2]?.value !== "%{REQUEST_FILENAME}") continue;
        const from = start + "m#^".length;
        this.#edit(node, { start: from, end: from, text: escaped(this.#files) });
      }
    }
    if (this.#purpose === "check" || word === undefined) return;
    if (word.value === "local") this.#edit(node, { start: word.start, end: word.end, text: IS_LOCAL });
    if (word.value.toLowerCase() !== "host") return;
    const end = node.words.at(-1)?.end ?? word.end;
    this.#edit(node, { start: word.start, end, text: `env ${NEVER_SET}` });
  }

  /** The same for the names that mod_access_compat would look up. */
  #origins(node: ActiveNode): void {
    if (this.#purpose === "check") return;
    for (const [index, { value }] of node.words.entries()) {
      if (index > 0 && !/^(?:all|env=.*|\d[\d./]*|.*:.*)$/i.test(value)) this.#word(node, index, NOBODY);
    }
  }

  #path(node: ActiveNode): void {
    const found = pathWord(node);
    if (found === null) return;
    const { index, prefix, path, kind } = found;
    if (kind === "output") {
      this.#word(node, index, "/dev/null");
      return;
    }
    const inside = this.#inside(path);
    this.#word(node, index, (prefix + inside).replaceAll("\\", "\\\\"));
    if (kind === "place") return;
    this.make(path, kind === "directory" ? "folder" : "file");
    this.standIns.add(posix.resolve(this.#root, path));
  }

  /** Makes what has to be there for the server to start, when it is not. */
  make(path: string, what: "file" | "folder"): void {
    // In the bytes that the configuration has, which need not be UTF-8.
    const inside = Buffer.from(encode(this.#inside(path)));
    try {
      if (what === "folder") {
        mkdirSync(inside, { recursive: true });
      } else {
        mkdirSync(Buffer.from(encode(dirname(this.#inside(path)))), { recursive: true });
        writeFileSync(inside, "# stands in for the real file\n", { flag: "wx" });
      }
    } catch {
      // There already; or a file where a directory should be, or the other way round: httpd says it.
    }
  }
}

/** What a stamp says of a section: file and line in the output. */
export function stampOf({ origin }: ActiveNode): string {
  if (origin === null) return "";
  const { reading, line } = origin;
  const number = reading.source.position(line.start).line;
  const path = reading.source.path.replace(/^\/backhand-output\//, "");
  // A percent sign starts a format in a Header line.
  return `${number}:${encodeURIComponent(path)}`.replaceAll("%", "%%");
}
