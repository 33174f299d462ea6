import { dialects } from "../../../grammar/dialect.ts";
import { deniesAll, grantsAll, orderOf } from "../access-rules.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, everySection, placeOf } from "../sections.ts";

/** With `allow,deny` a Deny beats every Allow, with `deny,allow` an Allow every Deny, wherever they stand. */
export const accessWithoutEffect = defineRule({
  id: "access-without-effect",
  summary: "No Allow or Deny is undone by one for all",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) =>
    everySection(config, (section) => {
      const order = orderOf(section);
      const lines = directivesOf(section, "allow", "deny");
      if (order === null || lines.length < 2) return;
      // Lines for some methods only are another story.
      if (lines.some(({ limit }) => limit !== lines[0]?.limit)) return;
      const winner = order === "allow,deny" ? "deny" : "allow";
      const beaten = winner === "deny" ? deniesAll : grantsAll;
      const all = lines.find((line) => line.key === winner && beaten(line));
      if (all === undefined) return;
      for (const line of lines) {
        if (line.key === winner || (line.key === "allow" ? grantsAll(line) : deniesAll(line))) continue;
        report({
          ...wholeLine(line.origin),
          message: `Useless ${line.name}: \`${all.name} ${all.rawArgs}\` on ${placeOf(all.origin, line.origin)} decides, since the order is ${order}`,
          help:
            winner === "deny"
              ? "write `Order deny,allow` to let it through"
              : "write `Order allow,deny` to keep it out",
          related: [{ origin: all.origin, message: "decides" }],
        });
      }
    }),
});
