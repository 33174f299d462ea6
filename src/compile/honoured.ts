import type { Dialect } from "../../grammar/dialect.ts";
import { parseOrigin } from "../access/origin.ts";
import { isExpressionText } from "../routing/error-document.ts";
import { toBytes } from "../routing/bytes.ts";
import type { ByteString } from "../routing/bytes.ts";
import { parseExpression, undecidable, unknownIn } from "../routing/expression.ts";
import { parseInterpolated } from "../routing/expression-values.ts";
import { isRelayed, readProxyOrigin } from "../routing/proxy-origin.ts";

/**
 * What `serve` makes of a directive.
 * - `honoured`: it does what httpd does
 * - `irrelevant`: it says nothing about who gets what answer (how httpd runs, what its listings look like)
 * - `noted`: it would change answers and is not honoured; listed at start
 * - `decides`: it decides who gets what and is not honoured; `serve` refuses to start
 */
export type Enforcement = "honoured" | "irrelevant" | "noted" | "decides";

/** What there is to know of a directive to judge it. */
export interface Judged {
  /** Lower case. */
  readonly name: string;
  readonly args: readonly string[];
  /** Module of its table entry without `.c`; null when no table knows the name. */
  readonly module: string | null;
  readonly dialect: Dialect;
  /** Whether the configuration switches mod_rewrite on anywhere. */
  readonly rewrites: boolean;
  /** Whether it stands in a section of a server or virtual host, or in an access file. */
  readonly inSection: boolean;
}

const words = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.join(" ").split(" "));

/** What the configuration reader has done when there is a table; nothing of it is left to know. */
export const doneByReader = words(
  "include includeoptional resourceconfig accessconfig loadmodule loadfile addmodule clearmodulelist define undefine",
  "use undefmacro error",
);

/** Done by the router, access or the server. */
const honoured = words(
  "listen port bindaddress namevirtualhost servername serveralias serverpath serverroot",
  "servertokens documentroot userdir alias aliasmatch scriptalias scriptaliasmatch directoryindex redirect redirectmatch",
  "proxypassreverse proxypassreversecookiedomain proxypassreversecookiepath proxypreservehost proxypassinherit proxytimeout",
  "proxyvia proxyerroroverride errorheader maxclients maxrequestworkers serverlimit threadsperchild listenbacklog",
  "redirectpermanent redirecttemp order satisfy keepalive keepalivetimeout maxkeepaliverequests timeout",
  "limitrequestbody limitrequestfields limitrequestfieldsize limitrequestline sethandler addhandler removehandler",
  "addtype forcetype defaulttype removetype directoryslash directoryindexredirect directorycheckhandler acceptpathinfo setenv unsetenv",
  "adddefaultcharset customlog transferlog logformat errorlog loglevel pidfile user group allowoverride",
  "allowoverridelist accessfilename options usecanonicalname mergeslashes satisfy requireall requireany requirenone",
  "unixsocketdir multicaststats broadcaststats acceptstats backhand backhandfromso backhandselfredirect",
  "backhandmoderatorpidfile backhandconnectionpools backhandlocal backhandstatssecret",
  "backhandstatsbus backhandstatsinterval backhandtimeout backhandretry backhandtrustedproxy backhandhealth backhandslowstart backhandmaxinflight backhandworkers backhandcheck",
  "sslengine sslcertificatefile sslcertificatekeyfile sslcertificatechainfile sslprotocol sslhonorcipherorder",
  "sslsessiontickets sslsessionticketkeyfile sslcacertificatefile sslcacertificatepath sslcarevocationfile",
  "sslstrictsnivhostcheck protocolshonororder remoteipproxyprotocol remoteipproxyprotocolexceptions",
  "sslproxyengine sslproxyverify sslproxycacertificatefile sslproxycacertificatepath sslproxycheckpeername",
  "sslproxycheckpeercn sslproxyprotocol sslproxyciphersuite sslproxymachinecertificatefile backhandupstreamtls",
);

/** Honoured, but for words that look at what is not known here. */
const aboutClients = words(
  "authtype authname authuserfile authgroupfile authbasicprovider authzsendforbiddenonfailure setenvif setenvifnocase",
  "setenvifexpr browsermatch browsermatchnocase",
);

