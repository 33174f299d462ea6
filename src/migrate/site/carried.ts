import type { ActiveNode } from "../../config/active-config.ts";

/** Directives outside of sections whose meaning is worked out from the routing table. */
const ofHosts = new Set(
  "servername serveralias documentroot alias scriptalias redirect redirectmatch redirectpermanent redirecttemp listen port bindaddress virtualhost proxypass proxypassreverse".split(
    " ",
  ),
);

/** The same in any section. */
const anywhere = new Set(
  (
    "sslrequiressl sslrequire sslverifyclient order allow deny satisfy require requireall requireany requirenone authtype authname authuserfile authbasicprovider setenvif setenvifnocase browsermatch browsermatchnocase " +
    "proxy directory location files directorymatch filesmatch locationmatch limit limitexcept backhand backhandfromso addhandler removehandler sethandler " +
    "ifmodule ifdefine ifversion else elseif loadmodule addmodule clearmodulelist servertype include includeoptional resourceconfig accessconfig serverroot define macro use namevirtualhost"
  ).split(" "),
);

/** Whether the site model says what a line said; `more` are what the target itself writes down. */
export function isCarried({ key, parent }: ActiveNode, more: ReadonlySet<string>): boolean {
  if (anywhere.has(key) || more.has(key)) return true;
  return ofHosts.has(key) && (parent === null || parent.key === "server" || parent.key === "virtualhost");
}
