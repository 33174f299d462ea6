import type { Dialect } from "../../grammar/dialect.ts";
import { findModule } from "../../grammar/directives/lookup.ts";
import type { Line, SyntaxTree } from "../../grammar/syntax-tree.ts";
import { decode } from "../source/encoding.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { ActiveConfig, Origin, ReadProblem } from "./active-config.ts";
import type { Release } from "./apache-release.ts";
import { ConfigUnreadableError } from "./config-unreadable-error.ts";
import { declareDirectives, type DirectiveDeclaration } from "./declared-directives.ts";
import { detectDialect } from "./detect-dialect.ts";
import type { FileSystem } from "./file-system.ts";
import { ModuleState } from "./module-state.ts";
import { loadText, openText } from "./open-file.ts";
import { read13, readExtraFiles } from "./read-13.ts";
import { read2x } from "./read-2x.ts";
import { MAX_CALLS, type OpenReading, type OpenSection, type ReadState } from "./reading-state.ts";
import { judgeTemplates } from "./templates.ts";
import { guessServerRoot, survey, type Survey } from "./survey.ts";

export interface ReadOptions {
  /** The main file, or the name under which messages show `text`. */
  readonly path: string;
  /** What to read instead of the file, for standard input. */
  readonly text?: string;
  readonly fileSystem: FileSystem;
  /** `auto` looks at what only one httpd has. */
  readonly dialect: Dialect | "auto";
  /** A release of that dialect: IfVersion compares with it, and directives that came later are unknown. Default the last. */
  readonly release?: Release;
  /** Names as -D gives them. Default none. */
  readonly defines?: readonly string[];
  /** Names that -D may give or not: IfDefine lines about them are read either way. */
  readonly eitherWay?: ReadonlySet<string>;
  /** Directives read before the file (-C) and after it (-c), one line each. */
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  /**
   * Where the files of the server lie on this machine. It wins over the ServerRoot directive, whose directory may be that of
   * another machine: absolute paths below that one are looked for here too.
   */
  readonly serverRoot?: string;
  /** Modules that are compiled in, by name, source file or identifier, beside those that always are. */
  readonly modules?: readonly string[];
  /** Directives of modules that backhand does not know. */
  readonly directives?: readonly DirectiveDeclaration[];
  /** For `${NAME}` in 2.x; the process environment of the server. Default empty. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the text stands that is read: for parts of a configuration. Default `server`. */
  readonly context?: "server" | "virtualhost" | "directory";
}

/**
 * Reads a configuration as the httpd of its dialect does. What is wrong in it is in `problems`, never thrown.
 *
 * @throws ConfigUnreadableError when there is no main file to read
 */
export function readConfiguration(options: ReadOptions): ActiveConfig {
  const { path, fileSystem } = options;
  const text = options.text ?? readMain(fileSystem, path);
  const fixedRoot = options.serverRoot !== undefined;
  const serverRoot = options.serverRoot ?? guessServerRoot(path);

  const look = (dialect: Dialect, trees: ReadState["trees"]): { first: Texts; seen: Survey } => {
    const first = textsOf(options, text, dialect, trees);
    const texts = [first.before, first.main, first.after].filter((one) => one !== null);
    return { first, seen: survey({ dialect, files: fileSystem, trees, serverRoot, fixedRoot, texts }) };
  };
  let trees: ReadState["trees"] = new Map();
  let { first, seen } = look(options.dialect === "auto" ? "2.4" : options.dialect, trees);
  const detected =
    options.dialect === "auto" ? detectDialect(seen, path) : { dialect: options.dialect, reason: "as given" };
  const { dialect } = detected;
  if (dialect !== first.main.tree.dialect) {
    trees = new Map();
    ({ first, seen } = look(dialect, trees));
  }

  const state: ReadState = {
    dialect,
    release: options.release ?? null,
    files: fileSystem,
    environment: options.environment ?? {},
    modules: new ModuleState(dialect, isListed(dialect, seen), options.modules ?? []),
    readings: [],
    problems: [],
    conditionals: [],
    openAtEnd: [],
    expandedTags: new Set(),
    defines: new Map((options.defines ?? []).map((name) => [name, null])),
    eitherWay: options.eitherWay ?? new Set(),
    variables: new Map(),
    macros: new Map(),
    macroCalls: [],
    providerAliases: new Set(),
    directiveSpecs: new Map(),
    sectionSpecs: new Map(),
    declared: declareDirectives(options.directives ?? []),
    trees,
    chain: [],
    serverRoot,
    firstRoot: serverRoot,
    fixedRoot,
    writtenRoot: null,
    version: 0,
    expanded: 0,
    includedLines: 0,
    repeated: 0,
    included: new Set(),
    directives: 0,
    understood: 0,
    once: new Set(),
    missing: 0,
  };
  const server = readAll(state, first, options.context ?? "server");
  judgeTemplates(state);
  return {
    dialect,
    dialectReason: detected.reason,
    dialectGiven: options.dialect !== "auto",
    server,
    readings: state.readings,
    problems: state.problems.filter((problem) => !isJudgedAtUse(state, problem)),
    openAtEnd: dialect === "1.3" ? openTags(state) : state.openAtEnd,
    conditionals: state.conditionals,
    macroCalls: state.macroCalls.length > MAX_CALLS ? null : state.macroCalls,
    modules: state.modules.list(),
    serverRoot: state.serverRoot,
    counts: {
      directives: state.directives,
      understood: state.understood,
      opaque: state.directives - state.understood,
    },
  };
}

