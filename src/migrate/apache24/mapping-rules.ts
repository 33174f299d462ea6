import type { ActiveDirective, ActiveSection } from "../../config/active-config.ts";
import type { Verdict } from "../verdict.ts";
import { mendedQuery } from "../site/site-redirects.ts";
import { changed, dropped, folded, lost, mended } from "../verdict.ts";
import { isProgramType, moduleOfHandler } from "./handlers.ts";
import type { LineContext, LineRule, LineRules } from "./line-rule.ts";
import {
  firstWord,
  logicalText,
  quoted,
  rawWord,
  withoutWildcards,
  withRawWord,
  withWord,
  wordsOf,
} from "./line-rule.ts";
import { plainOptions } from "./options.ts";
import { toPcre } from "./regular-expression.ts";
import { userDir } from "./user-dir-rule.ts";

/** Whether a section of one of some kinds is around a place. */
function isInside(parent: ActiveSection, pattern: RegExp): boolean {
  for (let at: ActiveSection | null = parent; at !== null; at = at.parent) if (pattern.test(at.key)) return true;
  return false;
}

/** Rewrites the expression at a position, which 1.3 reads in another dialect of expressions. */
function expressionAt(index: number | ((words: readonly string[]) => number)): LineRule {
  return (directive, { dialect }, line) => {
    if (dialect !== "1.3") return null;
    const at = typeof index === "number" ? index : index(wordsOf(directive));
    const word = directive.words[at];
    if (word === undefined) return null;
    const negated = /^!?/.exec(word.value)?.[0] ?? "";
    const pattern = toPcre(word.value.slice(negated.length));
    if (pattern === null) return lost(`"${word.value}" is no expression that httpd 1.3 could read`);
    if (negated + pattern === word.value) return null;
    return changed(
      withWord(line, word, negated + pattern),
      "the expression in the syntax of 2.4, with the same meaning",
    );
  };
}

/** The same for mod_rewrite, which splits its lines by itself. */
function rewriteExpression(index: number): LineRule {
  return (directive, { dialect }, line) => {
    const word = directive.words[index];
    if (dialect !== "1.3" || word === undefined) return null;
    const raw = rawWord(line, word);
    const negated = raw.startsWith("!") ? "!" : "";
    const pattern = toPcre(raw.slice(negated.length));
    if (pattern === null) return lost(`"${raw}" is no expression that httpd 1.3 could read`);
    if (negated + pattern === raw) return null;
    if (line.first !== line.last)
      return lost("an expression of 1.3 on a line that backslashes divide: write it on one");
    return changed(
      withRawWord(line, word, negated + pattern),
      "the expression in the syntax of 2.4, with the same meaning",
    );
  };
}

/** A target with a query, of which 1.3 makes what no server expects. */
function onTarget(rule: LineRule): LineRule {
  return (directive, context, line) => {
    const judged = rule(directive, context, line);
    const why = context.dialect === "1.3" ? mendedQuery({ name: directive.key, args: wordsOf(directive) }) : null;
    if (why === null || (judged !== null && judged.kind !== "changed")) return judged;
    return judged === null ? mended(logicalText(line), why) : mended(judged.to, `${judged.why}; ${why}`);
  };
}

/** ServerName, where a name with an asterisk was one that no browser asks for. */
const serverName: LineRule = (directive) => {
  const name = firstWord(directive);
  if (!/[*?]/.test(name)) return null;
  const why = `older ones took ${name} for a name that no browser sends, and 2.4 refuses it: the names that are meant belong behind ServerAlias`;
  return changed(`ServerName ${quoted(withoutWildcards(name))}`, why);
};

const errorDocument: LineRule = (directive, { dialect }) => {
  const [, status = "", text = ""] = /^(\S+)\s+([^]*)$/.exec(directive.rawArgs) ?? [];
  if (dialect !== "1.3" || !text.startsWith('"')) return null;
  const inner = text.slice(1);
  // 1.3 sends everything behind the first quote, a quote at the end as well; that one hardly anybody meant.
  const message = inner.endsWith('"') && !inner.endsWith('\\"') ? inner.slice(0, -1) : inner;
  const to = `ErrorDocument ${status} "${message.replace(/\\?"/g, '\\"')}"`;
  return to === `ErrorDocument ${directive.rawArgs}` ? null : changed(to, "2.4 wants a quote at both ends");
};

const options: LineRule = (directive) => {
  const plain = plainOptions(wordsOf(directive));
  return plain === null
    ? null
    : changed(`Options ${plain}`, "2.4 refuses words with and without signs on one line; this is their outcome");
};

/** From 2.2 on plain `Options` keeps MultiViews and SymLinksIfOwnerMatch from .htaccess files (seen with 2.4.71). */
const allowOverride: LineRule = (directive, { dialect }) => {
  const words = wordsOf(directive);
  if (dialect !== "1.3" && dialect !== "2.0") return null;
  if (!words.some((word) => word.toLowerCase() === "options") || words.some((word) => word.toLowerCase() === "all"))
    return null;
  const names = "All,Indexes,Includes,IncludesNOEXEC,FollowSymLinks,SymLinksIfOwnerMatch,ExecCGI,MultiViews";
  const to = words.map((word) => (word.toLowerCase() === "options" ? `Options=${names}` : word));
  return changed(`AllowOverride ${to.join(" ")}`, "2.4 wants MultiViews and SymLinksIfOwnerMatch named");
};

