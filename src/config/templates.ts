import type { Line, SyntaxTree } from "../../grammar/syntax-tree.ts";
import type { ReadProblem } from "./active-config.ts";
import { report, type OpenReading, type ReadState } from "./reading-state.ts";

/** What a build will replace: `@ServerRoot@`, `@@Port@@`. */
const marker = /@@?[A-Za-z_]\w{0,60}@@?/;

/** Whether a text holds a marker of a template. */
export function hasMarker(text: string): boolean {
  return text.includes("@") && marker.test(text);
}

/** The first line that is no comment and holds a marker, or null. Most files have no marker at all. */
function firstMarked(tree: SyntaxTree): Line | null {
  if (!tree.text.includes("@") || !marker.test(tree.text)) return null;
  const isMarked = (line: Line): boolean =>
    (line.kind === "directive" || line.kind === "open") && hasMarker(tree.text.slice(line.start, line.end));
  return tree.lines.find(isMarked) ?? null;
}

/**
 * Reports each file that is a template once, and takes the sting out of what was found in its marked lines: what httpd will
 * read there is not known yet.
 */
export function judgeTemplates(state: ReadState): void {
  const seen = new Set<string>();
  for (const reading of state.readings) {
    if (seen.has(reading.source.path)) continue;
    seen.add(reading.source.path);
    reportTemplate(state, reading);
  }
}

function reportTemplate(state: ReadState, reading: OpenReading): void {
  const { tree, source } = reading;
  const line = firstMarked(tree);
  if (line === null) return;
  for (const [index, problem] of state.problems.entries()) {
    if (problem.fatal && problem.origin.reading.source.path === source.path && isMarked(problem))
      state.problems[index] = { ...problem, fatal: false };
  }
  const text = tree.text.slice(line.start, line.end);
  const found = marker.exec(text);
  const start = line.start + (found?.index ?? 0);
  const shown = found?.[0] ?? "";
  report(state, "template-file", false, { reading, line }, `Template: ${shown} is still to be replaced`, {
    span: { start, end: start + shown.length },
    help: "lines with such markers are not judged; lint the file that the build makes of this one",
  });
}

function isMarked({ origin }: ReadProblem): boolean {
  const { line, reading } = origin;
  return hasMarker(reading.source.text.slice(line.start, line.end));
}
