import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { findModule, lookupDirective, modulesOf } from "../../grammar/directives/lookup.ts";
import type { Sighting, Survey } from "./survey.ts";

/** Which httpd a configuration is for, and what told: `AddModule, line 12`. */
export interface DetectedDialect {
  readonly dialect: Dialect;
  readonly reason: string;
}

/** Providers of Require that 2.4 brought; in older versions only user, valid-user, group and the like follow. */
const requireOf24: ReadonlySet<string> = new Set([
  "all",
  "ip",
  "host",
  "local",
  "not",
  "expr",
  "method",
  "env",
  "forward-dns",
]);

/**
 * Names that one version has in its tables only to say that they are gone: `Port` stops 2.4 with "Port was replaced with
 * Listen".
 */
const onlyIn13: ReadonlySet<string> = new Set(["port", "sslloglevel", "ssllog"]);

/** What 2.4 still takes for the sake of older configurations: half a reason against it. */
const tolerated: ReadonlySet<string> = new Set(
  "order allow deny namevirtualhost defaulttype maxclients maxrequestsperchild".split(" "),
);

/** 2.4 has mod_macro, and all before it could have it from elsewhere. */
const ofMacros: ReadonlySet<string> = new Set(["<macro", "use", "undefmacro", "macro_module"]);

/** 2.0 has it, and 1.3 could have it from elsewhere, with the same names. */
const ofLdap = /^auth_?ldap/;

/**
 * Finds the httpd that knows most of what a configuration uses. What only one version has counts first; without any such
 * thing the version that knows the most names is taken, of several the newest.
 */
export function detectDialect(survey: Survey, mainPath: string): DetectedDialect {
  const markers = new Map<Dialect, Sighting[]>(dialects.map((dialect) => [dialect, []]));
  const note = (sighting: Sighting, known: readonly Dialect[]): void => {
    const [only] = known;
    if (only !== undefined && known.length === 1) markers.get(only)?.push(sighting);
  };
  const scores = new Map<Dialect, number>(dialects.map((dialect) => [dialect, 0]));
  for (const sighting of survey.first.values()) {
    if (ofMacros.has(sighting.key)) continue;
    const known = knowing(sighting.key);
    if (!ofLdap.test(sighting.key)) note(sighting, known);
    for (const dialect of known) scores.set(dialect, (scores.get(dialect) ?? 0) + 1);
  }
  const seen = new Set<string>();
  for (const sighting of survey.decisive) {
    const [word = ""] = sighting.words;
    if (seen.has(`${sighting.key} ${word}`)) continue;
    seen.add(`${sighting.key} ${word}`);
    if (sighting.key === "loadmodule" && !ofMacros.has(word)) {
      const known = loadedBy(word);
      if (!ofLdap.test(word)) note(sighting, known);
      for (const dialect of known) scores.set(dialect, (scores.get(dialect) ?? 0) + 1);
    }
    if (sighting.key === "require" && requireOf24.has(word.toLowerCase())) note(sighting, ["2.4"]);
    else if (sighting.key === "loglevel" && word.includes(":")) note(sighting, ["2.4"]);
  }
  // Newest first, so that the newest wins where two have as much to show.
  const order = dialects.toReversed();
  const marked = order.toSorted((a, b) => (markers.get(b)?.length ?? 0) - (markers.get(a)?.length ?? 0))[0] ?? "2.4";
  const [marker] = markers.get(marked) ?? [];
  if (marker !== undefined) return { dialect: marked, reason: describe(marker, mainPath) };
  const hints = [...survey.first.values()].filter((sighting) => tolerated.has(sighting.key));
  scores.set("2.4", (scores.get("2.4") ?? 0) - hints.length / 2);
  const best = order.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))[0] ?? "2.4";
  const [hint] = hints;
  if (best !== "2.4" && hint !== undefined) return { dialect: best, reason: describe(hint, mainPath) };
  const worse = order.some((dialect) => (scores.get(dialect) ?? 0) < (scores.get(best) ?? 0));
  return {
    dialect: best,
    reason: worse ? "it knows the most directives" : "there is nothing that only one version has",
  };
}

/** The versions that have a name of their own; where none has, those for which a module from elsewhere brings it. */
function knowing(key: string): readonly Dialect[] {
  if (onlyIn13.has(key)) return ["1.3"];
  const section = key.startsWith("<");
  const knows = (dialect: Dialect, foreign: boolean): boolean =>
    lookupDirective(dialect, section ? key.slice(1) : key, section).some(
      (spec) => (findModule(dialect, spec.module)?.status === "third-party") === foreign,
    );
  const own = dialects.filter((dialect) => knows(dialect, false));
  return own.length > 0 ? own : dialects.filter((dialect) => knows(dialect, true));
}

/** The versions in which a module has this identifier; none when it is from elsewhere. */
function loadedBy(identifier: string): readonly Dialect[] {
  return dialects.filter((dialect) =>
    modulesOf(dialect).some((module) => module.identifier === identifier && module.status !== "third-party"),
  );
}

/** `AddModule, line 12`, with the file when it is not the main one. */
function describe({ key, name, words, source, offset }: Sighting, mainPath: string): string {
  const shown = key === "loadmodule" || key === "require" || key === "loglevel" ? `${name} ${words[0] ?? ""}` : name;
  const { line } = source.position(offset);
  const place = source.path === mainPath ? `line ${line}` : `${source.path}:${line}`;
  return `${shown}${key.startsWith("<") ? ">" : ""}, ${place}`;
}
