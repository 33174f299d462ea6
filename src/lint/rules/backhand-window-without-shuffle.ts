import { pipelinesOf } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

/**
 * A window keeps the first of the list. In the order in which the servers are known, these are always the same ones; the
 * others never get a request.
 */
export const backhandWindowWithoutShuffle = defineRule({
  id: "backhand-window-without-shuffle",
  summary: "byRandom stands before byLogWindow and byWindow",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        for (const { directive, name, definition } of steps) {
          const effect = definition?.effect;
          // After a sort the window keeps the best; and of a function that we do not know anything may come.
          if (effect === undefined || effect === "shuffle" || effect === "sort") break;
          if (effect !== "window") continue;
          const message = `Unshuffled window: ${name.value} keeps the same servers for every request`;
          report({ ...wordOnly(directive, name), message, help: "put `Backhand byRandom` on the line before" });
          break;
        }
      }
    },
  }),
});
