import type { ActiveConfig } from "../../config/active-config.ts";
import { sourceLines } from "../source-lines.ts";
import type { MigrationInput } from "../target.ts";
import { type Migration, type OutputFile, textOf } from "../verdict.ts";
import { foldBack } from "./fold-back.ts";
import { sameLines } from "./same-lines.ts";
import { writeOut } from "./write-out.ts";

/** What a target does with a text, with or without macros. */
interface MacroTarget {
  /** Migrates a text without macros. */
  readonly migrate: (input: MigrationInput) => Migration;
  /** Reads an output as the target does. */
  readonly read: (files: readonly OutputFile[]) => ActiveConfig;
  /** An output that loads what macros need; null when that is not there. */
  readonly withModule: (files: readonly OutputFile[]) => readonly OutputFile[] | null;
}

/** Migrates for a target with a language of its own, from a text without macros: each line of one has what its uses come to. */
export function migrateWithoutMacros(input: MigrationInput, migrate: (input: MigrationInput) => Migration): Migration {
  const written = input.readAgain === undefined ? null : writeOut(input.config);
  if (written === null || input.readAgain === undefined) return migrate(input);
  const plain = { ...input, ...input.readAgain(written.texts) };
  if (!sameLines(input.started, plain.started)) return migrate(input);
  // The text was written from the lines of the whole configuration.
  return foldBack(migrate(plain), written, sourceLines(input.config), "foreign");
}

/**
 * Migrates a configuration with macros: their text is written out where it is used, that is migrated, and then macros take
 * its place again wherever one text does for all their uses.
 */
export function migrateWithMacros(input: MigrationInput, { migrate, read, withModule }: MacroTarget): Migration {
  const written = input.readAgain === undefined ? null : writeOut(input.config);
  if (written === null || input.readAgain === undefined) return migrate(input);
  const plain = { ...input, ...input.readAgain(written.texts) };
  if (!sameLines(input.config, plain.config)) return migrate(input);
  const migration = migrate(plain);
  const source = sourceLines(input.config);
  const long = foldBack(migration, written, source, "none");
  const short = foldBack(migration, written, source, "all");
  const hasMacros = short.files.map(textOf).join() !== long.files.map(textOf).join();
  const files = hasMacros ? withModule(short.files) : null;
  return files !== null && sameLines(read(files), read(long.files)) ? { ...short, files, plain: long.files } : long;
}
