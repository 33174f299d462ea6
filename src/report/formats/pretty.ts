import { Chalk, type ChalkInstance } from "chalk";
import type { Diagnostic, Severity } from "../../diagnostics/diagnostic.ts";
import type { LintedFile, LintResult } from "../../lint/lint.ts";
import { codeFrame } from "../code-frame.ts";
import type { Format, FormatOptions } from "../format.ts";
import { printable, widthOf } from "../printable.ts";
import { plural, summaryLine } from "../summary-line.ts";

/** Rule ids stand at the right edge of the text, but not further out than the eye goes. */
const WIDEST_HEADER = 100;
const NARROWEST = 40;

function paint(chalk: ChalkInstance, severity: Severity): (text: string) => string {
  switch (severity) {
    case "error":
      return chalk.red.bold;
    case "warning":
      return chalk.yellow.bold;
    case "info":
      return chalk.blue.bold;
    default:
      return severity satisfies never;
  }
}

function header({ severity, message, rule }: Diagnostic, chalk: ChalkInstance, columns: number): string {
  const text = printable(message);
  const label = severity.padEnd(5);
  const width = label.length + 2 + widthOf(text);
  const gap = Math.max(2, Math.min(columns, WIDEST_HEADER) - width - rule.length);
  return `${paint(chalk, severity)(label)}  ${chalk.bold(text)}${" ".repeat(gap)}${chalk.dim(rule)}`;
}

function block(file: LintedFile, diagnostic: Diagnostic, chalk: ChalkInstance, columns: number): string {
  const { line, column, help, severity, related } = diagnostic;
  const number = String(line);
  const margin = " ".repeat(number.length);
  const bar = chalk.dim("\u2502");
  const frame = codeFrame(file.source, diagnostic, columns - number.length - 2);
  const marks = paint(chalk, severity)("^".repeat(frame.markWidth));
  const lines = [
    header(diagnostic, chalk, columns),
    `${margin}${chalk.dim("\u256d\u2500")} ${printable(file.source.path)}:${line}:${column}`,
    `${chalk.dim(number)}${bar} ${frame.text}`.trimEnd(),
  ];
  const under = `${margin}${bar} ${" ".repeat(frame.markStart)}${marks}`;
  if (help === undefined) {
    lines.push(under);
  } else {
    const advice = `help: ${printable(help)}`;
    const fits = margin.length + 2 + frame.markStart + frame.markWidth + 1 + widthOf(advice) <= columns;
    if (fits) lines.push(`${under} ${chalk.cyan(advice)}`);
    else lines.push(under, `${margin}${bar} ${chalk.cyan(advice)}`);
  }
  for (const place of related) {
    const where = printable(`${place.path}:${place.line}:${place.column}`);
    lines.push(`${margin}${chalk.dim("\u2570\u2500")} ${where} ${printable(place.message)}`);
  }
  return `${lines.join("\n")}\n`;
}

function ending(result: LintResult, options: FormatOptions, chalk: ChalkInstance): string {
  const { summary, files } = result;
  const line = summaryLine(summary);
  const colored =
    summary.errors > 0 ? chalk.red.bold(line) : summary.warnings > 0 ? chalk.yellow.bold(line) : chalk.green(line);
  const notes = [
    ...(summary.opaque > 0 ? [`${summary.opaque} not understood`] : []),
    ...(summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : []),
  ];
  const counted = `${plural(summary.directives, "directive")}${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`;
  const reason = printable(`httpd ${result.dialect}: ${result.dialectReason}`);
  const fixable = files.flatMap((file) => file.diagnostics).filter(({ fix }) => fix?.safe).length;
  const offer = fixable > 0 && !options.fixed ? `\n${fixable} can be repaired with --fix` : "";
  return `${colored} in ${plural(files.length, "file")}, ${counted}; read as ${reason}${offer}\n`;
}

/** For people: each finding with its line, marks under the place, help and related places; the counts at the end. */
export const pretty: Format = (result, options) => {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const columns = Math.max(options.columns, NARROWEST);
  const blocks = result.files.flatMap((file) =>
    file.diagnostics.map((diagnostic) => block(file, diagnostic, chalk, columns)),
  );
  return [...blocks, ending(result, options, chalk)].join("\n");
};
