import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection } from "../../config/active-config.ts";
import { argumentProblem } from "../../config/arguments.ts";
import { valueProblem } from "../../config/values.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { directivesOf, firstWord, hostOf, lastOf } from "../sections.ts";
import { writtenAddress } from "../virtual-hosts.ts";

/** `http` or `https`, or null where the host's addresses do not say. */
function schemeOf(host: ActiveSection): string | null {
  const engine = firstWord(lastOf(host, "sslengine")).toLowerCase();
  if (engine === "on") return "https";
  const ports = host.words.map((word) => writtenAddress(word).port);
  if (ports.length === 0 || ports.some((port) => port !== ports[0])) return null;
  return ports[0] === 443 ? "https" : ports[0] === 80 ? "http" : null;
}

/** The client comes back with the same request until it gives up. */
export const redirectLoop = defineRule({
  id: "redirect-loop",
  summary: "No Redirect leads to what it redirects",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["redirect", "redirectpermanent", "redirecttemp"],
    directive(directive) {
      if (!/^redirect(?:permanent|temp)?$/.test(directive.key) || directive.spec === null) return;
      const at = firstWord(directive).startsWith("/") ? 0 : 1;
      const from = directive.words[at];
      const to = directive.words[at + 1];
      if (from?.value.startsWith("/") !== true || to === undefined) return;
      if (to.value.startsWith("/") && argumentProblem(directive) === null && valueProblem(directive) === null) {
        const below = from.value.endsWith("/") || to.value === from.value ? from.value : `${from.value}/`;
        if (!to.value.startsWith(below)) return;
        report({
          ...wordOnly(directive, to),
          message: `Endless redirect: ${quote(from.value)} fits its own target ${quote(to.value)} again`,
          help: "redirect to a path that does not begin with this one, or with a RedirectMatch that does not fit its own target",
        });
        return;
      }
      if (directive.parent.key !== "virtualhost") return;
      const [, scheme = "", name = "", path = "/"] = /^(https?):\/\/([^/:]+)(?::\d+)?(\/.*)?$/i.exec(to.value) ?? [];
      const host = hostOf(directive);
      const prefix = from.value.endsWith("/") || path === from.value ? from.value : `${from.value}/`;
      if (name === "" || scheme.toLowerCase() !== schemeOf(host) || !path.startsWith(prefix)) return;
      const names = directivesOf(host, "servername", "serveralias").flatMap(({ words }) => words);
      if (!names.some(({ value }) => value.toLowerCase() === name.toLowerCase())) return;
      report({
        ...wordOnly(directive, to),
        message: `Endless redirect: ${quote(to.value)} is this virtual host, and ${quote(from.value)} fits it again`,
        help: "redirect from another virtual host, or with a RedirectMatch that does not fit its own target",
      });
    },
  }),
});
