import type { ActiveNode } from "../../config/active-config.ts";
import { dropped, folded, lost, type Verdict } from "../verdict.ts";

type Fate = readonly [keys: RegExp, verdict: (target: string, node: ActiveNode) => Verdict];

const word = ({ words }: ActiveNode): string => words[0]?.value.toLowerCase() ?? "";
const isOff = (node: ActiveNode): boolean => /^(?:off|no|0|none)$/.test(word(node));

/**
 * What becomes of lines that say how another line is carried out: where that one is lost, it is the one to look at. Lines that
 * decide by themselves are none of these.
 */
const fates: readonly Fate[] = [
  [
    /^(?:authdbm|authdb|authdbd|authldap|authnzfcgi|authdigest|authform|authncache|authzdbd|authzdbm|authbasicuse|ldap|dbd|session)(?!mergin)/,
    (target) => dropped(`${target} asks no such place for users; what the Require lines let in by it stays out`),
  ],
  [
    /^(?:authgroupfile|authauthoritative|authbasicauthoritative|authbasicfake|authdbauthoritative|authdbmauthoritative)$/,
    (target, node) =>
      /authoritative$/.test(node.key) && isOff(node)
        ? lost(`${target} asks one place for users, so whom another module lets in stays out`)
        : dropped(`${target} knows no groups and asks no other module; Require lines say whom that keeps out`),
  ],
  [
    /^(?:scriptlog|scriptlogbuffer|scriptloglength|scriptsock|cgidscripttimeout|cgiscripttimeout|cgivar|cgipassauth|scriptinterpretersource|rlimit(?:cpu|mem|nproc)|suexec.*)$/,
    (target) => dropped(`${target} runs no programs`),
  ],
  [
    /^(?:sslcompression|sslcryptodevice|sslfips|sslinsecurerenegotiation|sslopensslconfcmd|sslrenegbuffersize|sslsessionticketkeyfile|sslusestapling|sslstapling.*|sslusername|sslcadnrequest(?:file|path)|sslsrp.*|sslpolicy|sslproxy(?:ciphersuite|protocol))$/,
    (target) => dropped(`how httpd speaks TLS; ${target} has settings of its own for it`),
  ],
  [
    /^sslproxy(?:verify|verifydepth|check.*|ca.*|machine.*)$/,
    (target, node) =>
      isOff(node)
        ? dropped("nothing is asked of servers behind")
        : dropped(`${target} takes what a server behind shows over TLS as it is: add what it is to look at`),
  ],
  [
    /^(?:sslocsp.*|sslcarevocation.*)$/,
    (target, node) =>
      isOff(node)
        ? dropped("nothing is asked for")
        : lost(`${target} is not told which certificates are taken back: add ssl_crl, or its like, by hand`),
  ],
  [
    /^(?:sslstrictsnivhostcheck|sslengine)$/,
    (target, node) =>
      isOff(node)
        ? dropped("it asks for nothing")
        : lost(
            node.key === "sslengine"
              ? "no certificate is written here that can be read, so the new server speaks no TLS at these addresses"
              : `${target} lets clients in that name no host in TLS`,
          ),
  ],
  [
    /^(?:proxyiobuffersize|proxyreceivebuffersize|proxyvia|proxymaxforwards|proxybadheader|proxystatus|proxyaddheaders|proxyhctpsize|balancerpersist|balancergrowth|balancerinherit|noproxy|proxydomain|proxy100continue|proxyftp.*|proxyscgi.*|proxyfcgibackendtype|allowconnect|proxypassinherit|proxywebsocketfallbacktoproxyhttp)$/,
    (target) => dropped(`how httpd itself speaks to servers behind; ${target} does it in its own way`),
  ],
  [
    /^(?:directoryslash|redirectrelative|aliaspreservepath|directoryindexredirect|directorycheckhandler|authzsendforbiddenonfailure|cachequickhandler|proxypassinterpolateenv)$/,
    (target, node) =>
      isOff(node) !== (node.key === "directoryslash")
        ? folded("needs no line: the new server does it so")
        : lost(`${target} has nothing like ${node.name} here`),
  ],
  [
    /^(?:cachenegotiateddocs|languagepriority|forcelanguagepriority|multiviewsmatch|addlanguage|defaultlanguage|removelanguage)$/,
    (target) => dropped(`${target} chooses among no languages of a file: what Options MultiViews found is not there`),
  ],
  [
    /^(?:addoutputfilter|setoutputfilter)$/,
    (target, node) =>
      dropped(
        target === "nginx" && /(?:^|;)includes(?:;|$)/.test(word(node))
          ? `${target} does not run what pages say in <!--#…-->: it would be sent as it stands`
          : `${target} has nothing like ${node.name} here`,
      ),
  ],
  [
    /^dav(?:basepath|depthinfinity|genericlockdb|lockdb|lockdiscovery|mintimeout)$/,
    () => dropped("a setting of Dav lines, which are judged by themselves"),
  ],
  [
    /^remoteip(?:proxiesheader|proxyprotocolexceptions|(?:internal|trusted)proxy(?:list)?)$/,
    (target) => dropped(`nothing that ${target} asks depends on this line`),
  ],
  [
    /^remoteipproxyprotocol$/,
    (target, node) =>
      isOff(node)
        ? folded("needs no line: the new server does it so")
        : lost(`${target} reads no PROXY line until its sockets are told to: add proxy_protocol, or its like, by hand`),
  ],
  [
    /^(?:serveradmin)$/,
    (target) => dropped(`the address stands on httpd's own error pages; those of ${target} name none`),
  ],
  [
    /^(?:serversignature)$/,
    (target, node) =>
      isOff(node)
        ? folded("needs no line: the new server does it so")
        : dropped(`${target} writes no line with its name and host below pages of its own`),
  ],
  [
    /^(?:startservers|minspareservers|maxspareservers|minsparethreads|maxsparethreads|threadsperchild|serverlimit|threadlimit|maxrequestsperchild|maxconnectionsperchild|maxclients|maxrequestworkers|asyncrequestworkerfactor|maxservers|maxthreads|startthreads|threadstacksize|maxmemfree|listenbacklog|listencoresbucketsratio|sendbuffersize|receivebuffersize|scoreboardfile|lockfile|acceptmutex|mutex|acceptfilter|pidfile|coredumpdirectory|enableexceptionhook|gracefulshutdowntimeout|excessrequestsperchild)$/,
    (target) => dropped(`about httpd's processes; ${target} has its own`),
  ],
  [
    /^(?:(?:multicast|broadcast|accept)stats)$/,
    (target) =>
      target === "HAProxy"
        ? folded("HAProxy hears no announcements: it asks each server by agent-check")
        : dropped(`${target} hears no announcements: its upstream names the servers, whatever they announce`),
  ],
  [
    /^backhand(?:selfredirect|connectionpools|moderatorpidfile|loglevel)$/,
    (target) => dropped(`how mod_backhand hands requests on; ${target} does it in its own way`),
  ],
  [/^unixsocketdir$/, (target) => dropped(`for the sockets of mod_backhand; ${target} has none there`)],
  [/^(?:user|group)$/, (target) => dropped(`as whom httpd runs; ${target} runs as its package says`)],
];

/** The verdict of a line that only serves others; null for all other lines. */
export function settingFate(node: ActiveNode, target: string): Verdict | null {
  const found = fates.find(([keys]) => keys.test(node.key));
  return found === undefined || node.kind !== "directive" ? null : found[1](target, node);
}
