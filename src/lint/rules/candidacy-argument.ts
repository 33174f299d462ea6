import { pipelinesOf } from "../pipelines.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Each function says itself what its argument may be, so that lint and serve agree. */
export const candidacyArgument = defineRule({
  id: "candidacy-argument",
  summary: "The argument of a candidacy function is one that it takes",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const { directive, name, argument, definition } of pipelinesOf(config).flatMap(({ steps }) => steps)) {
        if (definition === null) continue;
        if (definition.argument === null) {
          if (argument === null) continue;
          const message = `Unused argument ${quote(argument.value)}: ${definition.name} takes none`;
          report({ ...wordOnly(directive, argument), message, severity: "warning" });
          continue;
        }
        const made = definition.create(argument?.value ?? null);
        if (typeof made === "function") continue;
        const help = `${definition.name} takes ${definition.argument.description}`;
        report({ ...wordOnly(directive, argument ?? name), message: made.error, help });
      }
    },
  }),
});
