import { dialects } from "../../../grammar/dialect.ts";
import { settingProblem } from "../../balance/setting-problem.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Each of these directives says itself what its words may be, so that lint and serve agree. */
export const backhandSetting = defineRule({
  id: "backhand-setting",
  summary: "The words of backhand's own directives are ones that they take",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directive({ key, words, origin }) {
      const problem = settingProblem(
        key,
        words.map(({ value }) => value),
      );
      if (problem !== null) report({ ...wholeLine(origin), message: problem });
    },
  }),
});
