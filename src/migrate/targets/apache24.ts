import { posix } from "node:path";

import { type KnownFiles, migrateAccess } from "../apache24/access.ts";
import { backendFile } from "../apache24/backend-file.ts";
import { clusterFacts, clusterOf, isBalancer, migrateBalancing } from "../apache24/balancer.ts";
import { problemsOf, readAccessFile, readOutput } from "../apache24/check-output.ts";
import { migrateConditionals } from "../apache24/conditionals.ts";
import { writeDefaults } from "../apache24/defaults.ts";
import { folderPatterns } from "../apache24/folder-patterns.ts";
import { migrateHosts } from "../apache24/hosts.ts";
import { migrateIncludes, nameIncludes } from "../apache24/includes.ts";
import type { LineContext } from "../apache24/line-rule.ts";
import { asItIs, judgeDirective, whatIsLost } from "../apache24/line-rules.ts";
import { mergeReadings, noteReadings } from "../apache24/merge-readings.ts";
import { noteDocumentRoot } from "../note-document-root.ts";
import { loadLines, modulesUsed, oftenStatic } from "../apache24/modules.ts";
import { groupNames, mainOf, type OutputNames, outputPaths } from "../apache24/output-names.ts";
import { dropSection, migrateSection } from "../apache24/sections.ts";
import { filesRead, overridesAt, unseenFolders } from "../apache24/overrides.ts";
import type { Tags } from "../apache24/tags.ts";
import { pairTags } from "../apache24/tags.ts";
import { type AccessFileText, FILES_FOLDER, withAccessFiles, type WithAccessFiles } from "../access-files.ts";
import { decides } from "../deciding.ts";
import { Draft } from "../draft.ts";
import { migrateWithMacros } from "../macros/with-macros.ts";
import type { SourceLine } from "../source-lines.ts";
import { sourceReadings } from "../source-lines.ts";
import type { MigrationInput, MigrationTarget } from "../target.ts";
import type { Migration, OutputFile } from "../verdict.ts";
import { addedLines, dropped, folded, lost, textOf } from "../verdict.ts";

/** A configuration that Debian's apache2 loads. */
export const apache24: MigrationTarget = { name: "apache2.4", mainFile: "httpd.conf", migrate };

function migrate(input: MigrationInput): Migration {
  const context = contextOf(input);
  return migrateWithMacros(input, {
    migrate: migrateText,
    read: (files) => readOutput(files, input.defines),
    withModule: ([main, ...others]) => {
      if (main === undefined || !context.hasModule("mod_macro")) return null;
      const [mpm, load = ""] = loadLines(new Set(["mod_macro"]), context.mpm, input.modulesDirectory);
      const at = main.lines[0]?.text === mpm ? 1 : 0;
      const line = { text: load, from: null, why: "a module that the configuration uses" };
      return [{ path: main.path, lines: main.lines.toSpliced(at, 0, line) }, ...others];
    },
  });
}

