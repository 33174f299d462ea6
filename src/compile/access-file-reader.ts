import type { Dialect } from "../../grammar/dialect.ts";
import { findModule } from "../../grammar/directives/lookup.ts";
import type { OverrideBit } from "../../grammar/directives/directive-spec.ts";
import { argumentProblem } from "../config/arguments.ts";
import { valueProblem } from "../config/values.ts";
import type { ActiveConfig, ActiveDirective, ActiveNode, ActiveSection } from "../config/active-config.ts";
import type { FileSystem } from "../config/file-system.ts";
import { likeDirective } from "../config/like-directive.ts";
import { readConfiguration } from "../config/read.ts";
import type { AccessFile, AccessFileReader, AllowedOverrides, OverrideClass } from "../routing/access-files.ts";
import { decode } from "../source/encoding.ts";
import { LineCompiler } from "./section-lines.ts";
import type { TableSection } from "./table.ts";

export interface AccessFileOptions {
  /** Whether lines that decide and are not honoured pass; else such a file is an error, and its folder answers 500. */
  readonly allowUnenforced: boolean;
}

/** Files to remember; more are read again. */
const REMEMBERED = 2048;

/** As httpd 2.4 has it (AP_MAX_CONFIG_LINE in .htaccess is small; whole files beyond this are no access files). */
const LARGEST = 1024 * 1024;

const classOf: Partial<Record<OverrideBit, OverrideClass>> = {
  OR_AUTHCFG: "AuthConfig",
  OR_FILEINFO: "FileInfo",
  OR_INDEXES: "Indexes",
  OR_LIMIT: "Limit",
  OR_OPTIONS: "Options",
};

/** The lines that give a part of a configuration the modules of the whole. */
export function moduleLines({ modules, dialect }: ActiveConfig): readonly string[] {
  if (modules.assumed) return [];
  if (dialect === "1.3") return ["ClearModuleList", ...modules.active.map((file) => `AddModule ${file}`)];
  return modules.active.flatMap((file) => {
    const identifier = findModule(dialect, file)?.identifier;
    return identifier === undefined || identifier === "" ? [] : [`LoadModule ${identifier} ${file}`];
  });
}

/** A line of a .htaccess file: `drop` leaves it out, a text is why httpd answers 500. */
type Verdict = "keep" | "drop" | { readonly error: string };

function verdictOf(node: ActiveNode, allowed: AllowedOverrides): Verdict {
  const { spec } = node;
  const name = node.kind === "section" ? `<${node.name}>` : node.name;
  if (spec === null) return allowed.toleratesUnknown ? "drop" : { error: `Invalid command '${name}'` };
  const bits = spec.overrides;
  const isOurs = bits.length === 0 && spec.contexts.includes(".htaccess");
  const { classes, names } = allowed;
  const fits =
    isOurs ||
    names.has(node.kind === "section" ? `<${node.key}` : node.key) ||
    bits.some((bit) => (bit === "OR_ALL" ? classes.size > 0 : classOf[bit] !== undefined && classes.has(classOf[bit])));
  if (!fits) return allowed.toleratesForbidden ? "drop" : { error: `${name} not allowed here` };
  return node.kind === "directive" && node.key === "options" ? optionsVerdict(node, allowed) : "keep";
}

/** `AllowOverride Options=…` names the options that a file may change. */
function optionsVerdict({ words }: ActiveDirective, { options, names }: AllowedOverrides): Verdict {
  if (options === null || names.has("options")) return "keep";
  const refused = words
    .map(({ value }) => value.replace(/^[+-]/, ""))
    .find((word) => {
      const name = word.toLowerCase();
      return name !== "none" && !options.has(name);
    });
  return refused === undefined ? "keep" : { error: `Option ${refused} not allowed here` };
}

const builtInMethods =
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL " +
  "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE";

/** A method that a Limit of a .htaccess file names and nothing has registered: 2.x has no place to put it then. */
function strangeMethod(node: ActiveNode, methods: ReadonlySet<string>): string | undefined {
  if (node.kind !== "section" || !["limit", "limitexcept"].includes(node.key)) return undefined;
  return node.words.map(({ value }) => value).find((method) => !methods.has(method));
}

/** The methods that 2.x knows: its own, and those that a Limit of the configuration names. Null: 1.3, which knows no others. */
function knownMethods({ dialect, server }: ActiveConfig): ReadonlySet<string> | null {
  if (dialect === "1.3") return null;
  const methods = new Set(builtInMethods.split(" "));
  const visit = ({ children }: ActiveSection): void => {
    for (const node of children) {
      if (node.kind === "directive") continue;
      if (node.key === "limit" || node.key === "limitexcept") for (const { value } of node.words) methods.add(value);
      visit(node);
    }
  };
  visit(server);
  return methods;
}

/**
 * A tolerated line does nothing, and yet its module now has something of this folder that takes the place of the outer lines:
 * what the module starts with.
 */
