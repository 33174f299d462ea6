import type { ActiveConfig, ActiveNode, ActiveSection, Origin } from "../../config/active-config.ts";
import { memoryFileSystem } from "../../config/memory-file-system.ts";
import { readConfiguration } from "../../config/read.ts";
import { refusal } from "../../config/refusal.ts";
import type { OutputFile } from "../verdict.ts";
import { textOf } from "../verdict.ts";
import { DIRECTORY } from "./includes.ts";
import { wordsOf } from "./line-rule.ts";
import { isProvider } from "./modules.ts";

/** A line of the output that 2.4 would stop at. */
export interface OutputProblem {
  /** Path and line (from 1) in the output. */
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Where the output stands while it is read; no file of a machine. */
const ROOT = "/backhand-output";

/** Where a file of the output stands while it is read. */
export function outputPath({ path }: Pick<OutputFile, "path">): string {
  return `${ROOT}/${path}`;
}

/** Reads the output as 2.4 does; what stands under an IfDefine about a name of `eitherWay` in any case. */
export function readOutput(
  files: readonly OutputFile[],
  defines: readonly string[],
  eitherWay: ReadonlySet<string> = new Set(),
): ActiveConfig {
  const [main] = files;
  const texts = Object.fromEntries(files.map((file) => [`${ROOT}/${file.path}`, textOf(file)]));
  return readConfiguration({
    path: `${ROOT}/${main?.path ?? "httpd.conf"}`,
    fileSystem: memoryFileSystem(texts),
    dialect: "2.4",
    before: [`Define ${DIRECTORY} ${ROOT}`],
    defines,
    eitherWay,
  });
}

/** Reads a .htaccess file of the output as 2.4 does. */
export function readAccessFile(file: OutputFile): ActiveConfig {
  const path = outputPath(file);
  const fileSystem = memoryFileSystem({ [path]: textOf(file) });
  return readConfiguration({ path, fileSystem, dialect: "2.4", context: "directory" });
}

/** What 2.4 would not accept of the output, by the tables and checks of the linter; each line once. */
export function problemsOf(config: ActiveConfig, hasModule: (name: string) => boolean): readonly OutputProblem[] {
  const found = new Map<string, OutputProblem>();
  const report = (origin: Origin | null, message: string): void => {
    if (origin === null) return;
    const { reading, line } = origin.expandedFrom ?? origin;
    if (!reading.source.path.startsWith(`${ROOT}/`)) return;
    const path = reading.source.path.slice(ROOT.length + 1);
    const number = reading.source.position("nameStart" in line ? line.nameStart : line.start).line;
    const key = `${path} ${number}`;
    if (!found.has(key)) found.set(key, { path, line: number, message });
  };
  for (const problem of config.problems) if (problem.fatal) report(problem.origin, problem.message);
  const waiting: ActiveSection[] = [config.server];
  for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
    for (const node of section.children) {
      const message = problemOf(node, hasModule);
      if (message !== null) report(node.origin, message);
      if (node.kind === "section") waiting.push(node);
    }
  }
  return [...found.values()];
}

/** Directives that httpd has on Windows, NetWare and OS/2 alone. */
const ofOtherSystems = new Set(["scriptinterpretersource", "unclist", "cgimapextension", "win32disableacceptex"]);

const davProviders = new Set(["on", "off", "filesystem"]);

function problemOf(node: ActiveNode, hasModule: (name: string) => boolean): string | null {
  const shown = node.kind === "section" ? `<${node.name}>` : node.name;
  if (node.unknown !== undefined || node.spec === null) return `2.4 does not know ${shown}`;
  if (ofOtherSystems.has(node.key)) return `${shown} is for other systems, and 2.4 on this one does not know it`;
  if (!hasModule(node.spec.module)) return `${shown} belongs to ${node.spec.module}, which is not there`;
  if (node.key === "require") {
    const [first, second] = wordsOf(node).map((word) => word.toLowerCase());
    const provider = (first === "not" ? second : first) ?? "";
    if (!isProvider(provider)) return `nothing here knows Require ${provider}`;
  }
  if (node.key === "dav") {
    const provider = wordsOf(node)[0]?.toLowerCase() ?? "";
    if (!davProviders.has(provider) && !hasModule(`mod_dav_${provider}`)) return `nothing here knows Dav ${provider}`;
  }
  return refusal(node)?.message ?? null;
}