/** 1.3 takes lines as they come: whatever it reads and nobody closes is open at the end, reported or not. */
function openTags({ readings }: ReadState): readonly Origin[] {
  return readings.flatMap((reading) => {
    const open = new Set<Line>();
    for (const { kind, line } of reading.tree.problems) if (kind === "unclosed-section") open.add(line);
    if (open.size === 0) return [];
    return reading.tree.lines.flatMap((line, index) =>
      open.has(line) && reading.active[index] === true ? [{ reading, line }] : [],
    );
  });
}

const tagProblems: ReadonlySet<ReadProblem["kind"]> = new Set([
  "unclosed-section",
  "unmatched-close",
  "crossed-sections",
]);

/**
 * Whether a tag that has no partner in its macro was looked at where a Use put it: there it has one, or its lack is a
 * problem of its own.
 */
function isJudgedAtUse({ expandedTags }: ReadState, { kind, fatal, origin }: ReadProblem): boolean {
  return !fatal && origin.expandedFrom === undefined && tagProblems.has(kind) && expandedTags.has(origin.line);
}

interface Text {
  readonly source: SourceFile;
  readonly tree: SyntaxTree;
}

/** The texts with which reading begins, in their order. */
interface Texts {
  readonly before: Text | null;
  readonly main: Text;
  readonly after: Text | null;
}

function readMain(files: FileSystem, path: string): string {
  try {
    return decode(files.readFile(path));
  } catch (error) {
    throw new ConfigUnreadableError(path, error);
  }
}

function textsOf(options: ReadOptions, text: string, dialect: Dialect, trees: ReadState["trees"]): Texts {
  const lines = (name: string, list: readonly string[] = []): Text | null =>
    list.length === 0 ? null : loadText({ trees: new Map(), dialect }, name, list.map((line) => `${line}\n`).join(""));
  return {
    before: lines("-C", options.before),
    main: loadText({ trees, dialect }, options.path, text),
    after: lines("-c", options.after),
  };
}

/**
 * Whether the LoadModule lines are the whole list. In 2.4 nearly everything is a shared object, so one line for a module of
 * httpd itself is enough; 2.0 and 2.2 build the base modules in unless told otherwise, so one of those must be among them.
 * 1.3 says it by ClearModuleList, which the module list looks after itself.
 */
function isListed(dialect: Dialect, seen: Survey): boolean {
  if (dialect === "1.3")
    return seen.first.has("loadmodule") || seen.first.has("addmodule") || seen.first.has("clearmodulelist");
  return seen.decisive.some(({ key, words }) => {
    const status = key === "loadmodule" ? findModule(dialect, words[0] ?? "")?.status : undefined;
    return status === "base" || (dialect === "2.4" && (status === "extension" || status === "mpm"));
  });
}

function readAll(state: ReadState, texts: Texts, context: NonNullable<ReadOptions["context"]>): OpenSection {
  const main = openText(state, texts.main, null);
  const [line] = texts.main.tree.lines;
  const server: OpenSection = {
    kind: "section",
    key: "server",
    name: "",
    words: [],
    rawArgs: "",
    spec: null,
    parent: null,
    limit: null,
    children: [],
    origin: line === undefined ? null : { reading: main, line },
    depth: 0,
  };
  const base = context === "server" ? server : sectionFor(server, context);
  if (base !== server) server.children.push(base);
  const read = (reading: OpenReading): void => {
    if (state.dialect === "1.3") read13(state, reading, base);
    else read2x(state, reading, base);
  };
  if (texts.before !== null) read(openText(state, texts.before, null));
  state.chain.push({ path: texts.main.source.path, version: state.version });
  read(main);
  state.chain.pop();
  if (state.dialect === "1.3" && context === "server") readExtraFiles(state, server);
  if (texts.after !== null) read(openText(state, texts.after, null));
  return server;
}

/** A section for text that is only part of a configuration: as if it stood in a virtual host, or in a Directory. */
function sectionFor(server: OpenSection, context: "virtualhost" | "directory"): OpenSection {
  const name = context === "directory" ? "Directory" : "VirtualHost";
  return { ...server, key: context, name, parent: server, children: [], origin: null, depth: 1 };
}
