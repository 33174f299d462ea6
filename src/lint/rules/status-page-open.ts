import type { ActiveSection } from "../../config/active-config.ts";
import { wordOnly } from "../places.ts";
import { defineRule } from "../rule.ts";

const RESTRICTS: ReadonlySet<string> = new Set(["order", "deny", "allow", "require", "authtype", "satisfy"]);

/** Whether the section or one around it, short of the server and its hosts, says who may come. */
function isRestricted(section: ActiveSection): boolean {
  let answer = false;
  const asked: ActiveSection[] = [];
  for (let at: ActiveSection | null = section; at !== null; at = at.parent) {
    const before = restricted.get(at);
    if (before !== undefined) {
      answer = before;
      break;
    }
    asked.push(at);
    if (at.key === "server" || at.key === "virtualhost") break;
    answer = at.children.some((node) => node.kind === "directive" && RESTRICTS.has(node.key));
    if (answer) break;
  }
  for (const one of asked) restricted.set(one, answer);
  return answer;
}

const restricted = new WeakMap<ActiveSection, boolean>();

/** The status page tells the addresses and loads of all servers. */
export const statusPageOpen = defineRule({
  id: "status-page-open",
  summary: "The status page of the cluster is not for everybody",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report }) => ({
    directives: ["sethandler"],
    directive(directive) {
      const [handler] = directive.words;
      if (directive.key !== "sethandler" || handler?.value !== "backhand-handler") return;
      if (isRestricted(directive.parent)) return;
      report({
        ...wordOnly(directive, handler),
        message: "Open status page: everybody may see the servers and their loads",
        help: "add `Order deny,allow`, `Deny from all` and `Allow from` your network",
      });
    },
  }),
});
