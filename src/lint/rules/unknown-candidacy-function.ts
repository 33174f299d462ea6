import { candidacyDefinitions } from "../../balance/candidacy/index.ts";
import { nearest } from "../nearest.ts";
import { pipelinesOf, type PipelineStep } from "../pipelines.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule, type Finding } from "../rule.ts";

const builtIn = candidacyDefinitions.filter(({ sharedObject }) => sharedObject === null).map(({ name }) => name);
const shared = candidacyDefinitions.filter(({ sharedObject }) => sharedObject !== null);

/** A function of a shared object: ours, a module of JavaScript, or nothing that can be run. */
function sharedFinding({ directive, name, sharedObject }: PipelineStep): Finding | null {
  const file = sharedObject?.value ?? "";
  if (/\.m?js$/.test(file)) return null;
  const replaced = shared.find((one) => one.name === name.value);
  const help =
    replaced === undefined
      ? "a .so of a legacy Apache cannot be loaded here: port the function to a .mjs file"
      : `\`BackhandFromSO ${replaced.sharedObject ?? ""} ${replaced.name}\` is built in`;
  const message = `Unknown candidacy function ${quote(name.value)} in ${quote(file)}`;
  return { ...wordOnly(directive, name), message, help, severity: "warning" };
}

/** Functions are C symbols, so `byage` is not `byAge`; a wrong case is what users most often get wrong after that. */
function builtInFinding({ directive, name }: PipelineStep): Finding {
  const message = `Unknown candidacy function ${quote(name.value)}`;
  const sameLetters = builtIn.find((one) => one.toLowerCase() === name.value.toLowerCase());
  const suggestion = sameLetters ?? nearest(name.value, builtIn);
  const place = wordOnly(directive, name);
  if (suggestion === null) return { ...place, message, help: `known are ${builtIn.join(", ")}`, fatal: true };
  const edits = [{ start: name.start, end: name.end, text: suggestion }];
  const isCase = sameLetters !== undefined;
  const help = isCase ? `names are case-sensitive: \`${suggestion}\`` : `did you mean \`${suggestion}\`?`;
  return { ...place, message, help, fatal: true, ...fixAt(directive.origin, isCase, edits) };
}

export const unknownCandidacyFunction = defineRule({
  id: "unknown-candidacy-function",
  summary: "Backhand and BackhandFromSO name a candidacy function that exists, in its own case",
  category: "backhand",
  severity: "error",
  fixable: "safe",
  dialects: ["1.3"],
  create: ({ config, report }) => ({
    end() {
      for (const step of pipelinesOf(config).flatMap(({ steps }) => steps)) {
        if (step.definition !== null) continue;
        const finding = step.sharedObject === null ? builtInFinding(step) : sharedFinding(step);
        if (finding !== null) report(finding);
      }
    },
  }),
});
