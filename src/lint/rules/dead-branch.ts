import { dialects } from "../../../grammar/dialect.ts";
import { nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";

/** Why a kind of conditional is false, when it is, and when its opposite is. */
const reasons: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["ifmodule", ["is not loaded", "is loaded"]],
  ["ifdefine", ["is not defined", "is defined"]],
]);

/** Portable configurations are full of them, so only those hear of it who ask. */
export const deadBranch = defineRule({
  id: "dead-branch",
  summary: "Every conditional is true here",
  category: "semantics",
  severity: "info",
  fixable: "no",
  dialects,
  onlyOnRequest: true,
  create: ({ config, report }) => ({
    end() {
      for (const { key, argument, value, decidedBy, origin } of config.conditionals) {
        if (value) continue;
        const negated = argument.startsWith("!");
        const [missing, there] = reasons.get(key) ?? [null, null];
        const why = missing === null ? "this is false" : negated ? there : missing;
        const where = decidedBy === null ? "" : `, ${placeOf(decidedBy, origin)}`;
        const what = missing === null ? argument : argument.replace(/^!/, "");
        report({
          ...nameOnly(origin),
          message: `Dead branch: ${quote(what)}: ${why}${where}`,
          help: "nothing up to its end is read",
          ...(decidedBy === null ? {} : { related: [{ origin: decidedBy, message: "decides it" }] }),
        });
      }
    },
  }),
});
