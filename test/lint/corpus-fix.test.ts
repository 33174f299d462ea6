import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../grammar/dialect.ts";
import { parse } from "../../grammar/parse.ts";
import { compile } from "../../src/compile/compile.ts";
import type { ActiveConfig } from "../../src/config/active-config.ts";
import type { FileSystem } from "../../src/config/file-system.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { fixUntilStable, type FixResult } from "../../src/lint/fix.ts";
import { lint, type LintResult } from "../../src/lint/lint.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { decode } from "../../src/source/encoding.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { hasApache, judge, stopJudging } from "./judge.ts";

const corpus = sharedPath("corpus");
const paths = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "MANIFEST.tsv")
      .map((entry) => join(entry.parentPath, entry.name).slice(corpus.length + 1))
      .sort()
  : [];

/** One file of the corpus, perhaps with another text. */
class Subject {
  readonly path: string;
  readonly files: FileSystem;
  readonly config: ActiveConfig;

  constructor(path: string, files: FileSystem, dialect: Dialect | "auto") {
    this.path = path;
    this.files = files;
    this.config = readConfiguration({ path, fileSystem: files, dialect, environment: {} });
  }

  get text(): string {
    return decode(this.files.readFile(this.path));
  }

  with(texts: ReadonlyMap<string, string>): Subject {
    return new Subject(this.path, overlayFileSystem(this.files, texts), this.config.dialect);
  }

  lint(files = this.files): LintResult {
    const { path, config } = this;
    return lint(readConfiguration({ path, fileSystem: files, dialect: config.dialect, environment: {} }), {
      rules,
      severities: new Map(),
    });
  }

  fix(unsafeToo: boolean): FixResult & { readonly after: Subject } {
    const fixed = fixUntilStable(this.files, (files) => this.lint(files), unsafeToo);
    return { ...fixed, after: this.with(new Map(fixed.files.map(({ path, after }) => [path, after]))) };
  }

