import type { FolderRules } from "../site/folder-rules.ts";
import { judgeOthers } from "../site/judge-rewrites.ts";
import { changed, folded, lost } from "../verdict.ts";
import { GOES_ON, refusalRule, rewriteRules } from "./rewrites.ts";

/** The rules of a folder behind those of access, for requests that `meets` says; `first` is the number of the first one. */
export function folderRuleLines(rules: FolderRules, meets: string, first: number): readonly string[] {
  const { judge } = rules;
  judgeOthers(rules, judge);
  if (rules.isRefused && rules.rules.length > 0) {
    const line = refusalRule(403, null, meets);
    for (const { lines } of rules.rules)
      judge(lines, changed(line, "httpd refuses a folder with rules where Options has no FollowSymLinks"));
    return [line];
  }
  let isSure = true;
  let here = meets;
  return rules.rules.flatMap((rule, index) => {
    const refuses = rule.kind === "rewrite" && rule.target === null;
    const moves = rule.kind === "inside" && rule.target !== null;
    const found =
      rule.kind === "lost" || moves || (!isSure && !refuses) ? null : rewriteRules(rule, here, first + index);
    if (found !== null) {
      const [own, ...conditions] = rule.lines;
      if (own !== undefined) judge([own], changed(found, "as HAProxy says it"));
      judge(conditions, folded("part of the rule behind it"));
      if (rule.kind === "inside") here = `${meets} ${GOES_ON}`;
      return found;
    }
    const inside = moves
      ? "it leads to another path, for which httpd asks for everything anew"
      : "HAProxy has no line for it";
    const why = rule.kind === "lost" ? rule.why : isSure ? inside : "a rule before it is lost";
    if (rule.kind !== "lost" && !refuses) isSure = false;
    const closed = rule.kind === "lost" ? rule.closed : refuses ? rule : null;
    const instead = closed === null ? [] : [refusalRule(closed.status, closed.pattern, meets)];
    judge(rule.lines, lost(`HAProxy cannot say this rule, since ${why}`, instead));
    return instead;
  });
}