/** How httpd runs its processes, and what needs a module that serve has no part of. */
const irrelevant = words(
  "serveradmin servertype hostnamelookups backhandloglevel",
  "startservers minspareservers maxspareservers minsparethreads maxsparethreads",
  "maxrequestsperchild maxconnectionsperchild threadlimit threadstacksize maxmemfree",
  "maxservers serverssafetylimit excessrequestsperchild startthreads maxthreads asyncrequestworkerfactor",
  "listencoresbucketsratio sendbuffersize receivebuffersize acceptfilter acceptmutex lockfile mutex",
  "scoreboardfile coredumpdirectory enableexceptionhook gprofdir gracefulshutdowntimeout shmemuidisuser",
  "bs2000account rlimitcpu rlimitmem rlimitnproc enablemmap enablesendfile usecanonicalphysicalport",
  "identitycheck identitychecktimeout contentdigest limitinternalrecursion limitxmlrequestbody extendedstatus",
  "readbuffersize flushmaxpipelined flushmaxthreshold errorlogformat globallog bufferedlogs cookielog typesconfig",
  "defaultruntimedir seerequesttail backtracelog whatkilleduslog forensiclog protocol scriptinterpretersource",
  "chrootdir suexec suexecusergroup cgicommandargs cgimapextension cgipassauth cgivar protocolreqcheck",
  "serversignature fileetag authname regexdefaultoptions sslrandomseed sslmutex sslsessioncache sslpassphrasedialog",
  "sslsessioncachetimeout sslcryptodevice mimemagicfile",
);

/** Modules of httpd whose directives change how an answer looks but not who gets which. */
const harmlessModules = words(
  "mod_negotiation mod_mime mod_mime_magic mod_env mod_setenvif mod_expires mod_headers mod_deflate",
  "mod_brotli mod_filter mod_ext_filter mod_substitute mod_sed mod_buffer mod_charset_lite mod_include mod_imap",
  "mod_imagemap mod_actions mod_asis mod_cgi mod_cgid mod_cern_meta mod_file_cache mod_mmap_static mod_info",
  "mod_status mod_log_config mod_log_agent mod_log_referer mod_log_forensic mod_log_debug mod_logio mod_speling",
  "mod_usertrack mod_unique_id mod_userdir mod_dir mod_cache mod_cache_disk mod_cache_socache mod_disk_cache",
  "mod_mem_cache mod_dav mod_dav_fs mod_dav_lock mod_http2 mod_md mod_proxy_html mod_xml2enc mod_heartbeat",
  "mod_heartmonitor mod_lbmethod_heartbeat mod_watchdog mod_ldap mod_dbd mod_socache_memcache mod_socache_redis",
  "mod_reqtimeout mod_ratelimit mod_request mod_session mod_session_cookie mod_session_crypto mod_session_dbd",
  "mod_isapi mod_dumpio mod_ident mod_alias mod_so mod_core core http_core mpm_common event worker prefork",
  "mpm_winnt mpm_netware mod_unixd mod_privileges mod_dialup mod_reflector mod_data mod_ssl mod_proxy",
  "mod_proxy_connect mod_proxy_ftp mod_proxy_fcgi mod_proxy_scgi mod_proxy_hcheck mod_proxy_wstunnel mod_win32",
  "mod_gzip mod_php mod_php3 mod_php4 mod_php5 mod_php7 libphp3 libphp4 libphp5 libphp7 mod_fastcgi mod_fcgid",
  "mod_backhand mod_backhand_ng mod_bandwidth mod_throttle mod_layout mod_macro mod_version mod_example mod_example_hooks",
);

/** In these modules, or anywhere: access, users, rewriting, client certificates, fixed upstreams, mass virtual hosting. */
const deciding = words(
  "require authmerging authzsendforbiddenonfailure stricthostcheck httpprotocoloptions allowencodedslashes",
  "allowmethods registerhttpmethod sslverifyclient sslrequire sslrequiressl sslcheckclientdn ssldenyssl",
  "sslenable securelisten balancermember proxyexpressenable",
  "proxyblock virtualdocumentroot virtualdocumentrootip virtualscriptalias virtualscriptaliasip fallbackresource",
  "remoteipheader wsgiscriptalias wsgiscriptaliasmatch wsgiaccessscript",
  "wsgiauthuserscript wsgiauthgroupscript wsgidispatchscript jkmount jkmountfile jkautoalias",
);