function migrateText(input: MigrationInput): Migration {
  const { config } = input;
  const known = knownFiles(input);
  const whole = known.config;
  const draft = new Draft(sourceReadings(whole));
  const tags = pairTags(draft.source);
  const isFile = new Set([...known.sections.values()].map(({ path }) => path));
  const own = draft.source.files.filter(({ path }) => !isFile.has(path));
  const paths = new Map(outputPaths(own, apache24.mainFile));
  for (const path of isFile) paths.set(path, posix.join(FILES_FOLDER, path));
  const context = contextOf(input);
  const facts = clusterFacts({ cluster: clusterOf(config) }, input.backends);
  const main = mainOf(own);

  migrateConditionals(whole, draft, tags, context);
  const keepsAccess = config.dialect === "2.4" || migrateAccess(whole, draft, known);
  if (main !== undefined) {
    migrateHosts(config, draft, tags, main);
    writeDefaults(whole, draft, main);
    noteDocumentRoot(config, draft);
    migrateBalancing(config, facts, draft, tags, main);
  }
  const includes = migrateIncludes(config, draft, tags);
  judgeLines(draft, tags, context, keepsAccess);

  // Each reading is judged by itself; those that come out alike are one file in the end.
  const single = groupNames(
    draft.source.files.map((file) => [file]),
    paths,
  );
  nameIncludes(includes, single, false);
  const checked = checkOutput(draft, tags, single, input, context);
  const groups = mergeReadings(draft, includes, single);
  const names = groupNames(groups, paths);
  nameIncludes(includes, names, true);
  noteReadings(draft, groups, names);
  const outputs = new Map(groups.flatMap(([file]) => (file === undefined ? [] : [[file, names.get(file) ?? ""]])));
  const isLeft = [...outputs].filter(([file]) => !draft.isUnread(file));
  // A single file has no other names in the end.
  const files = draft.source.files.length === 1 ? checked.files : filesOf(draft, new Map(isLeft));
  const load = loadLines(checked.used, context.mpm, input.modulesDirectory);
  const [first, ...others] = files;
  const from = null;
  const withModules: OutputFile[] =
    first === undefined
      ? []
      : [
          {
            path: first.path,
            lines: [
              ...load.map((text) => ({ text, from, why: "a module that the configuration uses" })),
              { text: "", from, why: "a module that the configuration uses" },
              ...first.lines,
            ],
          },
          ...others,
        ];
  const behind = isBalancer(config) ? [backendFile(facts, input.modulesDirectory)] : [];
  const accessFiles = [...known.sections.values()];
  const list = accessFiles.length === 0 ? [] : [accessFileList(accessFiles, files)];
  return { files: [...withModules, ...behind, ...list], lines: draft.judged(outputs), notes: draft.notes };
}

/** The files of the output, the main one first. */
function filesOf(draft: Draft, outputs: OutputNames): readonly OutputFile[] {
  const files = [...outputs].map(([file, name]) => draft.output(file, name));
  return files.sort((a, b) => Number(b.path === apache24.mainFile) - Number(a.path === apache24.mainFile));
}

/** The configuration with the .htaccess files that httpd reads, and where there may be others. */
function knownFiles({ config, accessFiles }: MigrationInput): WithAccessFiles & KnownFiles {
  const files = filesRead(config, accessFiles);
  return {
    ...withAccessFiles(config, files),
    unseen: accessFiles === undefined || config.dialect === "2.4" ? [] : unseenFolders(config, accessFiles),
    mayRequire: files.every(({ folder }) => overridesAt(config, folder).mayRequire),
  };
}

/** Says of each .htaccess file of the output where it belongs, and whether anything in it is another. */
function accessFileList(originals: readonly AccessFileText[], files: readonly OutputFile[]): OutputFile {
  const why = "where the .htaccess files belong";
  const outputs = new Map(files.map((file) => [file.path, file]));
  const lines = originals.map(({ path, text }) => {
    const name = posix.join(FILES_FOLDER, path);
    const output = outputs.get(name);
    const isSame = output !== undefined && textOf(output).trimEnd() === text.trimEnd();
    return `${isSame ? "same   " : "changed"}  ${name}  ${path}`;
  });
  const head = [
    "# The .htaccess files of the document roots for httpd 2.4. Put each that is changed in its place when 2.4 takes over:",
    "# the old server would stop at some of their lines, and 2.4 reads some lines of the old ones in another way.",
  ];
  return { path: `${FILES_FOLDER}.txt`, lines: addedLines([...head, ...lines], why) };
}

function contextOf({ config, moduleFiles }: MigrationInput): LineContext {
  // What hands requests on waits most of the time, for which a process each is too much.
  const mpm = isBalancer(config) ? "event" : "prefork";
  return {
    config,
    dialect: config.dialect,
    mpm,
    folders: config.dialect === "2.4" ? new Map() : folderPatterns(config),
    hasModule: (name) => {
      if (oftenStatic.has(name)) return true;
      const other = /^(?:mod_)?(?:mpm_)?(prefork|worker|event|winnt|mpmt_os2|netware|motorz)$/.exec(name);
      if (other !== null) return other[1] === mpm;
      return moduleFiles === null ? isOfHttpd(name) : moduleFiles.has(`${name}.so`);
    },
  };
}

