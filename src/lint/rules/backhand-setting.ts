import { dialects } from "../../../grammar/dialect.ts";
import { settingProblem } from "../../balance/setting-problem.ts";
import { readWorkers } from "../../balance/worker-count.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord } from "../sections.ts";

/** Limits that the workers of a server divide among themselves. */
const divided = ["backhandmaxinflight", "maxclients", "maxrequestworkers"];

/**
 * Each of these directives says itself what its words may be, so that lint and serve agree. A limit that is smaller than the
 * number of workers cannot be divided among them: serve does not start on it either.
 */
export const backhandSetting = defineRule({
  id: "backhand-setting",
  summary: "The words of backhand's own directives are ones that they take",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report }) => {
    const last = new Map<string, ActiveDirective>();
    return {
      directive(directive) {
        const { key, words, origin } = directive;
        const problem = settingProblem(
          key,
          words.map(({ value }) => value),
        );
        if (problem !== null) report({ ...wholeLine(origin), message: problem });
        if (key === "backhandworkers" || divided.includes(key)) last.set(key, directive);
      },
      end() {
        const setting = last.get("backhandworkers");
        const workers = readWorkers(firstWord(setting));
        if (setting === undefined || workers === null) return;
        for (const key of divided) {
          const limit = last.get(key);
          const most = firstWord(limit);
          if (limit === undefined || !/^\d{1,9}$/.test(most) || Number(most) === 0 || Number(most) >= workers) continue;
          report({
            ...wholeLine(limit.origin),
            message: `${limit.name} ${most} leaves nothing for some of ${workers} workers`,
            help: "allow as many requests as there are workers, or fewer workers",
            related: [{ origin: setting.origin, message: `${workers} workers` }],
          });
        }
      },
    };
  },
});
