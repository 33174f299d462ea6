/** Enough to recognise a text by; a hostile line may be megabytes long. */
const LONGEST = 60;

/** The user's text in double quotes, for a message; long ones are cut. */
export function quote(text: string): string {
  return `"${text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text}"`;
}
