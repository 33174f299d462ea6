import { findModule } from "../../../grammar/directives/lookup.ts";
import { dialects } from "../../../grammar/dialect.ts";
import type { Line } from "../../../grammar/syntax-tree.ts";
import { argsWords } from "../../../grammar/words.ts";
import type { FileReading } from "../../config/active-config.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

interface OpenConditional {
  readonly key: string;
  /** Module identifier or name of a define; null when it is of no interest. */
  readonly name: string | null;
  readonly negated: boolean;
  readonly line: Line;
}

/** What may make the inner condition true although the outer one was: the list changes between them. */
const CHANGES = /^(?:loadmodule|addmodule|clearmodulelist|define|undefine|include\w*|use)$/i;
/** Nobody nests deeper by hand, and each is compared with those around it. */
const DEEPEST = 32;

/** Text under a condition and its opposite is read by no httpd, whatever it loads. */
export const contradictoryConditionals = defineRule({
  id: "contradictory-conditionals",
  summary: "No conditional asks for the opposite of one around it",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    let open: OpenConditional[] = [];
    const opened = (line: Line, reading: FileReading): OpenConditional | null => {
      if (line.kind !== "open" || !/^if(?:module|define)$/i.test(line.name)) return null;
      const key = line.name.toLowerCase();
      const argument = argsWords(reading.tree, line)[0]?.value ?? "";
      const negated = argument.startsWith("!");
      const name = negated ? argument.slice(1) : argument;
      const known = key === "ifmodule" ? (findModule(config.dialect, name)?.identifier ?? name) : name;
      return { key, name: name === "" || name.includes("$") ? null : known, negated, line };
    };
    return {
      reading() {
        open = [];
      },
      line(line, _index, reading) {
        if (line.kind === "directive" && open.length > 0 && CHANGES.test(line.name)) {
          open = open.map((one) => ({ ...one, name: null }));
        }
        if (line.kind === "close") {
          const at = open.findLastIndex(({ key }) => key === line.name.toLowerCase());
          if (at !== -1) open.splice(at, 1);
        }
        const inner = opened(line, reading);
        if (inner === null || line.kind !== "open" || open.length >= DEEPEST) return;
        const outer = open.find(
          ({ key, name, negated }) => key === inner.key && name === inner.name && negated !== inner.negated,
        );
        open.push(inner);
        if (outer === undefined || inner.name === null) return;
        const text = reading.source.text.slice(line.argsStart, line.argsEnd);
        report({
          reading,
          span: { start: line.nameStart, end: Math.max(line.nameEnd, line.argsEnd) },
          message: `Contradictory condition ${quote(text)}: line ${reading.source.position(outer.line.start).line}, around it, asks for the opposite`,
          help: "no httpd reads what is inside: take it out, or close the outer conditional before it",
          related: [{ origin: { reading, line: outer.line }, message: "the opposite" }],
        });
      },
    };
  },
});
