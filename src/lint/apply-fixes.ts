import type { Diagnostic, TextEdit } from "../diagnostics/diagnostic.ts";

/** Whether two edits meet. Two insertions at one place would come out in an order that nobody chose. */
function collide(a: TextEdit, b: TextEdit | undefined): boolean {
  if (b === undefined) return false;
  return (a.start < b.end && b.start < a.end) || (a.start === b.start && (a.start === a.end || b.start === b.end));
}

/** Index at which an edit belongs in edits that are sorted by start. */
function placeIn(sorted: readonly TextEdit[], edit: TextEdit): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? Infinity) <= edit.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Applies the fixes of one file, each whole or not at all: a fix that would meet an earlier one waits for the next pass.
 * Edits that lie outside of the text, or meet others of their own fix, are a fault of the rule and leave the fix out.
 */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[], unsafeToo: boolean): string {
  const fixes = diagnostics
    .flatMap(({ fix }) => (fix !== undefined && fix.edits.length > 0 && (fix.safe || unsafeToo) ? [fix] : []))
    .map(({ edits }) => [...edits].sort((a, b) => a.start - b.start || a.end - b.end))
    .sort((a, b) => (a[0]?.start ?? 0) - (b[0]?.start ?? 0));
  // Sorted and apart, so that only the neighbours can be met.
  const taken: TextEdit[] = [];
  for (const edits of fixes) {
    const fits = edits.every((edit, index) => {
      const inside = 0 <= edit.start && edit.start <= edit.end && edit.end <= text.length;
      const place = placeIn(taken, edit);
      return (
        inside && !collide(edit, edits[index + 1]) && !collide(edit, taken[place - 1]) && !collide(edit, taken[place])
      );
    });
    if (fits) for (const edit of edits) taken.splice(placeIn(taken, edit), 0, edit);
  }
  return splice(text, taken);
}

/** The text with edits that are sorted and do not meet. */
function splice(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}
