import { dirname, join, resolve } from "node:path";
import type { ArgumentKind, ContextName } from "../../grammar/directives/directive-spec.ts";
import { parseApache } from "../config/apache-release.ts";
import { whatHappened } from "../config/config-unreadable-error.ts";
import type { DirectiveDeclaration } from "../config/declared-directives.ts";
import type { FileSystem } from "../config/file-system.ts";
import { decode } from "../source/encoding.ts";
import { UsageError } from "./terminal.ts";

/** The name under which settings are looked for. */
export const SETTINGS_NAME = ".backhandrc.json";

/** What a settings file may say; docs/backhandrc.schema.json says it to editors. */
export interface Settings {
  /** `auto`, a line (`2.4`) or a release (`2.4.10`). */
  readonly apache?: string;
  readonly define?: readonly string[];
  readonly modules?: readonly string[];
  /** Levels by rule id; the ids are checked where the rules are known. */
  readonly rules?: Readonly<Record<string, string>>;
  /** Of the file itself and of those that it names. */
  readonly directives: readonly DirectiveDeclaration[];
}

const kinds: readonly string[] =
  "NO_ARGS TAKE1 TAKE2 TAKE3 TAKE12 TAKE13 TAKE23 TAKE123 ITERATE ITERATE2 FLAG RAW_ARGS TAKE_ARGV".split(" ");
const contexts: readonly string[] = [
  "server config",
  "virtual host",
  "directory",
  ".htaccess",
  "proxy section",
] satisfies readonly ContextName[];

/** A settings file is kilobytes; more is a mistake in the name. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The settings for a configuration: the first `.backhandrc.json` from the configuration's folder upwards, else from the
 * working folder upwards. None when there is none; throws UsageError with the place when there is one that cannot be used.
 */
export function findSettings(files: FileSystem, configuration: string | null, cwd: string): Settings {
  const starts = configuration === null ? [cwd] : [dirname(resolve(cwd, configuration)), cwd];
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      const path = join(folder, SETTINGS_NAME);
      if (files.kindOf(path) === "file") return readSettings(files, path);
      if (dirname(folder) === folder) break;
    }
  }
  return { directives: [] };
}

/** Reads a file of `--directives`: a list of declarations, or an object with `directives`. Throws UsageError. */
export function readDeclarations(files: FileSystem, path: string): readonly DirectiveDeclaration[] {
  const value = readJson(files, path);
  const list = isObject(value) ? value["directives"] : value;
  if (!Array.isArray(list)) throw wrong(path, "", 'a list of directives, or an object with "directives"');
  return list.map((entry, index) => declaration(path, isObject(value) ? `/directives/${index}` : `/${index}`, entry));
}

function readSettings(files: FileSystem, path: string): Settings {
  const value = readJson(files, path);
  if (!isObject(value)) throw wrong(path, "", "an object");
  const known = ["$schema", "apache", "define", "modules", "rules", "directives"];
  const odd = Object.keys(value).find((key) => !known.includes(key));
  if (odd !== undefined) throw wrong(path, `/${odd}`, `one of ${known.slice(1).join(", ")}`);
  const { apache, rules } = value;
  if (apache !== undefined && (typeof apache !== "string" || parseApache(apache) === null))
    throw wrong(path, "/apache", "auto, 1.3, 2.0, 2.2, 2.4 or a release such as 2.4.10");
  if (rules !== undefined) {
    if (!isObject(rules)) throw wrong(path, "/rules", "an object of levels");
    for (const [id, level] of Object.entries(rules)) {
      if (typeof level !== "string" || !["off", "info", "warning", "error"].includes(level))
        throw wrong(path, `/rules/${id}`, "off, info, warning or error");
    }
  }
  const define = texts(path, "/define", value["define"]);
  const modules = texts(path, "/modules", value["modules"]);
  return {
    ...(apache === undefined ? {} : { apache }),
    ...(define === undefined ? {} : { define }),
    ...(modules === undefined ? {} : { modules }),
    ...(rules === undefined ? {} : { rules: rules as Readonly<Record<string, string>> }),
    directives: settingsDirectives(files, path, value["directives"]),
  };
}

/** Declarations, or names of files with some, from where the settings lie. */
function settingsDirectives(files: FileSystem, path: string, value: unknown): readonly DirectiveDeclaration[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(path, "/directives", "a list of declarations and names of files");
  return value.flatMap((entry: unknown, index) =>
    typeof entry === "string"
      ? readDeclarations(files, resolve(dirname(path), entry))
      : [declaration(path, `/directives/${index}`, entry)],
  );
}

function declaration(path: string, at: string, value: unknown): DirectiveDeclaration {
  if (!isObject(value)) throw wrong(path, at, "an object with a name");
  const { name, section, args, contexts: places, module } = value;
  const known = ["name", "section", "args", "contexts", "module"];
  const odd = Object.keys(value).find((key) => !known.includes(key));
  if (odd !== undefined) throw wrong(path, `${at}/${odd}`, `one of ${known.join(", ")}`);
  if (typeof name !== "string" || !/^[^\s<>"'#]{1,200}$/.test(name))
    throw wrong(path, `${at}/name`, "a name without < and >");
  if (section !== undefined && typeof section !== "boolean") throw wrong(path, `${at}/section`, "true or false");
  if (args !== undefined && !(typeof args === "string" && kinds.includes(args)))
    throw wrong(path, `${at}/args`, `one of ${kinds.join(", ")}`);
  const list = texts(path, `${at}/contexts`, places);
  const bad = list?.findIndex((context) => !contexts.includes(context)) ?? -1;
  if (bad !== -1) throw wrong(path, `${at}/contexts/${bad}`, `one of ${contexts.join(", ")}`);
  if (module !== undefined && typeof module !== "string") throw wrong(path, `${at}/module`, "the name of a module");
  return {
    name,
    ...(section === undefined ? {} : { section }),
    ...(args === undefined ? {} : { args: args as ArgumentKind }),
    ...(list === undefined ? {} : { contexts: list as readonly ContextName[] }),
    ...(module === undefined ? {} : { module }),
  };
}

function texts(path: string, at: string, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string"))
    throw wrong(path, at, "a list of texts");
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong(path: string, at: string, expected: string): UsageError {
  return new UsageError(`${path}${at === "" ? "" : ` at ${at}`}: Expected ${expected}`);
}

function readJson(files: FileSystem, path: string): unknown {
  let text: string;
  try {
    const bytes = files.readFile(path);
    if (bytes.length > MAX_BYTES) throw new UsageError(`${path} is larger than ${MAX_BYTES / 1024 / 1024} MB`);
    text = decode(bytes).replace(/^\ufeff/, "");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot read ${path}: ${whatHappened(error)}`, { cause: error });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /position (\d+)/.exec(message)?.[1];
    const before = text.slice(0, offset === undefined ? 0 : Number(offset)).split("\n");
    const place = offset === undefined ? path : `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
    throw new UsageError(`${place}: No valid JSON: ${message.split("\n", 1)[0] ?? ""}`, { cause: error });
  }
}
