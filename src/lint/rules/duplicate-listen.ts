import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import { isPerhaps } from "../conditional-lines.ts";
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
      directives: ["listen"],
      directive(directive) {
        const socket = directive.key === "listen" ? socketOf(directive) : null;
        if (socket === null) return;
        const first = seen.get(socket);
        if (first === undefined) {
          seen.set(socket, directive);
          return;
        }
        // Without a module list every IfModule is taken for true, alternatives too.
        if (isPerhaps(first, config) || isPerhaps(directive, config)) return;
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
