import { dialects } from "../../../grammar/dialect.ts";
import type { ActiveSection } from "../../config/active-config.ts";
import { restricts } from "../access-rules.ts";
import { wholeLine } from "../places.ts";
import { defineRule } from "../rule.ts";
import { firstWord, hostOf } from "../sections.ts";
import type { ActiveDirective } from "../../config/active-config.ts";

/** Sections that a forward request meets: what is said of proxied URLs, and of every URL. */
function isForAllProxied({ key, words }: ActiveSection): boolean {
  const path = words[0]?.value.toLowerCase() ?? "";
  if (key === "proxy") return path === "*" || path.startsWith("http:*") || path === "http://*";
  if (key === "proxymatch") return true;
  if (key === "directory") return path.startsWith("proxy:");
  return (key === "location" && (path === "/" || path === "*")) || (key === "locationmatch" && path !== "");
}

/** A forward proxy fetches any URL for whoever may ask it. */
export const openProxy = defineRule({
  id: "open-proxy",
  summary: "A forward proxy is not for everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => {
    const proxies: ActiveDirective[] = [];
    const guarded = new Set<ActiveSection>();
    return {
      directives: ["proxyrequests"],
      directive(directive) {
        if (directive.key === "proxyrequests" && directive.spec !== null && firstWord(directive).toLowerCase() === "on")
          proxies.push(directive);
      },
      section(section) {
        if (isForAllProxied(section) && restricts(section)) guarded.add(hostOf(section));
      },
      end() {
        for (const directive of proxies) {
          if (guarded.has(hostOf(directive)) || guarded.has(config.server)) continue;
          report({
            ...wholeLine(directive.origin),
            message: "Open proxy: anybody may fetch any URL through this server",
            help:
              config.dialect === "2.4"
                ? "add `<Proxy *>` with `Require ip` your network; ProxyPass needs no ProxyRequests"
                : "let only your network into the proxy; ProxyPass needs no ProxyRequests",
          });
        }
      },
    };
  },
});
