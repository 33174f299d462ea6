/** An argument as httpd's word splitting gives it; the span lies in the file's text and includes the quotes. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** Quotes, escapes, continuations and (2.x) variables resolved. */
  readonly value: string;
  /** The quote that the word starts with, or an empty string. */
  readonly quote: "" | '"' | "'";
  /** Whether an opening quote has its closing one; true for words without quotes. */
  readonly terminated: boolean;
}
