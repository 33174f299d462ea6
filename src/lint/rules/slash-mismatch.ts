import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveDirective } from "../../config/active-config.ts";
import type { Word } from "../../../grammar/word.ts";
import { fixAt, wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** The path and what it becomes, of the directives that put the rest of the URL behind the second. */
function pairOf({ key, words }: ActiveDirective): { readonly from: Word; readonly to: Word } | null {
  const [first, second, third] = words;
  const isStatus = /^(?:permanent|temp|seeother|3\d\d)$/i.test(first?.value ?? "");
  const [from, to] = key === "redirect" && isStatus ? [second, third] : [first, second];
  return from === undefined || to === undefined || !from.value.startsWith("/") ? null : { from, to };
}

const FILES: ReadonlySet<string> = new Set(["alias", "scriptalias"]);
const REDIRECTS: ReadonlySet<string> = new Set(["redirect", "redirectpermanent", "redirecttemp"]);

/** `http://host` and `http://host/path`, where blanks, queries and variables are left alone. */
const URL = /^(?:https?|ajp|wss?):\/\/[^/?#${}@%]+(\/[^?#${}%]*)?$/i;

/** httpd puts what follows the prefix behind the target as it is; no slash is added or taken away. */
export const slashMismatch = defineRule({
  id: "slash-mismatch",
  summary: "Prefix and target of a mapping both end in a slash, or neither does",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ report }) => ({
    directives: ["proxypass", ...FILES, ...REDIRECTS],
    directive(directive) {
      const { key } = directive;
      const isProxy = key === "proxypass";
      if (!FILES.has(key) && !REDIRECTS.has(key) && !isProxy) return;
      const pair = pairOf(directive);
      if (pair === null) return;
      const { from, to } = pair;
      const target = to.value;
      if (FILES.has(key) ? !/^[^@$%]+$/.test(target) : !URL.test(target)) return;
      const hasSlash = target.endsWith("/");
      if (from.value.endsWith("/") === hasSlash) return;
      // `Alias /a /b/` and `Redirect /a http://x/` only double a slash; a file may be meant where the target has a dot.
      if (hasSlash && !isProxy) return;
      if (!hasSlash && FILES.has(key) && /\.[^/]*$/.test(target)) return;
      if (!hasSlash && REDIRECTS.has(key) && /^[^:]+:\/\/[^/]+\/.+/.test(target)) return;
      const rest = `${from.value}x`;
      const result = hasSlash ? `${target}/x` : `${target}x`;
      const end = to.quote === "" ? to.end : to.end - 1;
      report({
        ...wordOnly(directive, to),
        message: hasSlash
          ? `Doubled slash: ${quote(`${from.value}/x`)} becomes ${quote(result)}`
          : `Missing slash: ${quote(rest)} becomes ${quote(result)}`,
        help: hasSlash ? "end both in a slash or neither" : `write \`${target}/\``,
        ...(hasSlash ? {} : fixAt(directive.origin, false, [{ start: end, end, text: "/" }])),
      });
    },
  }),
});