/** Settings of things that decide: harmless themselves, since what uses them is marked. */
const settingsOfDeciding = /^(?:auth|anonymous|ssl|proxy|rewrite|remoteip|ldap)/;

/** Code that may do anything to a request before it is answered. */
const hooks =
  /^(?:perl|python)(?:trans|access|authen|authz|init|postreadrequest|headerparser|fixup|maptostorage|type|dispatch)handler$|^luahook/;

/** Settings of programs that make content: without them there is none. */
const contentPrograms = /^(?:perl|python|lua|php|suphp|tcl|ruby|wsgi|fastcgi|fcgid|jserv|jk|ax|wo|webapp)/;

function requireEnforcement({ args, dialect }: Judged): Enforcement {
  const negated = dialect === "2.4" && args[0]?.toLowerCase() === "not";
  const kind = args[negated ? 1 : 0]?.toLowerCase() ?? "";
  if (["user", "group", "valid-user"].includes(kind)) return "honoured";
  if (dialect !== "2.4") return "decides";
  if (["all", "ip", "local", "method"].includes(kind)) return "honoured";
  if (kind === "env") return "honoured";
  if (kind === "expr") {
    const expression = parseExpression(toBytes(args.slice(negated ? 2 : 1).join(" ")));
    return undecidable(expression) === null ? "honoured" : "decides";
  }
  // These never match here, which closes; turned round, it would open.
  const neverMatches = ["host", "forward-dns"].includes(kind);
  return neverMatches && !negated ? "noted" : "decides";
}

/** Names never match: for Allow that closes, for Deny it would open. */
function originEnforcement({ name, args, dialect }: Judged): Enforcement {
  const origins = args.slice(1).map((word) => parseOrigin(word, dialect));
  if (!origins.some(({ kind }) => kind === "name")) return "honoured";
  return name === "deny" ? "decides" : "noted";
}

/** Lines about users and variables that look at what is not known here. */
function withClients({ name, args }: Judged): Enforcement {
  const first = args[0]?.toLowerCase() ?? "";
  switch (name) {
    case "authtype":
      return first === "basic" || first === "none" ? "honoured" : "decides";
    case "authbasicprovider":
      return args.every((word) => word.toLowerCase() === "file") ? "honoured" : "decides";
    case "setenvif":
    case "setenvifnocase":
      return first === "remote_host" || first === "remote_user" ? "decides" : "honoured";
    case "setenvifexpr":
      return undecidable(parseExpression(toBytes(args[0] ?? ""))) === null ? "honoured" : "decides";
    default:
      return "honoured";
  }
}

/** Honoured with one of these as its first word. */
function withWords(args: readonly string[], ...known: readonly string[]): Enforcement {
  return known.includes(args[0]?.toLowerCase() ?? "") ? "honoured" : "decides";
}

/** What a worker's parameters may say without making a difference to who gets what: sizes, and how connections are kept. */
const workerTuning =
  /^(?:min|max|smax|ttl|retry|acquire|keepalive|flushpackets|flushwait|iobuffersize|receivebuffersize|responsefieldsize|disablereuse|enablereuse|addressttl|ping|loadfactor|timeout|connectiontimeout|upgrade)=/i;

/** Fixed servers are honoured: no balancers, sockets or other protocols, and no server whose name is a part of the request. */
function proxyPassEnforcement({ args }: Judged): Enforcement {
  const words = args[0] === "~" ? args.slice(1) : args;
  const isUrl = (word: string | undefined): boolean => word === "!" || /^[a-z][a-z0-9+.-]*:|^unix:/i.test(word ?? "");
  // In a section the path is missing.
  const [url = "", ...options] = isUrl(words[0]) ? words : words.slice(1);
  if (url === "!") return "honoured";
  const origin = readProxyOrigin(toBytes(url));
  if (origin === null || !isRelayed(origin)) return "decides";
  return options.every((word) => /^(?:nocanon|noquery)$/i.test(word) || workerTuning.test(word))
    ? "honoured"
    : "decides";
}

