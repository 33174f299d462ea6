import type { ActiveConfig } from "../config/active-config.ts";
import type { AccessFiles } from "./access-files.ts";
import type { Migration } from "./verdict.ts";

/** A server behind the balancer. */
export interface Backend {
  readonly address: string;
  readonly port: number;
}

/** What a migration starts from. */
export interface MigrationInput {
  /** The whole configuration, lines under -D names that were not given included. */
  readonly config: ActiveConfig;
  /** What the server reads with just the names that were given, for targets that know no conditions. */
  readonly started: ActiveConfig;
  /** Reads both again, with other texts for some files by their path; without it macros cannot be written out. */
  readonly readAgain?: (texts: ReadonlyMap<string, string>) => Pick<MigrationInput, "config" | "started">;
  /** Names that -D gave. */
  readonly defines: readonly string[];
  /** Folder for LoadModule lines. */
  readonly modulesDirectory: string;
  /** What is in that folder; null when it is not on this machine, so that all modules of httpd itself count as there. */
  readonly moduleFiles: ReadonlySet<string> | null;
  /** Members of the cluster, where somebody knows them. */
  readonly backends: readonly Backend[];
  /** Addresses of the name servers that this machine asks; without it none is known. */
  readonly nameServers?: readonly string[];
  /** The .htaccess files of the document roots that are on this machine; without it there are none anywhere. */
  readonly accessFiles?: AccessFiles;
}

/** A server that configurations can be migrated to. One unit: its file, its page, its line in the registry. */
export interface MigrationTarget {
  /** As `--to` takes it. */
  readonly name: string;
  /** The main file of the output. */
  readonly mainFile: string;
  readonly migrate: (input: MigrationInput) => Migration;
}
