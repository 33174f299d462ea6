import type { TextEdit } from "../diagnostics/diagnostic.ts";

/** A text after edits, and the edits that found no place in it. */
export interface EditedText {
  readonly text: string;
  readonly rejected: readonly TextEdit[];
}

/**
 * Applies edits whose offsets all count in the text as given. Of edits that overlap the first in the list wins; edits that
 * only touch both stay, and so do insertions at one place, in the order of the list. A replacement that repeats another one
 * to the letter is done once. What overlaps, ends before it starts or lies outside of the text is rejected.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): EditedText {
  const accepted: TextEdit[] = [];
  const rejected: TextEdit[] = [];
  for (const edit of edits) {
    const inside = edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length;
    if (!inside || !place(accepted, edit)) rejected.push(edit);
  }
  const parts: string[] = [];
  let at = 0;
  for (const edit of accepted) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return { text: parts.join(""), rejected };
}

/**
 * Puts an edit into the list that is sorted by start and end, unless it overlaps one there. As those in the list do not
 * overlap, only its neighbours can.
 */
function place(sorted: TextEdit[], edit: TextEdit): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && compare(other, edit) <= 0) low = middle + 1;
    else high = middle;
  }
  const before = sorted[low - 1];
  const after = sorted[low];
  const repeats = before !== undefined && compare(before, edit) === 0 && before.text === edit.text;
  if (repeats && edit.start < edit.end) return true;
  if ((before !== undefined && overlap(before, edit)) || (after !== undefined && overlap(after, edit))) return false;
  sorted.splice(low, 0, edit);
  return true;
}

function compare(a: TextEdit, b: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}

/** An insertion overlaps what it lies strictly inside of. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}
