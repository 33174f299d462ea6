/**
 * The plain text that all texts begin with that an expression matches; empty when that is not certain, as with an alternative
 * that could be read in another way than here (brackets, which each dialect closes otherwise, comments, quotes).
 */
export function plainStart(pattern: string): string {
  if (!pattern.startsWith("^") || hasAlternatives(pattern)) return "";
  const [plain = ""] = /^(?:[\w/@~%,:;=-]|\\[^\w])*(?![*?+{])/.exec(pattern.slice(1)) ?? [];
  return plain.replace(/\\([^])/g, "$1");
}

/** Whether an expression has an alternative outside of all groups, or could have. */
function hasAlternatives(pattern: string): boolean {
  if (!pattern.includes("|")) return false;
  if (/\[|\(\?(?!:)|\\[A-Za-z]/.test(pattern)) return true;
  let depth = 0;
  for (const [part] of pattern.matchAll(/\\.|[(|)]/gs)) {
    if (part === "|" && depth <= 0) return true;
    if (part === "(") depth += 1;
    else if (part === ")") depth -= 1;
  }
  return false;
}
