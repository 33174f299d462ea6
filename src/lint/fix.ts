import type { FileSystem } from "../config/file-system.ts";
import { applyFixes } from "./apply-fixes.ts";
import type { LintResult } from "./lint.ts";
import { overlayFileSystem } from "./overlay-file-system.ts";

/** A file that the fixes change. Texts are decoded as in SourceFile. */
export interface FixedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface FixResult {
  /** What is left after the fixes. */
  readonly result: LintResult;
  /** Empty when there was nothing to fix. */
  readonly files: readonly FixedFile[];
}

/**
 * A fix may uncover another (a repaired name whose arguments can be repaired); real files need two or three rounds. More
 * would mean that two rules undo each other, and then stopping is all that helps.
 */
const MAX_PASSES = 10;

/**
 * Lints, applies the fixes in memory and lints again until nothing changes. `lintOnce` reads through the file system that
 * it gets. Paths that the file system does not have (lines from the command line) are left alone. Writes nothing.
 */
export function fixUntilStable(
  fileSystem: FileSystem,
  lintOnce: (fileSystem: FileSystem) => LintResult,
  unsafeToo: boolean,
): FixResult {
  const texts = new Map<string, string>();
  const originals = new Map<string, string>();
  let result = lintOnce(fileSystem);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let changed = false;
    for (const { source, diagnostics } of result.files) {
      if (fileSystem.kindOf(source.path) !== "file") continue;
      const after = applyFixes(source.text, diagnostics, unsafeToo);
      if (after === source.text) continue;
      if (!originals.has(source.path)) originals.set(source.path, source.text);
      texts.set(source.path, after);
      changed = true;
    }
    if (!changed) break;
    result = lintOnce(overlayFileSystem(fileSystem, texts));
  }
  const files = [...originals].flatMap(([path, before]) => {
    const after = texts.get(path) ?? before;
    return after === before ? [] : [{ path, before, after }];
  });
  return { result, files };
}
