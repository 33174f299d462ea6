import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { LintedFile } from "../../lint/lint.ts";
import type { Format } from "../format.ts";

/** Characters that XML 1.0 cannot hold, not even as references: most controls, lone surrogates, two noncharacters. */
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for an attribute or an element. Line ends and tabs are references, since attributes would lose them. */
function xml(text: string): string {
  return text
    .replace(NOT_XML, "\u{FFFD}")
    .replace(/[&<>"]/g, (character) => references[character] ?? character)
    .replace(/[\t\r\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Errors and warnings are failures; infos pass, with what they say as output. */
function testCase({ rule, line, column, severity, message, help, path }: Diagnostic): string {
  const text = `${path}:${line}:${column}: ${severity}: ${message}${help === undefined ? "" : ` (${help})`}`;
  const open = `    <testcase name="${xml(`${rule} ${line}:${column}`)}" classname="${xml(path)}">`;
  const inside =
    severity === "info"
      ? `<system-out>${xml(text)}</system-out>`
      : `<failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>`;
  return `${open}${inside}</testcase>`;
}

function failuresOf(files: readonly LintedFile[]): number {
  return files.flatMap(({ diagnostics }) => diagnostics).filter(({ severity }) => severity !== "info").length;
}

/** JUnit's XML: a suite for each file, a test case for each finding; a file without any is one that passed. */
export const junit: Format = ({ files }) => {
  const count = (file: LintedFile): number => Math.max(1, file.diagnostics.length);
  const suites = files.map((file) => {
    const cases =
      file.diagnostics.length === 0
        ? [`    <testcase name="lint" classname="${xml(file.source.path)}"/>`]
        : file.diagnostics.map(testCase);
    const counts = `tests="${count(file)}" failures="${failuresOf([file])}" errors="0" skipped="0"`;
    return [`  <testsuite name="${xml(file.source.path)}" ${counts}>`, ...cases, "  </testsuite>"].join("\n");
  });
  const tests = files.reduce((sum, file) => sum + count(file), 0);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="backhand lint" tests="${tests}" failures="${failuresOf(files)}" errors="0">`,
    ...suites,
    "</testsuites>",
  ].join("\n")}\n`;
};
