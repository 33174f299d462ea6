import type { ActiveSection } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import type { SourceLine } from "../source-lines.ts";
import { changed, folded, lost } from "../verdict.ts";
import type { LineContext } from "./line-rule.ts";
import { withWord } from "./line-rule.ts";
import { toPcre } from "./regular-expression.ts";
import type { Tags } from "./tags.ts";

/** Judges the tags of the sections that 2.4 has under another name or with another expression. */
export function migrateSection(
  section: ActiveSection,
  line: SourceLine,
  draft: Draft,
  tags: Tags,
  { dialect, folders }: LineContext,
  keepsLimits: boolean,
): void {
  const close = tags.closeOf(line);
  if (section.key === "limit" || section.key === "limitexcept") {
    if (keepsLimits) return;
    const why = "the Require lines of the section name the methods themselves";
    draft.judge(line, folded(why));
    if (close !== null) draft.judge(close, folded(why));
    return;
  }
  const [first, second] = section.words;
  const argument = (first?.value === "~" ? second : first)?.value ?? "";
  if (section.key === "directory" && argument.toLowerCase().startsWith("proxy:")) {
    renameToProxy(section, line, close, draft);
    return;
  }
  const isPattern = first?.value === "~" || section.key.endsWith("match");
  const word = first?.value === "~" ? second : first;
  const folder = folders.get(section);
  if (!isPattern || (dialect !== "1.3" && folder === undefined) || word === undefined) return;
  const pattern = folder === undefined ? toPcre(word.value) : folder;
  if (pattern === null) {
    for (const inner of tags.between(line, close)) draft.drop(inner, lost(`"${word.value}" is no expression`));
    return;
  }
  if (pattern === word.value) return;
  draft.judge(
    line,
    changed(
      withWord(line, word, pattern),
      folder === undefined || dialect !== "1.3" || pattern === toPcre(word.value, false)
        ? folder === undefined
          ? "the expression in the syntax of 2.4, with the same meaning"
          : "the expression with the meaning that it had: until 2.2 a dollar matches nothing here"
        : "the expression for folders alone, and in its place in the order: 2.4 tests it against names of files too, and sorts by slashes",
    ),
  );
}

/** `<Directory proxy:http://x/*>` of 1.3: a section for requests to be proxied. */
function renameToProxy(section: ActiveSection, line: SourceLine, close: SourceLine | null, draft: Draft): void {
  const [first, second] = section.words;
  const isPattern = first?.value === "~";
  const argument = ((isPattern ? second : first)?.value ?? "").slice("proxy:".length);
  const name = isPattern ? "ProxyMatch" : "Proxy";
  draft.judge(
    line,
    changed(
      `<${name} "${argument === "" ? "*" : argument}">`,
      "sections for proxied requests have their own name in 2.4",
    ),
  );
  if (close !== null) draft.judge(close, changed(`</${name}>`, "its name in 2.4"));
}

/** Drops a section with all that is in it. */
export function dropSection(line: SourceLine, draft: Draft, tags: Tags, why: string): void {
  for (const inner of tags.between(line, tags.closeOf(line))) {
    const isText = inner.line.kind === "blank" || inner.line.kind === "comment";
    draft.drop(inner, isText ? folded(why) : lost(why));
  }
}
