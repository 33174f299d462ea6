/** HAProxy takes 64 words on a line; what every line has beside its conditions takes less than this difference. */
const MOST_WORDS = 40;
/** Addresses in one condition. */
const MOST_ADDRESSES = 28;

const wordsOf = (text: string): number => text.split(" ").length;

/**
 * The rules that set `txn.ok` for the requests that meet all conditions of one of the alternatives, on as many lines as they
 * need; `meets`: the place for which they are.
 */
export function allowingRules(alternatives: readonly (readonly string[])[], meets: string): readonly string[] {
  return alternatives.flatMap(withShortLists).flatMap((conditions) => {
    const groups = grouped(conditions);
    const rules = groups.map((group, step) => {
      const set = step < groups.length - 1 ? `set-var(txn.step) int(${step + 1})` : "set-var(txn.ok) int(1)";
      const before = step === 0 ? "" : `{ var(txn.step) -m int ${step} } `;
      return `http-request ${set} if ${meets} ${before}${group.join(" ")}`;
    });
    // What another alternative has left there says nothing.
    return rules.length === 1 ? rules : [`http-request set-var(txn.step) int(0) if ${meets}`, ...rules];
  });
}

/** Conditions in their order, as many together as a line takes. */
function grouped(conditions: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let words = Infinity;
  for (const condition of conditions) {
    words += wordsOf(condition);
    if (words > MOST_WORDS) {
      groups.push([]);
      words = wordsOf(condition);
    }
    groups.at(-1)?.push(condition);
  }
  return groups.length === 0 ? [[]] : groups;
}

/** One of many addresses is an alternative for each part of the list; none of them is a condition for each. */
function withShortLists(conditions: readonly string[]): readonly (readonly string[])[] {
  let found: readonly (readonly string[])[] = [[]];
  for (const condition of conditions) {
    const [, not, list] = /^(!?)\{ src ([\da-f.:/ ]+) \}$/i.exec(condition) ?? [];
    const addresses = list?.split(" ") ?? [];
    if (addresses.length <= MOST_ADDRESSES) found = found.map((one) => [...one, condition]);
    else {
      const parts: string[] = [];
      for (let at = 0; at < addresses.length; at += MOST_ADDRESSES)
        parts.push(`${not ?? ""}{ src ${addresses.slice(at, at + MOST_ADDRESSES).join(" ")} }`);
      found =
        not === "!"
          ? found.map((one) => [...one, ...parts])
          : found.flatMap((one) => parts.map((part) => [...one, part]));
    }
  }
  return found;
}
