import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection } from "../sections.ts";

/** Whether a line switches root's folder off, or everybody's. */
function disablesRoot({ words }: ActiveDirective): boolean {
  const [first, ...names] = words.map(({ value }) => value.toLowerCase());
  return (first === "disabled" || first === "disable") && (names.length === 0 || names.includes("root"));
}

export const userDirRoot = defineRule({
  id: "user-dir-root",
  summary: "UserDir serves no home folder as a whole, and none of root",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ config, report }) =>
    everySection(config, (section) => {
      const lines = directivesOf(section, "userdir");
      const safe = lines.some(disablesRoot) || directivesOf(config.server, "userdir").some(disablesRoot);
      for (const line of lines) {
        const [word] = line.words;
        if (word === undefined || /^(?:enabled?|disabled?)$/i.test(word.value) || /@\w/.test(word.value)) continue;
        const whole = /^(?:\.\/?|\/)$/.test(word.value);
        const home = !/[/*:]/.test(word.value);
        if (!whole && (safe || !home)) continue;
        report({
          ...wordOnly(line, word),
          message: whole
            ? `Served home folders: \`UserDir ${word.value}\` leads /~root/ to the root of the file system`
            : `UserDir ${quote(word.value)} is for root too`,
          ...(whole ? { severity: "warning" as const } : {}),
          help: whole ? "name a folder, such as `public_html`" : "add `UserDir disabled root`",
        });
      }
    }),
});
