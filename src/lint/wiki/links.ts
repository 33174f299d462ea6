import type { Span } from "../../source/source-file.ts";

/**
 * Wikis take words with several capitals for names of pages. PhpWiki and its like write `Word?` where the page does not
 * exist yet, and authors write `!Word` to have none of it. Both marks were copied along with the text.
 */
const LINK = /!(?:[A-Z][a-z0-9]+){2,}\??|(?:[A-Z][a-z0-9]+){2,}\?/g;

/** A marked word of a text. */
export interface WikiLink {
  readonly text: string;
  /** The word without its marks. */
  readonly word: string;
  readonly span: Span;
}

/** The word without the marks, or null when it has none. */
export function withoutMarks(name: string): string | null {
  const word = name.replace(/^!/, "").replace(/\?$/, "");
  return word === name ? null : word;
}

/** The marked words between two offsets. Only as much of a line is looked at as somebody may have written. */
export function linksIn(text: string, start: number, end: number): readonly WikiLink[] {
  const LONGEST = 10_000;
  return [...text.slice(start, Math.min(end, start + LONGEST)).matchAll(LINK)].map((match) => {
    const at = start + match.index;
    const [found] = match;
    return { text: found, word: withoutMarks(found) ?? found, span: { start: at, end: at + found.length } };
  });
}

/** The edits that take the marks off and leave the word. */
export function unmark({ text, span }: WikiLink): readonly { start: number; end: number; text: string }[] {
  return [
    ...(text.startsWith("!") ? [{ start: span.start, end: span.start + 1, text: "" }] : []),
    ...(text.endsWith("?") ? [{ start: span.end - 1, end: span.end, text: "" }] : []),
  ];
}
