import type { ActiveConfig } from "../../config/active-config.ts";
import type { SampleRequest } from "../../samples/sample-requests.ts";
import type { AccessFiles } from "../access-files.ts";
import type { MigrationInput } from "../target.ts";
import type { Migration, SourcePlace } from "../verdict.ts";

/** What the old file and the new server answer to the same requests. */
export interface Verification {
  readonly version: 1;
  /** `live`: the real server was asked. `static`: it is not there, so our own reading of the output was. */
  readonly kind: "live" | "static";
  /** Why it is static, or why there is nothing to compare. */
  readonly reason: string | null;
  /** Whether the real server is there and does not run the output, which is no proof of anything. */
  readonly refused: boolean;
  readonly requests: number;
  readonly differences: readonly Difference[];
  /** Requests that were compared without lines that only httpd itself runs (rewriting and the like), and these lines. */
  readonly aside: { readonly requests: number; readonly lines: readonly SourcePlace[] };
  /** Files and folders that the new server needs to start and that empty ones stood in for, since they are not here. */
  readonly standIns: readonly string[];
}

/** One request that is answered in another way. */
export interface Difference {
  readonly request: SampleRequest;
  /** What differs: `virtual host`, `sections`, `access`, `redirect`, `upstream` or `file`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Lines of the old file that have a part in it. */
  readonly lines: readonly SourcePlace[];
  /** The line of the report that says so; absent where nothing does. */
  readonly announced?: { readonly place: SourcePlace; readonly why: string };
}

/** What is compared. */
export interface VerifyOptions {
  /** What the old server reads with the names that were given. */
  readonly config: ActiveConfig;
  readonly migration: Migration;
  readonly defines: readonly string[];
  /** As the migration was given them. */
  readonly accessFiles?: AccessFiles;
  /** As the migration was given it: without it httpd is not asked what it makes of lines in macros. */
  readonly readAgain?: MigrationInput["readAgain"];
  /** Requests beside those that the configuration suggests. */
  readonly requests: readonly SampleRequest[];
}

/** Differences that no line of the report announces. */
export function unexplained({ differences }: Verification): readonly Difference[] {
  return differences.filter(({ announced }) => announced === undefined);
}
