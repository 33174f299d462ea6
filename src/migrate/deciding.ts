import type { ActiveNode } from "../config/active-config.ts";

/** Modules whose lines say who gets what. */
const modules =
  /^mod_(?:access|allowmethods|auth|rewrite|proxy|alias|vhost_alias|setenvif|browser|userdir|dir|actions|cgi|ssl|negotiation|headers|throttle|limit|jk|jserv|fastcgi|fcgid|backhand|dav|remoteip|security|evasive)/;

const names = new Set(
  "documentroot virtualhost servername serveralias serverpath allowoverride sethandler addhandler options directory directorymatch location locationmatch files filesmatch include order allow deny require satisfy limitrequestbody limitrequestfields limitrequestfieldsize limitrequestline listen".split(
    " ",
  ),
);

/** Settings of mod_perl, PHP and mod_ssl; what they hook into a request decides. */
const settings =
  /^(?:jk(?:log|workersfile|workerproperty|shm|options|requestlog|extract|https|sslcipher|sslkey|envvar|stripsession|watchdog)|php\d?_|ssl(?:sessioncache|mutex|randomseed|log|passphrasedialog|sessiontickets)|perl(?!.*handler$|module$|require$|script$)|pythonpath|jserv(?!mount))/;
const hooks = /handler$|^luahook(?!log$|insertfilter$)|^luaauthzprovider$/;

/** Whether the loss of a line can change where a request goes or who may have what. What nobody knows may. */
export function decides(node: ActiveNode): boolean {
  const { key, spec } = node;
  if (names.has(key) || hooks.test(key)) return true;
  // A program that writes configuration.
  if (node.kind === "section" && key === "perl") return true;
  if (settings.test(key)) return false;
  if (spec === null) return true;
  return modules.test(spec.module);
}