/** A page that only a missing module can make must not become the text of its program. */
function closedPage(directive: ActiveDirective, extensions: readonly string[] | null): readonly string[] {
  if (extensions === null) return ["Redirect 501 /"];
  const pattern = extensions.map((one) => one.replace(/^\./, "").replace(/[^\w-]/g, "\\$&")).join("|");
  if (isInside(directive.parent, /^(?:location|files|proxy)/))
    return [`RedirectMatch 501 "\\.(?:${pattern})(?:[./]|$)"`];
  return [`<FilesMatch "\\.(?:${pattern})(?:\\.|$)">`, "    Require all denied", "</FilesMatch>"];
}

function handlerRule(directive: ActiveDirective, context: LineContext): Verdict | null {
  const name = firstWord(directive);
  if (name.toLowerCase() === "backhand-handler") {
    return changed("SetHandler server-status", "the page of 2.4 that shows the members of a balancer");
  }
  const module = moduleOfHandler(name);
  if (module !== null && (module === "core" || context.hasModule(module))) return null;
  const isAction = actionsOf(context).has(name.toLowerCase());
  if (isAction) return null;
  const extensions = directive.key === "addhandler" ? wordsOf(directive).slice(1) : null;
  if (extensions?.length === 0) return dropped("names no extension");
  return lost(
    `no module of 2.4 has the handler ${name}: closed, so that no source is sent`,
    closedPage(directive, extensions),
  );
}

const actionNames = new WeakMap<object, ReadonlySet<string>>();

/** Names that Action lines bind to a script: they are handlers too. */
function actionsOf({ config }: LineContext): ReadonlySet<string> {
  let names = actionNames.get(config);
  if (names === undefined) {
    const found = new Set<string>();
    const waiting: ActiveSection[] = [config.server];
    for (let section = waiting.pop(); section !== undefined; section = waiting.pop()) {
      for (const node of section.children) {
        if (node.kind === "section") waiting.push(node);
        else if (node.key === "action") found.add(firstWord(node).toLowerCase());
      }
    }
    names = found;
    actionNames.set(config, names);
  }
  return names;
}

const addType: LineRule = (directive, context) => {
  const [type = "", ...extensions] = wordsOf(directive);
  if (!isProgramType(type) || extensions.length === 0 || actionsOf(context).has(type.toLowerCase())) return null;
  return lost(
    `nothing runs files of the type ${type} here: closed, so that no source is sent; load the module and take this out`,
    closedPage(directive, extensions),
  );
};

const perHostUser: LineRule = (directive) => {
  if (!isInside(directive.parent, /^virtualhost$/)) return null;
  const isUser = directive.key === "user";
  const other = directive.parent.children.find(
    (node): node is ActiveDirective => node.kind === "directive" && node.key === (isUser ? "group" : "user"),
  );
  if (!isUser && other !== undefined) return folded("in SuexecUserGroup");
  if (other === undefined)
    return dropped("a user for the programs of one host needs its group too, in SuexecUserGroup");
  return changed(
    `SuexecUserGroup ${quoted(firstWord(directive))} ${quoted(firstWord(other))}`,
    "its name in 2.4, which does not start with it where the program suexec is not installed",
  );
};

const lastButOne = (words: readonly string[]): number => Math.max(0, words.length - 2);

/** What maps requests and describes files. */
export const mappingRules: LineRules = [
  ["options", options],
  ["allowoverride", allowOverride],
  ["errordocument", errorDocument],
  ["redirectmatch", onTarget(expressionAt(lastButOne))],
  ["redirect redirectpermanent redirecttemp", onTarget(() => null)],
  ["aliasmatch scriptaliasmatch", expressionAt(0)],
  ["browsermatch browsermatchnocase", expressionAt(0)],
  ["servername", serverName],
  ["setenvif setenvifnocase", expressionAt(1)],
  ["rewriterule", rewriteExpression(0)],
  [
    "rewritecond",
    (directive, context, line) =>
      /^!?(?:[<>=]|-[a-zA-Z]$)/.test(directive.words[1]?.value ?? "")
        ? null
        : rewriteExpression(1)(directive, context, line),
  ],
  ["userdir", userDir],
  ["sethandler addhandler", handlerRule],
  ["addtype forcetype", addType],
  ["user group", perHostUser],
  [
    "cachenegotiateddocs",
    (directive) => (directive.words.length === 0 ? changed("CacheNegotiatedDocs On", "2.4 wants On or Off") : null),
  ],
  [
    "cacheroot cachesize cachegcinterval cachemaxexpire cachelastmodifiedfactor cachedefaultexpire cachedirlevels cachedirlength cacheforcecompletion nocache",
    (_, { dialect }) =>
      dialect === "1.3"
        ? dropped(
            "the cache of the old proxy: 2.4 has mod_cache, which keeps what a CacheEnable names, and nothing now",
          )
        : null,
  ],
  [
    "fancyindexing",
    (directive) =>
      changed(
        `IndexOptions ${firstWord(directive).toLowerCase() === "off" ? "-" : "+"}FancyIndexing`,
        "its name in 2.4",
      ),
  ],
  [
    "defaulttype",
    (directive) =>
      firstWord(directive).toLowerCase() === "none"
        ? null
        : dropped("2.4 has no DefaultType: files of unknown types are sent without one"),
  ],
  [
    "header errorheader",
    (directive, _, line) =>
      directive.key === "errorheader"
        ? changed(`Header always ${logicalText(line).replace(/^\S+\s*/, "")}`, "its name in 2.4")
        : null,
  ],
];
