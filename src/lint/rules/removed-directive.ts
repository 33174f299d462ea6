import { lookupDirective } from "../../../grammar/directives/lookup.ts";
import type { ActiveNode } from "../../config/active-config.ts";
import { nameOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** What does the work in 2.4, by the upgrading guides of the manual; an empty text: nothing is needed. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["acceptmutex", "Mutex"],
  ["accessconfig", "Include"],
  ["addmodule", ""],
  ["agentlog", "CustomLog with %{User-Agent}i"],
  ["authauthoritative", "AuthBasicAuthoritative"],
  ["authdbmauthoritative", "AuthBasicAuthoritative"],
  ["authdigestfile", "AuthUserFile with AuthDigestProvider file"],
  ["bindaddress", "Listen"],
  ["clearmodulelist", ""],
  ["fancyindexing", "IndexOptions FancyIndexing"],
  ["lockfile", "Mutex"],
  ["port", "Listen, and ServerName with the port"],
  ["refererlog", "CustomLog with %{Referer}i"],
  ["refererignore", "CustomLog with env=!name"],
  ["resourceconfig", "Include"],
  ["rewritelock", "Mutex"],
  ["rewritelog", "LogLevel rewrite:trace3"],
  ["rewriteloglevel", "LogLevel rewrite:trace3"],
  ["servertype", ""],
  ["ssllog", "ErrorLog"],
  ["sslloglevel", "LogLevel ssl:info"],
  ["sslmutex", "Mutex"],
]);

/** For those who move to 2.4: what httpd 2.4 would stop at. Runs only when asked for. */
export const removedDirective = defineRule({
  id: "removed-directive",
  summary: "Directives are ones that httpd 2.4 still has",
  category: "migration",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  onlyOnRequest: true,
  create: ({ report }) => {
    const check = (node: ActiveNode): void => {
      const isSection = node.kind === "section";
      if (node.origin === null || node.spec === null) return;
      // Some names are still in the tables of 2.4, only to say in the error message what has replaced them.
      if (lookupDirective("2.4", node.name, isSection).length > 0 && !INSTEAD.has(node.key)) return;
      // What the balancer itself reads is not moved to httpd.
      if (node.spec.module.startsWith("mod_backhand")) return;
      const instead = INSTEAD.get(node.key);
      const help =
        instead === undefined
          ? `its module, ${node.spec.module}, did not come along`
          : instead === ""
            ? "take it out: 2.4 needs nothing instead"
            : `use ${instead}`;
      report({ ...nameOnly(node.origin), message: `Removed in httpd 2.4: ${quote(node.name)}`, help });
    };
    return { directive: check, section: check };
  },
});
