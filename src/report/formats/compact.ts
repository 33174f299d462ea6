import type { Format } from "../format.ts";
import { printable } from "../printable.ts";
import { summaryLine } from "../summary-line.ts";

/** One line for each finding, `path:line:column: severity: message [rule]`, as compilers write and editors read. */
export const compact: Format = (result) => {
  const lines = result.files.flatMap(({ source, diagnostics }) =>
    diagnostics.map(({ line, column, severity, message, help, rule }) => {
      const advice = help === undefined ? "" : ` (${help})`;
      return printable(`${source.path}:${line}:${column}: ${severity}: ${message}${advice} [${rule}]`);
    }),
  );
  return `${[...lines, summaryLine(result.summary)].join("\n")}\n`;
};
