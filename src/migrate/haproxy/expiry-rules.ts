import type { TableDirective } from "../../compile/table.ts";
import { expiryOf, expiryLines, typeExpression } from "../site/expiry.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import type { Rule } from "./headers.ts";
import { word } from "./words.ts";

/** Where HAProxy keeps for how long an answer holds. */
const AGE = "txn.age";

/** The rules for answers that mod_expires says, and what becomes of its lines. */
export function expiryRules(effective: readonly TableDirective[], outcomes: LineOutcomes): readonly Rule[] {
  const lines = expiryLines(effective);
  if (lines.length === 0) return [];
  const found = expiryOf(effective);
  if (found === null) {
    outcomes.rest(lines, "mod_expires is not on");
    return [];
  }
  outcomes.drop(found.wrong, "no time that HAProxy takes");
  const open = `{ status lt 400 } !{ res.fhdr(Expires) -m found }`;
  // The first one that fits counts: whole types, then others.
  const ages = [...found.byType].map(([type, one]) => ({
    one,
    when: ` { res.fhdr(Content-Type) -m reg -i ${word(typeExpression(type))} } !{ var(${AGE}) -m found }`,
  }));
  if (found.other !== null) ages.push({ one: found.other, when: ` !{ var(${AGE}) -m found }` });
  const said = ages.filter(({ one }) => one.from === "access");
  outcomes.lose(
    ages.flatMap(({ one }) => (one.from === "change" ? [one.directive] : [])),
    "it cannot count from the last change of a file",
  );
  if (said.length === 0) return [];
  const rules = [
    // What is lost takes no part, so that nothing of another type counts for it.
    ...ages.map(({ one, when }): Rule => {
      const age = one.from === "access" ? one.seconds : -1;
      return { text: `set-var(${AGE}) int(${age})`, when: `${open}${when}` };
    }),
    ...[`set-header Expires %[date,add(${AGE}),http_date]`, `add-header Cache-Control max-age=%[var(${AGE})]`].map(
      (text): Rule => ({ text, when: `{ var(${AGE}) -m int ge 0 }` }),
    ),
  ];
  const idle = new Set([...found.wrong, ...ages.flatMap(({ one }) => (one.from === "change" ? [one.directive] : []))]);
  const active = lines.filter((one) => !idle.has(one));
  outcomes.write(
    active,
    rules.map(({ text }) => `http-response ${text}`),
    "the same times, for what other servers send",
  );
  return rules;
}
