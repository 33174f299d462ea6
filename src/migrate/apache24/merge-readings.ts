import type { Draft } from "../draft.ts";
import type { SourceText } from "../source-lines.ts";
import { textOf } from "../verdict.ts";
import type { IncludeLines } from "./includes.ts";
import { nameIncludes } from "./includes.ts";
import type { OutputNames } from "./output-names.ts";

/** The readings of each file that come out alike, in reading order; of a file that is read once, that one. */
export function mergeReadings(
  draft: Draft,
  includes: readonly IncludeLines[],
  names: OutputNames,
): readonly (readonly SourceText[])[] {
  const isLeft = new Set(draft.source.files.filter((file) => !draft.isUnread(file)).map(({ path }) => path));
  // A reading that is left out with the host around it is of interest only when there is no other.
  const files = draft.source.files.filter((file) => !draft.isUnread(file) || !isLeft.has(file.path));
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(path, (counts.get(path) ?? 0) + 1);
  if (counts.size === files.length) return files.map((file) => [file]);
  const byHome = new Map<SourceText, IncludeLines[]>();
  for (const one of includes) byHome.set(one.home, [...(byHome.get(one.home) ?? []), one]);
  // Under the name of one reading of each group, so that what includes equal files is equal.
  const shared = new Map(names);
  const groups = new Map<string, SourceText[]>();
  // What a file includes is read behind it, so it is known by then.
  for (const file of files.toReversed()) {
    const isOnce = counts.get(file.path) === 1;
    if (!isOnce) nameIncludes(byHome.get(file) ?? [], shared, false);
    const key = isOnce ? file.path : `${file.path}\n${textOf(draft.output(file, ""))}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else {
      group.unshift(file);
      shared.set(file, shared.get(group.at(-1) ?? file) ?? "");
    }
  }
  const place = new Map(files.map((file, index) => [file, index]));
  const first = ([file]: readonly SourceText[]): number => (file === undefined ? 0 : (place.get(file) ?? 0));
  return [...groups.values()].sort((a, b) => first(a) - first(b));
}

/** Says of each file that is read in several ways which Include has which. */
export function noteReadings(draft: Draft, groups: readonly (readonly SourceText[])[], names: OutputNames): void {
  const byPath = new Map<string, (readonly SourceText[])[]>();
  for (const group of groups) {
    const path = group[0]?.path ?? "";
    byPath.set(path, [...(byPath.get(path) ?? []), group]);
  }
  for (const [path, several] of byPath) {
    if (several.length === 1) continue;
    const parts = several.map((group) => {
      const [file] = group;
      const shown = group.slice(0, MOST_PLACES).flatMap((one) => placeOf(one, draft));
      const more = group.length > MOST_PLACES ? ` and ${group.length - MOST_PLACES} more` : "";
      return `${file === undefined ? "" : (names.get(file) ?? "")} for ${shown.join(", ")}${more}`;
    });
    draft.note(
      `${path} means something else where it is included, so it is written ${parts.length} times: ${parts.join("; ")}`,
      false,
    );
  }
}

/** Places that are named in a note. */
const MOST_PLACES = 5;

function placeOf({ reading }: SourceText, draft: Draft): readonly string[] {
  const line = reading.via === null ? null : draft.source.at(reading.via);
  return line === null ? [] : [`${line.file.path}:${line.first}`];
}
