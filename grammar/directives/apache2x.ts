import type { DirectiveTable } from "./directive-table.ts";

/**
 * httpd 2.0 and 2.2 are read from the table of 2.4 without what is younger; this file holds what that leaves out: the names
 * that only they had, the modules in which they had a name, and corrections of the years that the 2.4 manual gives (its
 * compatibility notes often date a later change of an old directive).
 * Sources: docs/manual/mod/quickreference of the 2.0.x and 2.2.x branches, and the upgrade notes of 2.2 and 2.4.
 */

/** Names that 2.4's manual dates later than they are. */
export const olderThanDated: ReadonlySet<string> = new Set(
  (
    "action allowconnect allowencodedslashes defaulttype header httpprotocoloptions <ifmodule include loglevel maxranges " +
    "mergetrailers proxypreservehost proxyremote proxyremotematch requestheader rewritemap satisfy sethandler " +
    "sslcertificatefile sslcertificatekeyfile sslcompression sslproxycacertificatefile sslproxycacertificatepath " +
    "sslproxycarevocationfile sslproxycarevocationpath sslproxycheckpeercn sslproxycheckpeerexpire sslproxyciphersuite " +
    "sslproxyengine sslproxymachinecertificatechainfile sslproxymachinecertificatefile sslproxymachinecertificatepath " +
    "sslproxyprotocol sslproxyverify sslproxyverifydepth sslsessioncachetimeout"
  ).split(" "),
);

/** Names without a date in the 2.4 manual that 2.2 does not know. */
export const youngerThanDated: ReadonlySet<string> = new Set(
  (
    "define undefine errorlogformat unclist stricthostcheck mergeslashes suexec maxrequestworkers sslocspdefaultresponder " +
    "sslocspoverrideresponder sslocspresponsetimeskew sslocspresponsemaxage sslocsprespondertimeout sslstaplingcache " +
    "sslstaplingerrorcachetimeout sslstaplingfaketrylater sslstaplingforceurl sslstaplingrespondertimeout " +
    "sslstaplingresponsemaxage sslstaplingresponsetimeskew sslstaplingreturnrespondererrors " +
    "sslstaplingstandardcachetimeout sslusestapling authldapbindauthoritative proxyerroroverridestatus"
  ).split(" "),
);

/** Modules without a date in the 2.4 manual that 2.2 does not have. */
export const youngerModules: ReadonlySet<string> = new Set([
  "mod_remoteip",
  "mod_slotmem_plain",
  "mod_slotmem_shm",
  "mod_socache_dbm",
  "mod_socache_dc",
  "mod_socache_memcache",
  "mod_socache_shmcb",
  "mod_cache_disk",
  "mod_cache_socache",
  "mod_dialup",
  "mod_unixd",
]);

/** Modules without a date in the 2.4 manual that 2.0 does not have. */
export const youngerThan20: ReadonlySet<string> = new Set(["event", "mod_imagemap", "mod_example_hooks"]);

/** Modules whose date in the 2.4 manual is that of a change. */
export const olderModules: ReadonlySet<string> = new Set(["mod_authz_host"]);

