/** So many characters of what many lines come to together are said at each of them; a hundred thousand lines of one field would come to more than any text holds. */
const MOST_SAID = 1 << 20;
/** Of more than that so many lines, each so long. */
const FEW_LINES = 8;
const FEW_CHARACTERS = 160;

/** What is said at each of `count` lines of what they come to together: all of it unless that would be far too much. */
export function briefly(texts: readonly string[], count: number): readonly string[] {
  let length = 0;
  for (const text of texts) length += text.length + 1;
  if (length * count <= MOST_SAID) return texts;
  const few = texts.slice(0, FEW_LINES).map(cut);
  return texts.length > FEW_LINES ? [...few, `… and ${texts.length - FEW_LINES} more`] : few;
}

/** The same of a list within a sentence. */
export function listedBriefly(words: readonly string[], count: number): string {
  return briefly(words, count).join(", ");
}

function cut(text: string): string {
  return text.length > FEW_CHARACTERS ? `${text.slice(0, FEW_CHARACTERS)} …` : text;
}
