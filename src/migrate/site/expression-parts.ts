interface TextPart {
  readonly kind: "text";
  readonly text: string;
  readonly character: string;
}

/** A piece of an expression outside of all groups, with what repeats it. */
export type ExpressionPart =
  | TextPart
  /** `number` is null for a group that does not capture; `isOptional`: a question mark stands behind it. */
  | {
      readonly kind: "group";
      readonly text: string;
      readonly number: number | null;
      readonly content: string;
      readonly isOptional: boolean;
    }
  | { readonly kind: "other"; readonly text: string };

/** Characters that stand for themselves, one object for each: most of most expressions are such. */
const plainParts: ReadonlyMap<string, TextPart> = new Map(
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_~", (character) => [
    character,
    { kind: "text", text: character, character },
  ]),
);

const isRepeat = (character: string | undefined): boolean =>
  character === "*" || character === "+" || character === "?" || character === "{";

const REPEAT = /^(?:[*+?]|\{\d*,?\d*\})[?+]?/;

/** Takes an expression of PCRE apart; null for one with alternatives outside of groups, or with brackets that do not match. */
export function expressionParts(text: string): readonly ExpressionPart[] | null {
  const parts: ExpressionPart[] = [];
  let captures = 0;
  for (let at = 0; at < text.length;) {
    const plain = plainParts.get(text[at] ?? "");
    if (plain !== undefined && !isRepeat(text[at + 1])) {
      parts.push(plain);
      at += 1;
      continue;
    }
    const rest = text.slice(at);
    if (rest.startsWith("|") || rest.startsWith(")")) return null;
    if (rest.startsWith("(")) {
      const length = groupLength(rest);
      if (length === null) return null;
      const whole = rest.slice(0, length);
      const repeat = REPEAT.exec(rest.slice(length))?.[0] ?? "";
      const isCapture = whole[1] !== "?";
      const number = isCapture ? captures + 1 : null;
      captures += countCaptures(whole);
      at += length + repeat.length;
      if (repeat !== "" && repeat !== "?") parts.push({ kind: "other", text: whole + repeat });
      else {
        const content = whole.slice(isCapture ? 1 : whole.startsWith("(?:") ? 3 : 0, -1);
        parts.push({ kind: "group", text: whole + repeat, number, content, isOptional: repeat !== "" });
      }
      continue;
    }
    const [piece = ""] = PIECE.exec(rest) ?? [];
    if (piece === "") return null;
    const repeat = REPEAT.exec(rest.slice(piece.length))?.[0] ?? "";
    at += piece.length + repeat.length;
    const character = /^\\[^A-Za-z0-9]$/.test(piece) ? piece.slice(1) : /^[^\\[.^$]$/.test(piece) ? piece : null;
    parts.push(
      character === null || repeat !== ""
        ? { kind: "other", text: piece + repeat }
        : { kind: "text", text: piece, character },
    );
  }
  return parts;
}

/** A set in brackets, what a backslash stands before, or a character. */
const PIECE = /^(?:\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\\.|[^\\[])/su;
const PIECES = new RegExp(PIECE.source.slice(1), "gsu");

function groupLength(text: string): number | null {
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (depth === 0) return index + 1;
  }
  return null;
}

function countCaptures(text: string): number {
  let count = 0;
  for (const { 0: piece, index } of text.matchAll(PIECES)) if (piece === "(" && text[index + 1] !== "?") count += 1;
  return count;
}
