import type { Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import type { ActiveConfig, ActiveSection, FileReading } from "../../src/config/active-config.ts";
import { SourceFile } from "../../src/source/source-file.ts";

/** The reading of a text under a name, all of it active. */
export function readingOf(path: string, text: string, dialect: Dialect = "2.4"): FileReading {
  const tree = parse(text, dialect);
  return { source: new SourceFile(path, text), tree, via: null, active: tree.lines.map(() => true) };
}

/** A configuration of readings and nothing else, for what works on lines; the reader is tested elsewhere. */
export function configOf(...readings: readonly FileReading[]): ActiveConfig {
  const server: ActiveSection = {
    kind: "section",
    key: "server",
    name: "",
    words: [],
    rawArgs: "",
    spec: null,
    parent: null,
    limit: null,
    children: [],
    origin: null,
  };
  return {
    dialect: readings[0]?.tree.dialect ?? "2.4",
    dialectReason: "given",
    dialectGiven: true,
    server,
    readings,
    problems: [],
    openAtEnd: [],
    conditionals: [],
    macroCalls: [],
    modules: { assumed: true, active: [], unrecognised: [] },
    serverRoot: "/",
    counts: { directives: 3, understood: 2, opaque: 1 },
  };
}
