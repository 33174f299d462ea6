import { dialects } from "../../../grammar/dialect.ts";
import type { Line } from "../../../grammar/syntax-tree.ts";
import type { ActiveDirective, FileReading } from "../../config/active-config.ts";
import { wholeLine } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** `80`, `*:80` and `0.0.0.0:80` are one. 2.x may name a protocol behind it, which makes no other port of it. */
function socketOf({ words }: ActiveDirective): string | null {
  const text = words[0]?.value.toLowerCase() ?? "";
  const [, address = "", port] = /^(?:(.*):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined) return null;
  return `${address === "*" || address === "0.0.0.0" ? "" : address}:${Number(port)}`;
}

const conditionalLines = new WeakMap<FileReading, ReadonlySet<Line>>();

/** The lines of a file that stand between the tags of a conditional. */
function linesInConditionals(reading: FileReading): ReadonlySet<Line> {
  const known = conditionalLines.get(reading);
  if (known !== undefined) return known;
  const inside = new Set<Line>();
  let depth = 0;
  for (const line of reading.tree.lines) {
    if (depth > 0) inside.add(line);
    if ((line.kind === "open" || line.kind === "close") && /^if(?:module|define|version)$/i.test(line.name)) {
      depth = Math.max(0, depth + (line.kind === "open" ? 1 : -1));
    }
  }
  conditionalLines.set(reading, inside);
  return inside;
}

function isConditional({ origin: { reading, line } }: ActiveDirective): boolean {
  return linesInConditionals(reading).has(line);
}

/** httpd checks the syntax only; a second socket on one port cannot be bound, and the server stops when it starts. */
export const duplicateListen = defineRule({
  id: "duplicate-listen",
  summary: "No two Listen lines are for the same address and port",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const seen = new Map<string, ActiveDirective>();
    return {
      directive(directive) {
        const socket = directive.key === "listen" ? socketOf(directive) : null;
        if (socket === null) return;
        const first = seen.get(socket);
        if (first === undefined) {
          seen.set(socket, directive);
          return;
        }
        // Without a module list every IfModule is taken for true, alternatives too.
        if (config.modules.assumed && (isConditional(first) || isConditional(directive))) return;
        const { reading, line } = first.origin;
        const at = reading.source.position(line.start).line;
        const place = reading === directive.origin.reading ? `line ${at}` : `line ${at} of ${reading.source.path}`;
        report({
          ...wholeLine(directive.origin),
          message: `Duplicate Listen ${quote(directive.words[0]?.value ?? "")}, first on ${place}`,
          related: [{ origin: first.origin, message: "first here" }],
        });
      },
    };
  },
});
