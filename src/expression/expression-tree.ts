/** A text in an expression: quotes are gone and escapes are resolved. `at` counts UTF-16 units from the start of the expression. */
export type ExpressionWord =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly text: string }
  /** `%{NAME}`, as it is written. */
  | { readonly kind: "variable"; readonly name: string; readonly at: number }
  /** `$1`, a group of the last regular expression that matched. */
  | { readonly kind: "reference"; readonly index: number }
  /** `name(argument)` or `%{name:argument}`, the name as it is written. */
  | { readonly kind: "call"; readonly name: string; readonly argument: ExpressionWord; readonly at: number }
  /** Two or more, one behind the other. */
  | { readonly kind: "joined"; readonly parts: readonly ExpressionWord[] };

export type ComparisonSign = "==" | "!=" | "<" | "<=" | ">" | ">=";

/** What `in` looks through: words, or what a function gives. */
export type ExpressionList =
  | { readonly kind: "words"; readonly words: readonly ExpressionWord[] }
  | { readonly kind: "call"; readonly name: string; readonly argument: ExpressionWord; readonly at: number };

/** A condition. Chains of one operator are one node, so that only brackets and functions nest. */
export type Condition =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "not"; readonly inner: Condition }
  /** Two or more. */
  | { readonly kind: "and" | "or"; readonly parts: readonly Condition[] }
  /** `-f word`: the letter alone. */
  | { readonly kind: "unary"; readonly operator: string; readonly word: ExpressionWord; readonly at: number }
  /** `word -ipmatch word`: without the dash, in lower case. */
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: ExpressionWord;
      readonly right: ExpressionWord;
      readonly at: number;
    }
  /** `==` and its kin compare texts, `-eq` and `eq` whole numbers. */
  | {
      readonly kind: "compare";
      readonly as: "text" | "number";
      readonly sign: ComparisonSign;
      readonly left: ExpressionWord;
      readonly right: ExpressionWord;
    }
  | {
      readonly kind: "match";
      readonly negated: boolean;
      readonly word: ExpressionWord;
      readonly pattern: ExpressionPattern;
    }
  | { readonly kind: "in"; readonly word: ExpressionWord; readonly list: ExpressionList };

/** The text between the delimiters, in which nothing is escaped or replaced. */
export interface ExpressionPattern {
  readonly text: string;
  readonly ignoreCase: boolean;
  readonly at: number;
}

/** Why httpd does not read an expression, and where. */
export interface ExpressionProblem {
  readonly message: string;
  readonly at: number;
}
