import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";

/**
 * Beyond this many lines taken out or put in, the search for the shortest diff takes seconds, and later minutes: it costs
 * that number times the lines of the file. The whole file is then shown as replaced, which is as right and only longer.
 */
const MAX_EDIT_LENGTH = 2000;

/** A unified diff as `patch -p0` takes it; empty when the texts are the same. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const options = { maxEditLength: MAX_EDIT_LENGTH, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, options);
  return patch ?? replacement(path, before, after);
}

/** Every line taken out, every line put in. */
function replacement(path: string, before: string, after: string): string {
  const old = before.split("\n");
  const changed = after.split("\n");
  const withMark = (mark: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ""
      : lines.at(-1) === ""
        ? lines
            .slice(0, -1)
            .map((line) => `${mark}${line}\n`)
            .join("")
        : `${lines.map((line) => `${mark}${line}`).join("\n")}\n\\ No newline at end of file\n`;
  const count = (lines: readonly string[]): number => (lines.at(-1) === "" ? lines.length - 1 : lines.length);
  const range = (lines: readonly string[]): string => `${count(lines) === 0 ? 0 : 1},${count(lines)}`;
  return `--- ${path}\n+++ ${path}\n@@ -${range(old)} +${range(changed)} @@\n${withMark("-", old)}${withMark("+", changed)}`;
}
