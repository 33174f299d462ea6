import { createHash } from "node:crypto";
import type { SourceFile } from "../source/source-file.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Enough to tell lines apart; a hostile one may be megabytes long. */
const LONGEST_LINE = 1000;

/** Names of lines in messages (`first on line 12`) move with the text and say nothing about which finding it is. */
const LINE_NUMBERS = /\bline \d+/g;

/**
 * A name for each finding of a file, in their order, that stays the same when lines are put in or taken out elsewhere: made
 * of the path, the rule, the message, the text of the line with blanks as one, and a count where all of that is the same.
 * 32 hexadecimal digits.
 */
export function fingerprintsOf(source: SourceFile, diagnostics: readonly Diagnostic[]): readonly string[] {
  const seen = new Map<string, number>();
  const path = source.path.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
  return diagnostics.map(({ rule, message, line }) => {
    const start = source.lineStarts[line - 1] ?? source.text.length;
    const end = Math.min(source.lineStarts[line] ?? source.text.length, start + LONGEST_LINE);
    const text = source.text.slice(start, end).trim().replace(/\s+/g, " ");
    const identity = JSON.stringify([path, rule, message.replace(LINE_NUMBERS, "line"), text]);
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return createHash("sha256").update(`${identity} ${count}`).digest("hex").slice(0, 32);
  });
}