function emptyOf(node: ActiveNode): readonly ActiveDirective[] {
  const [word] = node.words;
  if (node.kind === "section" || node.limit !== null || word === undefined) return [];
  if (["order", "allow", "deny", "satisfy"].includes(node.key)) {
    return [
      likeDirective(node, { name: "Order", key: "order", spec: null, words: [{ ...word, value: "deny,allow" }] }),
    ];
  }
  return node.key === "authuserfile" || node.key === "authgroupfile" ? [likeDirective(node, { words: [] })] : [];
}

/** The lines that count, or the first that is an error. */
function sift(
  nodes: readonly ActiveNode[],
  allowed: AllowedOverrides,
  methods: ReadonlySet<string> | null,
): readonly ActiveNode[] | { readonly error: string } {
  const kept: ActiveNode[] = [];
  for (const node of nodes) {
    const verdict = verdictOf(node, allowed);
    if (verdict === "drop") {
      kept.push(...emptyOf(node));
      continue;
    }
    if (verdict !== "keep") return verdict;
    const wrong = (node.kind === "directive" ? argumentProblem(node) : null) ?? valueProblem(node)?.message ?? null;
    if (wrong !== null) return { error: wrong };
    const strange = methods === null ? undefined : strangeMethod(node, methods);
    if (strange !== undefined) return { error: `Could not register method '${strange}'` };
    if (node.kind === "directive") {
      kept.push(node);
      continue;
    }
    const children = sift(node.children, allowed, methods);
    if ("error" in children) return children;
    kept.push({ ...node, children });
  }
  return kept;
}

/** One text for what is allowed, by which files are kept. */
function allowedKey({ classes, options, names, toleratesForbidden, toleratesUnknown }: AllowedOverrides): string {
  const list = (set: ReadonlySet<string> | null): string => (set === null ? "-" : [...set].sort().join(","));
  return [list(classes), list(options), list(names), toleratesForbidden, toleratesUnknown].join(" ");
}

/** What reading .htaccess files needs of a configuration; plain data, which another process can be given. */
export interface AccessReading {
  readonly dialect: Dialect;
  /** Lines that give the file the modules of the whole. */
  readonly before: readonly string[];
  /** Null: 1.3, which knows no others. */
  readonly methods: ReadonlySet<string> | null;
}

export function accessReading(config: ActiveConfig): AccessReading {
  return { dialect: config.dialect, before: moduleLines(config), methods: knownMethods(config) };
}

/**
 * Reads .htaccess files with the dialect and the modules of a configuration. A file is read for each request, as httpd does;
 * what was made of it is kept until its bytes change.
 */
export function accessFileReader(
  config: ActiveConfig,
  files: FileSystem,
  options: AccessFileOptions,
): AccessFileReader {
  return createAccessFileReader(accessReading(config), files, options);
}

/** The same in another process than the one that has read the configuration. */
export function createAccessFileReader(
  { dialect, before, methods }: AccessReading,
  files: FileSystem,
  options: AccessFileOptions,
): AccessFileReader {
  const kept = new Map<string, { readonly text: string; readonly file: AccessFile }>();

  function readText(path: string): string | null | undefined {
    if (files.kindOf(path) !== "file") return undefined;
    try {
      const bytes = files.readFile(path);
      return bytes.length > LARGEST ? null : decode(bytes);
    } catch {
      return null;
    }
  }

  function make(path: string, text: string, allowed: AllowedOverrides, fileIndex: number): AccessFile {
    const read = readConfiguration({
      path,
      text,
      fileSystem: files,
      dialect,
      context: "directory",
      before,
    });
    const whole = read.server.children.find((node) => node.kind === "section");
    const nodes = (whole?.children ?? []).filter((node) => node.origin?.reading.source.path === path);
    const lines = new LineCompiler(dialect, read.server, ({ reading, line }) => ({
      file: fileIndex,
      line: reading.source.position("nameStart" in line ? line.nameStart : line.start).line,
    }));
    const sections: TableSection[] = [];
    const sifted = sift(nodes, allowed, methods);
    const directives = "error" in sifted ? [] : lines.children(sifted, 0, sections);
    const fatal = read.problems.find((problem) => problem.fatal && problem.origin.reading.source.path === path);
    const deciding = options.allowUnenforced ? undefined : lines.unenforced.find(({ decides }) => decides);
    const error =
      fatal?.message ??
      ("error" in sifted ? sifted.error : null) ??
      (deciding === undefined ? null : `${deciding.name} on line ${deciding.place.line} decides and is not honoured`);
    return { directives, sections, error };
  }

  return {
    read(path, allowed, fileIndex) {
      const text = readText(path);
      if (text === undefined) return null;
      // Unreadable: httpd refuses with 403 rather than serve what the file may protect.
      if (text === null) return { directives: [], sections: [], error: "it cannot be read" };
      const key = `${path}\n${fileIndex} ${allowedKey(allowed)}`;
      const known = kept.get(key);
      if (known?.text === text) return known.file;
      const file = make(path, text, allowed, fileIndex);
      if (kept.size >= REMEMBERED) kept.clear();
      kept.set(key, { text, file });
      return file;
    },
  };
}
