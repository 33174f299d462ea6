import { distance } from "fastest-levenshtein";
import { dialects, type Dialect } from "../../../grammar/dialect.ts";
import { findModule, modulesOf } from "../../../grammar/directives/lookup.ts";
import { fixAt, nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Comparing with every module costs time; no configuration asks for as many that do not exist. */
const MOST_SEARCHES = 200;
const LONGEST = 64;

/** What an IfModule with a wrong name was to ask for, or null: only what is plain, since anybody may write modules. */
function meant(name: string, dialect: Dialect): string | null {
  if (name.length > LONGEST || name.endsWith("_module")) return null;
  const base = name.replace(/\.(?:so|dll|o)$/i, "");
  if (base !== name || /^mod_\w+$/.test(name)) return findModule(dialect, `${base}.c`)?.file ?? null;
  if (name.length < 8 || dialects.some((one) => findModule(one, name) !== null)) return null;
  const near = modulesOf(dialect).filter(({ file }) => file !== "" && distance(file, name) === 1);
  return near.length === 1 ? (near[0]?.file ?? null) : null;
}

/** A name that no module has makes a branch that is never read (or, with `!`, always), without a word from httpd. */
export const unknownModuleName = defineRule({
  id: "unknown-module-name",
  summary: "IfModule asks for modules by names that they have",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ config, report }) => ({
    end() {
      let searches = 0;
      for (const { key, argument, value, origin } of config.conditionals) {
        const negated = argument.startsWith("!");
        if (key !== "ifmodule" || value !== negated || searches >= MOST_SEARCHES) continue;
        const name = negated ? argument.slice(1) : argument;
        searches += 1;
        const wanted = meant(name, config.dialect);
        const { line, reading } = origin;
        if (wanted === null || line.kind !== "open") continue;
        const at = reading.source.text.indexOf(name, line.argsStart);
        const inLine = at !== -1 && at + name.length <= line.end;
        report({
          ...nameOnly(origin),
          ...(inLine ? { span: { start: at, end: at + name.length } } : {}),
          message: `${negated ? "Branch that is always read" : "Dead branch"}: no module is called ${quote(name)}`,
          help: `did you mean \`${wanted}\`?`,
          ...(inLine ? fixAt(origin, false, [{ start: at, end: at + name.length, text: wanted }]) : {}),
        });
      }
    },
  }),
});