/** What 2.0 and 2.2 share and 2.4 has elsewhere, otherwise or not at all. */
const both: readonly DirectiveTable[] = [
  {
    modules: [{ name: "core", identifier: "core_module", file: "core.c", status: "core" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "AuthName TAKE1 u,AuthType TAKE1 u,Require RAW_ARGS u,Satisfy TAKE1 u",
      "AddOutputFilterByType ITERATE2 f,CGIMapExtension TAKE2 f",
      "LogLevel TAKE1 s NOT_IN_DIR_CONTEXT,KeepAlive TAKE1 s NOT_IN_DIR_CONTEXT",
    ],
  },
  {
    modules: [{ name: "mpm_common", identifier: "", file: "", status: "mpm" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "User TAKE1 s,Group TAKE1 s,AcceptMutex TAKE1 s GLOBAL_ONLY,LockFile TAKE1 s GLOBAL_ONLY",
      "MaxClients TAKE1 s GLOBAL_ONLY,MaxRequestsPerChild TAKE1 s GLOBAL_ONLY,StartThreads TAKE1 s GLOBAL_ONLY",
      "MaxThreads TAKE1 s GLOBAL_ONLY,BS2000Account TAKE1 s GLOBAL_ONLY,ChrootDir TAKE1 s GLOBAL_ONLY",
      "MaxRequestsPerThread TAKE1 s GLOBAL_ONLY,NumServers TAKE1 s GLOBAL_ONLY,Win32DisableAcceptEx NO_ARGS s GLOBAL_ONLY",
      "MaxThreadsPerChild TAKE1 s GLOBAL_ONLY,ChildPerUserID TAKE3 s,AssignUserID TAKE2 s",
      "MaxMemFree TAKE1 s GLOBAL_ONLY,ServerLimit TAKE1 s GLOBAL_ONLY",
    ],
  },
  {
    modules: [{ name: "mod_alias", identifier: "alias_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["Alias TAKE2 s,ScriptAlias TAKE2 s"],
  },
  {
    modules: [{ name: "mod_rewrite", identifier: "rewrite_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["RewriteLog TAKE1 s,RewriteLogLevel TAKE1 s,RewriteLock TAKE1 s GLOBAL_ONLY"],
  },
  {
    modules: [{ name: "mod_ssl", identifier: "ssl_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["SSLMutex TAKE1 s GLOBAL_ONLY"],
  },
  {
    modules: [{ name: "mod_status", identifier: "status_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["ExtendedStatus FLAG s GLOBAL_ONLY"],
  },
  {
    modules: [{ name: "mod_proxy", identifier: "proxy_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["AllowCONNECT ITERATE s,ProxyErrorOverride FLAG ds"],
  },
  {
    modules: [{ name: "mod_disk_cache", identifier: "disk_cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "CacheRoot TAKE1 s,CacheDirLength TAKE1 s,CacheDirLevels TAKE1 s,CacheMaxFileSize TAKE1 s,CacheMinFileSize TAKE1 s",
      "CacheSize TAKE1 s,CacheGcInterval TAKE1 s,CacheExpiryCheck FLAG s,CacheGcDaily TAKE1 s,CacheGcUnused TAKE2 s",
      "CacheGcClean TAKE2 s,CacheGcMemUsage TAKE1 s,CacheTimeMargin TAKE1 s",
    ],
  },
  {
    modules: [{ name: "mod_mem_cache", identifier: "mem_cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "MCacheSize TAKE1 s,MCacheMaxObjectCount TAKE1 s,MCacheMinObjectSize TAKE1 s,MCacheMaxObjectSize TAKE1 s",
      "MCacheRemovalAlgorithm TAKE1 s,MCacheMaxStreamingBuffer TAKE1 s",
    ],
  },
  {
    modules: [{ name: "mod_cache", identifier: "cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["CacheOn FLAG s,CacheForceCompletion TAKE1 s,CacheMaxExpire TAKE1 s,CacheDefaultExpire TAKE1 s"],
  },
  {
    modules: [{ name: "mod_ldap", identifier: "ldap_module", file: "util_ldap.c" }],
    dialects: ["2.0", "2.2"],
    directives: ["LDAPTrustedCA TAKE1 s GLOBAL_ONLY,LDAPTrustedCAType TAKE1 s GLOBAL_ONLY"],
  },
  {
    modules: [{ name: "mod_log_config", identifier: "log_config_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["CookieLog TAKE1 s"],
  },
  {
    modules: [{ name: "mod_example", identifier: "example_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["Example NO_ARGS o"],
  },
];

const only22: readonly DirectiveTable[] = [
  {
    modules: [{ name: "mod_authz_host", identifier: "authz_host_module" }],
    dialects: ["2.2"],
    directives: ["Order TAKE1 l,Allow ITERATE2 l,Deny ITERATE2 l"],
  },
  {
    modules: [{ name: "mod_authn_alias", identifier: "authn_alias_module" }],
    dialects: ["2.2"],
    directives: ["<AuthnProviderAlias RAW_ARGS s GLOBAL_ONLY"],
  },
  {
    modules: [{ name: "mod_authn_default", identifier: "authn_default_module" }],
    dialects: ["2.2"],
    directives: ["AuthDefaultAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authz_default", identifier: "authz_default_module" }],
    dialects: ["2.2"],
    directives: ["AuthzDefaultAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authz_user", identifier: "authz_user_module" }],
    dialects: ["2.2"],
    directives: ["AuthzUserAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authz_groupfile", identifier: "authz_groupfile_module" }],
    dialects: ["2.2"],
    directives: ["AuthGroupFile TAKE12 u,AuthzGroupFileAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authn_file", identifier: "authn_file_module" }],
    dialects: ["2.2"],
    directives: ["AuthUserFile TAKE12 u"],
  },
  {
    modules: [{ name: "mod_authz_owner", identifier: "authz_owner_module" }],
    dialects: ["2.2"],
    directives: ["AuthzOwnerAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authz_dbm", identifier: "authz_dbm_module" }],
    dialects: ["2.2"],
    directives: ["AuthzDBMAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_authnz_ldap", identifier: "authnz_ldap_module" }],
    dialects: ["2.2"],
    directives: ["AuthzLDAPAuthoritative FLAG u"],
  },
];

const only20: readonly DirectiveTable[] = [
  {
    modules: [{ name: "mod_access", identifier: "access_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["Order TAKE1 l,Allow ITERATE2 l,Deny ITERATE2 l"],
  },
  {
    modules: [{ name: "mod_auth", identifier: "auth_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["AuthUserFile TAKE12 u,AuthGroupFile TAKE12 u,AuthAuthoritative FLAG u"],
  },
  {
    modules: [{ name: "mod_auth_anon", identifier: "auth_anon_module" }],
    dialects: ["2.0"],
    directives: [
      "Anonymous ITERATE u,Anonymous_MustGiveEmail FLAG u,Anonymous_NoUserID FLAG u,Anonymous_VerifyEmail FLAG u",
      "Anonymous_LogEmail FLAG u,Anonymous_Authoritative FLAG u",
    ],
  },
  {
    modules: [{ name: "mod_auth_dbm", identifier: "auth_dbm_module" }],
    dialects: ["2.0"],
    directives: ["AuthDBMUserFile TAKE1 u,AuthDBMGroupFile TAKE1 u,AuthDBMAuthoritative FLAG u,AuthDBMType TAKE1 u"],
  },
  {
    modules: [{ name: "mod_auth_digest", identifier: "auth_digest_module" }],
    dialects: ["2.0"],
    directives: ["AuthDigestFile TAKE1 u,AuthDigestGroupFile TAKE1 u"],
  },
  {
    modules: [{ name: "mod_auth_ldap", identifier: "auth_ldap_module" }],
    dialects: ["2.0"],
    directives: [
      "AuthLDAPURL TAKE1 u,AuthLDAPBindDN TAKE1 u,AuthLDAPBindPassword TAKE1 u,AuthLDAPRemoteUserIsDN FLAG u",
      "AuthLDAPAuthoritative FLAG u,AuthLDAPCompareDNOnServer FLAG u,AuthLDAPGroupAttribute ITERATE u",
      "AuthLDAPGroupAttributeIsDN FLAG u,AuthLDAPDereferenceAliases TAKE1 u,AuthLDAPEnabled FLAG u",
      "AuthLDAPFrontPageHack FLAG u,AuthLDAPCharsetConfig TAKE1 s",
    ],
  },
  {
    modules: [{ name: "mod_imap", identifier: "imap_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["ImapMenu TAKE1 i,ImapDefault TAKE1 i,ImapBase TAKE1 i"],
  },
  {
    modules: [{ name: "mod_log_forensic", identifier: "log_forensic_module" }],
    dialects: ["2.0"],
    directives: ["ForensicLog TAKE1 s"],
  },
  {
    modules: [{ name: "core", identifier: "core_module", file: "core.c", status: "core" }],
    dialects: ["2.0"],
    directives: ["IdentityCheck FLAG ds"],
  },
  {
    modules: [{ name: "perchild", identifier: "mpm_perchild_module", file: "perchild.c", status: "mpm" }],
    dialects: ["2.0"],
    directives: [],
  },
];

/** The hand-written part of the tables of 2.0 and 2.2; an entry replaces one of the same name from the 2.4 table. */
export const apache2x: readonly DirectiveTable[] = [...both, ...only22, ...only20];
