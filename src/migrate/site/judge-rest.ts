import type { ActiveNode } from "../../config/active-config.ts";
import { decides } from "../deciding.ts";
import type { Draft } from "../draft.ts";
import { settingFate } from "./setting-fates.ts";
import { dropped, folded, lost, type Verdict } from "../verdict.ts";

/** What a target carries over. */
interface Carrying {
  readonly isCarried: (node: ActiveNode) => boolean;
  /** Words behind Require that it can ask. */
  readonly asks: ReadonlySet<string>;
}

/** Gives every line that has no verdict yet one, for a target with a language of its own. */
export function judgeRest(draft: Draft, target: string, { isCarried, asks }: Carrying): void {
  for (const { lines } of draft.source.files) {
    for (const line of lines) {
      if (draft.isJudged(line)) continue;
      const { node } = line;
      if (line.line.kind === "blank" || line.line.kind === "comment")
        draft.judge(line, folded("the old layout does not carry over"));
      else if (!line.active)
        draft.judge(
          line,
          dropped("httpd does not read this line; under a condition it may with -D, for which to migrate again"),
        );
      else if (line.line.kind === "raw") draft.judge(line, dropped(`${target} runs no such program`));
      else if (node === null)
        draft.judge(
          line,
          folded(line.text.trimStart().startsWith("</") ? "the end of a section" : "its condition is decided"),
        );
      else if (isWeighed(node)) draft.judge(line, dropped("no part of the URLs is one for which this line counts"));
      else if (node.key === "require" && !asks.has(providerOf(node)))
        // Where the rules around it keep out the same, no part of the URLs tells of it.
        draft.judge(line, lost(`${target} cannot ask for ${node.rawArgs.trim()}: who was let in by that is kept out`));
      else if (isCarried(node)) draft.judge(line, carriedVerdict(node, target));
      else {
        const fate = settingFate(node, target);
        if (fate !== null) {
          draft.judge(line, fate);
          continue;
        }
        const why = `${target} has nothing like ${node.kind === "section" ? `<${node.name}>` : node.name} here`;
        draft.judge(line, decides(node) && !isHarmless(node) ? lost(why) : dropped(why));
      }
    }
  }
}

function providerOf({ words: [first, second] }: ActiveNode): string {
  const provider = first?.value.toLowerCase() ?? "";
  return provider === "not" ? (second?.value.toLowerCase() ?? "") : provider;
}

/** Where the meaning of a line is that is worked out with others: by the kinds of lines. */
const places: readonly (readonly [keys: RegExp, verdict: Verdict])[] = [
  [
    /^(?:loadmodule|addmodule|clearmodulelist)$/,
    dropped("the modules are httpd's; what their lines say is judged at each of them"),
  ],
  [/^(?:servertype|namevirtualhost)$/, folded("needs no line: the new server always does it so")],
  [/^(?:listen|port|bindaddress)$/, folded("in the addresses that the new server listens on")],
  [/^(?:servername|serveralias|virtualhost)$/, folded("in the addresses and names that choose the host")],
  [
    /^(?:sslrequire|sslrequiressl|sslverifyclient|order|allow|deny|satisfy|require|requireall|requireany|requirenone|limit|limitexcept|auth.*)$/,
    folded("in who may, worked out for each part of the URLs"),
  ],
  [
    /^(?:directory|location|files|directorymatch|locationmatch|filesmatch|proxy)$/,
    folded("worked out for the part of the URLs that it holds for"),
  ],
  [
    /^(?:backhand|backhandfromso)$/,
    folded(
      "chooses no server for any part of the URLs: inner sections have lines of their own, or `Backhand off` holds",
    ),
  ],
  [
    /^(?:include|includeoptional|resourceconfig|accessconfig|serverroot)$/,
    folded("its files are read, and judged line by line"),
  ],
  [
    /^(?:setenvif|setenvifnocase|browsermatch|browsermatchnocase)$/,
    folded("in the conditions of what asks for the variable"),
  ],
];

function carriedVerdict({ key, words }: ActiveNode, target: string): Verdict {
  const names = words.map(({ value }) => value.toLowerCase().replace(/^\+/, ""));
  const choosing = key === "options" ? ["multiviews"] : key === "addhandler" ? ["type-map"] : [];
  if (choosing.some((one) => names.includes(one)))
    return folded(
      `part of the new configuration, but ${target} chooses among no files: ask for each by its whole name`,
    );
  return places.find(([keys]) => keys.test(key))?.[1] ?? folded("part of the new configuration");
}

/** Lines that are judged wherever they count for some part of the URLs. */
function isWeighed(node: ActiveNode): boolean {
  if (
    node.kind !== "directive" ||
    !/^(?:(?:request|error)?header|expires(?:active|default|bytype)|errordocument|proxyerroroverride|proxytimeout|proxypassreversecookie(?:domain|path)|addtype|addcharset|adddefaultcharset|forcetype|allowmethods|fallbackresource)$/.test(
      node.key,
    )
  )
    return false;
  // Conditions and the like that are not carried over take their lines with them.
  return /^(?:server|virtualhost|directory|location|files)(?:match)?$/.test(node.parent.key);
}

/** Lines that only matter to the way in which httpd runs. */
function isHarmless({ key, words }: ActiveNode): boolean {
  if (
    /^ssl(?:ciphersuite|sessioncache.*|mutex|randomseed|log|loglevel|passphrasedialog|honorcipherorder|options)$/.test(
      key,
    )
  )
    return true;
  if ((key === "proxyrequests" || key === "sslproxyengine") && /^(?:off|on)$/i.test(words[0]?.value ?? ""))
    return key === "sslproxyengine" || words[0]?.value.toLowerCase() === "off";
  if (key === "sslengine" && words[0]?.value.toLowerCase() === "off") return true;
  // What a cache of the old proxy kept, and what only a proxy of clients looks at.
  if (
    /^(?:cache(?:root|size|gc.*|max.*|lastmodified.*|default.*|dir.*|force.*)|nocache|noproxy|proxydomain|proxyvia|proxyreceivebuffersize|proxyiobuffersize)$/.test(
      key,
    )
  )
    return true;
  // Where mod_backhand keeps its sockets.
  if (key === "unixsocketdir") return true;
  if (key === "options" || key === "allowoverride" || key === "accessfilename") return true;
  return (
    key === "usecanonicalname" || key === "namevirtualhost" || (key === "sethandler" && words[0]?.value === "None")
  );
}
