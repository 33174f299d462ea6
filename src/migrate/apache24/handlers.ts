/** Handlers that 2.4 has, by the module that runs them. */
const handlers: ReadonlyMap<string, string> = new Map([
  ["server-status", "mod_status"],
  ["server-info", "mod_info"],
  ["cgi-script", "mod_cgi"],
  ["application/x-httpd-cgi", "mod_cgi"],
  ["server-parsed", "mod_include"],
  ["text/x-server-parsed-html", "mod_include"],
  ["text/x-server-parsed-html3", "mod_include"],
  ["type-map", "mod_negotiation"],
  ["application/x-type-map", "mod_negotiation"],
  ["imap-file", "mod_imagemap"],
  ["application/x-httpd-imap", "mod_imagemap"],
  ["send-as-is", "mod_asis"],
  ["httpd/send-as-is", "mod_asis"],
  ["ldap-status", "mod_ldap"],
  ["balancer-manager", "mod_proxy_balancer"],
  ["heartbeat", "mod_heartmonitor"],
  ["lua-script", "mod_lua"],
  ["http2-status", "mod_http2"],
  ["md-status", "mod_md"],
  ["fcgid-script", "mod_fcgid"],
  ["default-handler", "core"],
  ["none", "core"],
]);

/** Types that modules of old run as programs: without the module their source would be sent. */
const programTypes = /^application\/x-(?:httpd-(?:php|perl|python|ruby|fastcgi|eruby)|perl|.*php)|^x-httpd-php/i;

/** The module behind a handler; null when it is none of 2.4. Handlers of proxies are their URL. */
export function moduleOfHandler(name: string): string | null {
  const lower = name.toLowerCase();
  if (lower.startsWith("proxy:")) return "mod_proxy";
  return handlers.get(lower) ?? null;
}

/** Whether files of a type are programs and no texts to send. */
export function isProgramType(type: string): boolean {
  return programTypes.test(type) && moduleOfHandler(type) === null;
}
