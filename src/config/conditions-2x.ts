import { plainLine } from "../../grammar/logical-line.ts";
import type { OpenTag } from "../../grammar/syntax-tree.ts";
import { splitWords } from "../../grammar/words.ts";
import { lookupDirective } from "../../grammar/directives/lookup.ts";
import type { Origin } from "./active-config.ts";
import { lastReleases } from "./apache-release.ts";
import { testVersion } from "./http-versions.ts";
import { resolvePath } from "./open-file.ts";
import { findSpec, originOf, report, type Place, type ReadState, type Statement } from "./reading-state.ts";

/** The sections of 2.x that are decided while the text is read. If, ElseIf and Else are not: they ask about requests. */
export type ConditionKey = "ifmodule" | "ifdefine" | "ifversion" | "iffile" | "ifdirective" | "ifsection";

/** Whether a section is a conditional that this httpd decides while reading. */
export function conditionKey(state: ReadState, name: string): ConditionKey | null {
  const { key, spec } = findSpec(state, name, true);
  switch (key) {
    case "ifmodule":
    case "ifdefine":
    case "ifversion":
    case "iffile":
    case "ifdirective":
    case "ifsection":
      return spec === null ? null : key;
    default:
      return null;
  }
}

/** Decides a conditional and records what decided it. One without a usable argument is reported and taken as true. */
export function decide(
  state: ReadState,
  place: Place,
  open: OpenTag,
  key: ConditionKey,
  statement: Statement,
): boolean {
  const origin = originOf(place, open);
  // All but IfVersion take what follows an exclamation mark as one word: `!"x"` is negated, `"!x"` is a name.
  const negated = key !== "ifversion" && statement.rawArgs.startsWith("!");
  const words = (
    negated ? splitWords(plainLine(statement.rawArgs, 1, statement.rawArgs.length), state.dialect) : statement.words
  ).map((word) => word.value);
  if (words.length === 0 || (key !== "ifversion" && words[0] === "")) {
    const message = `<${statement.name}> needs an argument`;
    report(state, "bad-conditional", true, origin, message, {
      help: `write what it depends on: <${statement.name} name>`,
    });
    return true;
  }
  if (key === "ifversion" && open.bracket !== -1) {
    // Not a raw argument as with the others: what follows the bracket is words too, and too many of them.
    const behind = place.reading.source.text.slice(open.bracket + 1, open.end).trim();
    if (behind !== "") report(state, "bad-conditional", true, origin, `<${statement.name}> takes nothing behind its >`);
  }
  const decision = decideBy(state, key, words, negated);
  if (decision === null) {
    const message = `<${statement.name} ${statement.rawArgs}> is no comparison that httpd knows`;
    report(state, "bad-conditional", true, origin, message, {
      help: "write an operator and a version: <IfVersion >= 2.4>",
    });
    return true;
  }
  const { value, by } = decision;
  const argument = key === "ifversion" ? words.join(" ") : `${negated ? "!" : ""}${words[0] ?? ""}`;
  state.conditionals.push({ key, argument, value, decidedBy: by, origin });
  return value;
}

interface Decision {
  readonly value: boolean;
  readonly by: Origin | null;
}

function decideBy(state: ReadState, key: ConditionKey, words: readonly string[], negated: boolean): Decision | null {
  if (key === "ifversion") {
    const value = testVersion(state.release ?? lastReleases[state.dialect], words);
    return value === null ? null : { value, by: null };
  }
  if (key === "ifdefine" && state.eitherWay.has(words[0] ?? "")) return { value: true, by: null };
  const { value, by } = test(state, key, words[0] ?? "");
  return { value: value !== negated, by };
}

function test(state: ReadState, key: Exclude<ConditionKey, "ifversion">, name: string): Decision {
  switch (key) {
    case "ifmodule": {
      const { present, by } = state.modules.test(name);
      return { value: present, by };
    }
    case "ifdefine":
      return { value: state.defines.has(name), by: state.defines.get(name) ?? null };
    case "iffile":
      return { value: name !== "" && state.files.kindOf(resolvePath(state, name)) !== null, by: null };
    case "ifdirective":
      return { value: lookupDirective(state.dialect, name, false, state.modules.isActive).length > 0, by: null };
    case "ifsection":
      return { value: lookupDirective(state.dialect, name, true, state.modules.isActive).length > 0, by: null };
    default:
      return key satisfies never;
  }
}