function judgeLines(draft: Draft, tags: Tags, context: LineContext, keepsLimits: boolean): void {
  for (const { lines } of draft.source.files) {
    for (const line of lines) {
      if (draft.isJudged(line)) continue;
      const { node } = line;
      if (node === null || node.key === "macro") {
        draft.judge(line, asItIs(line));
      } else if (node.kind === "directive") {
        draft.judge(line, judgeDirective(node, context, line));
      } else {
        migrateSection(node, line, draft, tags, context, keepsLimits);
        if (draft.isJudged(line)) continue;
        const gone = whatIsLost(node, context);
        if (gone?.kind === "dropped") dropSection(line, draft, tags, gone.why);
        else draft.judge(line, asItIs(line));
      }
    }
  }
}

/** How often the output is read again; each time what 2.4 would stop at is gone, so one round nearly always does. */
const ROUNDS = 8;

/** Takes out what 2.4 would not accept, which is reported. Returns the rest with the modules that it uses. */
function checkOutput(
  draft: Draft,
  tags: Tags,
  names: OutputNames,
  { defines }: MigrationInput,
  { hasModule }: LineContext,
): { readonly files: readonly OutputFile[]; readonly used: ReadonlySet<string> } {
  const asked = namesAsked(draft);
  for (let round = 1; ; round += 1) {
    const files = filesOf(draft, names);
    const output = readOutput(files, defines, asked);
    const accessFiles = files.filter(({ path }) => path.startsWith(`${FILES_FOLDER}/`)).map(readAccessFile);
    const problems = [output, ...accessFiles].flatMap((one) => problemsOf(one, hasModule));
    const find = sourceFinder(files, draft);
    for (const { path, line, message } of problems) {
      const source = round === ROUNDS ? null : find(path, line);
      if (source === null) draft.note(`${path}:${line} may stop 2.4: ${message}`, true);
      else takeOut(source, message, draft, tags);
    }
    if (problems.length === 0 || round === ROUNDS) {
      return { files, used: new Set([output, ...accessFiles].flatMap((one) => [...modulesUsed(one, hasModule)])) };
    }
  }
}

/** Finds the line of the source behind a physical line (from 1) of the output. */
function sourceFinder(files: readonly OutputFile[], draft: Draft): (path: string, line: number) => SourceLine | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = new Map<string, readonly (SourceLine | null)[]>();
  return (path, line) => {
    let lines = known.get(path);
    if (lines === undefined) {
      // A kept line may be several.
      lines = (byPath.get(path)?.lines ?? []).flatMap((one) => one.text.split("\n").map(() => draft.lineBehind(one)));
      known.set(path, lines);
    }
    return lines[line - 1] ?? null;
  };
}

const access = new Set(["order", "allow", "deny", "satisfy", "require"]);

function takeOut(line: SourceLine, message: string, draft: Draft, tags: Tags): void {
  const { node } = line;
  if (line.line.kind === "open" && node !== null) {
    dropSection(line, draft, tags, message);
  } else if (node === null) {
    draft.judge(line, folded(message));
  } else if (access.has(node.key) && draft.verdictOf(line).kind !== "dropped") {
    draft.judge(line, lost(message, ["Require all denied"]));
  } else {
    draft.judge(line, decides(node) ? lost(message) : dropped(message));
  }
}

/** Every name that an IfDefine asks for, so that the lines under all of them are checked. */
function namesAsked(draft: Draft): ReadonlySet<string> {
  const names = draft.source.files.flatMap(({ lines }) =>
    lines.flatMap(({ line, text }) => {
      if (line.kind !== "open" || line.name.toLowerCase() !== "ifdefine") return [];
      const name = /<\w+\s+!?\s*"?([^\s">]+)/.exec(text)?.[1];
      return name === undefined ? [] : [name];
    }),
  );
  return new Set(names);
}

function isOfHttpd(name: string): boolean {
  return !/perl|php|jk$|jserv|fastcgi|fcgid|backhand|throttle|python|mono|ruby|passenger|wsgi|security|evasive|gzip|frontpage|layout|bandwidth/.test(
    name,
  );
}
