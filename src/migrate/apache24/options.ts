/** What `All` stands for. */
const everything = ["Indexes", "Includes", "FollowSymLinks", "ExecCGI"];

const spellings: ReadonlyMap<string, readonly string[]> = new Map([
  ["all", everything],
  ["none", []],
  ["indexes", ["Indexes"]],
  ["includes", ["Includes"]],
  ["includesnoexec", ["IncludesNOEXEC"]],
  ["followsymlinks", ["FollowSymLinks"]],
  ["symlinksifownermatch", ["SymLinksIfOwnerMatch"]],
  ["execcgi", ["ExecCGI"]],
  ["multiviews", ["MultiViews"]],
  ["runscripts", ["MultiViews", "ExecCGI"]],
]);

/**
 * An Options line that mixes words with and without signs, as 2.4 takes it: the first word without a sign throws away what
 * was said before it, so the outcome is a plain list. Null when the line needs no change.
 * httpd 1.3 http_core.c set_options
 */
export function plainOptions(words: readonly string[]): string | null {
  const isSigned = (word: string): boolean => /^[+-]/.test(word);
  const isMixed = words.some(isSigned) && words.some((word) => !isSigned(word));
  const isOld = words.some((word) => /^[+-]?runscripts$/i.test(word));
  if (!isMixed && !isOld) return null;
  if (!isMixed && words.every(isSigned)) {
    return words
      .flatMap((word) =>
        (spellings.get(word.slice(1).toLowerCase()) ?? [word.slice(1)]).map((one) => `${word[0] ?? "+"}${one}`),
      )
      .join(" ");
  }
  const set = new Set<string>();
  let isReset = false;
  for (const word of words) {
    if (!isSigned(word) && !isReset) {
      set.clear();
      isReset = true;
    }
    const names = spellings.get(word.replace(/^[+-]/, "").toLowerCase());
    if (names === undefined) return null;
    for (const name of names) {
      if (word.startsWith("-")) set.delete(name);
      else set.add(name);
    }
  }
  return set.size === 0 ? "None" : [...set].join(" ");
}
