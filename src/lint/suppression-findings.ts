import type { FileReading } from "../config/active-config.ts";
import type { Suppression } from "../diagnostics/suppression.ts";
import type { Finding } from "./rule.ts";
import { nearest } from "./nearest.ts";

/**
 * What is wrong with the suppression comments of one file: ids that no rule has, and comments that suppressed nothing. A
 * comment of a rule that did not run (switched off, or not for this httpd) may be needed another time and is left alone, as
 * are comments in text that no httpd reads.
 */
export function suppressionFindings(
  reading: FileReading,
  suppressions: readonly Suppression[],
  used: ReadonlySet<Suppression>,
  known: ReadonlySet<string>,
  ran: ReadonlySet<string>,
): readonly Finding[] {
  return suppressions.flatMap((suppression): Finding[] => {
    const { id, span, line } = suppression;
    if (id !== null && !known.has(id)) {
      const suggestion = nearest(id, known);
      const help = suggestion === null ? "`backhand rules` lists them" : `did you mean \`${suggestion}\`?`;
      return [{ reading, span, message: `Unknown rule "${id}" in a suppression comment`, help }];
    }
    if (used.has(suppression) || reading.active[line] === false || (id !== null && !ran.has(id))) return [];
    const message = id === null ? "Unused suppression comment" : `Unused suppression of ${id}`;
    return [{ reading, span, message, help: "remove it: nothing is reported here" }];
  });
}
