import { dialects, type Dialect } from "../../grammar/dialect.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { fixUntilStable } from "../../src/lint/fix.ts";
import { lint, type LintResult } from "../../src/lint/lint.ts";
import type { Rule } from "../../src/lint/rule.ts";

/** A configuration, with files beside it where it needs some; read for the rule's own httpd, else for 2.4. */
export type Case =
  string | { readonly config: string; readonly dialect?: Dialect; readonly files?: Readonly<Record<string, string>> };

export interface Rejected {
  readonly config: string;
  readonly dialect?: Dialect;
  readonly files?: Readonly<Record<string, string>>;
  /** `line:column message`, of the main file; `file:line:column message` of others. */
  readonly findings: readonly string[];
  /** Whether httpd refuses it; false by default. */
  readonly fatal?: boolean;
  /** The file after --fix. */
  readonly fixed?: string;
  /** The file after --fix=unsafe. */
  readonly fixedUnsafely?: string;
}

export const MAIN = "/main.conf";

/** Lints a text with some rules, through the reader. */
export function lintText(
  rules: readonly Rule[],
  config: string,
  dialect: Dialect | "auto",
  files: Readonly<Record<string, string>> = {},
): { readonly result: LintResult; readonly lintOnce: (system: FileSystem) => LintResult; readonly system: FileSystem } {
  const system = memoryFileSystem({ ...files, [MAIN]: config });
  const lintOnce = (fileSystem: FileSystem): LintResult =>
    lint(
      readConfiguration({
        path: MAIN,
        fileSystem,
        dialect,
        defines: [],
        before: [],
        after: [],
        modules: [],
        environment: {},
        serverRoot: "/",
      }),
      {
        rules,
        // As if asked for: rules that wait to be asked are tested like the others.
        severities: new Map(
          rules.filter(({ onlyOnRequest }) => onlyOnRequest === true).map((rule) => [rule.id, rule.severity]),
        ),
        files: fileSystem,
      },
    );
  return { result: lintOnce(system), lintOnce, system };
}

function parts(rule: Rule, one: Case): { config: string; dialect: Dialect; files: Readonly<Record<string, string>> } {
  const usual = rule.dialects.includes("2.4") ? "2.4" : (rule.dialects[0] ?? "2.4");
  if (typeof one === "string") return { config: one, dialect: usual, files: {} };
  return { config: one.config, dialect: one.dialect ?? usual, files: one.files ?? {} };
}

function shown(result: LintResult): readonly string[] {
  return result.files.flatMap(({ source, diagnostics }) =>
    diagnostics.map(({ line, column, message }) => {
      const place = `${line}:${column} ${message}`;
      return source.path === MAIN ? place : `${source.path}:${place}`;
    }),
  );
}

/** Tables of what one rule takes and what it reports; the other rules do not run. */
export function testRule(
  rule: Rule,
  {
    accept,
    reject,
  }: { readonly accept: Readonly<Record<string, Case>>; readonly reject: Readonly<Record<string, Rejected>> },
): void {
  describe(rule.id, () => {
    for (const [title, one] of Object.entries(accept))
      test(`accepts ${title}`, () => {
        const { config, dialect, files } = parts(rule, one);
        expect(shown(lintText([rule], config, dialect, files).result)).toEqual([]);
      });

    for (const [title, one] of Object.entries(reject))
      test(`rejects ${title}`, () => {
        const { config, dialect, files } = parts(rule, one);
        const { result, lintOnce, system } = lintText([rule], config, dialect, files);
        expect(shown(result)).toEqual(one.findings);
        const fatal = result.files.some(({ diagnostics }) => diagnostics.some((diagnostic) => diagnostic.fatal));
        expect(fatal).toBe(one.fatal ?? false);
        const fixed = (unsafeToo: boolean): string =>
          fixUntilStable(system, lintOnce, unsafeToo).files.find(({ path }) => path === MAIN)?.after ?? config;
        expect(fixed(false)).toBe(one.fixed ?? config);
        if (one.fixedUnsafely !== undefined) expect(fixed(true)).toBe(one.fixedUnsafely);
      });

    test("says which httpd it is for", () => {
      expect(rule.dialects.length).toBeGreaterThan(0);
      expect(rule.dialects.every((dialect) => dialects.includes(dialect))).toBe(true);
    });
  });
}