/** Conditions and values that look at what is not known here would be left out. */
function headerEnforcement({ args, dialect }: Judged): Enforcement {
  if (dialect === "1.3") return "honoured";
  const [verb = "", , ...rest] = /^(?:always|onsuccess)$/i.test(args[0] ?? "") ? args.slice(1) : args;
  if (/^note$/i.test(verb)) return "noted";
  const [value, clause] = /^(?:unset|echo)$/i.test(verb) ? ["", rest[0]] : rest.slice(/^edit/i.test(verb) ? 1 : 0);
  const expression = (word = ""): ByteString | null =>
    /^expr=/i.test(word) ? toBytes(word.slice("expr=".length)) : null;
  const [made, condition] = [expression(value), expression(clause)];
  const isKnown =
    (made === null || unknownIn(parseInterpolated(made)) === null) &&
    (condition === null || undecidable(parseExpression(condition)) === null);
  return isKnown ? "honoured" : "noted";
}

const isOff = ({ args }: Judged): boolean => /^(?:off|none)$/i.test(args[0] ?? "");

/** Judges one directive. A name that no table knows decides: nobody can say what it does. */
export function enforcementOf(judged: Judged): Enforcement {
  const { name, module, args } = judged;
  switch (name) {
    case "require":
      return requireEnforcement(judged);
    case "allow":
    case "deny":
      return originEnforcement(judged);
    case "allowencodedslashes":
      return isOff(judged) || judged.dialect === "2.4" ? "honoured" : "decides";
    // What lets a wrong user pass on to other modules, which are not here.
    case "authbasicauthoritative":
    case "authauthoritative":
      return args[0]?.toLowerCase() === "off" ? "decides" : "noted";
    case "authbasicfake":
    case "authbasicusedigestalgorithm":
      return !isOff(judged) ? "decides" : "noted";
    // By reverse DNS, which is not asked.
    case "usecanonicalname":
      return args[0]?.toLowerCase() === "dns" ? "noted" : "honoured";
    case "errordocument":
      return isExpressionText(judged.dialect, args) ? "noted" : "honoured";
    case "rewriteengine":
      return isOff(judged) ? "irrelevant" : "decides";
    case "rewriterule":
    case "rewritecond":
      return judged.rewrites ? "decides" : "irrelevant";
    case "sslengine":
      return /^(?:on|off)$/i.test(args[0] ?? "") ? "honoured" : "decides";
    // In a section it would need a second handshake, which TLS 1.3 and HTTP/2 do not have.
    case "sslverifyclient":
      return judged.inSection && !isOff(judged) ? "decides" : withWords(args, "none", "optional", "require");
    case "sslvhostsnipolicy":
      return withWords(args, "secure");
    case "sslverifydepth":
      return judged.inSection ? "decides" : "honoured";
    case "sslciphersuite":
      return judged.inSection ? "decides" : "honoured";
    case "sslcarevocationcheck":
      return args.length > 1 ? "decides" : withWords(args, "none", "chain");
    case "sslcarevocationpath":
      return "decides";
    case "protocols":
      return args.every((word) => /^(?:h2|http\/1\.1)$/i.test(word)) ? "honoured" : "noted";
    case "authmerging":
    case "proxyexpressenable":
    case "fallbackresource":
      return isOff(judged) || args[0]?.toLowerCase() === "disabled" ? "irrelevant" : "decides";
    case "httpprotocoloptions":
      return args.every((word) => /^(?:strict|allow0\.9|require1\.0|registeredmethods)$/i.test(word))
        ? "noted"
        : "decides";
    case "proxypass":
    case "proxypassmatch":
      return proxyPassEnforcement(judged);
    case "header":
    case "requestheader":
      return headerEnforcement(judged);
  }
  if (aboutClients.has(name)) return withClients(judged);
  if (honoured.has(name) || doneByReader.has(name)) return "honoured";
  // There are no listings of folders here.
  if (irrelevant.has(name) || module === "mod_autoindex") return "irrelevant";
  if (deciding.has(name) || hooks.test(name)) return "decides";
  if (settingsOfDeciding.test(name) || contentPrograms.test(name)) return "noted";
  return module !== null && harmlessModules.has(module) ? "noted" : "decides";
}
