import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Format } from "../format.ts";

/** Raised when a key changes its meaning or goes away; new keys may come without. */
const VERSION = 1;

function diagnosticAsJson(diagnostic: Diagnostic): Omit<Diagnostic, "path"> {
  const { path: _path, ...rest } = diagnostic;
  return rest;
}

/** One JSON document on one line; docs/formats/json.md has its keys. */
export const json: Format = ({ dialect, dialectReason, files, summary }) => {
  const document = {
    version: VERSION,
    apache: dialect,
    apacheReason: dialectReason,
    files: files.map((file) => ({
      path: file.source.path,
      apache: file.dialect,
      diagnostics: file.diagnostics.map(diagnosticAsJson),
    })),
    summary,
  };
  return `${JSON.stringify(document)}\n`;
};
