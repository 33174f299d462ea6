import { existsSync, readdirSync } from "node:fs";

import type { Dialect } from "../../grammar/dialect.ts";
import type { ActiveConfig } from "../../src/config/active-config.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { nodeFileSystem } from "../../src/config/node-file-system.ts";
import type { ReadOptions } from "../../src/config/read.ts";
import { overlayFileSystem } from "../../src/lint/overlay-file-system.ts";
import { readWithAllDefines } from "../../src/migrate/read-all.ts";
import type { Backend, MigrationInput } from "../../src/migrate/target.ts";
import { targets } from "../../src/migrate/targets/index.ts";
import type { Migration } from "../../src/migrate/verdict.ts";
import { textOf } from "../../src/migrate/verdict.ts";
import { freePorts, runToEnd } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import { makeSandbox } from "../../src/migrate/verify/sandbox.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Where Debian's package has the modules of apache2. */
export const modulesDirectory = "/usr/lib/apache2/modules";
export const hasApache = existsSync("/usr/sbin/apache2") && existsSync(modulesDirectory);

export function migrateConfig(config: ActiveConfig, to: string, more: Partial<MigrationInput> = {}): Migration {
  const target = targets.get(to);
  if (target === undefined) throw new Error(`There is no target ${to}`);
  return target.migrate({
    config,
    started: config,
    defines: [],
    modulesDirectory,
    moduleFiles: hasApache ? new Set(readdirSync(modulesDirectory)) : null,
    backends: [],
    ...more,
  });
}

export interface Migrated {
  readonly config: ActiveConfig;
  readonly migration: Migration;
  /** Main file without its LoadModule lines. */
  readonly text: string;
}

function readAgainFrom(options: ReadOptions): NonNullable<MigrationInput["readAgain"]> {
  return (texts) => {
    const config = readWithAllDefines({ ...options, fileSystem: overlayFileSystem(options.fileSystem, texts) });
    return { config, started: config };
  };
}

/** Migrates a text, which httpd 1.3 is taken to read unless something else is said. */
export function migrateText(
  text: string,
  more: {
    readonly to?: string;
    readonly dialect?: "1.3" | "2.0" | "2.2" | "2.4";
    readonly files?: Readonly<Record<string, string>>;
    readonly backends?: readonly Backend[];
  } = {},
): Migrated {
  const fileSystem = memoryFileSystem({ "/etc/apache/httpd.conf": text, ...more.files });
  const options = { path: "/etc/apache/httpd.conf", fileSystem, dialect: more.dialect ?? "1.3" } as const;
  const config = readWithAllDefines(options);
  const readAgain = readAgainFrom(options);
  const migration = migrateConfig(config, more.to ?? "apache2.4", { backends: more.backends ?? [], readAgain });
  const [main] = migration.files;
  const whole = main === undefined ? "" : textOf(main);
  const lines = whole.split("\n");
  const from = lines.findIndex((line) => line === "");
  return { config, migration, text: more.to === undefined ? lines.slice(from + 1).join("\n") : whole };
}

/** Reads a file of this machine and migrates it. */
export function migrateFile(path: string, to: string, dialect: Dialect | "auto" = "auto"): Migrated {
  const options = { path, fileSystem: nodeFileSystem, dialect };
  const config = readWithAllDefines(options);
  const migration = migrateConfig(config, to, { readAgain: readAgainFrom(options) });
  const [main] = migration.files;
  return { config, migration, text: main === undefined ? "" : textOf(main) };
}

/** `accepted`, or what `apache2 -t` says of the output, without -D names and with all that the file asks for. */
export async function accepts(path: string): Promise<string> {
  const { config, migration } = migrateFile(path, "apache2.4");
  const folder = temporaryFolder();
  try {
    const names = new Set(
      config.conditionals.filter(({ key }) => key === "ifdefine").map(({ argument }) => argument.replace(/^!/, "")),
    );
    const ports = await freePorts(40);
    for (const defines of names.size === 0 ? [[]] : [[], [...names]]) {
      const { file } = makeSandbox(migration.files, folder.path, "check", new SandboxNetwork(ports), defines);
      const { code, text } = await runToEnd("/usr/sbin/apache2", [
        "-t",
        "-f",
        file,
        ...defines.map((name) => `-D${name}`),
      ]);
      if (code !== 0) return text;
    }
    return "accepted";
  } finally {
    folder.remove();
  }
}
