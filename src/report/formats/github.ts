import type { Severity } from "../../diagnostics/diagnostic.ts";
import type { Format } from "../format.ts";
import { summaryLine } from "../summary-line.ts";

/** What GitHub calls the severities. */
const commands = { error: "error", warning: "warning", info: "notice" } as const satisfies Record<Severity, string>;

/** The runner reads one command for each line and resolves these escapes, so that no message can write another command. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** As {@link data}; in properties the characters that separate them too. */
function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** Workflow commands of GitHub Actions: each finding becomes an annotation of its line. */
export const github: Format = ({ files, summary }) => {
  const lines = files.flatMap(({ source, diagnostics }) =>
    diagnostics.map(({ severity, line, column, endLine, endColumn, rule, message, help }) => {
      // GitHub refuses columns for more than one line.
      const end = endLine === line ? `,endColumn=${Math.max(column, endColumn - 1)}` : "";
      const place = `file=${property(source.path)},line=${line},endLine=${endLine},col=${column}${end}`;
      const advice = help === undefined ? "" : ` (${help})`;
      return `::${commands[severity]} ${place},title=${property(rule)}::${data(`${message}${advice}`)}`;
    }),
  );
  return `${[...lines, summaryLine(summary)].join("\n")}\n`;
};