  /** The routing table, without the numbers of lines, which repairs may move, and without comments taken for arguments. */
  meaning(): unknown {
    const words = (args: readonly unknown[]): readonly unknown[] => {
      const at = args.findIndex((one) => typeof one === "string" && /^#+$/.test(one));
      return at === -1 ? args : args.slice(0, at);
    };
    return JSON.parse(
      JSON.stringify(compile(this.config).table, (key, value: unknown) =>
        key === "line" ? undefined : key === "args" && Array.isArray(value) ? words(value) : value,
      ),
    );
  }
}

/** Where httpd stops, as rules with messages. */
function refusals({ files }: LintResult): readonly string[] {
  return files.flatMap(({ diagnostics }) =>
    diagnostics.filter(({ fatal }) => fatal).map(({ rule, message }) => `${rule}: ${message.replace(/\d+/g, "n")}`),
  );
}

function offered({ files }: LintResult, unsafeToo: boolean): readonly string[] {
  return files.flatMap(({ source, diagnostics }) =>
    diagnostics
      .filter(({ fix }) => fix !== undefined && (fix.safe || unsafeToo))
      .map(({ rule, line }) => `${source.path}:${line} ${rule}`),
  );
}

const subject = (path: string): Subject => new Subject(join(corpus, path), nodeFileSystem, "auto");

describeIfShared("--fix on real configurations", () => {
  test.each([false, true])(
    "leaves nothing to repair, refuses nothing more, keeps the meaning (unsafe: %s)",
    (unsafeToo) => {
      let changed = 0;
      for (const path of paths) {
        const before = subject(path);
        const { files, result, after } = before.fix(unsafeToo);
        expect({ path, offered: offered(result, unsafeToo) }).toEqual({ path, offered: [] });
        if (files.length === 0) continue;
        changed++;
        expect({ path, again: after.fix(unsafeToo).files }).toEqual({ path, again: [] });
        const old = refusals(before.lint());
        expect({ path, more: refusals(result).filter((one) => !old.includes(one)) }).toEqual({ path, more: [] });
        if (!unsafeToo && old.length === 0)
          expect({ path, ...Object(after.meaning()) }).toEqual({ path, ...Object(before.meaning()) });
      }
      expect(changed).toBeGreaterThan(2);
    },
  );
});

/** The places of a text at which a slip may be made, and what it puts there. */
type Slip = (
  text: string,
  dialect: Dialect,
) => readonly { readonly at: number; readonly end: number; readonly text: string }[];

/** Slips that --fix repairs safely. */
const slips: Readonly<Record<string, Slip>> = {
  "a comment behind a directive": (text, dialect) =>
    parse(text, dialect).lines.flatMap((line) =>
      line.kind === "directive" &&
      !line.continued &&
      line.argsEnd > line.argsStart &&
      !/["'#\\<]/.test(text.slice(line.start, line.end))
        ? [{ at: line.argsEnd, end: line.argsEnd, text: " # so that it works" }]
        : [],
    ),
  "a mistyped closing tag": (text, dialect) =>
    parse(text, dialect).lines.flatMap((line) =>
      line.kind === "close" && line.name.length > 6
        ? [{ at: line.nameStart + 3, end: line.nameStart + 5, text: (line.name[4] ?? "") + (line.name[3] ?? "") }]
        : [],
    ),
  "a blank behind the bracket": (text, dialect) =>
    parse(text, dialect).lines.flatMap((line) =>
      line.kind === "open" && !line.continued ? [{ at: line.nameStart, end: line.nameStart, text: " " }] : [],
    ),
  "a blank before the bracket": (text, dialect) =>
    parse(text, dialect).lines.flatMap((line) =>
      line.kind === "close" && line.bracket > 0 && !line.continued
        ? [{ at: line.bracket, end: line.bracket, text: " " }]
        : [],
    ),
};

/** The time that a test may take is bounded. */
const LONGEST = 50_000;

/** Two thirds down the lines that an httpd reads, so that files of different lengths are tried in different places. */
function pick<One extends { readonly at: number }>(places: readonly One[], { config }: Subject): One | undefined {
  const [reading] = config.readings;
  const starts = reading?.tree.lines ?? [];
  const live = places.filter(({ at }) => {
    const index = starts.findIndex(({ start, end }) => start <= at && at < end);
    // What httpd 1.3 skips ends at the very tag and at nothing like it; there is no mistyped one for it.
    return reading?.active[index] === true && (config.dialect !== "1.3" || reading.active[index - 1] === true);
  });
  return live[Math.floor((live.length * 2) / 3)];
}

/** The file with one slip, or null when there is no place for it. */
function spoil(original: Subject, places: Slip | undefined): Subject | null {
  const { text, config } = original;
  // Text of a macro is repaired where it is used, which is not in one place.
  if (/^\s*<Macro/im.test(text)) return null;
  const slip = pick(places?.(text, config.dialect) ?? [], original);
  if (slip === undefined) return null;
  return original.with(new Map([[original.path, text.slice(0, slip.at) + slip.text + text.slice(slip.end)]]));
}

describeIfShared("--fix after a slip of the hand in a real configuration", () => {
  test.each(Object.entries(slips))("%s: means again what it meant", (_title, places) => {
    let tried = 0;
    const lost: string[] = [];
    for (const path of paths) {
      const original = subject(path);
      if (refusals(original.lint()).length > 0 || original.text.length > LONGEST) continue;
      const spoiled = spoil(original, places);
      if (spoiled === null) continue;
      tried++;
      const { after } = spoiled.fix(false);
      if (JSON.stringify(after.meaning()) !== JSON.stringify(original.meaning())) lost.push(path);
    }
    expect(lost).toEqual([]);
    expect(tried).toBeGreaterThan(40);
  });
});

/** Hundreds of runs of apache2, each as slow as the machine is busy. */
const PATIENCE_MS = 300_000;

describeIf(hasApache && existsSync(corpus), "apache2 2.4 with its modules, or ../shared, is not there")(
  "what the real httpd says of repaired files",
  () => {
    afterAll(stopJudging);

    test.each([false, true])(
      "is what it said before, or better (unsafe: %s)",
      async (unsafeToo) => {
        for (const path of paths) {
          const before = subject(path);
          if (before.config.dialect === "1.3") continue;
          const { files, after } = before.fix(unsafeToo);
          if (files.length === 0) continue;
          const [old, now] = await Promise.all([judge(before.text), judge(after.text)]);
          expect({ path, worse: now.rank < old.rank, old: old.said, now: now.said }).toMatchObject({
            path,
            worse: false,
          });
        }
      },
      PATIENCE_MS,
    );

    test(
      "is yes again, after a slip of the hand for which it stops",
      async () => {
        let tried = 0;
        for (const path of paths) {
          const original = subject(path);
          if (original.config.dialect === "1.3" || original.text.length > LONGEST) continue;
          const spoiled = spoil(original, slips["a mistyped closing tag"]);
          if (spoiled === null) continue;
          const { after } = spoiled.fix(false);
          const [was, broken, is] = await Promise.all([original, spoiled, after].map(({ text }) => judge(text)));
          if (was?.rank !== Infinity || broken?.rank === Infinity) continue;
          tried++;
          expect({ path, is }).toMatchObject({ path, is: { rank: Infinity } });
        }
        expect(tried).toBeGreaterThan(40);
      },
      PATIENCE_MS,
    );
  },
);
