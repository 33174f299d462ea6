/** What is wrong with an expression; carries it out of the recursion to parseCondition and parseText, never further. */
export class ExpressionError extends Error {
  /** UTF-16 units from the start of the expression. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
