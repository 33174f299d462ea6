// ../../i4/noise.ts
import { readdirSync as readdirSync2 } from "node:fs";
import { join as join3 } from "node:path";

// src/config/node-file-system.ts
import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
var nodeFileSystem = {
  readFile: (path) => readFileSync(path),
  readDirectory: (path) => readdirSync(path),
  kindOf(path) {
    try {
      const status = statSync(path);
      return status.isFile() ? "file" : status.isDirectory() ? "directory" : "other";
    } catch {
      return null;
    }
  },
  isLink(path) {
    try {
      return lstatSync(path).isSymbolicLink();
    } catch {
      return false;
    }
  }
};

// grammar/directives/apache13.ts
var modules = [
  "http_core.c|http_core.c|core_module|core|",
  "mod_example.c|mod_example.c|example_module|base|",
  "mod_auth_digest.c|mod_auth_digest.c|digest_auth_module|base|",
  "mod_backtrace.c|mod_backtrace.c|backtrace_module|base|",
  "mod_mmap_static.c|mod_mmap_static.c|mmap_static_module|base|",
  "mod_whatkilledus.c|mod_whatkilledus.c|whatkilledus_module|base|",
  "mod_proxy.c|mod_proxy.c|proxy_module|base|",
  "mod_access.c|mod_access.c|access_module|base|",
  "mod_actions.c|mod_actions.c|action_module|base|",
  "mod_alias.c|mod_alias.c|alias_module|base|",
  "mod_asis.c|mod_asis.c|asis_module|base|",
  "mod_auth.c|mod_auth.c|auth_module|base|",
  "mod_auth_anon.c|mod_auth_anon.c|anon_auth_module|base|",
  "mod_auth_db.c|mod_auth_db.c|db_auth_module|base|",
  "mod_auth_dbm.c|mod_auth_dbm.c|dbm_auth_module|base|",
  "mod_autoindex.c|mod_autoindex.c|autoindex_module|base|",
  "mod_cern_meta.c|mod_cern_meta.c|cern_meta_module|base|",
  "mod_cgi.c|mod_cgi.c|cgi_module|base|",
  "mod_digest.c|mod_digest.c|digest_module|base|",
  "mod_dir.c|mod_dir.c|dir_module|base|",
  "mod_env.c|mod_env.c|env_module|base|",
  "mod_expires.c|mod_expires.c|expires_module|base|",
  "mod_headers.c|mod_headers.c|headers_module|base|",
  "mod_imap.c|mod_imap.c|imap_module|base|",
  "mod_include.c|mod_include.c|includes_module|base|",
  "mod_info.c|mod_info.c|info_module|base|",
  "mod_log_agent.c|mod_log_agent.c|agent_log_module|base|",
  "mod_log_config.c|mod_log_config.c|config_log_module|base|",
  "mod_log_forensic.c|mod_log_forensic.c|log_forensic_module|base|",
  "mod_log_referer.c|mod_log_referer.c|referer_log_module|base|",
  "mod_mime.c|mod_mime.c|mime_module|base|",
  "mod_mime_magic.c|mod_mime_magic.c|mime_magic_module|base|",
  "mod_negotiation.c|mod_negotiation.c|negotiation_module|base|",
  "mod_rewrite.c|mod_rewrite.c|rewrite_module|base|",
  "mod_setenvif.c|mod_setenvif.c|setenvif_module|base|",
  "mod_so.c|mod_so.c|so_module|base|",
  "mod_speling.c|mod_speling.c|speling_module|base|",
  "mod_status.c|mod_status.c|status_module|base|",
  "mod_unique_id.c|mod_unique_id.c|unique_id_module|base|",
  "mod_userdir.c|mod_userdir.c|userdir_module|base|",
  "mod_usertrack.c|mod_usertrack.c|usertrack_module|base|",
  "mod_vhost_alias.c|mod_vhost_alias.c|vhost_alias_module|base|",
  "mod_log_nw.c|mod_log_nw.c|config_log_module|base|",
  "mod_nlm.c|mod_nlm.c|nlm_module|base|",
  "mod_tls.c|mod_tls.c|tls_module|base|",
  "mod_isapi.c|mod_isapi.c|isapi_module|base|"
];
var directives = [
  "AcceptFilter|http_core.c|FLAG|RSRC_CONF||sv||AcceptFilter on|off",
  "AcceptMutex|http_core.c|TAKE1|RSRC_CONF||sv||AcceptMutex uslock|pthread|sysvsem|fcntl|flock|os2sem|tpfcore|none|default",
  "AccessConfig|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||AccessConfig file-path|directory-path|wildcard-path",
  "AccessFileName|http_core.c|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||AccessFileName filename [filename] ...",
  "Action|mod_actions.c|TAKE2|OR_FILEINFO||svdh||Action action-type cgi-script",
  "AddAlt|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddAlt string file [file] ...",
  "AddAltByEncoding|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddAltByEncoding string MIME-encoding [MIME-encoding] ...",
  "AddAltByType|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddAltByType string MIME-type [MIME-type] ...",
  "AddCharset|mod_mime.c|ITERATE2|OR_FILEINFO||svdh||AddCharset charset extension [extension] ...",
  "AddDefaultCharset|http_core.c|TAKE1|OR_FILEINFO|NOT_IN_LIMIT|svdh||AddDefaultCharset On|Off|charset",
  'AddDescription|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddDescription "string" file|directory [file|directory] ...',
  "AddEncoding|mod_mime.c|ITERATE2|OR_FILEINFO||svdh||AddEncoding MIME-enc extension [extension] ...",
  "AddHandler|mod_mime.c|ITERATE2|OR_FILEINFO||svdh||AddHandler handler-name extension [extension] ...",
  "AddIcon|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddIcon icon name [name] ...",
  "AddIconByEncoding|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddIconByEncoding icon MIME-encoding [MIME-encoding] ...",
  "AddIconByType|mod_autoindex.c|ITERATE2|OR_INDEXES||svdh||AddIconByType icon MIME-type [MIME-type] ...",
  "AddLanguage|mod_mime.c|ITERATE2|OR_FILEINFO||svdh||AddLanguage MIME-lang extension [extension] ...",
  "AddModule|http_core.c|ITERATE|RSRC_CONF|GLOBAL_ONLY|s||AddModule module [module] ...",
  "AddModuleInfo|mod_info.c|TAKE2|RSRC_CONF||sv||AddModuleInfo module-name string",
  "AddType|mod_mime.c|ITERATE2|OR_FILEINFO||svdh||AddType MIME-type extension [extension] ...",
  "AgentLog|mod_log_agent.c|TAKE1|RSRC_CONF||sv||AgentLog file-pipe",
  "Alias|mod_alias.c|TAKE2|RSRC_CONF||sv||Alias URL-path file-path|directory-path",
  "AliasMatch|mod_alias.c|TAKE2|RSRC_CONF||sv||AliasMatch regex file-path|directory-path",
  "allow|mod_access.c|ITERATE2|OR_LIMIT||dh||Allow from all|host|env=env-variable [host|env=env-variable] ...",
  "AllowCONNECT|mod_proxy.c|ITERATE|RSRC_CONF||sv||AllowCONNECT port [port] ...",
  "AllowOverride|http_core.c|RAW_ARGS|ACCESS_CONF|NOT_IN_LIMIT|d||AllowOverride All|None|directive-type [directive-type] ...",
  "Anonymous|mod_auth_anon.c|ITERATE|OR_AUTHCFG||dh||Anonymous user [user] ...",
  "Anonymous_Authoritative|mod_auth_anon.c|FLAG|OR_AUTHCFG||dh||Anonymous_Authoritative on|off",
  "Anonymous_LogEmail|mod_auth_anon.c|FLAG|OR_AUTHCFG||dh||Anonymous_LogEmail on|off",
  "Anonymous_MustGiveEmail|mod_auth_anon.c|FLAG|OR_AUTHCFG||dh||Anonymous_MustGiveEmail on|off",
  "Anonymous_NoUserId|mod_auth_anon.c|FLAG|OR_AUTHCFG||dh||Anonymous_NoUserID on|off",
  "Anonymous_VerifyEmail|mod_auth_anon.c|FLAG|OR_AUTHCFG||dh||Anonymous_VerifyEmail on|off",
  "AuthAuthoritative|mod_auth.c|FLAG|OR_AUTHCFG||dh||AuthAuthoritative on|off",
  "AuthDBAuthoritative|mod_auth_db.c|FLAG|OR_AUTHCFG||dh||AuthDBAuthoritative on|off",
  "AuthDBGroupFile|mod_auth_db.c|TAKE1|OR_AUTHCFG||dh||AuthDBGroupFile file-path",
  "AuthDBMAuthoritative|mod_auth_dbm.c|FLAG|OR_AUTHCFG||dh||AuthDBMAuthoritative on|off",
  "AuthDBMGroupFile|mod_auth_dbm.c|TAKE1|OR_AUTHCFG||dh||AuthDBMGroupFile file-path",
  "AuthDBMUserFile|mod_auth_dbm.c|TAKE1|OR_AUTHCFG||dh||AuthDBMUserFile file-path",
  "AuthDBUserFile|mod_auth_db.c|TAKE1|OR_AUTHCFG||dh||AuthDBUserFile file-path",
  "AuthDigestAlgorithm|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthDigestAlgorithm MD5|MD5-sess",
  "AuthDigestDomain|mod_auth_digest.c|ITERATE|OR_AUTHCFG||dh||AuthDigestDomain URI [URI] ...",
  "AuthDigestFile|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthDigestFile file-path",
  "AuthDigestFile|mod_digest.c|TAKE12|OR_AUTHCFG||dh||AuthDigestFile file-path",
  "AuthDigestGroupFile|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthDigestGroupFile file-path",
  "AuthDigestNcCheck|mod_auth_digest.c|FLAG|OR_AUTHCFG||dh||AuthDigestNcCheck On|Off",
  "AuthDigestNonceFormat|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthDigestNonceFormat ???",
  "AuthDigestNonceLifetime|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthDigestNonceLifetime seconds",
  "AuthDigestQop|mod_auth_digest.c|ITERATE|OR_AUTHCFG||dh||AuthDigestQop none|auth|auth-int [auth|auth-int]",
  "AuthDigestRealmSeed|http_core.c|TAKE1|OR_AUTHCFG||dh||AuthDigestRealmSeed secret-real-string",
  "AuthGroupFile|mod_auth.c|TAKE12|OR_AUTHCFG||dh||AuthGroupFile file-path",
  "AuthGroupFile|mod_auth_db.c|TAKE12|OR_AUTHCFG||dh||AuthGroupFile file-path",
  "AuthGroupFile|mod_auth_dbm.c|TAKE12|OR_AUTHCFG||dh||AuthGroupFile file-path",
  "AuthName|http_core.c|TAKE1|OR_AUTHCFG||dh||AuthName auth-domain",
  "AuthName|mod_auth_digest.c|TAKE1|OR_AUTHCFG||dh||AuthName auth-domain",
  "AuthType|http_core.c|TAKE1|OR_AUTHCFG||dh||AuthType Basic|Digest",
  "AuthUserFile|mod_auth.c|TAKE12|OR_AUTHCFG||dh||AuthUserFile file-path",
  "AuthUserFile|mod_auth_db.c|TAKE12|OR_AUTHCFG||dh||AuthUserFile file-path",
  "AuthUserFile|mod_auth_dbm.c|TAKE12|OR_AUTHCFG||dh||AuthUserFile file-path",
  "BacktraceLog|mod_backtrace.c|TAKE1|RSRC_CONF||sv||",
  "BindAddress|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||BindAddress *|IP-address|domain-name",
  "BrowserMatch|mod_setenvif.c|RAW_ARGS|OR_FILEINFO||svdh||BrowserMatch regex attr1 attr2...",
  "BrowserMatchNoCase|mod_setenvif.c|RAW_ARGS|OR_FILEINFO||svdh||BrowserMatchNoCase regex attr1 attr2...",
  "BS2000Account|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||BS2000Account account",
  "CacheDefaultExpire|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheDefaultExpire hours",
  "CacheDirLength|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheDirLength length",
  "CacheDirLevels|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheDirLevels levels",
  "CacheForceCompletion|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheForceCompletion percentage",
  "CacheGcInterval|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheGcInterval hours",
  "CacheLastModifiedFactor|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheLastModifiedFactor factor",
  "CacheMaxExpire|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheMaxExpire hours",
  "CacheNegotiatedDocs|mod_negotiation.c|NO_ARGS|RSRC_CONF||sv||CacheNegotiatedDocs",
  "CacheRoot|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheRoot directory",
  "CacheSize|mod_proxy.c|TAKE1|RSRC_CONF||sv||CacheSize kilobytes",
  "CGICommandArgs|http_core.c|FLAG|OR_OPTIONS||svdh||CGICommandArgs On|Off",
  "CheckSpelling|mod_speling.c|FLAG|OR_OPTIONS||svdh||CheckSpelling on|off",
  "ClearModuleList|http_core.c|NO_ARGS|RSRC_CONF|GLOBAL_ONLY|s||ClearModuleList",
  "ContentDigest|http_core.c|FLAG|OR_OPTIONS|NOT_IN_LIMIT|svdh||ContentDigest on|off",
  "CookieDomain|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||",
  "CookieExpires|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||CookieExpires expiry-period",
  "CookieFormat|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||CookieFormat Normal | Compact",
  "CookieLog|mod_log_config.c|TAKE1|RSRC_CONF||sv||CookieLog filename",
  "CookieName|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||CookieName token",
  'CookiePrefix|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||CookiePrefix "string"',
  "CookieStyle|mod_usertrack.c|TAKE1|OR_FILEINFO||svdh||",
  "CookieTracking|mod_usertrack.c|FLAG|OR_FILEINFO||svdh||CookieTracking on|off",
  "CoreDumpDirectory|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||CoreDumpDirectory directory-path",
  "CustomLog|mod_log_config.c|TAKE23|RSRC_CONF||sv||CustomLog file|pipe format|nickname [env=[!]environment-variable]",
  "DefaultIcon|mod_autoindex.c|TAKE1|OR_INDEXES||svdh||DefaultIcon url",
  "DefaultLanguage|mod_mime.c|TAKE1|OR_FILEINFO||svdh||DefaultLanguage MIME-lang",
  "DefaultType|http_core.c|TAKE1|OR_FILEINFO||svdh||DefaultType MIME-type",
  "deny|mod_access.c|ITERATE2|OR_LIMIT||dh||Deny from all|host|env=env-variable [host|env=env-variable] ...",
  "<Directory|http_core.c|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||<Directory directory-path|proxy:url-path> ... </Directory>",
  "DirectoryIndex|mod_dir.c|ITERATE|OR_INDEXES||svdh||DirectoryIndex local-url [local-url] ...",
  "<DirectoryMatch|http_core.c|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||<DirectoryMatch regex> ... </DirectoryMatch>",
  "DocumentRoot|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||DocumentRoot directory-path",
  "EBCDICConvert|http_core.c|ITERATE2|OR_FILEINFO||svdh||EBCDICConvert On|Off[=direction] extension [extension] ...",
  "EBCDICConvertByType|http_core.c|ITERATE2|OR_FILEINFO||svdh||EBCDICConvertByType On|Off[=direction] mimetype [mimetype] ...",
  "EBCDICDebugHeader|http_core.c|FLAG|OR_FILEINFO||svdh||",
  "EBCDICKludge|http_core.c|FLAG|OR_FILEINFO||svdh||EBCDICKludge On|Off",
  "EnableExceptionHook|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||EnableExceptionHook on|off",
  "ErrorDocument|http_core.c|RAW_ARGS|OR_FILEINFO|NOT_IN_LIMIT|svdh||ErrorDocument error-code document",
  "ErrorHeader|mod_headers.c|TAKE23|OR_FILEINFO||svdh||ErrorHeader unset header",
  "ErrorLog|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||ErrorLog file-path|syslog[:facility]",
  "Example|mod_example.c|NO_ARGS|OR_OPTIONS||svdh||Example",
  "ExcessRequestsPerChild|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||",
  "ExpiresActive|mod_expires.c|FLAG|OR_INDEXES||svdh||ExpiresActive on|off",
  "ExpiresBytype|mod_expires.c|TAKE2|OR_INDEXES||svdh||ExpiresByType mime-type <code>seconds",
  "ExpiresDefault|mod_expires.c|TAKE1|OR_INDEXES||svdh||ExpiresDefault <code>seconds",
  "ExtendedStatus|mod_status.c|FLAG|RSRC_CONF|GLOBAL_ONLY|s||ExtendedStatus On|Off",
  "FancyIndexing|mod_autoindex.c|FLAG|OR_INDEXES||svdh||FancyIndexing on|off",
  "FileETag|http_core.c|RAW_ARGS|OR_FILEINFO||svdh||FileETag component ...",
  "<Files|http_core.c|RAW_ARGS|OR_ALL|NOT_IN_LIMIT+NOT_IN_LOCATION|svdh||<Files filename> ... </Files>",
  "<FilesMatch|http_core.c|RAW_ARGS|OR_ALL|NOT_IN_LIMIT+NOT_IN_LOCATION|svdh||<FilesMatch regex> ... </FilesMatch>",
  "ForceType|mod_mime.c|TAKE1|OR_FILEINFO||svdh||ForceType media-type|None",
  "ForensicLog|mod_log_forensic.c|TAKE1|RSRC_CONF||sv||ForensicLog filename|pipe",
  "GprofDir|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||",
  "Group|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||Group unix-group",
  "Header|mod_headers.c|TAKE23|OR_FILEINFO||svdh||Header unset header",
  "HeaderName|mod_autoindex.c|TAKE1|OR_INDEXES||svdh||HeaderName filename",
  "HostnameLookups|http_core.c|TAKE1|ACCESS_CONF+RSRC_CONF|NOT_IN_LIMIT|svd||HostnameLookups on|off|double",
  "IdentityCheck|http_core.c|FLAG|ACCESS_CONF+RSRC_CONF|NOT_IN_LIMIT|svd||IdentityCheck on|off",
  "<IfDefine|http_core.c|TAKE1|OR_ALL||svdh||<IfDefine [!]parameter-name> ... </IfDefine>",
  "<IfModule|http_core.c|TAKE1|OR_ALL||svdh||<IfModule [!]module-name> ... </IfModule>",
  "ImapBase|mod_imap.c|TAKE1|OR_INDEXES||svdh||ImapBase map|referer|URL",
  "ImapDefault|mod_imap.c|TAKE1|OR_INDEXES||svdh||ImapDefault error|nocontent|map|referer|URL",
  "ImapMenu|mod_imap.c|TAKE1|OR_INDEXES||svdh||ImapMenu none|formatted|semiformatted|unformatted",
  "Include|http_core.c|TAKE1|ACCESS_CONF+RSRC_CONF||svd||Include file-path|directory-path|wildcard-path",
  "IndexIgnore|mod_autoindex.c|ITERATE|OR_INDEXES||svdh||IndexIgnore file [file] ...",
  "IndexOptions|mod_autoindex.c|RAW_ARGS|OR_INDEXES||svdh||IndexOptions [+|-]option [[+|-]option] ... (Apache 1.3.3 and later)",
  "IndexOrderDefault|mod_autoindex.c|TAKE2|OR_INDEXES||svdh||IndexOrderDefault Ascending|Descending Name|Date|Size|Description",
  "KeepAlive|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||KeepAlive on|off",
  "KeepAliveTimeout|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||KeepAliveTimeout seconds",
  "LanguagePriority|mod_negotiation.c|ITERATE|OR_FILEINFO||svdh||LanguagePriority MIME-lang [MIME-lang] ...",
  "<Limit|http_core.c|RAW_ARGS|OR_ALL|NOT_IN_LIMIT|svdh||<Limit method [method] ... > ... </Limit>",
  "<LimitExcept|http_core.c|RAW_ARGS|OR_ALL|NOT_IN_LIMIT|svdh||<LimitExcept method [method] ... > ... </LimitExcept>",
  "LimitInternalRecursion|http_core.c|TAKE12|RSRC_CONF||sv||LimitInternalRecursion number [number]",
  "LimitRequestBody|http_core.c|TAKE1|OR_ALL|NOT_IN_LIMIT|svdh||LimitRequestBody bytes",
  "LimitRequestFields|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||LimitRequestFields number",
  "LimitRequestFieldsize|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||LimitRequestFieldsize bytes",
  "LimitRequestLine|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||LimitRequestLine bytes",
  "Listen|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||Listen [IP-address:]port",
  "ListenBacklog|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ListenBacklog backlog",
  "LoadFile|mod_so.c|ITERATE|RSRC_CONF|GLOBAL_ONLY|s||LoadFile filename filename ...",
  "LoadModule|mod_so.c|TAKE2|RSRC_CONF|GLOBAL_ONLY|s||LoadModule module filename",
  "<Location|http_core.c|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||<Location URL-path|URL> ... </Location>",
  "<LocationMatch|http_core.c|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||<LocationMatch regex> ... </LocationMatch>",
  "LockFile|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LockFile file-path",
  "LogFormat|mod_log_config.c|TAKE12|RSRC_CONF||sv||LogFormat format|nickname [nickname]",
  "LogLevel|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||LogLevel level",
  "MaxClients|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxClients number",
  "MaxKeepAliveRequests|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||MaxKeepAliveRequests number",
  "MaxRequestsPerChild|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxRequestsPerChild number",
  "MaxServers|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||",
  "MaxSpareServers|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxSpareServers number",
  "MetaDir|mod_cern_meta.c|TAKE1|OR_INDEXES||svdh||MetaDir directory",
  "MetaFiles|mod_cern_meta.c|FLAG|OR_INDEXES||svdh||MetaFiles on|off",
  "MetaSuffix|mod_cern_meta.c|TAKE1|OR_INDEXES||svdh||MetaSuffix suffix",
  "MimeMagicFile|mod_mime_magic.c|TAKE1|RSRC_CONF||sv||MimeMagicFile file-path",
  "MinSpareServers|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MinSpareServers number",
  "mmapfile|mod_mmap_static.c|ITERATE|RSRC_CONF||sv||MMapFile filename [filename] ...",
  "NameVirtualHost|http_core.c|TAKE1|RSRC_CONF||sv||NameVirtualHost addr[:port]",
  "NoCache|mod_proxy.c|ITERATE|RSRC_CONF||sv||NoCache *|word|host|domain [word|host|domain] ...",
  "NoProxy|mod_proxy.c|ITERATE|RSRC_CONF||sv||NoProxy Domain|SubNet|IpAddr|Hostname [Domain|SubNet|IpAddr|Hostname] ...",
  "Options|http_core.c|RAW_ARGS|OR_OPTIONS||svdh||Options [+|-]option [[+|-]option] ...",
  "order|mod_access.c|TAKE1|OR_LIMIT||dh||Order ordering",
  "PassEnv|mod_env.c|RAW_ARGS|OR_FILEINFO||svdh||PassEnv env-variable [env-variable] ...",
  "PidFile|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||PidFile file-path",
  "Port|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||Port number",
  "ProtocolReqCheck|http_core.c|FLAG|RSRC_CONF|GLOBAL_ONLY|s||ProtocolReqCheck on|off",
  "ProxyBlock|mod_proxy.c|ITERATE|RSRC_CONF||sv||ProxyBlock *|word|host|domain [word|host|domain] ...",
  "ProxyDomain|mod_proxy.c|TAKE1|RSRC_CONF||sv||ProxyDomain Domain",
  "ProxyIOBufferSize|mod_proxy.c|TAKE1|RSRC_CONF||sv||ProxyIOBufferSize bytes",
  "ProxyPass|mod_proxy.c|TAKE2|RSRC_CONF||sv||ProxyPass path url",
  "ProxyPassReverse|mod_proxy.c|TAKE2|RSRC_CONF||sv||ProxyPassReverse path url",
  "ProxyReceiveBufferSize|mod_proxy.c|TAKE1|RSRC_CONF||sv||ProxyReceiveBufferSize bytes",
  "ProxyRemote|mod_proxy.c|TAKE2|RSRC_CONF||sv||ProxyRemote match remote-server",
  "ProxyRequests|mod_proxy.c|FLAG|RSRC_CONF||sv||ProxyRequests on|off",
  "ProxyVia|mod_proxy.c|TAKE1|RSRC_CONF||sv||ProxyVia on|off|full|block",
  "ReadmeName|mod_autoindex.c|TAKE1|OR_INDEXES||svdh||ReadmeName filename",
  "Redirect|mod_alias.c|TAKE23|OR_FILEINFO||svdh||Redirect [status] URL-path URL",
  "RedirectMatch|mod_alias.c|TAKE23|OR_FILEINFO||svdh||RedirectMatch [status] regex URL",
  "RedirectPermanent|mod_alias.c|TAKE2|OR_FILEINFO||svdh||RedirectPermanent URL-path URL",
  "RedirectTemp|mod_alias.c|TAKE2|OR_FILEINFO||svdh||RedirectTemp URL-path URL",
  "RefererIgnore|mod_log_referer.c|ITERATE|RSRC_CONF||sv||RefererIgnore string [string] ...",
  "RefererLog|mod_log_referer.c|TAKE1|RSRC_CONF||sv||RefererLog file-pipe",
  "RemoveEncoding|mod_mime.c|ITERATE|OR_FILEINFO||svdh||RemoveEncoding extension [extension] ...",
  "RemoveHandler|mod_mime.c|ITERATE|OR_FILEINFO||svdh||RemoveHandler extension [extension] ...",
  "RemoveType|mod_mime.c|ITERATE|OR_FILEINFO||svdh||RemoveType extension [extension] ...",
  "Require|http_core.c|RAW_ARGS|OR_AUTHCFG||dh||Require entity-name [entity-name] ...",
  "ResourceConfig|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||ResourceConfig file-path|directory-path|wildcard-path",
  "RewriteBase|mod_rewrite.c|TAKE1|OR_FILEINFO||svdh||RewriteBase URL-path",
  "RewriteCond|mod_rewrite.c|RAW_ARGS|OR_FILEINFO||svdh||RewriteCond TestString CondPattern",
  "RewriteEngine|mod_rewrite.c|FLAG|OR_FILEINFO||svdh||RewriteEngine on|off",
  "RewriteLock|mod_rewrite.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||RewriteLock file-path",
  "RewriteLog|mod_rewrite.c|TAKE1|RSRC_CONF||sv||RewriteLog file-path",
  "RewriteLogLevel|mod_rewrite.c|TAKE1|RSRC_CONF||sv||RewriteLogLevel Level",
  "RewriteMap|mod_rewrite.c|TAKE2|RSRC_CONF||sv||RewriteMap MapName MapType:MapSource",
  "RewriteOptions|mod_rewrite.c|ITERATE|OR_FILEINFO||svdh||RewriteOptions Option",
  "RewriteRule|mod_rewrite.c|RAW_ARGS|OR_FILEINFO||svdh||RewriteRule Pattern Substitution",
  "RLimitCPU|http_core.c|TAKE12|OR_ALL||svdh||RLimitCPU number|max [number|max]",
  "RLimitMEM|http_core.c|TAKE12|OR_ALL||svdh||RLimitMEM number|max [number|max]",
  "RLimitNPROC|http_core.c|TAKE12|OR_ALL||svdh||RLimitNPROC number|max [number|max]",
  "Satisfy|http_core.c|TAKE1|OR_AUTHCFG||dh||Satisfy any|all",
  "ScoreBoardFile|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ScoreBoardFile file-path",
  "Script|mod_actions.c|TAKE2|ACCESS_CONF+RSRC_CONF||svd||Script method cgi-script",
  "ScriptAlias|mod_alias.c|TAKE2|RSRC_CONF||sv||ScriptAlias URL-path file-path|directory-path",
  "ScriptAliasMatch|mod_alias.c|TAKE2|RSRC_CONF||sv||ScriptAliasMatch regex file-path|directory-path",
  "ScriptInterpreterSource|http_core.c|TAKE1|OR_FILEINFO||svdh||ScriptInterpreterSource registry|script",
  "ScriptLog|mod_cgi.c|TAKE1|RSRC_CONF||sv||ScriptLog filename",
  "ScriptLogBuffer|mod_cgi.c|TAKE1|RSRC_CONF||sv||ScriptLogBuffer bytes",
  "ScriptLogLength|mod_cgi.c|TAKE1|RSRC_CONF||sv||ScriptLogLength bytes",
  "SendBufferSize|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SendBufferSize bytes",
  "ServerAdmin|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||ServerAdmin email-address",
  "ServerAlias|http_core.c|RAW_ARGS|RSRC_CONF||sv||ServerAlias hostname [hostname] ...",
  "ServerName|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||ServerName fully-qualified-domain-name",
  "ServerPath|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||ServerPath directory-path",
  "ServerRoot|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ServerRoot directory-path",
  "ServerSignature|http_core.c|TAKE1|OR_ALL|NOT_IN_LIMIT|svdh||ServerSignature On|Off|EMail",
  "ServersSafetyLimit|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||",
  "ServerTokens|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ServerTokens Minimal|ProductOnly|OS|Full",
  "ServerType|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ServerType type",
  "SetEnv|mod_env.c|RAW_ARGS|OR_FILEINFO||svdh||SetEnv env-variable value",
  "SetEnvIf|mod_setenvif.c|RAW_ARGS|OR_FILEINFO||svdh||SetEnvIf attribute regex env-variable[=value] [env-variable[=value]] ...",
  "SetEnvIfNoCase|mod_setenvif.c|RAW_ARGS|OR_FILEINFO||svdh||SetEnvIfNoCase attribute regex env-variable[=value] [env-variable[=value]] ...",
  "SetHandler|mod_mime.c|TAKE1|OR_FILEINFO||svdh||SetHandler handler-name|None",
  "ShmemUIDisUser|http_core.c|FLAG|RSRC_CONF|GLOBAL_ONLY|s||ShmemUIDisUser on|off",
  "StartServers|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||StartServers number",
  "ThreadsPerChild|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ThreadsPerChild number",
  "ThreadStackSize|http_core.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ThreadStackSize number",
  "Timeout|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||TimeOut number",
  "TraceEnable|http_core.c|TAKE1|RSRC_CONF||sv||TraceEnable [on|off|extended]",
  "TransferLog|mod_log_config.c|TAKE1|RSRC_CONF||sv||TransferLog file-pipe",
  "TypesConfig|mod_mime.c|TAKE1|RSRC_CONF||sv||TypesConfig file-path",
  "UnsetEnv|mod_env.c|RAW_ARGS|OR_FILEINFO||svdh||UnsetEnv env-variable [env-variable] ...",
  "UseCanonicalName|http_core.c|TAKE1|ACCESS_CONF+RSRC_CONF|NOT_IN_LIMIT|svd||UseCanonicalName on|off|dns",
  "User|http_core.c|TAKE1|RSRC_CONF|NOT_IN_DIR_LOC_FILE+NOT_IN_LIMIT|sv||User unix-userid",
  "UserDir|mod_userdir.c|RAW_ARGS|RSRC_CONF||sv||UserDir directory-filename",
  "VirtualDocumentRoot|mod_vhost_alias.c|TAKE1|RSRC_CONF||sv||VirtualDocumentRoot interpolated-directory",
  "VirtualDocumentRootIP|mod_vhost_alias.c|TAKE1|RSRC_CONF||sv||VirtualDocumentRootIP interpolated-directory",
  "<VirtualHost|http_core.c|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s||<VirtualHost addr[:port] [addr[:port]] ...> ... </VirtualHost>",
  "VirtualScriptAlias|mod_vhost_alias.c|TAKE1|RSRC_CONF||sv||VirtualScriptAlias interpolated-directory",
  "VirtualScriptAliasIP|mod_vhost_alias.c|TAKE1|RSRC_CONF||sv||VirtualScriptAliasIP interpolated-directory",
  "WhatKilledUsLog|mod_whatkilledus.c|TAKE1|RSRC_CONF||sv||",
  "XBitHack|mod_include.c|TAKE1|OR_OPTIONS||svdh||XBitHack on|off|full",
  "CookieLog|mod_log_nw.c|TAKE1|RSRC_CONF||sv||CookieLog filename",
  "CustomLog|mod_log_nw.c|TAKE23|RSRC_CONF||sv||CustomLog file|pipe format|nickname [env=[!]environment-variable]",
  "ISAPIAppendLogToErrors|mod_isapi.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ISAPIAppendLogToErrors on|off",
  "ISAPIAppendLogToQuery|mod_isapi.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ISAPIAppendLogToQuery on|off",
  "ISAPILogNotSupported|mod_isapi.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ISAPILogNotSupported on|off",
  "ISAPIReadAheadBuffer|mod_isapi.c|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ISAPIReadAheadBuffer size",
  "LoadFile|mod_nlm.c|ITERATE|RSRC_CONF||sv||LoadFile filename filename ...",
  "LoadModule|mod_nlm.c|TAKE2|RSRC_CONF||sv||LoadModule module filename",
  "LogFormat|mod_log_nw.c|TAKE12|RSRC_CONF||sv||LogFormat format|nickname [nickname]",
  "LogRotateDaily|mod_log_nw.c|FLAG|RSRC_CONF||sv||",
  "LogRotateInterval|mod_log_nw.c|TAKE1|RSRC_CONF||sv||",
  "SecureListen|mod_tls.c|TAKE23|RSRC_CONF|GLOBAL_ONLY|s||",
  "TransferLog|mod_log_nw.c|TAKE1|RSRC_CONF||sv||TransferLog file-pipe"
];

// grammar/directives/apache24.ts
var modules2 = [
  "core|core.c|core_module|core|",
  "http_core|http_core.c|http_module|core|",
  "event|event.c|mpm_event_module|mpm|",
  "mod_access_compat|mod_access_compat.c|access_compat_module|extension|2.3",
  "mod_actions|mod_actions.c|actions_module|base|",
  "mod_alias|mod_alias.c|alias_module|base|",
  "mod_allowmethods|mod_allowmethods.c|allowmethods_module|experimental|2.3",
  "mod_asis|mod_asis.c|asis_module|base|",
  "mod_auth_basic|mod_auth_basic.c|auth_basic_module|base|2.1",
  "mod_auth_digest|mod_auth_digest.c|auth_digest_module|extension|",
  "mod_auth_form|mod_auth_form.c|auth_form_module|base|2.3",
  "mod_authn_anon|mod_authn_anon.c|authn_anon_module|extension|2.1",
  "mod_authn_core|mod_authn_core.c|authn_core_module|base|2.3",
  "mod_authn_dbd|mod_authn_dbd.c|authn_dbd_module|extension|2.1",
  "mod_authn_dbm|mod_authn_dbm.c|authn_dbm_module|extension|2.1",
  "mod_authn_file|mod_authn_file.c|authn_file_module|base|2.1",
  "mod_authn_socache|mod_authn_socache.c|authn_socache_module|base|2.3",
  "mod_authnz_fcgi|mod_authnz_fcgi.c|authnz_fcgi_module|extension|2.4.10",
  "mod_authnz_ldap|mod_authnz_ldap.c|authnz_ldap_module|extension|2.1",
  "mod_authz_core|mod_authz_core.c|authz_core_module|base|2.3",
  "mod_authz_dbd|mod_authz_dbd.c|authz_dbd_module|extension|2.4",
  "mod_authz_dbm|mod_authz_dbm.c|authz_dbm_module|extension|2.1",
  "mod_authz_groupfile|mod_authz_groupfile.c|authz_groupfile_module|base|2.1",
  "mod_authz_host|mod_authz_host.c|authz_host_module|base|2.4.19",
  "mod_authz_owner|mod_authz_owner.c|authz_owner_module|extension|2.1",
  "mod_authz_user|mod_authz_user.c|authz_user_module|base|2.1",
  "mod_autoindex|mod_autoindex.c|autoindex_module|base|",
  "mod_brotli|mod_brotli.c|brotli_module|extension|2.4.26",
  "mod_buffer|mod_buffer.c|buffer_module|extension|2.3",
  "mod_cache|mod_cache.c|cache_module|extension|",
  "mod_cache_disk|mod_cache_disk.c|cache_disk_module|extension|",
  "mod_cache_socache|mod_cache_socache.c|cache_socache_module|extension|",
  "mod_cern_meta|mod_cern_meta.c|cern_meta_module|extension|",
  "mod_cgi|mod_cgi.c|cgi_module|base|",
  "mod_cgid|mod_cgid.c|cgid_module|base|",
  "mod_charset_lite|mod_charset_lite.c|charset_lite_module|extension|",
  "mod_data|mod_data.c|data_module|extension|2.3",
  "mod_dav|mod_dav.c|dav_module|extension|",
  "mod_dav_fs|mod_dav_fs.c|dav_fs_module|extension|",
  "mod_dav_lock|mod_dav_lock.c|dav_lock_module|extension|2.1",
  "mod_dbd|mod_dbd.c|dbd_module|extension|2.1",
  "mod_deflate|mod_deflate.c|deflate_module|extension|",
  "mod_dialup|mod_dialup.c|dialup_module|experimental|",
  "mod_dir|mod_dir.c|dir_module|base|",
  "mod_dumpio|mod_dumpio.c|dumpio_module|extension|",
  "mod_echo|mod_echo.c|echo_module|experimental|",
  "mod_env|mod_env.c|env_module|base|",
  "mod_example_hooks|mod_example_hooks.c|example_hooks_module|experimental|",
  "mod_expires|mod_expires.c|expires_module|extension|",
  "mod_ext_filter|mod_ext_filter.c|ext_filter_module|extension|",
  "mod_file_cache|mod_file_cache.c|file_cache_module|experimental|",
  "mod_filter|mod_filter.c|filter_module|base|2.1",
  "mod_headers|mod_headers.c|headers_module|extension|",
  "mod_heartbeat|mod_heartbeat.c|heartbeat_module|experimental|2.3",
  "mod_heartmonitor|mod_heartmonitor.c|heartmonitor_module|experimental|2.3",
  "mod_http2|mod_http2.c|http2_module|extension|2.4.17",
  "mod_ident|mod_ident.c|ident_module|extension|2.1",
  "mod_imagemap|mod_imagemap.c|imagemap_module|base|",
  "mod_include|mod_include.c|include_module|base|",
  "mod_info|mod_info.c|info_module|extension|",
  "mod_isapi|mod_isapi.c|isapi_module|base|",
  "mod_lbmethod_bybusyness|mod_lbmethod_bybusyness.c|lbmethod_bybusyness_module|extension|2.3",
  "mod_lbmethod_byrequests|mod_lbmethod_byrequests.c|lbmethod_byrequests_module|extension|2.3",
  "mod_lbmethod_bytraffic|mod_lbmethod_bytraffic.c|lbmethod_bytraffic_module|extension|2.3",
  "mod_lbmethod_heartbeat|mod_lbmethod_heartbeat.c|lbmethod_heartbeat_module|experimental|2.3",
  "mod_ldap|util_ldap.c|ldap_module|extension|",
  "mod_log_config|mod_log_config.c|log_config_module|base|",
  "mod_log_debug|mod_log_debug.c|log_debug_module|experimental|2.3.14",
  "mod_log_forensic|mod_log_forensic.c|log_forensic_module|extension|2.1",
  "mod_logio|mod_logio.c|logio_module|extension|",
  "mod_lua|mod_lua.c|lua_module|extension|2.3",
  "mod_macro|mod_macro.c|macro_module|base|2.4.5",
  "mod_md|mod_md.c|md_module|experimental|2.4.30",
  "mod_mime|mod_mime.c|mime_module|base|",
  "mod_mime_magic|mod_mime_magic.c|mime_magic_module|extension|",
  "mod_negotiation|mod_negotiation.c|negotiation_module|base|",
  "mod_nw_ssl|mod_nw_ssl.c|nwssl_module|base|",
  "mod_privileges|mod_privileges.c|privileges_module|experimental|2.3",
  "mod_proxy|mod_proxy.c|proxy_module|extension|",
  "mod_proxy_ajp|mod_proxy_ajp.c|proxy_ajp_module|extension|2.1",
  "mod_proxy_balancer|mod_proxy_balancer.c|proxy_balancer_module|extension|2.1",
  "mod_proxy_connect|mod_proxy_connect.c|proxy_connect_module|extension|",
  "mod_proxy_express|mod_proxy_express.c|proxy_express_module|extension|2.3.13",
  "mod_proxy_fcgi|mod_proxy_fcgi.c|proxy_fcgi_module|extension|2.3",
  "mod_proxy_fdpass|mod_proxy_fdpass.c|proxy_fdpass_module|extension|2.3",
  "mod_proxy_ftp|mod_proxy_ftp.c|proxy_ftp_module|extension|",
  "mod_proxy_hcheck|mod_proxy_hcheck.c|proxy_hcheck_module|extension|2.4.21",
  "mod_proxy_html|mod_proxy_html.c|proxy_html_module|base|2.4",
  "mod_proxy_http|mod_proxy_http.c|proxy_http_module|extension|",
  "mod_proxy_http2|mod_proxy_http2.c|proxy_http2_module|extension|2.4.19",
  "mod_proxy_scgi|mod_proxy_scgi.c|proxy_scgi_module|extension|2.2.14",
  "mod_proxy_uwsgi|mod_proxy_uwsgi.c|proxy_uwsgi_module|extension|2.4.30",
  "mod_proxy_wstunnel|mod_proxy_wstunnel.c|proxy_wstunnel_module|extension|2.4.5",
  "mod_ratelimit|mod_ratelimit.c|ratelimit_module|extension|2.4.24",
  "mod_reflector|mod_reflector.c|reflector_module|base|2.3",
  "mod_remoteip|mod_remoteip.c|remoteip_module|base|",
  "mod_reqtimeout|mod_reqtimeout.c|reqtimeout_module|extension|2.2.15",
  "mod_request|mod_request.c|request_module|base|2.3",
  "mod_rewrite|mod_rewrite.c|rewrite_module|extension|",
  "mod_sed|mod_sed.c|sed_module|experimental|2.3",
  "mod_session|mod_session.c|session_module|extension|2.3",
  "mod_session_cookie|mod_session_cookie.c|session_cookie_module|extension|2.3",
  "mod_session_crypto|mod_session_crypto.c|session_crypto_module|experimental|2.3",
  "mod_session_dbd|mod_session_dbd.c|session_dbd_module|extension|2.3",
  "mod_setenvif|mod_setenvif.c|setenvif_module|base|",
  "mod_slotmem_plain|mod_slotmem_plain.c|slotmem_plain_module|extension|",
  "mod_slotmem_shm|mod_slotmem_shm.c|slotmem_shm_module|extension|",
  "mod_so|mod_so.c|so_module|extension|",
  "mod_socache_dbm|mod_socache_dbm.c|socache_dbm_module|extension|",
  "mod_socache_dc|mod_socache_dc.c|socache_dc_module|extension|",
  "mod_socache_memcache|mod_socache_memcache.c|socache_memcache_module|extension|",
  "mod_socache_redis|mod_socache_redis.c|socache_redis_module|extension|2.4.39",
  "mod_socache_shmcb|mod_socache_shmcb.c|socache_shmcb_module|extension|",
  "mod_speling|mod_speling.c|speling_module|extension|",
  "mod_ssl|mod_ssl.c|ssl_module|extension|",
  "mod_status|mod_status.c|status_module|base|",
  "mod_substitute|mod_substitute.c|substitute_module|extension|2.2.7",
  "mod_suexec|mod_suexec.c|suexec_module|extension|",
  "mod_systemd|mod_systemd.c|systemd_module|extension|2.4.42",
  "mod_unique_id|mod_unique_id.c|unique_id_module|extension|",
  "mod_unixd|mod_unixd.c|unixd_module|base|",
  "mod_userdir|mod_userdir.c|userdir_module|base|",
  "mod_usertrack|mod_usertrack.c|usertrack_module|extension|",
  "mod_version|mod_version.c|version_module|extension|",
  "mod_vhost_alias|mod_vhost_alias.c|vhost_alias_module|extension|",
  "mod_watchdog|mod_watchdog.c|watchdog_module|base|2.3",
  "mod_xml2enc|mod_xml2enc.c|xml2enc_module|base|2.4",
  "mpm_common|||mpm|",
  "mpm_netware|mpm_netware.c|mpm_netware_module|mpm|",
  "mpm_winnt|mpm_winnt.c|mpm_winnt_module|mpm|",
  "mpmt_os2|mpmt_os2.c|mpm_mpmt_os2_module|mpm|",
  "prefork|prefork.c|mpm_prefork_module|mpm|",
  "worker|worker.c|mpm_worker_module|mpm|"
];
var directives2 = [
  "AcceptFilter|core|TAKE2|RSRC_CONF|GLOBAL_ONLY|s||AcceptFilter protocol accept_filter",
  "AcceptPathInfo|core|TAKE1|OR_FILEINFO||svdh||AcceptPathInfo On|Off|Default",
  "AccessFileName|core|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||AccessFileName filename [filename] ...",
  "Action|mod_actions|TAKE23|OR_FILEINFO||svdh|2.1|Action action-type cgi-script [virtual]",
  "AddAlt|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddAlt string file [file] ...",
  "AddAltByEncoding|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddAltByEncoding string MIME-encoding [MIME-encoding] ...",
  "AddAltByType|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddAltByType string MIME-type [MIME-type] ...",
  "AddCharset|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddCharset charset extension [extension] ...",
  "AddDefaultCharset|core|TAKE1|OR_FILEINFO||svdh||AddDefaultCharset On|Off|charset",
  "AddDescription|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddDescription string file [file] ...",
  "AddEncoding|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddEncoding encoding extension [extension] ...",
  "AddHandler|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddHandler handler-name extension [extension] ...",
  "AddIcon|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddIcon icon name [name] ...",
  "AddIconByEncoding|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddIconByEncoding icon MIME-encoding [MIME-encoding] ...",
  "AddIconByType|mod_autoindex|ITERATE2|OR_INDEXES||svdh||AddIconByType icon MIME-type [MIME-type] ...",
  "AddInputFilter|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddInputFilter filter[;filter...] extension [extension] ...",
  "AddLanguage|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddLanguage language-tag extension [extension] ...",
  "AddModuleInfo|mod_info|TAKE2|RSRC_CONF||sv||AddModuleInfo module-name string",
  "AddOutputFilter|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddOutputFilter filter[;filter...] extension [extension] ...",
  "AddOutputFilterByType|mod_filter|ITERATE2|OR_FILEINFO||svdh||AddOutputFilterByType filter[;filter...] media-type [media-type] ...",
  "AddType|mod_mime|ITERATE2|OR_FILEINFO||svdh||AddType media-type extension [extension] ...",
  "Alias|mod_alias|TAKE12|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES|svd||Alias [URL-path] file-path|directory-path",
  "AliasMatch|mod_alias|TAKE2|RSRC_CONF||sv||AliasMatch regex file-path|directory-path",
  "AliasPreservePath|mod_alias|FLAG|OR_FILEINFO||svd|2.4.58|AliasPreservePath OFF|ON",
  "Allow|mod_access_compat|ITERATE2|OR_LIMIT||dh||Allow from all|host|env=[!]env-variable [host|env=[!]env-variable] ...",
  "AllowCONNECT|mod_proxy_connect|ITERATE|RSRC_CONF||sv|2.3.7|AllowCONNECT port[-port] [port[-port]] ...",
  "AllowEncodedSlashes|core|TAKE1|RSRC_CONF||sv|2.3.12|AllowEncodedSlashes On|Off|NoDecode",
  "AllowMethods|mod_allowmethods|TAKE_ARGV|ACCESS_CONF||d||AllowMethods reset|HTTP-method [HTTP-method]...",
  "AllowOverride|core|RAW_ARGS|ACCESS_CONF|NOT_IN_FILES+NOT_IN_LOCATION|d||AllowOverride All|None|directive-type [directive-type] ...",
  "AllowOverrideList|core|TAKE_ARGV|ACCESS_CONF|NOT_IN_FILES+NOT_IN_LOCATION|d||AllowOverrideList None|directive [directive-type] ...",
  "Anonymous|mod_authn_anon|ITERATE|OR_AUTHCFG||dh||Anonymous user [user] ...",
  "Anonymous_LogEmail|mod_authn_anon|FLAG|OR_AUTHCFG||dh||Anonymous_LogEmail On|Off",
  "Anonymous_MustGiveEmail|mod_authn_anon|FLAG|OR_AUTHCFG||dh||Anonymous_MustGiveEmail On|Off",
  "Anonymous_NoUserID|mod_authn_anon|FLAG|OR_AUTHCFG||dh||Anonymous_NoUserID On|Off",
  "Anonymous_VerifyEmail|mod_authn_anon|FLAG|OR_AUTHCFG||dh||Anonymous_VerifyEmail On|Off",
  "AsyncRequestWorkerFactor|event|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.3.13|AsyncRequestWorkerFactor factor",
  "AuthBasicAuthoritative|mod_auth_basic|FLAG|OR_AUTHCFG||dh||AuthBasicAuthoritative On|Off",
  "AuthBasicFake|mod_auth_basic|TAKE12|OR_AUTHCFG||dh|2.4.5|AuthBasicFake off|username [password]",
  "AuthBasicProvider|mod_auth_basic|ITERATE|OR_AUTHCFG||dh||AuthBasicProvider provider-name [provider-name] ...",
  "AuthBasicUseDigestAlgorithm|mod_auth_basic|TAKE1|OR_AUTHCFG||dh|2.4.7|AuthBasicUseDigestAlgorithm MD5|Off",
  "AuthDBDUserPWQuery|mod_authn_dbd|TAKE1|ACCESS_CONF|NOT_IN_HTACCESS|d||AuthDBDUserPWQuery query",
  "AuthDBDUserRealmQuery|mod_authn_dbd|TAKE1|ACCESS_CONF|NOT_IN_HTACCESS|d||AuthDBDUserRealmQuery query",
  "AuthDBMGroupFile|mod_authz_dbm|TAKE1|OR_AUTHCFG||dh||AuthDBMGroupFile file-path",
  "AuthDBMType|mod_authn_dbm|TAKE1|OR_AUTHCFG||dh||AuthDBMType default|SDBM|GDBM|NDBM|DB",
  "AuthDBMUserFile|mod_authn_dbm|TAKE1|OR_AUTHCFG||dh||AuthDBMUserFile file-path",
  "AuthDigestAlgorithm|mod_auth_digest|TAKE1|OR_AUTHCFG||dh||AuthDigestAlgorithm MD5|MD5-sess",
  "AuthDigestDomain|mod_auth_digest|ITERATE|OR_AUTHCFG||dh||AuthDigestDomain URI [URI] ...",
  "AuthDigestNonceLifetime|mod_auth_digest|TAKE1|OR_AUTHCFG||dh||AuthDigestNonceLifetime seconds",
  "AuthDigestProvider|mod_auth_digest|ITERATE|OR_AUTHCFG||dh||AuthDigestProvider provider-name [provider-name] ...",
  "AuthDigestQop|mod_auth_digest|ITERATE|OR_AUTHCFG||dh||AuthDigestQop none|auth|auth-int [auth|auth-int]",
  "AuthDigestShmemSize|mod_auth_digest|TAKE1|RSRC_CONF||s||AuthDigestShmemSize size",
  "AuthFormAuthoritative|mod_auth_form|FLAG|OR_AUTHCFG||dh||AuthFormAuthoritative On|Off",
  "AuthFormBody|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormBody fieldname",
  "AuthFormDisableNoStore|mod_auth_form|FLAG|OR_AUTHCFG||d|2.3.0|AuthFormDisableNoStore On|Off",
  "AuthFormFakeBasicAuth|mod_auth_form|FLAG|OR_AUTHCFG||d|2.3.0|AuthFormFakeBasicAuth On|Off",
  "AuthFormLocation|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormLocation fieldname",
  "AuthFormLoginRequiredLocation|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormLoginRequiredLocation url",
  "AuthFormLoginSuccessLocation|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormLoginSuccessLocation url",
  "AuthFormLogoutLocation|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormLogoutLocation uri",
  "AuthFormMethod|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormMethod fieldname",
  "AuthFormMimetype|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormMimetype fieldname",
  "AuthFormPassword|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormPassword fieldname",
  "AuthFormProvider|mod_auth_form|ITERATE|OR_AUTHCFG||dh||AuthFormProvider provider-name [provider-name] ...",
  "AuthFormSitePassphrase|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormSitePassphrase secret",
  "AuthFormSize|mod_auth_form|TAKE1|ACCESS_CONF||d|2.3.0|AuthFormSize size",
  "AuthFormUsername|mod_auth_form|TAKE1|OR_AUTHCFG||d|2.3.0|AuthFormUsername fieldname",
  "AuthGroupFile|mod_authz_groupfile|TAKE1|OR_AUTHCFG||dh||AuthGroupFile file-path",
  "AuthLDAPAuthorizePrefix|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh|2.3.6|AuthLDAPAuthorizePrefix prefix",
  "AuthLDAPBindAuthoritative|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh||AuthLDAPBindAuthoritative off|on",
  "AuthLDAPBindDN|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh||AuthLDAPBindDN distinguished-name",
  "AuthLDAPBindPassword|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh||AuthLDAPBindPassword password",
  "AuthLDAPCharsetConfig|mod_authnz_ldap|TAKE1|RSRC_CONF||s||AuthLDAPCharsetConfig file-path",
  "AuthLDAPCompareAsUser|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh|2.3.6|AuthLDAPCompareAsUser on|off",
  "AuthLDAPCompareDNOnServer|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh||AuthLDAPCompareDNOnServer on|off",
  "AuthLDAPDereferenceAliases|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh||AuthLDAPDereferenceAliases never|searching|finding|always",
  "AuthLDAPGroupAttribute|mod_authnz_ldap|ITERATE|OR_AUTHCFG||dh||AuthLDAPGroupAttribute attribute",
  "AuthLDAPGroupAttributeIsDN|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh||AuthLDAPGroupAttributeIsDN on|off",
  "AuthLDAPInitialBindAsUser|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh|2.3.6|AuthLDAPInitialBindAsUser off|on",
  "AuthLDAPInitialBindPattern|mod_authnz_ldap|TAKE2|OR_AUTHCFG||dh|2.3.6|AuthLDAPInitialBindPattern regex substitution",
  "AuthLDAPMaxSubGroupDepth|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh|2.3.0|AuthLDAPMaxSubGroupDepth Number",
  "AuthLDAPRemoteUserAttribute|mod_authnz_ldap|TAKE1|OR_AUTHCFG||dh||AuthLDAPRemoteUserAttribute uid",
  "AuthLDAPRemoteUserIsDN|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh||AuthLDAPRemoteUserIsDN on|off",
  "AuthLDAPSearchAsUser|mod_authnz_ldap|FLAG|OR_AUTHCFG||dh|2.3.6|AuthLDAPSearchAsUser on|off",
  "AuthLDAPSubGroupAttribute|mod_authnz_ldap|ITERATE|OR_AUTHCFG||dh|2.3.0|AuthLDAPSubGroupAttribute attribute",
  "AuthLDAPSubGroupClass|mod_authnz_ldap|ITERATE|OR_AUTHCFG||dh|2.3.0|AuthLDAPSubGroupClass LdapObjectClass",
  "AuthLDAPURL|mod_authnz_ldap|TAKE12|OR_AUTHCFG||dh||AuthLDAPURL url [NONE|SSL|TLS|STARTTLS]",
  "AuthMerging|mod_authz_core|TAKE1|OR_AUTHCFG||dh||AuthMerging Off | And | Or",
  "AuthName|mod_authn_core|TAKE1|OR_AUTHCFG||dh||AuthName auth-domain",
  "AuthnCacheContext|mod_authn_socache|TAKE1|ACCESS_CONF||d||AuthnCacheContext directory|server|custom-string",
  "AuthnCacheEnable|mod_authn_socache|NO_ARGS|RSRC_CONF|GLOBAL_ONLY|s||AuthnCacheEnable",
  "AuthnCacheProvideFor|mod_authn_socache|ITERATE|OR_AUTHCFG||dh||AuthnCacheProvideFor authn-provider [...]",
  "AuthnCacheSOCache|mod_authn_socache|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.4.7|AuthnCacheSOCache provider-name[:provider-args]",
  "AuthnCacheTimeout|mod_authn_socache|TAKE1|OR_AUTHCFG||dh||AuthnCacheTimeout timeout (seconds)",
  "<AuthnProviderAlias|mod_authn_core|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s||<AuthnProviderAlias baseProvider Alias> ... </AuthnProviderAlias>",
  "AuthnzFcgiCheckAuthnProvider|mod_authnz_fcgi|TAKE_ARGV|OR_FILEINFO||d||AuthnzFcgiCheckAuthnProvider provider-name|None option ...",
  "AuthnzFcgiDefineProvider|mod_authnz_fcgi|TAKE_ARGV|RSRC_CONF|GLOBAL_ONLY|s||AuthnzFcgiDefineProvider type provider-name backend-address",
  "AuthType|mod_authn_core|TAKE1|OR_AUTHCFG||dh||AuthType None|Basic|Digest|Form",
  "AuthUserFile|mod_authn_file|TAKE1|OR_AUTHCFG||dh||AuthUserFile file-path",
  "AuthzDBDLoginToReferer|mod_authz_dbd|FLAG|ACCESS_CONF||d||AuthzDBDLoginToReferer On|Off",
  "AuthzDBDQuery|mod_authz_dbd|TAKE1|ACCESS_CONF|NOT_IN_HTACCESS|d||AuthzDBDQuery query",
  "AuthzDBDRedirectQuery|mod_authz_dbd|TAKE1|ACCESS_CONF|NOT_IN_HTACCESS|d||AuthzDBDRedirectQuery query",
  "AuthzDBMType|mod_authz_dbm|TAKE1|OR_AUTHCFG||dh||AuthzDBMType default|SDBM|GDBM|NDBM|DB",
  "<AuthzProviderAlias|mod_authz_core|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s||<AuthzProviderAlias baseProvider Alias Require-Parameters> ... </AuthzProviderAlias>",
  "AuthzSendForbiddenOnFailure|mod_authz_core|FLAG|OR_AUTHCFG||dh|2.3.11|AuthzSendForbiddenOnFailure On|Off",
  "BalancerGrowth|mod_proxy|TAKE1|RSRC_CONF||sv|2.3.13|BalancerGrowth #",
  "BalancerInherit|mod_proxy|FLAG|RSRC_CONF||sv|2.4.5|BalancerInherit On|Off",
  "BalancerMember|mod_proxy|RAW_ARGS|ACCESS_CONF+RSRC_CONF|NOT_IN_HTACCESS|d|2.2|BalancerMember [balancerurl] url [key=value [key=value ...]]",
  "BalancerPersist|mod_proxy|FLAG|RSRC_CONF||sv|2.4.4|BalancerPersist On|Off",
  "BrotliAlterETag|mod_brotli|TAKE1|RSRC_CONF||sv||BrotliAlterETag AddSuffix|NoChange|Remove",
  "BrotliCompressionMaxInputBlock|mod_brotli|TAKE1|RSRC_CONF||sv||BrotliCompressionMaxInputBlock value",
  "BrotliCompressionQuality|mod_brotli|TAKE1|RSRC_CONF||sv||BrotliCompressionQuality value",
  "BrotliCompressionWindow|mod_brotli|TAKE1|RSRC_CONF||sv||BrotliCompressionWindow value",
  "BrotliFilterNote|mod_brotli|TAKE12|RSRC_CONF||sv||BrotliFilterNote [type] notename",
  "BrowserMatch|mod_setenvif|RAW_ARGS|OR_FILEINFO||svdh||BrowserMatch regex [!]env-variable[=value] [[!]env-variable[=value]] ...",
  "BrowserMatchNoCase|mod_setenvif|RAW_ARGS|OR_FILEINFO||svdh||BrowserMatchNoCase regex [!]env-variable[=value] [[!]env-variable[=value]] ...",
  "BufferedLogs|mod_log_config|FLAG|RSRC_CONF||s||BufferedLogs On|Off",
  "BufferSize|mod_buffer|TAKE1|ACCESS_CONF||svdh||BufferSize integer",
  "CacheDefaultExpire|mod_cache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheDefaultExpire seconds",
  "CacheDetailHeader|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh|2.3.9|CacheDetailHeader on|off",
  "CacheDirLength|mod_cache_disk|TAKE1|RSRC_CONF||sv||CacheDirLength length",
  "CacheDirLevels|mod_cache_disk|TAKE1|RSRC_CONF||sv||CacheDirLevels levels",
  "CacheDisable|mod_cache|TAKE1|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_LIMIT|svdh||CacheDisable url-string | on",
  "CacheEnable|mod_cache|TAKE12|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_LIMIT|svd||CacheEnable cache_type [url-string]",
  "CacheFile|mod_file_cache|ITERATE|RSRC_CONF||s||CacheFile file-path [file-path] ...",
  "CacheHeader|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh|2.3.9|CacheHeader on|off",
  "CacheIgnoreCacheControl|mod_cache|FLAG|RSRC_CONF||sv||CacheIgnoreCacheControl On|Off",
  "CacheIgnoreHeaders|mod_cache|ITERATE|RSRC_CONF||sv||CacheIgnoreHeaders header-string [header-string] ...",
  "CacheIgnoreNoLastMod|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh||CacheIgnoreNoLastMod On|Off",
  "CacheIgnoreQueryString|mod_cache|FLAG|RSRC_CONF||sv||CacheIgnoreQueryString On|Off",
  "CacheIgnoreURLSessionIdentifiers|mod_cache|ITERATE|RSRC_CONF||sv||CacheIgnoreURLSessionIdentifiers identifier [identifier] ...",
  "CacheKeyBaseURL|mod_cache|TAKE1|RSRC_CONF||sv|2.3.9|CacheKeyBaseURL URL",
  "CacheLastModifiedFactor|mod_cache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheLastModifiedFactor float",
  "CacheLock|mod_cache|FLAG|RSRC_CONF||sv|2.2.15|CacheLock on|off",
  "CacheLockMaxAge|mod_cache|TAKE1|RSRC_CONF||sv||CacheLockMaxAge integer",
  "CacheLockPath|mod_cache|TAKE1|RSRC_CONF||sv||CacheLockPath directory",
  "CacheMaxExpire|mod_cache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheMaxExpire seconds",
  "CacheMaxFileSize|mod_cache_disk|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheMaxFileSize bytes",
  "CacheMinExpire|mod_cache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheMinExpire seconds",
  "CacheMinFileSize|mod_cache_disk|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheMinFileSize bytes",
  "CacheNegotiatedDocs|mod_negotiation|FLAG|RSRC_CONF||sv||CacheNegotiatedDocs On|Off",
  "CacheQuickHandler|mod_cache|FLAG|RSRC_CONF||sv|2.3.3|CacheQuickHandler on|off",
  "CacheReadSize|mod_cache_disk|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheReadSize bytes",
  "CacheReadTime|mod_cache_disk|TAKE1|ACCESS_CONF+RSRC_CONF||svdh||CacheReadTime milliseconds",
  "CacheRoot|mod_cache_disk|TAKE1|RSRC_CONF||sv||CacheRoot directory",
  "CacheSocache|mod_cache_socache|TAKE1|RSRC_CONF||sv|2.4.5|CacheSocache type[:args]",
  "CacheSocacheMaxSize|mod_cache_socache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.5|CacheSocacheMaxSize bytes",
  "CacheSocacheMaxTime|mod_cache_socache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.5|CacheSocacheMaxTime seconds",
  "CacheSocacheMinTime|mod_cache_socache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.5|CacheSocacheMinTime seconds",
  "CacheSocacheReadSize|mod_cache_socache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.5|CacheSocacheReadSize bytes",
  "CacheSocacheReadTime|mod_cache_socache|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.5|CacheSocacheReadTime milliseconds",
  "CacheStaleOnError|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh|2.3.9|CacheStaleOnError on|off",
  "CacheStoreExpired|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh||CacheStoreExpired On|Off",
  "CacheStoreNoStore|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh||CacheStoreNoStore On|Off",
  "CacheStorePrivate|mod_cache|FLAG|ACCESS_CONF+RSRC_CONF||svdh||CacheStorePrivate On|Off",
  "CGIDScriptTimeout|mod_cgid|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.10|CGIDScriptTimeout time[s|ms]",
  "CGIMapExtension|core|TAKE23|OR_FILEINFO||dh||CGIMapExtension cgi-path .extension",
  "CGIPassAuth|core|FLAG|OR_AUTHCFG||dh|2.4.13|CGIPassAuth On|Off",
  "CGIScriptTimeout|mod_cgi|TAKE1|ACCESS_CONF+RSRC_CONF||svdh|2.4.59|CGIScriptTimeout time[s|ms]",
  "CGIVar|core|TAKE2|OR_FILEINFO||dh|2.4.21|CGIVar variable rule",
  "CharsetDefault|mod_charset_lite|TAKE1|OR_FILEINFO||svdh||CharsetDefault charset",
  "CharsetOptions|mod_charset_lite|ITERATE|OR_FILEINFO||svdh||CharsetOptions option [option] ...",
  "CharsetSourceEnc|mod_charset_lite|TAKE1|OR_FILEINFO||svdh||CharsetSourceEnc charset",
  "CheckBasenameMatch|mod_speling|FLAG|OR_OPTIONS||svdh|2.4.50|CheckBasenameMatch on|off",
  "CheckCaseOnly|mod_speling|FLAG|OR_OPTIONS||svdh||CheckCaseOnly on|off",
  "CheckSpelling|mod_speling|FLAG|OR_OPTIONS||svdh||CheckSpelling on|off",
  "ChrootDir|mod_unixd|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.2.10|ChrootDir /path/to/directory",
  "ContentDigest|core|FLAG|OR_OPTIONS||svdh||ContentDigest On|Off",
  "CookieDomain|mod_usertrack|TAKE1|OR_FILEINFO||svdh||CookieDomain domain",
  "CookieExpires|mod_usertrack|TAKE1|OR_FILEINFO||svdh||CookieExpires expiry-period",
  "CookieHTTPOnly|mod_usertrack|FLAG|OR_FILEINFO||svdh|2.4.42|CookieHTTPOnly on|off",
  "CookieName|mod_usertrack|TAKE1|OR_FILEINFO||svdh||CookieName token",
  "CookieSameSite|mod_usertrack|TAKE1|OR_FILEINFO||svdh|2.4.42|CookieSameSite None|Lax|Strict",
  "CookieSecure|mod_usertrack|FLAG|OR_FILEINFO||svdh|2.4.42|CookieSecure on|off",
  "CookieStyle|mod_usertrack|TAKE1|OR_FILEINFO||svdh||CookieStyle Netscape|Cookie|Cookie2|RFC2109|RFC2965",
  "CookieTracking|mod_usertrack|FLAG|OR_FILEINFO||svdh||CookieTracking on|off",
  "CoreDumpDirectory|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||CoreDumpDirectory directory",
  "CustomLog|mod_log_config|TAKE23|RSRC_CONF||sv||CustomLog file|pipe format|nickname [env=[!]environment-variable| expr=expression]",
  "Dav|mod_dav|TAKE1|ACCESS_CONF||d||Dav On|Off|provider-name",
  "DavBasePath|mod_dav|TAKE1|ACCESS_CONF||d|2.4.58|DavBasePath root-path",
  "DavDepthInfinity|mod_dav|FLAG|ACCESS_CONF+RSRC_CONF||svd||DavDepthInfinity on|off",
  "DavGenericLockDB|mod_dav_lock|TAKE1|ACCESS_CONF||svd||DavGenericLockDB file-path",
  "DavLockDB|mod_dav_fs|TAKE1|RSRC_CONF||sv||DavLockDB file-path",
  "DavLockDiscovery|mod_dav_fs|FLAG|ACCESS_CONF+RSRC_CONF||svdh|2.4.55|DavLockDiscovery on|off",
  "DavMinTimeout|mod_dav|TAKE1|ACCESS_CONF+RSRC_CONF||svd||DavMinTimeout seconds",
  "DBDExptime|mod_dbd|TAKE1|RSRC_CONF||sv||DBDExptime time-in-seconds",
  'DBDInitSQL|mod_dbd|TAKE1|RSRC_CONF||sv||DBDInitSQL "SQL statement"',
  "DBDKeep|mod_dbd|TAKE1|RSRC_CONF||sv||DBDKeep number",
  "DBDMax|mod_dbd|TAKE1|RSRC_CONF||sv||DBDMax number",
  "DBDMin|mod_dbd|TAKE1|RSRC_CONF||sv||DBDMin number",
  "DBDParams|mod_dbd|TAKE1|RSRC_CONF||sv||DBDParams param1=value1[,param2=value2]",
  "DBDPersist|mod_dbd|FLAG|RSRC_CONF||sv||DBDPersist On|Off",
  'DBDPrepareSQL|mod_dbd|TAKE12|RSRC_CONF||sv||DBDPrepareSQL "SQL statement" label',
  "DBDriver|mod_dbd|TAKE1|RSRC_CONF||sv||DBDriver name",
  "DefaultIcon|mod_autoindex|TAKE1|OR_INDEXES||svdh||DefaultIcon url-path",
  "DefaultLanguage|mod_mime|TAKE1|OR_FILEINFO||svdh||DefaultLanguage language-tag",
  "DefaultRuntimeDir|core|TAKE1|EXEC_ON_READ+RSRC_CONF|GLOBAL_ONLY|s|2.4.2|DefaultRuntimeDir directory-path",
  "DefaultType|core|TAKE1|OR_FILEINFO||svdh|2.2.7|DefaultType media-type|none",
  "Define|core|TAKE12|ACCESS_CONF+EXEC_ON_READ+RSRC_CONF|NOT_IN_HTACCESS|svd||Define parameter-name [parameter-value]",
  "DeflateAlterETag|mod_deflate|TAKE1|RSRC_CONF||sv|2.4.58|DeflateAlterETag AddSuffix|NoChange|Remove",
  "DeflateBufferSize|mod_deflate|TAKE1|RSRC_CONF||sv||DeflateBufferSize value",
  "DeflateCompressionLevel|mod_deflate|TAKE1|RSRC_CONF||sv||DeflateCompressionLevel value",
  "DeflateFilterNote|mod_deflate|TAKE12|RSRC_CONF||sv||DeflateFilterNote [type] notename",
  "DeflateInflateLimitRequestBody|mod_deflate|TAKE1|OR_ALL||svdh|2.4.10|DeflateInflateLimitRequestBody value",
  "DeflateInflateRatioBurst|mod_deflate|TAKE1|OR_ALL||svdh|2.4.10|DeflateInflateRatioBurst value",
  "DeflateInflateRatioLimit|mod_deflate|TAKE1|OR_ALL||svdh|2.4.10|DeflateInflateRatioLimit value",
  "DeflateMemLevel|mod_deflate|TAKE1|RSRC_CONF||sv||DeflateMemLevel value",
  "DeflateWindowSize|mod_deflate|TAKE1|RSRC_CONF||sv||DeflateWindowSize value",
  "Deny|mod_access_compat|ITERATE2|OR_LIMIT||dh||Deny from all|host|env=[!]env-variable [host|env=[!]env-variable] ...",
  "<Directory|core|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<Directory directory-path> ... </Directory>",
  "DirectoryCheckHandler|mod_dir|FLAG|OR_INDEXES||svdh|2.4.8|DirectoryCheckHandler On|Off",
  "DirectoryIndex|mod_dir|RAW_ARGS|OR_INDEXES||svdh||DirectoryIndex disabled | local-url [local-url] ...",
  "DirectoryIndexRedirect|mod_dir|TAKE1|OR_INDEXES||svdh|2.3.14|DirectoryIndexRedirect on | off | permanent | temp | seeother | 3xx-code",
  "<DirectoryMatch|core|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<DirectoryMatch regex> ... </DirectoryMatch>",
  "DirectorySlash|mod_dir|FLAG|OR_INDEXES||svdh||DirectorySlash On|Off",
  "DocumentRoot|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||DocumentRoot directory-path",
  "DTracePrivileges|mod_privileges|FLAG|RSRC_CONF|GLOBAL_ONLY|s||DTracePrivileges On|Off",
  "DumpIOInput|mod_dumpio|FLAG|RSRC_CONF||s|2.1.3|DumpIOInput On|Off",
  "DumpIOOutput|mod_dumpio|FLAG|RSRC_CONF||s|2.1.3|DumpIOOutput On|Off",
  "<Else|core|RAW_ARGS|OR_ALL|NOT_IN_LIMIT|svdh|2.4.26|<Else> ... </Else>",
  "<ElseIf|core|RAW_ARGS|OR_ALL|NOT_IN_LIMIT|svdh|2.4.26|<ElseIf expression> ... </ElseIf>",
  "EnableExceptionHook|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||EnableExceptionHook On|Off",
  "EnableMMAP|core|TAKE1|OR_FILEINFO||svdh||EnableMMAP On|Off",
  "EnableSendfile|core|TAKE1|OR_FILEINFO||svdh||EnableSendfile On|Off",
  "Error|core|RAW_ARGS|OR_ALL||svdh|2.3.9|Error message",
  "ErrorDocument|core|TAKE2|OR_FILEINFO||svdh||ErrorDocument error-code document",
  "ErrorLog|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||ErrorLog file-path|syslog[:[facility][:tag]]",
  "ErrorLogFormat|core|TAKE12|RSRC_CONF||sv||ErrorLogFormat [connection|request] format",
  "Example|mod_example_hooks|NO_ARGS|OR_OPTIONS||svdh||Example",
  "ExpiresActive|mod_expires|FLAG|OR_INDEXES||svdh||ExpiresActive On|Off",
  "ExpiresByType|mod_expires|TAKE2|OR_INDEXES||svdh||ExpiresByType MIME-type <code>seconds",
  "ExpiresDefault|mod_expires|TAKE1|OR_INDEXES||svdh||ExpiresDefault <code>seconds",
  "ExtendedStatus|core|FLAG|RSRC_CONF|GLOBAL_ONLY|s||ExtendedStatus On|Off",
  "ExtFilterDefine|mod_ext_filter|RAW_ARGS|RSRC_CONF||s||ExtFilterDefine filtername parameters",
  "ExtFilterOptions|mod_ext_filter|ITERATE|ACCESS_CONF||d||ExtFilterOptions option [option] ...",
  "FallbackResource|mod_dir|TAKE1|OR_INDEXES||svdh|2.4.4|FallbackResource disabled | local-url",
  "FileETag|core|RAW_ARGS|OR_FILEINFO||svdh||FileETag component ...",
  "<Files|core|RAW_ARGS|OR_ALL|NOT_IN_LIMIT+NOT_IN_LOCATION|svdh||<Files filename> ... </Files>",
  "<FilesMatch|core|RAW_ARGS|OR_ALL|NOT_IN_LIMIT+NOT_IN_LOCATION|svdh||<FilesMatch regex> ... </FilesMatch>",
  "FilterChain|mod_filter|ITERATE|OR_OPTIONS||svdh||FilterChain [+=-@!]filter-name ...",
  "FilterDeclare|mod_filter|TAKE12|OR_OPTIONS||svdh||FilterDeclare filter-name [type]",
  "FilterProtocol|mod_filter|TAKE23|OR_OPTIONS||svdh||FilterProtocol filter-name [provider-name] proto-flags",
  "FilterProvider|mod_filter|TAKE3|OR_OPTIONS||svdh||FilterProvider filter-name provider-name expression",
  "FilterTrace|mod_filter|TAKE2|ACCESS_CONF+RSRC_CONF||svd||FilterTrace filter-name level",
  "FlushMaxPipelined|core|TAKE1|RSRC_CONF||sv|2.4.47|FlushMaxPipelined number",
  "FlushMaxThreshold|core|TAKE1|RSRC_CONF||sv|2.4.47|FlushMaxThreshold number-of-bytes",
  "ForceLanguagePriority|mod_negotiation|ITERATE|OR_FILEINFO||svdh||ForceLanguagePriority None|Prefer|Fallback [Prefer|Fallback]",
  "ForceType|core|TAKE1|OR_FILEINFO||dh||ForceType media-type|None",
  "ForensicLog|mod_log_forensic|TAKE1|RSRC_CONF||sv||ForensicLog filename|pipe",
  "GlobalLog|mod_log_config|TAKE23|RSRC_CONF|GLOBAL_ONLY|s|2.4.19|GlobalLogfile|pipe format|nickname [env=[!]environment-variable| expr=expression]",
  "GprofDir|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||GprofDir /tmp/gprof/|/tmp/gprof/%",
  "GracefulShutdownTimeout|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.2|GracefulShutdownTimeout seconds",
  "Group|mod_unixd|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||Group unix-group",
  "H2CopyFiles|mod_http2|TAKE1|OR_FILEINFO||svdh|2.4.24|H2CopyFiles on|off",
  "H2Direct|mod_http2|TAKE1|RSRC_CONF||sv||H2Direct on|off",
  "H2EarlyHint|mod_http2|TAKE2|OR_AUTHCFG+OR_FILEINFO||svdh|2.4.58|H2EarlyHint name value",
  "H2EarlyHints|mod_http2|TAKE1|RSRC_CONF||sv|2.4.24|H2EarlyHints on|off",
  "H2MaxDataFrameLen|mod_http2|TAKE1|RSRC_CONF||sv|2.4.58|H2MaxDataFrameLen n",
  "H2MaxSessionStreams|mod_http2|TAKE1|RSRC_CONF||sv||H2MaxSessionStreams n",
  "H2MaxWorkerIdleSeconds|mod_http2|TAKE1|RSRC_CONF||s||H2MaxWorkerIdleSeconds n",
  "H2MaxWorkers|mod_http2|TAKE1|RSRC_CONF||s||H2MaxWorkers n",
  "H2MinWorkers|mod_http2|TAKE1|RSRC_CONF||s||H2MinWorkers n",
  "H2ModernTLSOnly|mod_http2|TAKE1|RSRC_CONF||sv|2.4.18|H2ModernTLSOnly on|off",
  "H2OutputBuffering|mod_http2|TAKE1|RSRC_CONF||sv|2.4.48|H2OutputBuffering on|off",
  "H2Padding|mod_http2|TAKE1|RSRC_CONF||sv|2.4.39|H2Padding numbits",
  "H2ProxyRequests|mod_http2|TAKE1|OR_FILEINFO||sv|2.4.58|H2ProxyRequests on|off",
  "H2Push|mod_http2|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh|2.4.18|H2Push on|off",
  "H2PushDiarySize|mod_http2|TAKE1|RSRC_CONF||sv|2.4.19|H2PushDiarySize n",
  "H2PushPriority|mod_http2|TAKE23|RSRC_CONF||sv|2.4.18|H2PushPriority mime-type [after|before|interleaved] [weight]",
  "H2PushResource|mod_http2|TAKE123|OR_AUTHCFG+OR_FILEINFO||svdh|2.4.24|H2PushResource [add] path [critical]",
  "H2SerializeHeaders|mod_http2|TAKE1|RSRC_CONF||sv||H2SerializeHeaders on|off",
  "H2StreamMaxMemSize|mod_http2|TAKE1|RSRC_CONF||sv||H2StreamMaxMemSize bytes",
  "H2StreamTimeout|mod_http2|TAKE1|RSRC_CONF||svd|2.4.55|H2StreamTimeout time-interval[s]",
  "H2TLSCoolDownSecs|mod_http2|TAKE1|RSRC_CONF||sv|2.4.18|H2TLSCoolDownSecs seconds",
  "H2TLSWarmUpSize|mod_http2|TAKE1|RSRC_CONF||sv|2.4.18|H2TLSWarmUpSize amount",
  "H2Upgrade|mod_http2|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||H2Upgrade on|off",
  "H2WebSockets|mod_http2|TAKE1|RSRC_CONF||sv|2.4.58|H2WebSockets on|off",
  "H2WindowSize|mod_http2|TAKE1|RSRC_CONF||sv||H2WindowSize bytes",
  "Header|mod_headers|RAW_ARGS|OR_FILEINFO||svdh|2.4.7|Header [condition] add|append|echo|edit|edit*|merge|set|setifempty|unset|note header [[expr=]value [replacement] [early|env=[!]varname|expr=expression]]",
  "HeaderName|mod_autoindex|TAKE1|OR_INDEXES||svdh||HeaderName filename",
  "HeartbeatAddress|mod_heartbeat|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||HeartbeatAddress addr:port",
  "HeartbeatListen|mod_heartmonitor|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||HeartbeatListen addr:port",
  "HeartbeatMaxServers|mod_heartmonitor|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||HeartbeatMaxServers number-of-servers",
  "HeartbeatStorage|mod_heartmonitor|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||HeartbeatStorage file-path",
  "HeartbeatStorage|mod_lbmethod_heartbeat|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||HeartbeatStorage file-path",
  "HostnameLookups|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd||HostnameLookups On|Off|Double",
  "HttpProtocolOptions|core|ITERATE|RSRC_CONF||sv|2.4.24|HttpProtocolOptions [Strict|Unsafe] [RegisteredMethods|LenientMethods] [Allow0.9|Require1.0]",
  "IdentityCheck|mod_ident|FLAG|ACCESS_CONF+RSRC_CONF||svd||IdentityCheck On|Off",
  "IdentityCheckTimeout|mod_ident|TAKE1|ACCESS_CONF+RSRC_CONF||svd||IdentityCheckTimeout seconds",
  "<If|core|RAW_ARGS|OR_ALL|NOT_IN_LIMIT|svdh|2.4.26|<If expression> ... </If>",
  "<IfDefine|core|RAW_ARGS|EXEC_ON_READ+OR_ALL||svdh||<IfDefine [!]parameter-name> ... </IfDefine>",
  "<IfDirective|core|RAW_ARGS|EXEC_ON_READ+OR_ALL||svdh|2.4.34|<IfDirective [!]directive-name> ... </IfDirective>",
  "<IfFile|core|RAW_ARGS|EXEC_ON_READ+OR_ALL||svdh|2.4.34|<IfFile [!]filename> ... </IfFile>",
  "<IfModule|core|RAW_ARGS|EXEC_ON_READ+OR_ALL||svdh|2.1|<IfModule [!]module-file|module-identifier> ... </IfModule>",
  "<IfSection|core|RAW_ARGS|EXEC_ON_READ+OR_ALL||svdh|2.4.34|<IfSection [!]section-name> ... </IfSection>",
  "<IfVersion|mod_version|TAKE123|EXEC_ON_READ+OR_ALL||svdh||<IfVersion [[!]operator] version> ... </IfVersion>",
  "ImapBase|mod_imagemap|TAKE1|OR_INDEXES||svdh||ImapBase map|referer|URL",
  "ImapDefault|mod_imagemap|TAKE1|OR_INDEXES||svdh||ImapDefault error|nocontent|map|referer|URL",
  "ImapMenu|mod_imagemap|TAKE1|OR_INDEXES||svdh||ImapMenu none|formatted|semiformatted|unformatted",
  "Include|core|TAKE1|ACCESS_CONF+EXEC_ON_READ+RSRC_CONF||svd|2.3.6|Include file-path|directory-path|wildcard",
  "IncludeOptional|core|TAKE1|ACCESS_CONF+EXEC_ON_READ+RSRC_CONF||svd|2.3.6|IncludeOptional file-path|directory-path|wildcard",
  'IndexHeadInsert|mod_autoindex|TAKE1|OR_INDEXES||svdh||IndexHeadInsert "markup ..."',
  "IndexIgnore|mod_autoindex|ITERATE|OR_INDEXES||svdh||IndexIgnore file [file] ...",
  "IndexIgnoreReset|mod_autoindex|FLAG|OR_INDEXES||svdh|2.3.10|IndexIgnoreReset ON|OFF",
  "IndexOptions|mod_autoindex|TAKE_ARGV|OR_INDEXES||svdh||IndexOptions [+|-]option [[+|-]option] ...",
  "IndexOrderDefault|mod_autoindex|TAKE2|OR_INDEXES||svdh||IndexOrderDefault Ascending|Descending Name|Date|Size|Description",
  "IndexStyleSheet|mod_autoindex|TAKE1|OR_INDEXES||svdh||IndexStyleSheet url-path",
  "InputSed|mod_sed|TAKE1|ACCESS_CONF||dh||InputSed sed-command",
  "ISAPIAppendLogToErrors|mod_isapi|FLAG|OR_FILEINFO||svdh||ISAPIAppendLogToErrors on|off",
  "ISAPIAppendLogToQuery|mod_isapi|FLAG|OR_FILEINFO||svdh||ISAPIAppendLogToQuery on|off",
  "ISAPICacheFile|mod_isapi|ITERATE|RSRC_CONF||sv||ISAPICacheFile file-path [file-path] ...",
  "ISAPIFakeAsync|mod_isapi|FLAG|OR_FILEINFO||svdh||ISAPIFakeAsync on|off",
  "ISAPILogNotSupported|mod_isapi|FLAG|OR_FILEINFO||svdh||ISAPILogNotSupported on|off",
  "ISAPIReadAheadBuffer|mod_isapi|TAKE1|OR_FILEINFO||svdh||ISAPIReadAheadBuffer size",
  "KeepAlive|core|FLAG|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||KeepAlive On|Off",
  "KeepAliveTimeout|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||KeepAliveTimeout num[ms]",
  "KeptBodySize|mod_request|TAKE1|ACCESS_CONF||d||KeptBodySize maximum size in bytes",
  "LanguagePriority|mod_negotiation|ITERATE|OR_FILEINFO||svdh||LanguagePriority MIME-lang [MIME-lang] ...",
  "LDAPCacheEntries|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPCacheEntries number",
  "LDAPCacheTTL|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPCacheTTL seconds",
  "LDAPConnectionPoolTTL|mod_ldap|TAKE1|RSRC_CONF||sv|2.3.12|LDAPConnectionPoolTTL n",
  "LDAPConnectionTimeout|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPConnectionTimeout seconds",
  "LDAPLibraryDebug|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPLibraryDebug 7",
  "LDAPOpCacheEntries|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPOpCacheEntries number",
  "LDAPOpCacheTTL|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPOpCacheTTL seconds",
  "LDAPReferralHopLimit|mod_ldap|TAKE1|OR_AUTHCFG||dh||LDAPReferralHopLimit number",
  "LDAPReferrals|mod_ldap|TAKE1|OR_AUTHCFG||dh|2.4.7|LDAPReferrals On|Off|default",
  "LDAPRetries|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPRetries number-of-retries",
  "LDAPRetryDelay|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPRetryDelay seconds",
  "LDAPSharedCacheFile|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPSharedCacheFile directory-path/filename",
  "LDAPSharedCacheSize|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||LDAPSharedCacheSize bytes",
  "LDAPTimeout|mod_ldap|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.3.5|LDAPTimeout seconds",
  "LDAPTrustedClientCert|mod_ldap|TAKE23|OR_AUTHCFG||dh||LDAPTrustedClientCert type directory-path/filename/nickname [password]",
  "LDAPTrustedGlobalCert|mod_ldap|TAKE23|RSRC_CONF|GLOBAL_ONLY|s||LDAPTrustedGlobalCert type directory-path/filename [password]",
  "LDAPTrustedMode|mod_ldap|TAKE1|RSRC_CONF||sv||LDAPTrustedMode type",
  "LDAPVerifyServerCert|mod_ldap|FLAG|RSRC_CONF|GLOBAL_ONLY|s||LDAPVerifyServerCert On|Off",
  "<Limit|core|RAW_ARGS|OR_AUTHCFG+OR_LIMIT||dh||<Limit method [method] ... > ... </Limit>",
  "<LimitExcept|core|RAW_ARGS|OR_AUTHCFG+OR_LIMIT||dh||<LimitExcept method [method] ... > ... </LimitExcept>",
  "LimitInternalRecursion|core|TAKE12|RSRC_CONF||sv||LimitInternalRecursion number [number]",
  "LimitRequestBody|core|TAKE1|OR_ALL||svdh||LimitRequestBody bytes",
  "LimitRequestFields|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||LimitRequestFields number",
  "LimitRequestFieldSize|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||LimitRequestFieldSize bytes",
  "LimitRequestLine|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||LimitRequestLine bytes",
  "LimitXMLRequestBody|core|TAKE1|OR_ALL||svdh||LimitXMLRequestBody bytes",
  "Listen|mpm_common|TAKE_ARGV|RSRC_CONF|GLOBAL_ONLY|s||Listen [IP-address:]portnumber [protocol]",
  "ListenBackLog|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ListenBackLog backlog",
  "ListenCoresBucketsRatio|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.4.17|ListenCoresBucketsRatio ratio",
  "LoadFile|mod_so|ITERATE|EXEC_ON_READ+RSRC_CONF||sv||LoadFile filename [filename] ...",
  "LoadModule|mod_so|TAKE2|EXEC_ON_READ+RSRC_CONF||sv||LoadModule module filename",
  "<Location|core|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<Location URL-path|URL> ... </Location>",
  "<LocationMatch|core|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<LocationMatch regex> ... </LocationMatch>",
  "LogFormat|mod_log_config|TAKE12|RSRC_CONF||sv||LogFormat format|nickname [nickname]",
  "LogIOTrackTTFB|mod_logio|FLAG|OR_ALL||svdh|2.4.13|LogIOTrackTTFB ON|OFF",
  "LogLevel|core|ITERATE|ACCESS_CONF+RSRC_CONF||svd|2.3.6|LogLevel [module:]level [module:level] ...",
  "LogMessage|mod_log_debug|TAKE123|ACCESS_CONF+RSRC_CONF||d||LogMessage message [hook=hook] [expr=expression]",
  "LuaAuthzProvider|mod_lua|TAKE3|EXEC_ON_READ+RSRC_CONF|GLOBAL_ONLY|s|2.4.3|LuaAuthzProvider provider_name /path/to/lua/script.lua function_name",
  "LuaCodeCache|mod_lua|TAKE1|OR_ALL||svdh||LuaCodeCache stat|forever|never",
  "LuaHookAccessChecker|mod_lua|RAW_ARGS+TAKE23|EXEC_ON_READ+OR_ALL||svdh|2.3.15|LuaHookAccessChecker /path/to/lua/script.lua hook_function_name [early|late]",
  "LuaHookAuthChecker|mod_lua|RAW_ARGS+TAKE23|EXEC_ON_READ+OR_ALL||svdh|2.3.15|LuaHookAuthChecker /path/to/lua/script.lua hook_function_name [early|late]",
  "LuaHookCheckUserID|mod_lua|RAW_ARGS+TAKE23|EXEC_ON_READ+OR_ALL||svdh|2.3.15|LuaHookCheckUserID /path/to/lua/script.lua hook_function_name [early|late]",
  "LuaHookFixups|mod_lua|RAW_ARGS+TAKE2|EXEC_ON_READ+OR_ALL||svdh||LuaHookFixups /path/to/lua/script.lua hook_function_name",
  "LuaHookInsertFilter|mod_lua|TAKE2|OR_ALL||svdh||LuaHookInsertFilter /path/to/lua/script.lua hook_function_name",
  "LuaHookLog|mod_lua|TAKE2|OR_ALL||svdh||LuaHookLog /path/to/lua/script.lua log_function_name",
  "LuaHookMapToStorage|mod_lua|RAW_ARGS+TAKE2|EXEC_ON_READ+OR_ALL||svdh||LuaHookMapToStorage /path/to/lua/script.lua hook_function_name",
  "LuaHookTranslateName|mod_lua|RAW_ARGS+TAKE23|EXEC_ON_READ+OR_ALL|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_HTACCESS|sv|2.3.15|LuaHookTranslateName /path/to/lua/script.lua hook_function_name [early|late]",
  "LuaHookTypeChecker|mod_lua|RAW_ARGS+TAKE2|EXEC_ON_READ+OR_ALL||svdh||LuaHookTypeChecker /path/to/lua/script.lua hook_function_name",
  "LuaInherit|mod_lua|TAKE1|OR_ALL||svdh|2.4.0|LuaInherit none|parent-first|parent-last",
  "LuaInputFilter|mod_lua|TAKE3|OR_ALL|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_HTACCESS|s|2.4.5|LuaInputFilter filter_name /path/to/lua/script.lua function_name",
  "LuaMapHandler|mod_lua|TAKE23|OR_ALL|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_HTACCESS|svdh||LuaMapHandler uri-pattern /path/to/lua/script.lua [function-name]",
  "LuaOutputFilter|mod_lua|TAKE3|OR_ALL|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_HTACCESS|s|2.4.5|LuaOutputFilter filter_name /path/to/lua/script.lua function_name",
  "LuaPackageCPath|mod_lua|TAKE1|OR_ALL||svdh||LuaPackageCPath /path/to/include/?.soa",
  "LuaPackagePath|mod_lua|TAKE1|OR_ALL||svdh||LuaPackagePath /path/to/include/?.lua",
  "LuaQuickHandler|mod_lua|RAW_ARGS+TAKE2|EXEC_ON_READ+OR_ALL|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_HTACCESS|sv||LuaQuickHandler /path/to/script.lua hook_function_name",
  "LuaRoot|mod_lua|TAKE1|OR_ALL||svdh||LuaRoot /path/to/a/directory",
  "LuaScope|mod_lua|TAKE123|OR_ALL||svdh||LuaScope once|request|conn|thread|server [min] [max]",
  "<Macro|mod_macro|RAW_ARGS|EXEC_ON_READ+OR_ALL||svd||<Macro name [par1 .. parN]> ... </Macro>",
  "MaxConnectionsPerChild|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.3.9|MaxConnectionsPerChild number",
  "MaxKeepAliveRequests|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||MaxKeepAliveRequests number",
  "MaxMemFree|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxMemFree KBytes",
  "MaxRangeOverlaps|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.3.15|MaxRangeOverlaps default | unlimited | none | number-of-ranges",
  "MaxRangeReversals|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.3.15|MaxRangeReversals default | unlimited | none | number-of-ranges",
  "MaxRanges|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.3.15|MaxRanges default | unlimited | none | number-of-ranges",
  "MaxRequestWorkers|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxRequestWorkers number",
  "MaxSpareServers|prefork|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxSpareServers number",
  "MaxSpareThreads|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxSpareThreads number",
  "MaxThreads|mpm_netware|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MaxThreads number",
  "MDActivationDelay|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDActivationDelay duration",
  "MDBaseServer|mod_md|TAKE1|RSRC_CONF||s||MDBaseServer on|off",
  "MDCAChallenges|mod_md|TAKE_ARGV|RSRC_CONF||s||MDCAChallenges name [ name ... ]",
  "MDCertificateAgreement|mod_md|TAKE1|RSRC_CONF||s||MDCertificateAgreement accepted",
  "MDCertificateAuthority|mod_md|TAKE_ARGV|RSRC_CONF||s||MDCertificateAuthority url",
  "MDCertificateCheck|mod_md|TAKE2|RSRC_CONF||s|2.4.42|MDCertificateCheck name url",
  "MDCertificateFile|mod_md|TAKE1|RSRC_CONF||s||MDCertificateFile path-to-pem-file",
  "MDCertificateKeyFile|mod_md|TAKE1|RSRC_CONF||s||MDCertificateKeyFile path-to-file",
  "MDCertificateProtocol|mod_md|TAKE1|RSRC_CONF||s||MDCertificateProtocol protocol",
  "MDCertificateStatus|mod_md|TAKE1|RSRC_CONF||s||MDCertificateStatus on|off",
  "MDChallengeDns01|mod_md|RAW_ARGS|RSRC_CONF||s||MDChallengeDns01 path-to-command",
  "MDChallengeDns01Version|mod_md|TAKE1|RSRC_CONF||s|2.4.58|MDChallengeDns01Version 1|2",
  "MDContactEmail|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDContactEmail address",
  "MDDriveMode|mod_md|TAKE1|RSRC_CONF||s||MDDriveMode always|auto|manual",
  "MDExternalAccountBinding|mod_md|TAKE12|RSRC_CONF||s|2.4.52|MDExternalAccountBinding key-id hmac-64 | none | file",
  "MDHttpProxy|mod_md|TAKE1|RSRC_CONF||s||MDHttpProxy url",
  "MDMatchNames|mod_md|TAKE1|RSRC_CONF||s|2.4.58|MDMatchNames all|servernames",
  "MDMember|mod_md|TAKE_ARGV|RSRC_CONF||s||MDMember hostname",
  "MDMembers|mod_md|TAKE_ARGV|RSRC_CONF||s||MDMembers auto|manual",
  "MDMessageCmd|mod_md|RAW_ARGS|RSRC_CONF||s||MDMessageCmd path-to-cmd optional-args",
  "MDMustStaple|mod_md|TAKE1|RSRC_CONF||s||MDMustStaple on|off",
  "MDNotifyCmd|mod_md|RAW_ARGS|RSRC_CONF||s||MDNotifyCmd path [ args ]",
  "MDomain|mod_md|TAKE_ARGV|RSRC_CONF||s||MDomain dns-name [ other-dns-name... ] [auto|manual]",
  "<MDomainSet|mod_md|RAW_ARGS|RSRC_CONF||s||<MDomainSet dns-name [ other-dns-name... ]>...</MDomainSet>",
  "MDPortMap|mod_md|TAKE12|RSRC_CONF||s||MDPortMap map1 [ map2 ]",
  "MDPrivateKeys|mod_md|TAKE_ARGV|RSRC_CONF||s||MDPrivateKeys type [ params... ]",
  "MDRenewMode|mod_md|TAKE1|RSRC_CONF||s||MDRenewMode always|auto|manual",
  "MDRenewWindow|mod_md|TAKE1|RSRC_CONF||s||MDRenewWindow duration",
  "MDRequireHttps|mod_md|TAKE1|OR_AUTHCFG+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_LOCATION+NOT_IN_LIMIT|s||MDRequireHttps off|temporary|permanent",
  "MDRetryDelay|mod_md|TAKE1|RSRC_CONF||s|2.4.54|MDRetryDelay duration",
  "MDRetryFailover|mod_md|TAKE1|RSRC_CONF||s|2.4.54|MDRetryFailover number",
  "MDServerStatus|mod_md|TAKE1|RSRC_CONF||s||MDServerStatus on|off",
  "MDStapleOthers|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDStapleOthers on|off",
  "MDStapling|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDStapling on|off",
  "MDStaplingKeepResponse|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDStaplingKeepResponse duration",
  "MDStaplingRenewWindow|mod_md|TAKE1|RSRC_CONF||s|2.4.42|MDStaplingRenewWindow duration",
  "MDStoreDir|mod_md|TAKE1|RSRC_CONF||s||MDStoreDir path",
  "MDStoreLocks|mod_md|TAKE1|RSRC_CONF||s|2.4.55|MDStoreLocks on|off|duration",
  "MDWarnWindow|mod_md|TAKE1|RSRC_CONF||s||MDWarnWindow duration",
  "MemcacheConnTTL|mod_socache_memcache|TAKE1|RSRC_CONF||sv|2.4.17|MemcacheConnTTL num[units]",
  "MergeSlashes|core|FLAG|RSRC_CONF||sv||MergeSlashes ON|OFF",
  "MergeTrailers|core|FLAG|RSRC_CONF||sv|2.4.11|MergeTrailers [on|off]",
  "MetaDir|mod_cern_meta|TAKE1|OR_INDEXES||svdh||MetaDir directory",
  "MetaFiles|mod_cern_meta|FLAG|OR_INDEXES||svdh||MetaFiles on|off",
  "MetaSuffix|mod_cern_meta|TAKE1|OR_INDEXES||svdh||MetaSuffix suffix",
  "MimeMagicFile|mod_mime_magic|TAKE1|RSRC_CONF||sv||MimeMagicFile file-path",
  "MinSpareServers|prefork|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MinSpareServers number",
  "MinSpareThreads|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||MinSpareThreads number",
  "MMapFile|mod_file_cache|ITERATE|RSRC_CONF||s||MMapFile file-path [file-path] ...",
  "ModemStandard|mod_dialup|TAKE1|ACCESS_CONF||d||ModemStandard V.21|V.26bis|V.32|V.34|V.92",
  "ModMimeUsePathInfo|mod_mime|FLAG|ACCESS_CONF||d||ModMimeUsePathInfo On|Off",
  "MultiviewsMatch|mod_mime|ITERATE|OR_FILEINFO|NOT_IN_LOCATION+NOT_IN_LIMIT|svdh||MultiviewsMatch Any|NegotiatedOnly|Filters|Handlers [Handlers|Filters]",
  "Mutex|core|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s|2.3.4|Mutex mechanism [default|mutex-name] ... [OmitPID]",
  "NameVirtualHost|core|TAKE1|RSRC_CONF||s||NameVirtualHost addr[:port]",
  "NoProxy|mod_proxy|ITERATE|RSRC_CONF||sv||NoProxy host [host] ...",
  "NWSSLTrustedCerts|mod_nw_ssl|ITERATE|RSRC_CONF||s||NWSSLTrustedCerts filename [filename] ...",
  "NWSSLUpgradeable|mod_nw_ssl|TAKE2|RSRC_CONF|GLOBAL_ONLY|s||NWSSLUpgradeable [IP-address:]portnumber",
  "Options|core|RAW_ARGS|OR_OPTIONS||svdh||Options [+|-]option [[+|-]option] ...",
  "Order|mod_access_compat|TAKE1|OR_LIMIT||dh||Order ordering",
  "OutputSed|mod_sed|TAKE1|ACCESS_CONF||dh||OutputSed sed-command",
  "PassEnv|mod_env|ITERATE|OR_FILEINFO||svdh||PassEnv env-variable [env-variable] ...",
  "PidFile|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||PidFile filename",
  "PrivilegesMode|mod_privileges|TAKE1|ACCESS_CONF+RSRC_CONF||svd||PrivilegesMode FAST|SECURE|SELECTIVE",
  "Protocol|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv|2.1.5|Protocol protocol",
  "ProtocolEcho|mod_echo|FLAG|RSRC_CONF||sv||ProtocolEcho On|Off",
  "Protocols|core|ITERATE|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv|2.4.17|Protocols protocol ...",
  "ProtocolsHonorOrder|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv|2.4.17|ProtocolsHonorOrder On|Off",
  "<Proxy|mod_proxy|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<Proxy wildcard-url> ...</Proxy>",
  "Proxy100Continue|mod_proxy|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4.40|Proxy100Continue Off|On",
  "ProxyAddHeaders|mod_proxy|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.3.10|ProxyAddHeaders Off|On",
  "ProxyBadHeader|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyBadHeader IsError|Ignore|StartBody",
  "ProxyBlock|mod_proxy|ITERATE|RSRC_CONF||sv||ProxyBlock *|word|host|domain [word|host|domain] ...",
  "ProxyDomain|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyDomain Domain",
  "ProxyErrorOverride|mod_proxy|ITERATE|ACCESS_CONF+RSRC_CONF||svd||ProxyErrorOverride Off|On [code ...]",
  "ProxyExpressDBMFile|mod_proxy_express|TAKE1|OR_FILEINFO||sv||ProxyExpressDBMFile pathname",
  "ProxyExpressDBMType|mod_proxy_express|TAKE1|OR_FILEINFO||sv||ProxyExpressDBMType type",
  "ProxyExpressEnable|mod_proxy_express|FLAG|OR_FILEINFO||sv||ProxyExpressEnable on|off",
  "ProxyFCGIBackendType|mod_proxy_fcgi|TAKE1|OR_FILEINFO||svdh|2.4.26|ProxyFCGIBackendType FPM|GENERIC",
  "ProxyFCGISetEnvIf|mod_proxy_fcgi|TAKE23|OR_FILEINFO||svdh|2.4.26|ProxyFCGISetEnvIf conditional-expression [!]environment-variable-name [value-expression]",
  "ProxyFtpDirCharset|mod_proxy_ftp|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.2.7|ProxyFtpDirCharset character_set",
  "ProxyFtpEscapeWildcards|mod_proxy_ftp|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.3.3|ProxyFtpEscapeWildcards on|off",
  "ProxyFtpListOnWildcard|mod_proxy_ftp|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.3.3|ProxyFtpListOnWildcard on|off",
  "ProxyHCExpr|mod_proxy_hcheck|RAW_ARGS|OR_FILEINFO|NOT_IN_HTACCESS|sv||ProxyHCExpr name {ap_expr expression}",
  "ProxyHCTemplate|mod_proxy_hcheck|RAW_ARGS|OR_FILEINFO|NOT_IN_HTACCESS|sv||ProxyHCTemplate name parameter=setting [...]",
  "ProxyHCTPsize|mod_proxy_hcheck|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ProxyHCTPsize size",
  "ProxyHTMLBufSize|mod_proxy_html|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLBufSize bytes",
  "ProxyHTMLCharsetOut|mod_proxy_html|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLCharsetOut Charset | *",
  "ProxyHTMLDocType|mod_proxy_html|TAKE12|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLDocType HTML|XHTML [Legacy]OR ProxyHTMLDocType fpi [SGML|XML]",
  "ProxyHTMLEnable|mod_proxy_html|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLEnable On|Off",
  "ProxyHTMLEvents|mod_proxy_html|ITERATE|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLEvents attribute [attribute ...]",
  "ProxyHTMLExtended|mod_proxy_html|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLExtended On|Off",
  "ProxyHTMLFixups|mod_proxy_html|ITERATE|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLFixups [lowercase] [dospath] [reset]",
  "ProxyHTMLInterp|mod_proxy_html|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLInterp On|Off",
  "ProxyHTMLLinks|mod_proxy_html|ITERATE2|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLLinks element attribute [attribute2 ...]",
  "ProxyHTMLMeta|mod_proxy_html|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLMeta On|Off",
  "ProxyHTMLStripComments|mod_proxy_html|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLStripComments On|Off",
  "ProxyHTMLURLMap|mod_proxy_html|RAW_ARGS|ACCESS_CONF+RSRC_CONF||svd|2.4|ProxyHTMLURLMap from-pattern to-pattern [flags] [cond]",
  "ProxyIOBufferSize|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyIOBufferSize bytes",
  "<ProxyMatch|mod_proxy|RAW_ARGS|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||<ProxyMatch regex> ...</ProxyMatch>",
  "ProxyMaxForwards|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyMaxForwards number",
  "ProxyPass|mod_proxy|RAW_ARGS|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_LIMIT|svd||ProxyPass [path] !|url [key=value [key=value ...]] [nocanon] [interpolate] [noquery]",
  "ProxyPassInherit|mod_proxy|FLAG|RSRC_CONF||sv|2.4.5|ProxyPassInherit On|Off",
  "ProxyPassInterpolateEnv|mod_proxy|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.2.9|ProxyPassInterpolateEnv On|Off",
  "ProxyPassMatch|mod_proxy|RAW_ARGS|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES+NOT_IN_LIMIT|svd||ProxyPassMatch [regex] !|url [key=value [key=value ...]]",
  "ProxyPassReverse|mod_proxy|TAKE123|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES|svd||ProxyPassReverse [path] url [interpolate]",
  "ProxyPassReverseCookieDomain|mod_proxy|TAKE23|ACCESS_CONF+RSRC_CONF||svd||ProxyPassReverseCookieDomain internal-domain public-domain [interpolate]",
  "ProxyPassReverseCookiePath|mod_proxy|TAKE23|ACCESS_CONF+RSRC_CONF||svd||ProxyPassReverseCookiePath internal-path public-path [interpolate]",
  "ProxyPreserveHost|mod_proxy|FLAG|ACCESS_CONF+RSRC_CONF||svd|2.3.3|ProxyPreserveHost On|Off",
  "ProxyReceiveBufferSize|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyReceiveBufferSize bytes",
  "ProxyRemote|mod_proxy|TAKE23|RSRC_CONF||sv|2.4.59|ProxyRemote match remote-server [username:password]",
  "ProxyRemoteMatch|mod_proxy|TAKE23|RSRC_CONF||sv|2.4.59|ProxyRemoteMatch regex remote-server [username:password]",
  "ProxyRequests|mod_proxy|FLAG|RSRC_CONF||sv||ProxyRequests On|Off",
  "ProxySCGIInternalRedirect|mod_proxy_scgi|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.4.13|ProxySCGIInternalRedirect On|Off|Headername",
  "ProxySCGISendfile|mod_proxy_scgi|TAKE1|ACCESS_CONF+RSRC_CONF||svd||ProxySCGISendfile On|Off|Headername",
  "ProxySet|mod_proxy|RAW_ARGS|ACCESS_CONF+RSRC_CONF|NOT_IN_HTACCESS|svd|2.2|ProxySet url key=value [key=value ...]",
  "ProxySourceAddress|mod_proxy|TAKE1|RSRC_CONF||sv|2.3.9|ProxySourceAddress address",
  "ProxyStatus|mod_proxy|TAKE1|RSRC_CONF||sv|2.2|ProxyStatus Off|On|Full",
  "ProxyTimeout|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyTimeout seconds",
  "ProxyVia|mod_proxy|TAKE1|RSRC_CONF||sv||ProxyVia On|Off|Full|Block",
  "ProxyWebsocketFallbackToProxyHttp|mod_proxy_wstunnel|FLAG|ACCESS_CONF+RSRC_CONF||sv|2.4.48|ProxyWebsocketFallbackToProxyHttp On|Off",
  "QualifyRedirectURL|core|FLAG|OR_FILEINFO||svd|2.4.18|QualifyRedirectURL On|Off",
  "ReadBufferSize|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.4.27|ReadBufferSize bytes",
  "ReadmeName|mod_autoindex|TAKE1|OR_INDEXES||svdh||ReadmeName filename",
  "ReceiveBufferSize|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ReceiveBufferSize bytes",
  "Redirect|mod_alias|TAKE123|OR_FILEINFO||svdh||Redirect [status] [URL-path] URL",
  "RedirectMatch|mod_alias|TAKE23|OR_FILEINFO||svdh||RedirectMatch [status] regex URL",
  "RedirectPermanent|mod_alias|TAKE2|OR_FILEINFO||svdh||RedirectPermanent URL-path URL",
  "RedirectRelative|mod_alias|FLAG|OR_FILEINFO||svd|2.4.58|RedirectRelative On|Off",
  "RedirectTemp|mod_alias|TAKE2|OR_FILEINFO||svdh||RedirectTemp URL-path URL",
  "RedisConnPoolTTL|mod_socache_redis|TAKE1|RSRC_CONF||sv|2.4.39|RedisConnPoolTTL num[units]",
  "RedisTimeout|mod_socache_redis|TAKE1|RSRC_CONF||sv|2.4.39|RedisTimeout num[units]",
  "ReflectorHeader|mod_reflector|TAKE12|OR_OPTIONS||svdh||ReflectorHeader inputheader [outputheader]",
  "RegexDefaultOptions|core|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s|2.4.30|RegexDefaultOptions [none] [+|-]option [[+|-]option] ...",
  "RegisterHttpMethod|core|ITERATE|RSRC_CONF|GLOBAL_ONLY|s|2.4.24|RegisterHttpMethod method [method [...]]",
  "RemoteIPHeader|mod_remoteip|TAKE1|RSRC_CONF||sv||RemoteIPHeader header-field",
  "RemoteIPInternalProxy|mod_remoteip|ITERATE|RSRC_CONF||sv||RemoteIPInternalProxy proxy-ip|proxy-ip/subnet|hostname ...",
  "RemoteIPInternalProxyList|mod_remoteip|TAKE1|EXEC_ON_READ+RSRC_CONF||sv||RemoteIPInternalProxyList filename",
  "RemoteIPProxiesHeader|mod_remoteip|TAKE1|RSRC_CONF||sv||RemoteIPProxiesHeader HeaderFieldName",
  "RemoteIPProxyProtocol|mod_remoteip|FLAG|RSRC_CONF||sv|2.4.31|RemoteIPProxyProtocol On|Off",
  "RemoteIPProxyProtocolExceptions|mod_remoteip|TAKE_ARGV|RSRC_CONF||sv|2.4.31|RemoteIPProxyProtocolExceptions host|range [host|range] [host|range]",
  "RemoteIPTrustedProxy|mod_remoteip|ITERATE|RSRC_CONF||sv||RemoteIPTrustedProxy proxy-ip|proxy-ip/subnet|hostname ...",
  "RemoteIPTrustedProxyList|mod_remoteip|TAKE1|EXEC_ON_READ+RSRC_CONF||sv||RemoteIPTrustedProxyList filename",
  "RemoveCharset|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveCharset extension [extension] ...",
  "RemoveEncoding|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveEncoding extension [extension] ...",
  "RemoveHandler|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveHandler extension [extension] ...",
  "RemoveInputFilter|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveInputFilter extension [extension] ...",
  "RemoveLanguage|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveLanguage extension [extension] ...",
  "RemoveOutputFilter|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveOutputFilter extension [extension] ...",
  "RemoveType|mod_mime|ITERATE|OR_FILEINFO||vdh||RemoveType extension [extension] ...",
  "RequestHeader|mod_headers|RAW_ARGS|OR_FILEINFO||svdh|2.4.7|RequestHeader add|append|edit|edit*|merge|set|setifempty|unset header [[expr=]value [replacement] [early|env=[!]varname|expr=expression]]",
  "RequestReadTimeout|mod_reqtimeout|RAW_ARGS|RSRC_CONF||sv|2.2.15|RequestReadTimeout [handshake=timeout[-maxtimeout][,MinRate=rate] [header=timeout[-maxtimeout][,MinRate=rate] [body=timeout[-maxtimeout][,MinRate=rate]",
  "Require|mod_authz_core|RAW_ARGS|OR_AUTHCFG||dh||Require [not] entity-name [entity-name] ...",
  "<RequireAll|mod_authz_core|RAW_ARGS|OR_AUTHCFG||dh||<RequireAll> ... </RequireAll>",
  "<RequireAny|mod_authz_core|RAW_ARGS|OR_AUTHCFG||dh||<RequireAny> ... </RequireAny>",
  "<RequireNone|mod_authz_core|RAW_ARGS|OR_AUTHCFG||dh||<RequireNone> ... </RequireNone>",
  "RewriteBase|mod_rewrite|TAKE1|OR_FILEINFO||dh||RewriteBase URL-path",
  "RewriteCond|mod_rewrite|RAW_ARGS|OR_FILEINFO||svdh||RewriteCond TestString CondPattern [flags]",
  "RewriteEngine|mod_rewrite|FLAG|OR_FILEINFO||svdh||RewriteEngine on|off",
  "RewriteMap|mod_rewrite|TAKE23|RSRC_CONF||sv|2.4.29|RewriteMap MapName MapType:MapSource [MapTypeOptions]",
  "RewriteOptions|mod_rewrite|ITERATE|OR_FILEINFO||svdh||RewriteOptions Options",
  "RewriteRule|mod_rewrite|RAW_ARGS|OR_FILEINFO||svdh||RewriteRule Pattern Substitution [flags]",
  "RLimitCPU|core|TAKE12|OR_ALL||svdh||RLimitCPU seconds|max [seconds|max]",
  "RLimitMEM|core|TAKE12|OR_ALL||svdh||RLimitMEM bytes|max [bytes|max]",
  "RLimitNPROC|core|TAKE12|OR_ALL||svdh||RLimitNPROC number|max [number|max]",
  "Satisfy|mod_access_compat|TAKE1|OR_AUTHCFG||dh|2.0.51|Satisfy Any|All",
  "ScoreBoardFile|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ScoreBoardFile file-path",
  "Script|mod_actions|TAKE2|ACCESS_CONF+RSRC_CONF||svd||Script method cgi-script",
  "ScriptAlias|mod_alias|TAKE12|ACCESS_CONF+RSRC_CONF|NOT_IN_DIRECTORY+NOT_IN_FILES|svd||ScriptAlias [URL-path] file-path|directory-path",
  "ScriptAliasMatch|mod_alias|TAKE2|RSRC_CONF||sv||ScriptAliasMatch regex file-path|directory-path",
  "ScriptInterpreterSource|core|TAKE1|OR_FILEINFO||svdh||ScriptInterpreterSource Registry|Registry-Strict|Script",
  "ScriptLog|mod_cgi|TAKE1|RSRC_CONF||sv||ScriptLog file-path",
  "ScriptLogBuffer|mod_cgi|TAKE1|RSRC_CONF||sv||ScriptLogBuffer bytes",
  "ScriptLogLength|mod_cgi|TAKE1|RSRC_CONF||sv||ScriptLogLength bytes",
  "ScriptSock|mod_cgid|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ScriptSock file-path",
  "SecureListen|mod_nw_ssl|TAKE23|RSRC_CONF|GLOBAL_ONLY|s||SecureListen [IP-address:]portnumber Certificate-Name [MUTUAL]",
  "SeeRequestTail|core|FLAG|RSRC_CONF|GLOBAL_ONLY|s|2.2.7|SeeRequestTail On|Off",
  "SendBufferSize|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SendBufferSize bytes",
  "ServerAdmin|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||ServerAdmin email-address|URL",
  "ServerAlias|core|RAW_ARGS|RSRC_CONF||v||ServerAlias hostname [hostname] ...",
  "ServerLimit|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ServerLimit number",
  "ServerName|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||ServerName [scheme://]domain-name|ip-address[:port]",
  "ServerPath|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|v||ServerPath URL-path",
  "ServerRoot|core|TAKE1|EXEC_ON_READ+RSRC_CONF|GLOBAL_ONLY|s||ServerRoot directory-path",
  "ServerSignature|core|TAKE1|OR_ALL||svdh||ServerSignature On|Off|EMail",
  "ServerTokens|core|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ServerTokens Major|Minor|Min[imal]|Prod[uctOnly]|OS|Full",
  "Session|mod_session|FLAG|OR_AUTHCFG+RSRC_CONF||svdh||Session On|Off",
  "SessionCookieName|mod_session_cookie|RAW_ARGS|OR_AUTHCFG+RSRC_CONF||svdh||SessionCookieName name attributes",
  "SessionCookieName2|mod_session_cookie|RAW_ARGS|OR_AUTHCFG+RSRC_CONF||svdh||SessionCookieName2 name attributes",
  "SessionCookieRemove|mod_session_cookie|FLAG|OR_AUTHCFG+RSRC_CONF||svdh||SessionCookieRemove On|Off",
  "SessionCryptoCipher|mod_session_crypto|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh|2.3.0|SessionCryptoCipher name",
  "SessionCryptoDriver|mod_session_crypto|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s|2.3.0|SessionCryptoDriver name [param[=value]]",
  "SessionCryptoPassphrase|mod_session_crypto|ITERATE|OR_AUTHCFG+RSRC_CONF||svdh|2.3.0|SessionCryptoPassphrase secret [ secret ... ]",
  "SessionCryptoPassphraseFile|mod_session_crypto|TAKE1|ACCESS_CONF+RSRC_CONF||svd|2.3.0|SessionCryptoPassphraseFile filename",
  "SessionDBDCookieName|mod_session_dbd|RAW_ARGS|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDCookieName name attributes",
  "SessionDBDCookieName2|mod_session_dbd|RAW_ARGS|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDCookieName2 name attributes",
  "SessionDBDCookieRemove|mod_session_dbd|FLAG|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDCookieRemove On|Off",
  "SessionDBDDeleteLabel|mod_session_dbd|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDDeleteLabel label",
  "SessionDBDInsertLabel|mod_session_dbd|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDInsertLabel label",
  "SessionDBDPerUser|mod_session_dbd|FLAG|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDPerUser On|Off",
  "SessionDBDSelectLabel|mod_session_dbd|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDSelectLabel label",
  "SessionDBDUpdateLabel|mod_session_dbd|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionDBDUpdateLabel label",
  "SessionEnv|mod_session|FLAG|OR_AUTHCFG+RSRC_CONF||svdh||SessionEnv On|Off",
  "SessionExclude|mod_session|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionExclude path",
  "SessionExpiryUpdateInterval|mod_session|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh|2.4.41|SessionExpiryUpdateInterval interval",
  "SessionHeader|mod_session|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionHeader header",
  "SessionInclude|mod_session|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionInclude path",
  "SessionMaxAge|mod_session|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SessionMaxAge maxage",
  "SetEnv|mod_env|TAKE12|OR_FILEINFO||svdh||SetEnv env-variable [value]",
  "SetEnvIf|mod_setenvif|RAW_ARGS|OR_FILEINFO||svdh||SetEnvIf attribute regex [!]env-variable[=value] [[!]env-variable[=value]] ...",
  "SetEnvIfExpr|mod_setenvif|RAW_ARGS|OR_FILEINFO||svdh||SetEnvIfExpr expr [!]env-variable[=value] [[!]env-variable[=value]] ...",
  "SetEnvIfNoCase|mod_setenvif|RAW_ARGS|OR_FILEINFO||svdh||SetEnvIfNoCase attribute regex [!]env-variable[=value] [[!]env-variable[=value]] ...",
  "SetHandler|core|TAKE1|OR_FILEINFO||svdh|2.4.19|SetHandler handler-name|none|expression",
  "SetInputFilter|core|TAKE1|OR_FILEINFO||svdh||SetInputFilter filter[;filter...]",
  "SetOutputFilter|core|TAKE1|OR_FILEINFO||svdh||SetOutputFilter filter[;filter...]",
  "SSIEndTag|mod_include|TAKE1|RSRC_CONF||sv||SSIEndTag tag",
  "SSIErrorMsg|mod_include|TAKE1|OR_ALL||svdh||SSIErrorMsg message",
  "SSIETag|mod_include|FLAG|OR_LIMIT||dh|2.2.15|SSIETag on|off",
  "SSILastModified|mod_include|FLAG|OR_LIMIT||dh|2.2.15|SSILastModified on|off",
  "SSILegacyExprParser|mod_include|FLAG|OR_LIMIT||dh|2.3.13|SSILegacyExprParser on|off",
  "SSIStartTag|mod_include|TAKE1|RSRC_CONF||sv||SSIStartTag tag",
  "SSITimeFormat|mod_include|TAKE1|OR_ALL||svdh||SSITimeFormat formatstring",
  "SSIUndefinedEcho|mod_include|TAKE1|OR_ALL||svdh||SSIUndefinedEcho string",
  "SSLCACertificateFile|mod_ssl|TAKE1|OR_AUTHCFG+RSRC_CONF||sv||SSLCACertificateFile file-path",
  "SSLCACertificatePath|mod_ssl|TAKE1|OR_AUTHCFG+RSRC_CONF||sv||SSLCACertificatePath directory-path",
  "SSLCADNRequestFile|mod_ssl|TAKE1|RSRC_CONF||sv||SSLCADNRequestFile file-path",
  "SSLCADNRequestPath|mod_ssl|TAKE1|RSRC_CONF||sv||SSLCADNRequestPath directory-path",
  "SSLCARevocationCheck|mod_ssl|RAW_ARGS|RSRC_CONF||sv|2.4.21|SSLCARevocationCheck chain|leaf|none [flags ...]",
  "SSLCARevocationFile|mod_ssl|TAKE1|RSRC_CONF||sv||SSLCARevocationFile file-path",
  "SSLCARevocationPath|mod_ssl|TAKE1|RSRC_CONF||sv||SSLCARevocationPath directory-path",
  "SSLCertificateChainFile|mod_ssl|TAKE1|RSRC_CONF||sv||SSLCertificateChainFile file-path",
  "SSLCertificateFile|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.42|SSLCertificateFile file-path|certid",
  "SSLCertificateKeyFile|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.42|SSLCertificateKeyFile file-path|keyid",
  "SSLCipherSuite|mod_ssl|TAKE12|OR_AUTHCFG+RSRC_CONF||svdh||SSLCipherSuite [protocol] cipher-spec",
  "SSLCompression|mod_ssl|FLAG|RSRC_CONF||sv|2.4.3|SSLCompression on|off",
  "SSLCryptoDevice|mod_ssl|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SSLCryptoDevice engine",
  "SSLEngine|mod_ssl|TAKE1|RSRC_CONF||sv||SSLEngine on|off|optional",
  "SSLFIPS|mod_ssl|FLAG|RSRC_CONF|GLOBAL_ONLY|s||SSLFIPS on|off",
  "SSLHonorCipherOrder|mod_ssl|FLAG|RSRC_CONF||sv||SSLHonorCipherOrder on|off",
  "SSLInsecureRenegotiation|mod_ssl|FLAG|RSRC_CONF||sv|2.2.15|SSLInsecureRenegotiation on|off",
  "SSLOCSPDefaultResponder|mod_ssl|TAKE1|RSRC_CONF||sv||SSLOCSPDefaultResponder uri",
  "SSLOCSPEnable|mod_ssl|RAW_ARGS|RSRC_CONF||sv|2.4.34|SSLOCSPEnable on|leaf|off",
  "SSLOCSPNoverify|mod_ssl|FLAG|RSRC_CONF||sv|2.4.26|SSLOCSPNoverify on|off",
  "SSLOCSPOverrideResponder|mod_ssl|FLAG|RSRC_CONF||sv||SSLOCSPOverrideResponder on|off",
  "SSLOCSPProxyURL|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.19|SSLOCSPProxyURL url",
  "SSLOCSPResponderCertificateFile|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.26|SSLOCSPResponderCertificateFile file",
  "SSLOCSPResponderTimeout|mod_ssl|TAKE1|RSRC_CONF||sv||SSLOCSPResponderTimeout seconds",
  "SSLOCSPResponseMaxAge|mod_ssl|TAKE1|RSRC_CONF||sv||SSLOCSPResponseMaxAge seconds",
  "SSLOCSPResponseTimeSkew|mod_ssl|TAKE1|RSRC_CONF||sv||SSLOCSPResponseTimeSkew seconds",
  "SSLOCSPUseRequestNonce|mod_ssl|FLAG|RSRC_CONF||sv|2.4.10|SSLOCSPUseRequestNonce on|off",
  "SSLOpenSSLConfCmd|mod_ssl|TAKE2|RSRC_CONF||sv|2.4.8|SSLOpenSSLConfCmd command-name command-value",
  "SSLOptions|mod_ssl|RAW_ARGS|OR_OPTIONS||svdh||SSLOptions [+|-]option ...",
  "SSLPassPhraseDialog|mod_ssl|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SSLPassPhraseDialog type",
  "SSLProtocol|mod_ssl|RAW_ARGS|RSRC_CONF||sv||SSLProtocol [+|-]protocol ...",
  "SSLProxyCACertificateFile|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCACertificateFile file-path",
  "SSLProxyCACertificatePath|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCACertificatePath directory-path",
  "SSLProxyCARevocationCheck|mod_ssl|RAW_ARGS|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCARevocationCheck chain|leaf|none",
  "SSLProxyCARevocationFile|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCARevocationFile file-path",
  "SSLProxyCARevocationPath|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCARevocationPath directory-path",
  "SSLProxyCheckPeerCN|mod_ssl|FLAG|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCheckPeerCN on|off",
  "SSLProxyCheckPeerExpire|mod_ssl|FLAG|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCheckPeerExpire on|off",
  "SSLProxyCheckPeerName|mod_ssl|FLAG|PROXY_CONF+RSRC_CONF||svp|2.4.5|SSLProxyCheckPeerName on|off",
  "SSLProxyCipherSuite|mod_ssl|TAKE12|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyCipherSuite [protocol] cipher-spec",
  "SSLProxyEngine|mod_ssl|FLAG|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyEngine on|off",
  "SSLProxyMachineCertificateChainFile|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyMachineCertificateChainFile filename",
  "SSLProxyMachineCertificateFile|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyMachineCertificateFile filename",
  "SSLProxyMachineCertificatePath|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyMachineCertificatePath directory",
  "SSLProxyProtocol|mod_ssl|RAW_ARGS|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyProtocol [+|-]protocol ...",
  "SSLProxyVerify|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyVerify level",
  "SSLProxyVerifyDepth|mod_ssl|TAKE1|PROXY_CONF+RSRC_CONF||svp|2.4.30|SSLProxyVerifyDepth number",
  "SSLRandomSeed|mod_ssl|TAKE23|RSRC_CONF|GLOBAL_ONLY|s||SSLRandomSeed context source [bytes]",
  "SSLRenegBufferSize|mod_ssl|TAKE1|OR_AUTHCFG||dh||SSLRenegBufferSize bytes",
  "SSLRequire|mod_ssl|RAW_ARGS|OR_AUTHCFG||dh||SSLRequire expression",
  "SSLRequireSSL|mod_ssl|NO_ARGS|OR_AUTHCFG||dh||SSLRequireSSL",
  "SSLSessionCache|mod_ssl|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SSLSessionCache type",
  "SSLSessionCacheTimeout|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.10|SSLSessionCacheTimeout seconds",
  "SSLSessionTicketKeyFile|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.0|SSLSessionTicketKeyFile file-path",
  "SSLSessionTickets|mod_ssl|FLAG|RSRC_CONF||sv|2.4.11|SSLSessionTickets on|off",
  "SSLSRPUnknownUserSeed|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.4|SSLSRPUnknownUserSeed secret-string",
  "SSLSRPVerifierFile|mod_ssl|TAKE1|RSRC_CONF||sv|2.4.4|SSLSRPVerifierFile file-path",
  "SSLStaplingCache|mod_ssl|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||SSLStaplingCache type",
  "SSLStaplingErrorCacheTimeout|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingErrorCacheTimeout seconds",
  "SSLStaplingFakeTryLater|mod_ssl|FLAG|RSRC_CONF||sv||SSLStaplingFakeTryLater on|off",
  "SSLStaplingForceURL|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingForceURL uri",
  "SSLStaplingResponderTimeout|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingResponderTimeout seconds",
  "SSLStaplingResponseMaxAge|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingResponseMaxAge seconds",
  "SSLStaplingResponseTimeSkew|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingResponseTimeSkew seconds",
  "SSLStaplingReturnResponderErrors|mod_ssl|FLAG|RSRC_CONF||sv||SSLStaplingReturnResponderErrors on|off",
  "SSLStaplingStandardCacheTimeout|mod_ssl|TAKE1|RSRC_CONF||sv||SSLStaplingStandardCacheTimeout seconds",
  "SSLStrictSNIVHostCheck|mod_ssl|FLAG|RSRC_CONF||sv|2.2.12|SSLStrictSNIVHostCheck on|off",
  "SSLUserName|mod_ssl|TAKE1|OR_AUTHCFG+RSRC_CONF||sdh||SSLUserName varname",
  "SSLUseStapling|mod_ssl|FLAG|RSRC_CONF||sv||SSLUseStapling on|off",
  "SSLVerifyClient|mod_ssl|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SSLVerifyClient level",
  "SSLVerifyDepth|mod_ssl|TAKE1|OR_AUTHCFG+RSRC_CONF||svdh||SSLVerifyDepth number",
  "StartServers|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||StartServers number",
  "StartThreads|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||StartThreads number",
  "StrictHostCheck|core|FLAG|RSRC_CONF||sv||StrictHostCheck ON|OFF",
  "Substitute|mod_substitute|TAKE1|OR_FILEINFO||dh||Substitute s/pattern/substitution/[infq]",
  "SubstituteInheritBefore|mod_substitute|FLAG|OR_FILEINFO||dh|2.4.17|SubstituteInheritBefore on|off",
  "SubstituteMaxLineLength|mod_substitute|TAKE1|OR_FILEINFO||dh|2.4.11|SubstituteMaxLineLength bytes(b|B|k|K|m|M|g|G)",
  "Suexec|mod_unixd|FLAG|RSRC_CONF|GLOBAL_ONLY|s||Suexec On|Off",
  "SuexecUserGroup|mod_suexec|TAKE2|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||SuexecUserGroup User Group",
  "ThreadLimit|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ThreadLimit number",
  "ThreadsPerChild|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ThreadsPerChild number",
  "ThreadStackSize|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s|2.1|ThreadStackSize size",
  "TimeOut|core|TAKE1|RSRC_CONF|NOT_IN_DIR_CONTEXT|sv||TimeOut seconds",
  "TraceEnable|core|TAKE1|RSRC_CONF||sv||TraceEnable [on|off|extended]",
  "TransferLog|mod_log_config|TAKE1|RSRC_CONF||sv||TransferLog file|pipe",
  "TypesConfig|mod_mime|TAKE1|RSRC_CONF||s||TypesConfig file-path",
  "UNCList|core|TAKE_ARGV|EXEC_ON_READ+RSRC_CONF||s||UNCList hostname [hostname...]",
  "UnDefine|core|TAKE1|ACCESS_CONF+EXEC_ON_READ+RSRC_CONF|NOT_IN_HTACCESS|s||UnDefine parameter-name",
  "UndefMacro|mod_macro|TAKE1|EXEC_ON_READ+OR_ALL||svd||UndefMacro name",
  "UnsetEnv|mod_env|ITERATE|OR_FILEINFO||svdh||UnsetEnv env-variable [env-variable] ...",
  "Use|mod_macro|RAW_ARGS|EXEC_ON_READ+OR_ALL||svd||Use name [value1 ... valueN]",
  "UseCanonicalName|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd||UseCanonicalName On|Off|DNS",
  "UseCanonicalPhysicalPort|core|TAKE1|ACCESS_CONF+RSRC_CONF||svd||UseCanonicalPhysicalPort On|Off",
  "User|mod_unixd|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||User unix-userid",
  "UserDir|mod_userdir|RAW_ARGS|RSRC_CONF||sv||UserDir directory-filename [directory-filename] ...",
  "VHostCGIMode|mod_privileges|TAKE1|RSRC_CONF||v||VHostCGIMode On|Off|Secure",
  "VHostCGIPrivs|mod_privileges|ITERATE|RSRC_CONF||v||VHostCGIPrivs [+-]?privilege-name [[+-]?privilege-name] ...",
  "VHostGroup|mod_privileges|TAKE1|RSRC_CONF||v||VHostGroup unix-groupid",
  "VHostPrivs|mod_privileges|ITERATE|RSRC_CONF||v||VHostPrivs [+-]?privilege-name [[+-]?privilege-name] ...",
  "VHostSecure|mod_privileges|FLAG|RSRC_CONF||v||VHostSecure On|Off",
  "VHostUser|mod_privileges|TAKE1|RSRC_CONF||v||VHostUser unix-userid",
  "VirtualDocumentRoot|mod_vhost_alias|TAKE1|RSRC_CONF||sv||VirtualDocumentRoot interpolated-directory|none",
  "VirtualDocumentRootIP|mod_vhost_alias|TAKE1|RSRC_CONF||sv||VirtualDocumentRootIP interpolated-directory|none",
  "<VirtualHost|core|RAW_ARGS|RSRC_CONF|GLOBAL_ONLY|s||<VirtualHost addr[:port] [addr[:port]] ...> ... </VirtualHost>",
  "VirtualScriptAlias|mod_vhost_alias|TAKE1|RSRC_CONF||sv||VirtualScriptAlias interpolated-directory|none",
  "VirtualScriptAliasIP|mod_vhost_alias|TAKE1|RSRC_CONF||sv||VirtualScriptAliasIP interpolated-directory|none",
  "WatchdogInterval|mod_watchdog|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||WatchdogInterval time-interval[s]",
  "XBitHack|mod_include|TAKE1|OR_OPTIONS||svdh||XBitHack on|off|full",
  "xml2EncAlias|mod_xml2enc|ITERATE2|RSRC_CONF|GLOBAL_ONLY|s||xml2EncAlias charset alias [alias ...]",
  "xml2EncDefault|mod_xml2enc|TAKE1|OR_ALL||svdh||xml2EncDefault name",
  "xml2StartParse|mod_xml2enc|ITERATE|OR_ALL||svdh||xml2StartParse element [element ...]",
  "AuthDigestNcCheck|mod_auth_digest|FLAG|OR_AUTHCFG||||",
  "FancyIndexing|mod_autoindex|RAW_ARGS|OR_ALL||||",
  "H2SessionExtraFiles|mod_http2|TAKE1|RSRC_CONF||||",
  "Lua_____ByteCodeHack|mod_lua|RAW_ARGS|OR_ALL||||",
  "LuaHookPreTranslateName|mod_lua|RAW_ARGS+TAKE2|EXEC_ON_READ+OR_ALL||||",
  "MaxClients|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|||",
  "MaxRequestsPerChild|core|TAKE1|RSRC_CONF|GLOBAL_ONLY|||",
  "MDCACertificateFile|mod_md|TAKE1|RSRC_CONF||||",
  "MDCheckInterval|mod_md|TAKE1|RSRC_CONF||||",
  "Port|core|TAKE1|RSRC_CONF||||",
  "SSLLog|mod_ssl|RAW_ARGS|OR_ALL||||",
  "SSLLogLevel|mod_ssl|RAW_ARGS|OR_ALL||||"
];

// grammar/directives/apache2x.ts
var olderThanDated = new Set(
  "action allowconnect allowencodedslashes defaulttype header httpprotocoloptions <ifmodule include loglevel maxranges mergetrailers proxypreservehost proxyremote proxyremotematch requestheader rewritemap satisfy sethandler sslcertificatefile sslcertificatekeyfile sslcompression sslproxycacertificatefile sslproxycacertificatepath sslproxycarevocationfile sslproxycarevocationpath sslproxycheckpeercn sslproxycheckpeerexpire sslproxyciphersuite sslproxyengine sslproxymachinecertificatechainfile sslproxymachinecertificatefile sslproxymachinecertificatepath sslproxyprotocol sslproxyverify sslproxyverifydepth sslsessioncachetimeout".split(" ")
);
var youngerThanDated = new Set(
  "define undefine errorlogformat unclist stricthostcheck mergeslashes suexec maxrequestworkers sslocspdefaultresponder sslocspoverrideresponder sslocspresponsetimeskew sslocspresponsemaxage sslocsprespondertimeout sslstaplingcache sslstaplingerrorcachetimeout sslstaplingfaketrylater sslstaplingforceurl sslstaplingrespondertimeout sslstaplingresponsemaxage sslstaplingresponsetimeskew sslstaplingreturnrespondererrors sslstaplingstandardcachetimeout sslusestapling authldapbindauthoritative proxyerroroverridestatus".split(" ")
);
var youngerModules = /* @__PURE__ */ new Set([
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
  "mod_unixd"
]);
var youngerThan20 = /* @__PURE__ */ new Set(["event", "mod_imagemap", "mod_example_hooks"]);
var olderModules = /* @__PURE__ */ new Set(["mod_authz_host"]);
var both = [
  {
    modules: [{ name: "core", identifier: "core_module", file: "core.c", status: "core" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "AuthName TAKE1 u,AuthType TAKE1 u,Require RAW_ARGS u,Satisfy TAKE1 u",
      "AddOutputFilterByType ITERATE2 f,CGIMapExtension TAKE2 f",
      "LogLevel TAKE1 s NOT_IN_DIR_CONTEXT,KeepAlive TAKE1 s NOT_IN_DIR_CONTEXT"
    ]
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
      "MaxMemFree TAKE1 s GLOBAL_ONLY,ServerLimit TAKE1 s GLOBAL_ONLY"
    ]
  },
  {
    modules: [{ name: "mod_alias", identifier: "alias_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["Alias TAKE2 s,ScriptAlias TAKE2 s"]
  },
  {
    modules: [{ name: "mod_rewrite", identifier: "rewrite_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["RewriteLog TAKE1 s,RewriteLogLevel TAKE1 s,RewriteLock TAKE1 s GLOBAL_ONLY"]
  },
  {
    modules: [{ name: "mod_ssl", identifier: "ssl_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["SSLMutex TAKE1 s GLOBAL_ONLY"]
  },
  {
    modules: [{ name: "mod_status", identifier: "status_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["ExtendedStatus FLAG s GLOBAL_ONLY"]
  },
  {
    modules: [{ name: "mod_proxy", identifier: "proxy_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["AllowCONNECT ITERATE s,ProxyErrorOverride FLAG ds"]
  },
  {
    modules: [{ name: "mod_disk_cache", identifier: "disk_cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "CacheRoot TAKE1 s,CacheDirLength TAKE1 s,CacheDirLevels TAKE1 s,CacheMaxFileSize TAKE1 s,CacheMinFileSize TAKE1 s",
      "CacheSize TAKE1 s,CacheGcInterval TAKE1 s,CacheExpiryCheck FLAG s,CacheGcDaily TAKE1 s,CacheGcUnused TAKE2 s",
      "CacheGcClean TAKE2 s,CacheGcMemUsage TAKE1 s,CacheTimeMargin TAKE1 s"
    ]
  },
  {
    modules: [{ name: "mod_mem_cache", identifier: "mem_cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "MCacheSize TAKE1 s,MCacheMaxObjectCount TAKE1 s,MCacheMinObjectSize TAKE1 s,MCacheMaxObjectSize TAKE1 s",
      "MCacheRemovalAlgorithm TAKE1 s,MCacheMaxStreamingBuffer TAKE1 s"
    ]
  },
  {
    modules: [{ name: "mod_cache", identifier: "cache_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["CacheOn FLAG s,CacheForceCompletion TAKE1 s,CacheMaxExpire TAKE1 s,CacheDefaultExpire TAKE1 s"]
  },
  {
    modules: [{ name: "mod_ldap", identifier: "ldap_module", file: "util_ldap.c" }],
    dialects: ["2.0", "2.2"],
    directives: ["LDAPTrustedCA TAKE1 s GLOBAL_ONLY,LDAPTrustedCAType TAKE1 s GLOBAL_ONLY"]
  },
  {
    modules: [{ name: "mod_log_config", identifier: "log_config_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["CookieLog TAKE1 s"]
  },
  {
    modules: [{ name: "mod_example", identifier: "example_module" }],
    dialects: ["2.0", "2.2"],
    directives: ["Example NO_ARGS o"]
  }
];
var only22 = [
  {
    modules: [{ name: "mod_authz_host", identifier: "authz_host_module" }],
    dialects: ["2.2"],
    directives: ["Order TAKE1 l,Allow ITERATE2 l,Deny ITERATE2 l"]
  },
  {
    modules: [{ name: "mod_authn_alias", identifier: "authn_alias_module" }],
    dialects: ["2.2"],
    directives: ["<AuthnProviderAlias RAW_ARGS s GLOBAL_ONLY"]
  },
  {
    modules: [{ name: "mod_authn_default", identifier: "authn_default_module" }],
    dialects: ["2.2"],
    directives: ["AuthDefaultAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authz_default", identifier: "authz_default_module" }],
    dialects: ["2.2"],
    directives: ["AuthzDefaultAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authz_user", identifier: "authz_user_module" }],
    dialects: ["2.2"],
    directives: ["AuthzUserAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authz_groupfile", identifier: "authz_groupfile_module" }],
    dialects: ["2.2"],
    directives: ["AuthGroupFile TAKE12 u,AuthzGroupFileAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authn_file", identifier: "authn_file_module" }],
    dialects: ["2.2"],
    directives: ["AuthUserFile TAKE12 u"]
  },
  {
    modules: [{ name: "mod_authz_owner", identifier: "authz_owner_module" }],
    dialects: ["2.2"],
    directives: ["AuthzOwnerAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authz_dbm", identifier: "authz_dbm_module" }],
    dialects: ["2.2"],
    directives: ["AuthzDBMAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_authnz_ldap", identifier: "authnz_ldap_module" }],
    dialects: ["2.2"],
    directives: ["AuthzLDAPAuthoritative FLAG u"]
  }
];
var only20 = [
  {
    modules: [{ name: "mod_access", identifier: "access_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["Order TAKE1 l,Allow ITERATE2 l,Deny ITERATE2 l"]
  },
  {
    modules: [{ name: "mod_auth", identifier: "auth_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["AuthUserFile TAKE12 u,AuthGroupFile TAKE12 u,AuthAuthoritative FLAG u"]
  },
  {
    modules: [{ name: "mod_auth_anon", identifier: "auth_anon_module" }],
    dialects: ["2.0"],
    directives: [
      "Anonymous ITERATE u,Anonymous_MustGiveEmail FLAG u,Anonymous_NoUserID FLAG u,Anonymous_VerifyEmail FLAG u",
      "Anonymous_LogEmail FLAG u,Anonymous_Authoritative FLAG u"
    ]
  },
  {
    modules: [{ name: "mod_auth_dbm", identifier: "auth_dbm_module" }],
    dialects: ["2.0"],
    directives: ["AuthDBMUserFile TAKE1 u,AuthDBMGroupFile TAKE1 u,AuthDBMAuthoritative FLAG u,AuthDBMType TAKE1 u"]
  },
  {
    modules: [{ name: "mod_auth_digest", identifier: "auth_digest_module" }],
    dialects: ["2.0"],
    directives: ["AuthDigestFile TAKE1 u,AuthDigestGroupFile TAKE1 u"]
  },
  {
    modules: [{ name: "mod_auth_ldap", identifier: "auth_ldap_module" }],
    dialects: ["2.0"],
    directives: [
      "AuthLDAPURL TAKE1 u,AuthLDAPBindDN TAKE1 u,AuthLDAPBindPassword TAKE1 u,AuthLDAPRemoteUserIsDN FLAG u",
      "AuthLDAPAuthoritative FLAG u,AuthLDAPCompareDNOnServer FLAG u,AuthLDAPGroupAttribute ITERATE u",
      "AuthLDAPGroupAttributeIsDN FLAG u,AuthLDAPDereferenceAliases TAKE1 u,AuthLDAPEnabled FLAG u",
      "AuthLDAPFrontPageHack FLAG u,AuthLDAPCharsetConfig TAKE1 s"
    ]
  },
  {
    modules: [{ name: "mod_imap", identifier: "imap_module", status: "base" }],
    dialects: ["2.0"],
    directives: ["ImapMenu TAKE1 i,ImapDefault TAKE1 i,ImapBase TAKE1 i"]
  },
  {
    modules: [{ name: "mod_log_forensic", identifier: "log_forensic_module" }],
    dialects: ["2.0"],
    directives: ["ForensicLog TAKE1 s"]
  },
  {
    modules: [{ name: "core", identifier: "core_module", file: "core.c", status: "core" }],
    dialects: ["2.0"],
    directives: ["IdentityCheck FLAG ds"]
  },
  {
    modules: [{ name: "perchild", identifier: "mpm_perchild_module", file: "perchild.c", status: "mpm" }],
    dialects: ["2.0"],
    directives: []
  }
];
var apache2x = [...both, ...only22, ...only20];

// grammar/directives/backhand.ts
var modBackhand = {
  modules: [{ name: "mod_backhand", identifier: "backhand_module", status: "ours" }],
  dialects: ["1.3"],
  directives: [
    "UnixSocketDir TAKE1 s GLOBAL_ONLY",
    "MulticastStats TAKE12 s",
    "BroadcastStats TAKE12 s",
    "AcceptStats TAKE1 s",
    "Backhand TAKE12 ads",
    "BackhandFromSO TAKE23 ads",
    "BackhandSelfRedirect FLAG ds",
    "BackhandLogLevel ITERATE s",
    "BackhandModeratorPIDFile TAKE1 s GLOBAL_ONLY",
    "BackhandConnectionPools FLAG s GLOBAL_ONLY"
  ]
};
var modBackhandNg = {
  modules: [{ name: "mod_backhand_ng", identifier: "backhand_ng_module", status: "ours" }],
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  directives: [
    "BackhandLocal TAKE1 ads",
    "BackhandStatsSecret TAKE1 s",
    "BackhandStatsBus TAKE1 s",
    "BackhandStatsInterval TAKE1 s",
    "BackhandTimeout TAKE_ARGV ads",
    "BackhandRetry TAKE_ARGV ads",
    "BackhandMaxInflight TAKE123 ads",
    "BackhandHealth TAKE_ARGV s GLOBAL_ONLY",
    "BackhandSlowStart TAKE1 s GLOBAL_ONLY",
    "BackhandTrustedProxy ITERATE s",
    "BackhandWorkers TAKE1 s GLOBAL_ONLY"
  ]
};

// grammar/directives/rows.ts
var contextNames = /* @__PURE__ */ new Map([
  ["s", "server config"],
  ["v", "virtual host"],
  ["d", "directory"],
  ["h", ".htaccess"],
  ["p", "proxy section"]
]);
var bitLetters = /* @__PURE__ */ new Map([
  ["s", "RSRC_CONF"],
  ["d", "ACCESS_CONF"],
  ["a", "OR_ALL"],
  ["o", "OR_OPTIONS"],
  ["f", "OR_FILEINFO"],
  ["u", "OR_AUTHCFG"],
  ["i", "OR_INDEXES"],
  ["l", "OR_LIMIT"]
]);
var serverBits = ["RSRC_CONF", "OR_ALL", "OR_OPTIONS", "OR_FILEINFO", "OR_INDEXES"];
var htaccessBits = [
  "OR_ALL",
  "OR_OPTIONS",
  "OR_FILEINFO",
  "OR_INDEXES",
  "OR_LIMIT",
  "OR_AUTHCFG"
];
function contextsOf(overrides) {
  const contexts = [];
  if (overrides.some((bit) => serverBits.includes(bit))) contexts.push("server config", "virtual host");
  const htaccess = overrides.some((bit) => htaccessBits.includes(bit));
  if (htaccess || overrides.includes("ACCESS_CONF")) contexts.push("directory");
  if (htaccess) contexts.push(".htaccess");
  return contexts;
}
function list(text) {
  return text === "" ? [] : text.split("+");
}
function readRow(row) {
  const [name2 = "", module = "", args = "", overrides = "", notIn = "", contexts = "", since = "", ...syntax] = row.split("|");
  const section = name2.startsWith("<");
  const bits2 = list(overrides);
  const spec = {
    name: section ? name2.slice(1) : name2,
    section,
    module,
    args: list(args),
    overrides: bits2,
    notIn: list(notIn),
    contexts: contexts === "" ? contextsOf(bits2) : Array.from(contexts, (letter) => contextNames.get(letter) ?? "directory")
  };
  const help = syntax.join("|");
  return { since, spec: help === "" ? spec : { ...spec, syntax: help } };
}
function readEntry(entry, module) {
  const [name2 = "", kind = "TAKE_ARGV", letters = "ads", flags = ""] = entry.split(" ");
  const section = name2.startsWith("<");
  const overrides = Array.from(letters, (letter) => bitLetters.get(letter) ?? "OR_ALL");
  return {
    name: section ? name2.slice(1) : name2,
    section,
    module,
    args: [section && kind === "TAKE_ARGV" ? "RAW_ARGS" : kind],
    overrides,
    notIn: list(flags),
    contexts: contextsOf(overrides)
  };
}

// grammar/directives/third-party.ts
var old = ["1.3"];
var modern = ["2.0", "2.2", "2.4"];
var all = ["1.3", "2.0", "2.2", "2.4"];
var tables = [
  // TLS for 1.3: mod_ssl 2.8, and Apache-SSL beside it.
  {
    modules: [{ name: "mod_ssl", identifier: "ssl_module" }],
    dialects: old,
    directives: [
      "SSLMutex TAKE1 s GLOBAL_ONLY,SSLPassPhraseDialog TAKE1 s GLOBAL_ONLY,SSLCryptoDevice TAKE1 s GLOBAL_ONLY",
      "SSLSessionCache TAKE1 s GLOBAL_ONLY,SSLRandomSeed TAKE23 s GLOBAL_ONLY,SSLEngine FLAG s,SSLCipherSuite TAKE1 us",
      "SSLCertificateFile TAKE1 s,SSLCertificateKeyFile TAKE1 s,SSLCertificateChainFile TAKE1 s",
      "SSLCACertificatePath TAKE1 us,SSLCACertificateFile TAKE1 us,SSLCARevocationPath TAKE1 s,SSLCARevocationFile TAKE1 s",
      "SSLVerifyClient TAKE1 us,SSLVerifyDepth TAKE1 us,SSLSessionCacheTimeout TAKE1 s,SSLLog TAKE1 s,SSLLogLevel TAKE1 s",
      "SSLProtocol RAW_ARGS us,SSLOptions RAW_ARGS o,SSLRequireSSL NO_ARGS u,SSLRequire RAW_ARGS u",
      "SSLProxyProtocol RAW_ARGS s,SSLProxyCipherSuite TAKE1 s,SSLProxyVerify FLAG s,SSLProxyVerifyDepth TAKE1 s",
      "SSLProxyCACertificateFile TAKE1 s,SSLProxyCACertificatePath TAKE1 s,SSLProxyMachineCertificateFile TAKE1 s",
      "SSLProxyMachineCertificatePath TAKE1 s"
    ]
  },
  {
    modules: [{ name: "apache_ssl", identifier: "apache_ssl_module" }],
    dialects: all,
    directives: [
      "SSLDisable NO_ARGS s,SSLEnable NO_ARGS s,SSLCacheServerPath TAKE1 s,SSLCacheServerPort TAKE1 s",
      "SSLCacheServerRunDir TAKE1 s,SSLRequiredCiphers,SSLRequireCipher,SSLBanCipher,SSLFakeBasicAuth NO_ARGS s",
      "SSLExportClientCertificates NO_ARGS,SSLRandomFile,SSLRandomFilePerConnection,SSLNoCAList,SSLLogFile",
      "SSLCheckClientDN,SSLDenySSL,SSLKeyNoteLogFile,SSLCertificateLogDir,SSLUseCRL,SSLUseTLS,SSLUseSSLv2"
    ]
  },
  // Perl.
  {
    modules: [{ name: "mod_perl", identifier: "perl_module" }],
    dialects: all,
    directives: [
      "<Perl RAW_ARGS ads,=pod RAW_ARGS ads,=back RAW_ARGS ads,=cut RAW_ARGS ads,=begin RAW_ARGS ads,=for RAW_ARGS ads",
      "=over RAW_ARGS ads,=item RAW_ARGS ads,=end RAW_ARGS ads,=head1 RAW_ARGS ads,__END__ RAW_ARGS ads",
      "PerlModule ITERATE ads,PerlRequire ITERATE ads,PerlLoadModule ITERATE ads,PerlConfigRequire ITERATE ads",
      "PerlPostConfigRequire ITERATE s,PerlSetVar TAKE2 ads,PerlAddVar ITERATE2 ads,PerlSetEnv TAKE2 ads",
      "PerlPassEnv ITERATE s,PerlOptions ITERATE ads,PerlSwitches ITERATE s,PerlTaintCheck FLAG s,PerlWarn FLAG s",
      "PerlFreshRestart FLAG s,PerlSendHeader FLAG ads,PerlSetupEnv FLAG ads,PerlOpmask TAKE1 s,PerlScript ITERATE s",
      "PerlSetInputFilter ITERATE ads,PerlSetOutputFilter ITERATE ads,PerlInputFilterHandler ITERATE ads",
      "PerlOutputFilterHandler ITERATE ads,PerlRestartHandler ITERATE s,PerlChildInitHandler ITERATE s",
      "PerlChildExitHandler ITERATE s,PerlOpenLogsHandler ITERATE s,PerlPostConfigHandler ITERATE s",
      "PerlPreConnectionHandler ITERATE s,PerlProcessConnectionHandler ITERATE s,PerlPostReadRequestHandler ITERATE s",
      "PerlTransHandler ITERATE s,PerlMapToStorageHandler ITERATE s,PerlHeaderParserHandler ITERATE ads",
      "PerlInitHandler ITERATE ads,PerlAccessHandler ITERATE ads,PerlAuthenHandler ITERATE ads",
      "PerlAuthzHandler ITERATE ads,PerlTypeHandler ITERATE ads,PerlFixupHandler ITERATE ads,PerlHandler ITERATE ads",
      "PerlResponseHandler ITERATE ads,PerlLogHandler ITERATE ads,PerlCleanupHandler ITERATE ads",
      "PerlDispatchHandler TAKE1 ads,PerlAddAuthzProvider TAKE2 s,PerlAddAuthnProvider TAKE2 s,PerlHandleMacro",
      "PerlInterpStart TAKE1 s,PerlInterpMax TAKE1 s,PerlInterpMinSpare TAKE1 s,PerlInterpMaxSpare TAKE1 s",
      "PerlInterpMaxRequests TAKE1 s,PerlInterpScope TAKE1 ads,PerlTrace TAKE1 s"
    ]
  },
  {
    modules: [{ name: "AxKit", identifier: "axkit_module" }],
    dialects: old,
    directives: [
      "AxAddProcessor,AxAddRootProcessor,AxAddDocTypeProcessor,AxAddDTDProcessor,AxAddDynamicProcessor,AxAddURIProcessor",
      "AxResetProcessors,AxResetStyleMap,AxAddStyleMap,AxAddPlugin,AxResetPlugins,AxAddOutputTransformer",
      "AxResetOutputTransformers,AxCacheDir,AxCacheModule,AxConfigReader,AxContentProvider,AxDebugLevel,AxDebugTidy",
      "AxDependencyChecks,AxErrorStylesheet,AxExternalEncoding,AxGzipOutput,AxHandleDirs,AxIgnoreStylePI,AxLogDeclines",
      "AxMedia,AxNoCache,AxOutputCharset,AxPreferredStyle,AxProvider,AxStackTrace,AxStyle,AxStyleProvider",
      "AxTraceIntermediate,AxTranslateOutput,AxAddXSPTaglib,<AxMediaType,<AxStyleName"
    ]
  },
  // PHP; the module's file name changed with every line.
  {
    modules: [
      { name: "mod_php3", identifier: "php3_module", dialects: old },
      { name: "mod_php4", identifier: "php4_module" },
      { name: "sapi_apache2", identifier: "php4_module", dialects: modern },
      { name: "mod_php5", identifier: "php5_module" },
      { name: "mod_php7", identifier: "php7_module", dialects: modern },
      { name: "mod_php", identifier: "php_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "php_value TAKE2 o,php_flag TAKE2 o,php_admin_value TAKE2 ds,php_admin_flag TAKE2 ds,PHPINIDir TAKE1 s"
    ]
  },
  {
    modules: [{ name: "mod_php3", identifier: "php3_module" }],
    dialects: old,
    directives: [
      "php3_asp_tags FLAG o,php3_auto_prepend_file TAKE1 o,php3_auto_append_file TAKE1 o,php3_bin_dir TAKE1 o",
      "php3_display_errors FLAG o,php3_doc_root TAKE1 ds,php3_engine FLAG ads,php3_error_append_string TAKE1 o",
      "php3_error_log TAKE1 o,php3_error_prepend_string TAKE1 o,php3_error_reporting TAKE1 o,php3_extension_dir TAKE1 o",
      "php3_gpc_order TAKE1 o,php3_include_path TAKE1 o,php3_isapi_ext TAKE1 o,php3_last_modified FLAG o",
      "php3_log_errors FLAG o,php3_magic_quotes_gpc FLAG o,php3_magic_quotes_runtime FLAG o,php3_magic_quotes_sybase FLAG o",
      "php3_max_execution_time TAKE1 o,php3_memory_limit TAKE1 o,php3_mysql_allow_persistent FLAG o",
      "php3_open_basedir TAKE1 ds,php3_safe_mode FLAG ds,php3_safe_mode_exec_dir TAKE1 ds,php3_sendmail_path TAKE1 o",
      "php3_short_open_tag FLAG o,php3_track_errors FLAG o,php3_track_vars FLAG o,php3_upload_max_filesize TAKE1 o",
      "php3_upload_tmp_dir TAKE1 o,php3_user_dir TAKE1 ds,php3_xbithack FLAG o"
    ]
  },
  {
    modules: [{ name: "mod_suphp", identifier: "suphp_module" }],
    dialects: all,
    directives: [
      "suPHP_Engine FLAG ads,suPHP_ConfigPath TAKE1 ads,suPHP_UserGroup TAKE2 ds,suPHP_AddHandler ITERATE ds",
      "suPHP_RemoveHandler ITERATE ds,suPHP_PHPPath TAKE1 s"
    ]
  },
  // Python, Ruby and other runtimes.
  {
    modules: [{ name: "mod_python", identifier: "python_module" }],
    dialects: all,
    directives: [
      "PythonHandler RAW_ARGS ads,PythonPath TAKE1 ads,PythonOption TAKE12 ads,PythonDebug FLAG ads",
      "PythonInterpreter TAKE1 ads,PythonInterpPerDirective FLAG ads,PythonInterpPerDirectory FLAG ads",
      "PythonOptimize FLAG s,PythonAutoReload FLAG ads,PythonEnablePdb FLAG ads,PythonImport ITERATE2 s",
      "PythonAccessHandler RAW_ARGS ads,PythonAuthenHandler RAW_ARGS ads,PythonAuthzHandler RAW_ARGS ads",
      "PythonCleanupHandler RAW_ARGS ads,PythonFixupHandler RAW_ARGS ads,PythonHeaderParserHandler RAW_ARGS ads",
      "PythonInitHandler RAW_ARGS ads,PythonLogHandler RAW_ARGS ads,PythonPostReadRequestHandler RAW_ARGS s",
      "PythonTransHandler RAW_ARGS s,PythonTypeHandler RAW_ARGS ads,PythonHandlerModule TAKE1 ads",
      "PythonInputFilter TAKE2 ads,PythonOutputFilter TAKE2 ads,PythonConnectionHandler RAW_ARGS s"
    ]
  },
  {
    modules: [{ name: "mod_wsgi", identifier: "wsgi_module" }],
    dialects: all,
    directives: [
      "WSGIScriptAlias RAW_ARGS s,WSGIScriptAliasMatch RAW_ARGS s,WSGIDaemonProcess RAW_ARGS s,WSGIProcessGroup TAKE1 ads",
      "WSGIApplicationGroup TAKE1 ads,WSGIImportScript RAW_ARGS s,WSGIPythonHome TAKE1 s,WSGIPythonPath TAKE1 s",
      "WSGIPythonOptimize TAKE1 s,WSGIPythonEggs TAKE1 s,WSGIPythonWarnings TAKE1 s,WSGIPythonHashSeed TAKE1 s",
      "WSGIPassAuthorization FLAG ads,WSGIScriptReloading FLAG ads,WSGIErrorOverride FLAG ads,WSGIChunkedRequest FLAG ads",
      "WSGIMapHEADToGET TAKE1 ads,WSGICaseSensitivity FLAG ads,WSGIRestrictEmbedded FLAG s,WSGIRestrictStdin FLAG s",
      "WSGIRestrictStdout FLAG s,WSGIRestrictSignal FLAG s,WSGIRestrictProcess TAKE1 ads,WSGICallableObject TAKE1 ads",
      "WSGIEnableSendfile FLAG ads,WSGILazyInitialization FLAG s,WSGIVerboseDebugging FLAG s,WSGISocketPrefix TAKE1 s",
      "WSGISocketRotation FLAG s,WSGIAcceptMutex TAKE1 s,WSGIAccessScript RAW_ARGS ads,WSGIAuthUserScript RAW_ARGS ads",
      "WSGIAuthGroupScript RAW_ARGS ads,WSGIDispatchScript RAW_ARGS ads,WSGIHandlerScript RAW_ARGS ads",
      "WSGITrustedProxies ITERATE ads,WSGITrustedProxyHeaders ITERATE ads,WSGIIgnoreActivity TAKE1 ads",
      "WSGIReloadMechanism TAKE1 ads,WSGIServerMetrics TAKE1 s,WSGIDestroyInterpreter FLAG s,WSGIStartupTimeout TAKE1 s"
    ]
  },
  {
    modules: [{ name: "mod_passenger", identifier: "passenger_module" }],
    dialects: modern,
    directives: [
      "PassengerRoot,PassengerRuby,PassengerDefaultRuby,PassengerPython,PassengerNodejs,PassengerEnabled,PassengerAppRoot",
      "PassengerAppEnv,PassengerAppType,PassengerStartupFile,PassengerAppGroupName,PassengerBaseURI,PassengerBufferResponse",
      "PassengerBufferUpload,PassengerConcurrencyModel,PassengerDataBufferDir,PassengerDefaultGroup,PassengerDefaultUser",
      "PassengerErrorOverride,PassengerForceMaxConcurrentRequestsPerProcess,PassengerFriendlyErrorPages,PassengerGroup",
      "PassengerHighPerformance,PassengerInstanceRegistryDir,PassengerLoadShellEnvvars,PassengerLogFile,PassengerLogLevel",
      "PassengerMaxInstances,PassengerMaxInstancesPerApp,PassengerMaxPoolSize,PassengerMaxPreloaderIdleTime",
      "PassengerMaxRequestQueueSize,PassengerMaxRequests,PassengerMaxRequestTime,PassengerMemoryLimit",
      "PassengerMinInstances,PassengerPoolIdleTime,PassengerPreStart,PassengerResolveSymlinksInDocumentRoot",
      "PassengerRestartDir,PassengerRollingRestarts,PassengerSecurityUpdateCheckProxy,PassengerShowVersionInHeader",
      "PassengerSpawnMethod,PassengerStartTimeout,PassengerStatThrottleRate,PassengerStickySessions,PassengerTempDir",
      "PassengerThreadCount,PassengerUploadBufferDir,PassengerUseGlobalQueue,PassengerUser,PassengerUserSwitching",
      "PassengerAllowEncodedSlashes,PassengerDisableSecurityUpdateCheck,RailsEnv,RailsBaseURI,RailsAllowModRewrite",
      "RailsAutoDetect,RailsSpawnMethod,RailsFrameworkSpawnerIdleTime,RailsAppSpawnerIdleTime,RackEnv,RackBaseURI",
      "RackAutoDetect,UnionStationKey,UnionStationSupport"
    ]
  },
  {
    modules: [{ name: "mod_ruby", identifier: "ruby_module" }],
    dialects: all,
    directives: [
      "RubyRequire,RubyHandler,RubyAddPath,RubySafeLevel,RubyOutputMode,RubyKanjiCode,RubySetEnv,RubyPassEnv",
      "RubyTimeOut,RubyOption,RubyGcPerRequest,RubyRestrictDirectives,RubyTransHandler,RubyAuthenHandler",
      "RubyAuthzHandler,RubyAccessHandler,RubyTypeHandler,RubyFixupHandler,RubyLogHandler,RubyHeaderParserHandler",
      "RubyPostReadRequestHandler,RubyInitHandler,RubyCleanupHandler,RubyChildInitHandler,RubyErrorLogHandler"
    ]
  },
  {
    modules: [{ name: "mod_fastcgi", identifier: "fastcgi_module" }],
    dialects: all,
    directives: [
      "FastCgiServer RAW_ARGS s,FastCgiExternalServer RAW_ARGS s,AppClass RAW_ARGS s,ExternalAppClass RAW_ARGS s",
      "FastCgiConfig RAW_ARGS s,FCGIConfig RAW_ARGS s,FastCgiIpcDir TAKE12 s,FastCgiSuexec TAKE1 s,FCGISuexec TAKE1 s",
      "FastCgiWrapper TAKE1 s,FastCgiAccessChecker TAKE1 ads,FastCgiAccessCheckerAuthoritative FLAG ads",
      "FastCgiAuthenticator TAKE12 ads,FastCgiAuthenticatorAuthoritative FLAG ads,FastCgiAuthorizer TAKE12 ads",
      "FastCgiAuthorizerAuthoritative FLAG ads"
    ]
  },
  {
    modules: [{ name: "mod_fcgid", identifier: "fcgid_module" }],
    dialects: modern,
    directives: [
      "FcgidAccessChecker,FcgidAccessCheckerAuthoritative FLAG ads,FcgidAuthenticator,FcgidAuthorizer",
      "FcgidAuthenticatorAuthoritative FLAG ads,FcgidAuthorizerAuthoritative FLAG ads,FcgidBusyScanInterval TAKE1 s",
      "FcgidBusyTimeout TAKE1 s,FcgidCmdOptions RAW_ARGS s,FcgidConnectTimeout TAKE1 s,FcgidErrorScanInterval TAKE1 s",
      "FcgidFixPathinfo TAKE1 s,FcgidIdleScanInterval TAKE1 s,FcgidIdleTimeout TAKE1 s,FcgidInitialEnv TAKE12 s",
      "FcgidIOTimeout TAKE1 s,FcgidIPCDir TAKE1 s,FcgidMaxProcesses TAKE1 s,FcgidMaxProcessesPerClass TAKE1 s",
      "FcgidMaxRequestInMem TAKE1 s,FcgidMaxRequestLen TAKE1 s,FcgidMaxRequestsPerProcess TAKE1 s",
      "FcgidMinProcessesPerClass TAKE1 s,FcgidOutputBufferSize TAKE1 s,FcgidPassHeader TAKE1 s,FcgidPHPFixPathinfoEnable",
      "FcgidProcessLifeTime TAKE1 s,FcgidProcessTableFile TAKE1 s,FcgidSpawnScore TAKE1 s,FcgidSpawnScoreUpLimit TAKE1 s",
      "FcgidTerminationScore TAKE1 s,FcgidTimeScore TAKE1 s,FcgidWin32PreventOrphans FLAG s,FcgidWrapper TAKE123 ads",
      "FcgidZombieScanInterval TAKE1 s,SocketPath TAKE1 s,SharememPath TAKE1 s,IdleTimeout TAKE1 s,ProcessLifeTime TAKE1 s",
      "IPCConnectTimeout TAKE1 s,IPCCommTimeout TAKE1 s,BusyTimeout TAKE1 s,DefaultInitEnv TAKE12 s,MaxProcessCount TAKE1 s",
      "DefaultMinClassProcessCount TAKE1 s,DefaultMaxClassProcessCount TAKE1 s,MaxRequestLen TAKE1 s",
      "MaxRequestsPerProcess TAKE1 s,MaxRequestInMem TAKE1 s,OutputBufferSize TAKE1 s,PHP_Fix_Pathinfo_Enable TAKE1 s",
      "FCGIWrapper TAKE123 ads,IdleScanInterval TAKE1 s,BusyScanInterval TAKE1 s,ErrorScanInterval TAKE1 s",
      "ZombieScanInterval TAKE1 s,SpawnScore TAKE1 s,SpawnScoreUpLimit TAKE1 s,TerminationScore TAKE1 s"
    ]
  },
  // Java.
  {
    modules: [{ name: "mod_jk", identifier: "jk_module" }],
    dialects: all,
    directives: [
      "JkMount TAKE12 ds,JkUnMount TAKE12 ds,JkAutoAlias TAKE1 s,JkWorkersFile TAKE1 s,JkWorkerProperty RAW_ARGS s",
      "JkMountFile TAKE1 s,JkMountFileReload TAKE1 s,JkMountCopy TAKE1 s,JkLogFile TAKE1 s,JkLogLevel TAKE1 s",
      "JkLogStampFormat TAKE1 s,JkRequestLogFormat TAKE1 s,JkShmFile TAKE1 s,JkShmSize TAKE1 s,JkExtractSSL FLAG s",
      "JkHTTPSIndicator TAKE1 s,JkSESSIONIndicator TAKE1 s,JkCIPHERIndicator TAKE1 s,JkCERTSIndicator TAKE1 s",
      "JkCERTCHAINPrefix TAKE1 s,JkKEYSIZEIndicator TAKE1 s,JkLocalNameIndicator TAKE1 s,JkLocalPortIndicator TAKE1 s",
      "JkRemoteHostIndicator TAKE1 s,JkRemoteAddrIndicator TAKE1 s,JkRemotePortIndicator TAKE1 s",
      "JkRemoteUserIndicator TAKE1 s,JkAuthTypeIndicator TAKE1 s,JkIgnoreCLIndicator TAKE1 s,JkOptions RAW_ARGS s",
      "JkEnvVar TAKE12 s,JkStripSession TAKE12 s,JkWatchdogInterval TAKE1 s,JkWorkerIndicator TAKE1 s",
      "JkRequestHeaderIndicator"
    ]
  },
  {
    modules: [{ name: "mod_jserv", identifier: "jserv_module" }],
    dialects: old,
    directives: [
      "ApJServManual,ApJServProperties,ApJServLogFile,ApJServLogLevel,ApJServDefaultHost,ApJServDefaultPort",
      "ApJServDefaultProtocol,ApJServHost,ApJServRoute,ApJServBalance,ApJServShmFile,ApJServVMTimeout,ApJServVMInterval",
      "ApJServProtocolParameter,ApJServSecretKey,ApJServMount,ApJServMountCopy,ApJServAction,ApJServEnvVar,ApJServRetryAttempts"
    ]
  },
  {
    modules: [
      { name: "mod_weblogic", identifier: "weblogic_module" },
      { name: "mod_wl_20", identifier: "weblogic_module", dialects: modern },
      { name: "mod_wl_22", identifier: "weblogic_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "WebLogicHost,WebLogicPort,WebLogicCluster,MatchExpression,WLProxySSL,WLLogFile,Debug,PathTrim,PathPrepend"
    ]
  },
  // Subversion and WebDAV.
  {
    modules: [{ name: "mod_dav", identifier: "dav_module" }],
    dialects: old,
    directives: [
      "DAV FLAG ds,DAVLockDB TAKE1 s,DAVMinTimeout TAKE1 ds,DAVDepthInfinity FLAG ds,DAVLimitXMLRequestBody TAKE1 ads",
      "DAVParam TAKE2 ds"
    ]
  },
  {
    modules: [{ name: "mod_dav_svn", identifier: "dav_svn_module" }],
    dialects: modern,
    directives: [
      "SVNPath TAKE1 d,SVNParentPath TAKE1 d,SVNReposName TAKE1 d,SVNIndexXSLT TAKE1 d,SVNSpecialURI TAKE1 s",
      "SVNAutoversioning FLAG d,SVNPathAuthz TAKE1 d,SVNListParentPath FLAG d,SVNMasterURI TAKE1 d",
      "SVNActivitiesDB TAKE1 d,SVNAllowBulkUpdates TAKE1 d,SVNInMemoryCacheSize TAKE1 s,SVNCompressionLevel TAKE1 s",
      "SVNCacheTextDeltas FLAG ds,SVNCacheFullTexts FLAG ds,SVNCacheRevProps FLAG ds,SVNCacheNodeProps FLAG ds",
      "SVNAdvertiseV2Protocol FLAG ds,SVNBlockRead FLAG d,SVNHooksEnv TAKE1 d,SVNMasterVersion TAKE1 d,SVNUseUTF8 FLAG s"
    ]
  },
  {
    modules: [{ name: "mod_authz_svn", identifier: "authz_svn_module" }],
    dialects: modern,
    directives: [
      "AuthzSVNAccessFile TAKE1 d,AuthzSVNReposRelativeAccessFile TAKE1 d,AuthzSVNGroupsFile TAKE1 d",
      "AuthzSVNAuthoritative FLAG d,AuthzSVNAnonymous FLAG d,AuthzSVNNoAuthWhenAnonymousAllowed FLAG d,AuthzForceUsernameCase"
    ]
  },
  // Compression and content.
  {
    modules: [{ name: "mod_gzip", identifier: "gzip_module" }],
    dialects: all,
    directives: [
      "mod_gzip_on TAKE1 ads,mod_gzip_add_header_count,mod_gzip_dechunk TAKE1 ads,mod_gzip_keep_workfiles TAKE1 ads",
      "mod_gzip_min_http TAKE1 ads,mod_gzip_minimum_file_size TAKE1 ads,mod_gzip_maximum_file_size TAKE1 ads",
      "mod_gzip_maximum_inmem_size TAKE1 ads,mod_gzip_temp_dir TAKE1 ads,mod_gzip_item_include TAKE2 ads",
      "mod_gzip_item_exclude TAKE2 ads,mod_gzip_command_version TAKE1 ads,mod_gzip_can_negotiate TAKE1 ads",
      "mod_gzip_static_suffix TAKE1 ads,mod_gzip_update_static TAKE1 ads,mod_gzip_send_vary TAKE1 ads",
      "mod_gzip_handle_methods,mod_gzip_imap_size,mod_gzip_config_version,mod_gzip_do_static_files,mod_gzip_do_cgi"
    ]
  },
  {
    modules: [{ name: "mod_layout", identifier: "layout_module" }],
    dialects: all,
    directives: [
      "LayoutHeader,LayoutFooter,LayoutComment,LayoutContentType,LayoutDefaultHandlers,LayoutDisplay,LayoutHandler",
      "LayoutIgnoreHeaders,LayoutIgnoreHeaderURI,LayoutIgnoreFooterURI,LayoutIgnoreURI,LayoutHandlerOverride",
      "LayoutFooterReplacement,LayoutHeaderReplacement,LayoutMerge,LayoutMergeBeginTag,LayoutMergeEndTag,LayoutMergeFooter",
      "LayoutMergeHeader,LayoutReplaceHeader,LayoutReplaceFooter,LayoutScheme,LayoutTimeLog,LayoutSetOriginEnv"
    ]
  },
  {
    modules: [{ name: "mod_pagespeed", identifier: "pagespeed_module" }],
    dialects: modern,
    directives: [
      "ModPagespeed,ModPagespeedAllow,ModPagespeedDisallow,ModPagespeedDomain,ModPagespeedEnableFilters",
      "ModPagespeedDisableFilters,ModPagespeedForbidFilters,ModPagespeedRewriteLevel,ModPagespeedFileCachePath",
      "ModPagespeedFileCacheSizeKb,ModPagespeedFileCacheCleanIntervalMs,ModPagespeedFileCacheInodeLimit",
      "ModPagespeedMapOriginDomain,ModPagespeedMapRewriteDomain,ModPagespeedMapProxyDomain,ModPagespeedShardDomain",
      "ModPagespeedLoadFromFile,ModPagespeedLoadFromFileMatch,ModPagespeedStatistics,ModPagespeedStatisticsLogging",
      "ModPagespeedMemcachedServers,ModPagespeedMessageBufferSize,ModPagespeedLogDir,ModPagespeedFetchHttps",
      "ModPagespeedInheritVHostConfig,ModPagespeedFilesystem,ModPagespeedLibrary,ModPagespeedRespectVary",
      "ModPagespeedXHeaderValue,ModPagespeedAdmin,ModPagespeedGlobalAdmin,AddOutputFilterByType TAKE_ARGV f"
    ]
  },
  {
    modules: [{ name: "mod_xsendfile", identifier: "xsendfile_module" }],
    dialects: modern,
    directives: [
      "XSendFile FLAG ads,XSendFilePath TAKE12 ads,XSendFileIgnoreEtag FLAG ads,XSendFileIgnoreLastModified FLAG ads",
      "XSendFileUnescape FLAG ads,XSendFileAllowAbove FLAG ads"
    ]
  },
  {
    modules: [{ name: "mod_proxy_html", identifier: "proxy_html_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "ProxyHTMLBufSize,ProxyHTMLCharsetAlias,ProxyHTMLCharsetDefault,ProxyHTMLCharsetOut,ProxyHTMLDocType,ProxyHTMLEnable",
      "ProxyHTMLEvents,ProxyHTMLExtended,ProxyHTMLFixups,ProxyHTMLInterp,ProxyHTMLLinks,ProxyHTMLLogVerbose,ProxyHTMLMeta",
      "ProxyHTMLStartParse,ProxyHTMLStripComments,ProxyHTMLURLMap"
    ]
  },
  {
    modules: [{ name: "mod_frontpage", identifier: "frontpage_module" }],
    dialects: all,
    directives: ["FrontPageEnable,FrontPageDisable,FrontpageAdminEnable,FrontpageAdminDisable,FPStatic"]
  },
  {
    modules: [{ name: "mod_roaming", identifier: "roaming_module" }],
    dialects: old,
    directives: ["RoamingAlias TAKE2 s,LiPrefsDir,RoamingUserFile"]
  },
  // Limits and bandwidth.
  {
    modules: [{ name: "mod_throttle", identifier: "throttle_module" }],
    dialects: old,
    directives: [
      "ThrottlePolicy,ThrottleClientIP,ThrottleRemoteUser,ThrottleLimit,ThrottleInterval,ThrottleMaxDelay,ThrottleMinDelay",
      "ThrottlePolicyDefault,ThrottleContentType,ThrottleIndex,ThrottleLockFile,ThrottleRefresh,ThrottleRuntimeFile,ThrottleMe"
    ]
  },
  {
    modules: [{ name: "mod_bandwidth", identifier: "bandwidth_module" }],
    dialects: old,
    directives: [
      "BandWidthModule FLAG s,BandWidthDataDir TAKE1 s,BandWidthPulse TAKE1 s,BandWidth TAKE2 ads,LargeFileLimit TAKE2 ads",
      "MaxConnection TAKE1 ads,MinBandWidth TAKE2 ads"
    ]
  },
  {
    modules: [{ name: "mod_bw", identifier: "bw_module" }],
    dialects: modern,
    directives: [
      "BandWidthModule FLAG ads,ForceBandWidthModule FLAG ads,BandWidth TAKE2 ads,MinBandWidth TAKE2 ads",
      "LargeFileLimit TAKE3 ads,MaxConnection TAKE2 ads,BandWidthPacket TAKE1 ads,BandWidthError TAKE1 ads"
    ]
  },
  {
    modules: [{ name: "mod_cband", identifier: "cband_module" }],
    dialects: modern,
    directives: [
      "CBandDefaultExceededURL,CBandDefaultExceededCode,CBandScoreFlushPeriod,CBandRandomPulse,CBandLimit,CBandClassLimit",
      "CBandExceededURL,CBandExceededSpeed,CBandScoreboard,CBandPeriod,CBandPeriodSlice,CBandSpeed,CBandRemoteSpeed",
      "CBandClassRemoteSpeed,CBandUser,<CBandUser,CBandUserLimit,CBandUserClassLimit,CBandUserExceededURL",
      "CBandUserExceededSpeed,CBandUserScoreboard,CBandUserPeriod,CBandUserPeriodSlice,CBandUserSpeed,<CBandClass,CBandClassDst"
    ]
  },
  {
    modules: [{ name: "mod_limitipconn", identifier: "limitipconn_module" }],
    dialects: all,
    directives: ["MaxConnPerIP TAKE1 ads,NoIPLimit ITERATE ads,OnlyIPLimit ITERATE ads,MaxConnPerUid,MaxConnPerVhost"]
  },
  {
    modules: [
      { name: "mod_evasive", identifier: "evasive_module" },
      { name: "mod_evasive20", identifier: "evasive20_module", dialects: modern },
      { name: "mod_dosevasive", identifier: "dosevasive_module" },
      { name: "mod_dosevasive20", identifier: "dosevasive20_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "DOSHashTableSize TAKE1 s,DOSPageCount TAKE1 s,DOSSiteCount TAKE1 s,DOSPageInterval TAKE1 s,DOSSiteInterval TAKE1 s",
      "DOSBlockingPeriod TAKE1 s,DOSEmailNotify TAKE1 s,DOSLogDir TAKE1 s,DOSSystemCommand TAKE1 s,DOSWhitelist ITERATE s"
    ]
  },
  {
    modules: [{ name: "mod_qos", identifier: "qos_module" }],
    dialects: modern,
    directives: [
      "QS_SrvMaxConn,QS_SrvMaxConnClose,QS_SrvMaxConnPerIP,QS_SrvMinDataRate,QS_ClientEntries,QS_ErrorPage,QS_LocRequestLimit",
      "QS_LocRequestLimitMatch,QS_LocRequestPerSecLimit,QS_SetEnvIf,QS_ClientPrefer,QS_EventLimitCount,QS_ClientEventLimitCount"
    ]
  },
  {
    modules: [{ name: "mod_resource", identifier: "resource_module" }],
    dialects: old,
    directives: [
      "MaxCPUPerChild TAKE12 s,MaxDATAPerChild TAKE12 s,MaxNOFILEPerChild TAKE12 s,MaxRSSPerChild TAKE12 s",
      "MaxSTACKPerChild TAKE12 s"
    ]
  },
  // Security.
  {
    modules: [
      { name: "mod_security", identifier: "security_module" },
      { name: "mod_security2", identifier: "security2_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "SecAction,SecArgumentSeparator,SecArgumentsLimit,SecAuditEngine,SecAuditLog,SecAuditLog2,SecAuditLogDirMode",
      "SecAuditLogFileMode,SecAuditLogFormat,SecAuditLogParts,SecAuditLogRelevantStatus,SecAuditLogStorageDir,SecAuditLogType",
      "SecCacheTransformations,SecChrootDir,SecCollectionTimeout,SecComponentSignature,SecConnEngine,SecConnReadStateLimit",
      "SecConnWriteStateLimit,SecContentInjection,SecCookieFormat,SecCookieV0Separator,SecDataDir,SecDebugLog",
      "SecDebugLogLevel,SecDefaultAction,SecDisableBackendCompression,SecEncryptionEngine,SecFilter,SecFilterActionsRestricted",
      "SecFilterCheckCookieFormat,SecFilterCheckUnicodeEncoding,SecFilterCheckURLEncoding,SecFilterDebugLevel",
      "SecFilterDebugLog,SecFilterDefaultAction,SecFilterEngine,SecFilterForceByteRange,SecFilterImport,SecFilterInheritance",
      "SecFilterNormalizeCookies,SecFilterOutputMimeTypes,SecFilterRemove,SecFilterScanOutput,SecFilterScanPOST",
      "SecFilterSelective,SecFilterSignatureAction,SecGeoLookupDb,SecGsbLookupDb,SecGuardianLog,SecHashEngine,SecHashKey",
      "SecHashMethodPm,SecHashMethodRx,SecHashParam,SecHttpBlKey,SecInterceptOnError,SecMarker,SecPcreMatchLimit",
      "SecPcreMatchLimitRecursion,SecPdfProtect,SecReadStateLimit,SecRemoteRules,SecRemoteRulesFailAction,SecRequestBodyAccess",
      "SecRequestBodyInMemoryLimit,SecRequestBodyJsonDepthLimit,SecRequestBodyLimit,SecRequestBodyLimitAction",
      "SecRequestBodyNoFilesLimit,SecResponseBodyAccess,SecResponseBodyLimit,SecResponseBodyLimitAction",
      "SecResponseBodyMimeType,SecResponseBodyMimeTypesClear,SecRule,SecRuleEngine,SecRuleInheritance,SecRulePerfTime",
      "SecRuleRemoveById,SecRuleRemoveByMsg,SecRuleRemoveByTag,SecRuleScript,SecRuleUpdateActionById",
      "SecRuleUpdateTargetById,SecRuleUpdateTargetByMsg,SecRuleUpdateTargetByTag,SecSensorId,SecServerResponseToken",
      "SecServerSignature,SecStatusEngine,SecStreamInBodyInspection,SecStreamOutBodyInspection,SecTmpDir",
      "SecTmpSaveUploadedFiles,SecUnicodeCodePage,SecUnicodeMapFile,SecUploadApproveScript,SecUploadDir,SecUploadFileLimit",
      "SecUploadFileMode,SecUploadInMemoryLimit,SecUploadKeepFiles,SecWebAppId,SecWriteStateLimit,SecXmlExternalEntity"
    ]
  },
  {
    modules: [{ name: "mod_macro", identifier: "macro_module" }],
    dialects: ["1.3", "2.0", "2.2"],
    directives: [
      "<Macro RAW_ARGS ads,Use RAW_ARGS ads,UndefMacro TAKE1 ads,MacroIgnoreEmptyArgs NO_ARGS ads,MacroIgnoreBadNesting NO_ARGS ads"
    ]
  },
  // Authentication.
  {
    modules: [
      { name: "mod_auth_mysql", identifier: "mysql_auth_module" },
      { name: "auth_mysql", identifier: "auth_mysql_module" }
    ],
    dialects: all,
    directives: [
      "Auth_MySQL,Auth_MySQL_Info,Auth_MySQL_General_DB,Auth_MySQL_DB,Auth_MySQL_Host,Auth_MySQL_User,Auth_MySQL_Username",
      "Auth_MySQL_Password,Auth_MySQL_Password_Table,Auth_MySQL_Group_Table,Auth_MySQL_Username_Field",
      "Auth_MySQL_Password_Field,Auth_MySQL_Group_Field,Auth_MySQL_Password_Clause,Auth_MySQL_Group_Clause",
      "Auth_MySQL_Empty_Passwords,Auth_MySQL_Encryption_Types,Auth_MySQL_Encrypted_Passwords,Auth_MySQL_Authoritative",
      "Auth_MySQL_Non_Persistent,Auth_MySQL_Persistent,Auth_MySQL_Port,Auth_MySQL_Socket,AuthMySQLEnable,AuthMySQLHost",
      "AuthMySQLUser,AuthMySQLPassword,AuthMySQLDB,AuthMySQLUserTable,AuthMySQLNameField,AuthMySQLPasswordField",
      "AuthMySQLGroupTable,AuthMySQLGroupField,AuthMySQLPwEncryption,AuthMySQLAuthoritative,AuthMySQLKeepAlive",
      "AuthMySQLUserCondition,AuthMySQLGroupCondition,AuthMySQLCryptedPasswords,AuthMySQLNoPasswd,AuthMySQLSaltField",
      "AuthMySQLPort,AuthMySQLSocket,AuthMySQLDefaultDB"
    ]
  },
  {
    modules: [{ name: "mod_auth_pgsql", identifier: "auth_pgsql_module" }],
    dialects: all,
    directives: [
      "Auth_PG_host,Auth_PG_port,Auth_PG_options,Auth_PG_database,Auth_PG_user,Auth_PG_pwd,Auth_PG_pwd_table",
      "Auth_PG_uid_field,Auth_PG_pwd_field,Auth_PG_grp_table,Auth_PG_grp_group_field,Auth_PG_grp_user_field",
      "Auth_PG_grp_field,Auth_PG_pwd_whereclause,Auth_PG_grp_whereclause,Auth_PG_nopasswd,Auth_PG_encrypted",
      "Auth_PG_authoritative,Auth_PG_lowercase_uid,Auth_PG_uppercase_uid,Auth_PG_pwd_ignore_case,Auth_PG_log_table",
      "Auth_PG_log_addrs_field,Auth_PG_log_uname_field,Auth_PG_log_pwd_field,Auth_PG_log_date_field,Auth_PG_log_uri_field",
      "Auth_PG_cache_passwords,Auth_PG_hash_type,Auth_PG_charset"
    ]
  },
  {
    modules: [{ name: "mod_auth_ldap", identifier: "auth_ldap_module", file: "mod_auth_ldap.c" }],
    dialects: old,
    directives: [
      "AuthLDAPURL TAKE1 u,AuthLDAPBindDN TAKE1 u,AuthLDAPBindPassword TAKE1 u,AuthLDAPAuthoritative FLAG u,LDAP_Server",
      "AuthLDAPEnabled FLAG u,AuthLDAPGroupAttribute ITERATE u,AuthLDAPGroupAttributeIsDN FLAG u,LDAP_Port,Base_DN,UID_Attr",
      "AuthLDAPRemoteUserIsDN FLAG u,AuthLDAPCompareDNOnServer FLAG u,AuthLDAPFrontPageHack FLAG u,Bind_DN,Bind_Pass",
      "AuthLDAPCacheSize TAKE1 s,AuthLDAPCacheTTL TAKE1 s,AuthLDAPOpCacheSize TAKE1 s,AuthLDAPOpCacheTTL TAKE1 s",
      "AuthLDAPCertDBPath TAKE1 s,AuthLDAPStartTLS FLAG u,AuthLDAPDereferenceAliases TAKE1 u,AuthOracleLDAP,AuthLDAPCharsetConfig"
    ]
  },
  {
    modules: [{ name: "mod_auth_kerb", identifier: "auth_kerb_module" }],
    dialects: all,
    directives: [
      "KrbMethodNegotiate FLAG u,KrbMethodK5Passwd FLAG u,KrbMethodK4Passwd FLAG u,KrbAuthoritative FLAG u",
      "KrbDelegateBasic FLAG u,KrbAuthRealm ITERATE u,KrbAuthRealms ITERATE u,KrbServiceName TAKE1 u,Krb5Keytab TAKE1 u",
      "Krb4Srvtab TAKE1 u,KrbSaveCredentials FLAG u,KrbVerifyKDC FLAG u,KrbLocalUserMapping FLAG u,KrbConstrainedDelegation"
    ]
  },
  {
    modules: [{ name: "mod_auth_gssapi", identifier: "auth_gssapi_module" }],
    dialects: modern,
    directives: [
      "GssapiSSLonly,GssapiLocalName,GssapiConnectionBound,GssapiUseSessions,GssapiSessionKey,GssapiCredStore",
      "GssapiDelegCcacheDir,GssapiDelegCcacheUnique,GssapiUseS4U2Proxy,GssapiBasicAuth,GssapiBasicAuthMech",
      "GssapiAllowedMech,GssapiNegotiateOnce,GssapiNameAttributes,GssapiImpersonate,GssapiPublishErrors,GssapiAcceptorName"
    ]
  },
  {
    modules: [{ name: "mod_auth_openidc", identifier: "auth_openidc_module" }],
    dialects: modern,
    directives: [
      "OIDCProviderMetadataURL,OIDCProviderIssuer,OIDCProviderAuthorizationEndpoint,OIDCProviderTokenEndpoint",
      "OIDCProviderTokenEndpointAuth,OIDCProviderTokenEndpointParams,OIDCProviderUserInfoEndpoint,OIDCProviderJwksUri",
      "OIDCProviderEndSessionEndpoint,OIDCProviderCheckSessionIFrame,OIDCProviderSignedJwksUri,OIDCProviderVerifyCertFiles",
      "OIDCClientID,OIDCClientSecret,OIDCClientName,OIDCClientContact,OIDCClientTokenEndpointCert,OIDCClientTokenEndpointKey",
      "OIDCRedirectURI,OIDCCryptoPassphrase,OIDCScope,OIDCResponseType,OIDCResponseMode,OIDCRemoteUserClaim,OIDCClaimPrefix",
      "OIDCClaimDelimiter,OIDCPassClaimsAs,OIDCPassUserInfoAs,OIDCPassIDTokenAs,OIDCPassRefreshToken,OIDCPassAccessToken",
      "OIDCAuthNHeader,OIDCAuthRequestParams,OIDCPathAuthRequestParams,OIDCPathScope,OIDCCookie,OIDCCookieDomain",
      "OIDCCookiePath,OIDCCookieHTTPOnly,OIDCCookieSameSite,OIDCStateMaxNumberOfCookies,OIDCStateTimeout,OIDCStripCookies",
      "OIDCSessionType,OIDCSessionMaxDuration,OIDCSessionInactivityTimeout,OIDCSessionCacheFallbackToCookie",
      "OIDCSessionCookieChunkSize,OIDCCacheType,OIDCCacheDir,OIDCCacheShmMax,OIDCCacheShmEntrySizeMax,OIDCCacheEncrypt",
      "OIDCMemCacheServers,OIDCRedisCacheServer,OIDCRedisCachePassword,OIDCDefaultURL,OIDCDefaultLoggedOutURL,OIDCDiscoverURL",
      "OIDCHTMLErrorTemplate,OIDCHTTPTimeoutLong,OIDCHTTPTimeoutShort,OIDCIDTokenIatSlack,OIDCJWKSRefreshInterval",
      "OIDCMetadataDir,OIDCOAuthClientID,OIDCOAuthClientSecret,OIDCOAuthIntrospectionEndpoint,OIDCOAuthVerifyJwksUri",
      "OIDCOAuthRemoteUserClaim,OIDCOAuthSSLValidateServer,OIDCOutgoingProxy,OIDCPKCEMethod,OIDCPreservePost",
      "OIDCPreservePostTemplates,OIDCPrivateKeyFiles,OIDCPublicKeyFiles,OIDCProviderAuthRequestMethod",
      "OIDCRefreshAccessTokenBeforeExpiry,OIDCSSLValidateServer,OIDCUnAuthAction,OIDCUnAutzAction,OIDCUserInfoRefreshInterval",
      "OIDCUserInfoTokenMethod,OIDCWhiteListedClaims,OIDCBlackListedClaims,OIDCXForwardedHeaders,OIDCTokenBindingPolicy"
    ]
  },
  {
    modules: [{ name: "mod_auth_mellon", identifier: "auth_mellon_module" }],
    dialects: modern,
    directives: [
      "MellonEnable,MellonEndpointPath,MellonSPMetadataFile,MellonSPPrivateKeyFile,MellonSPCertFile,MellonIdPMetadataFile",
      "MellonIdPCAFile,MellonIdPMetadataGlob,MellonVariable,MellonSecureCookie,MellonCookieDomain,MellonCookiePath",
      "MellonUser,MellonIdP,MellonSetEnv,MellonSetEnvNoPrefix,MellonRequire,MellonCond,MellonSessionLength,MellonDefaultLoginPath",
      "MellonCacheSize,MellonCacheEntrySize,MellonLockFile,MellonPostDirectory,MellonOrganizationName,MellonSessionDump",
      "MellonMergeEnvVars,MellonSubjectConfirmationDataAddressCheck,MellonRedirectDomains,MellonSignatureMethod"
    ]
  },
  {
    modules: [{ name: "mod_shib", identifier: "mod_shib" }],
    dialects: modern,
    directives: [
      "ShibConfig,ShibCatalogs,ShibSchemaDir,ShibRequestSetting,ShibRequestMapperConfig,ShibAccessControl",
      "ShibAccessControlType,ShibApplicationId,ShibBasicHijack,ShibRequireSession,ShibRequireSessionWith,ShibExportAssertion",
      "ShibRedirectToSSL,ShibRequireAll,ShibUseEnvironment,ShibUseHeaders,ShibExpireRedirects,ShibCompatValidUser"
    ]
  },
  {
    modules: [
      { name: "mod_auth_cas", identifier: "auth_cas_module" },
      { name: "mod_auth_pam", identifier: "auth_pam_module" },
      { name: "mod_auth_external", identifier: "auth_external_module" },
      { name: "mod_authnz_external", identifier: "authnz_external_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "CASVersion,CASDebug,CASValidateURL,CASLoginURL,CASProxyValidateURL,CASCertificatePath,CASCookiePath,CASTimeout",
      "CASIdleTimeout,CASCacheCleanInterval,CASCookieEntropy,CASScope,CASRenew,CASGateway,CASRootProxiedAs,CASValidateServer",
      "AuthPAM_Enabled,AuthPAM_Authoritative,AuthPAM_FallThrough,AuthExternal,AddExternalAuth,SetExternalAuthMethod",
      "AddExternalGroup,SetExternalGroupMethod,GroupExternal,AuthExternalAuthoritative,DefineExternalAuth,DefineExternalGroup",
      "AuthExternalProvideCache,AuthExternalContext,GroupExternalError,AuthExternalGroupsAtOnce"
    ]
  },
  // Addresses, logs, virtual hosts.
  {
    modules: [
      { name: "mod_geoip", identifier: "geoip_module" },
      { name: "mod_maxminddb", identifier: "maxminddb_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "GeoIPEnable FLAG ads,GeoIPDBFile TAKE12 s,GeoIPOutput ITERATE s,GeoIPUseFirstXForwardedForIP FLAG s",
      "GeoIPScanProxyHeaders FLAG s,GeoIPScanProxyHeaderField,GeoIPUseLastXForwardedForIP FLAG s,GeoIPEnableUTF8 FLAG ads",
      "GeoIPEnableHostnameLookups FLAG ads,MaxMindDBEnable FLAG ads,MaxMindDBFile TAKE2 ads,MaxMindDBEnv TAKE2 ads",
      "MaxMindDBSetNotes FLAG ads,MaxMindDBNetworkEnv"
    ]
  },
  {
    modules: [
      { name: "mod_rpaf", identifier: "rpaf_module" },
      { name: "mod_rpaf-2.0", identifier: "rpaf_module", dialects: modern }
    ],
    dialects: all,
    directives: [
      "RPAFenable FLAG s,RPAFsethostname FLAG s,RPAFproxy_ips ITERATE s,RPAFheader TAKE1 s,RPAF_Enable FLAG s",
      "RPAF_ProxyIPs ITERATE s,RPAF_Header TAKE1 s,RPAF_SetHostName FLAG s,RPAF_SetHTTPS FLAG s,RPAF_SetPort FLAG s",
      "RPAF_ForbidIfNotProxy FLAG s"
    ]
  },
  {
    modules: [{ name: "mod_extract_forwarded", identifier: "extract_forwarded_module" }],
    dialects: all,
    directives: ["MEForder,MEFaccept,MEFrefuse,MEFaddenv,MEFstripheader,MEFdebug"]
  },
  {
    modules: [{ name: "mod_log_sql", identifier: "log_sql_module" }],
    dialects: all,
    directives: [
      "LogSQLLoginInfo,LogSQLDatabase,LogSQLDBParam,LogSQLDBDriver,LogSQLCreateTables,LogSQLMassVirtualHosting",
      "LogSQLTableType,LogSQLTransferLogTable,LogSQLTransferLogFormat,LogSQLRemhostIgnore,LogSQLRequestAccept",
      "LogSQLRequestIgnore,LogSQLCookieLogTable,LogSQLHeadersInLogTable,LogSQLHeadersOutLogTable,LogSQLNotesLogTable",
      "LogSQLMachineID,LogSQLPreserveFile,LogSQLForcePreserve,LogSQLDelayedInserts,LogSQLSocketFile,LogSQLTCPPort",
      "LogSQLWhichCookie,LogSQLWhichHeaderIn,LogSQLWhichHeaderOut,LogSQLWhichNote,LogSQLWhichCookies,LogSQLScoreDomain"
    ]
  },
  {
    modules: [
      { name: "itk", identifier: "mpm_itk_module", file: "itk.c" },
      { name: "mpm_itk", identifier: "mpm_itk_module", file: "mpm_itk.c" }
    ],
    dialects: modern,
    directives: [
      "AssignUserID TAKE2 ads,AssignUserIDExpr TAKE1 ads,AssignGroupIDExpr TAKE1 ads,MaxClientsVHost TAKE1 s",
      "NiceValue TAKE1 ads,LimitUIDRange TAKE2 s,LimitGIDRange TAKE2 s,EnableCapabilities FLAG s"
    ]
  },
  {
    modules: [
      { name: "mod_ruid2", identifier: "ruid2_module" },
      { name: "peruser", identifier: "mpm_peruser_module", file: "peruser.c" }
    ],
    dialects: modern,
    directives: [
      "RMode,RUidGid,RGroups,RMinUidGid,RDefaultUidGid,RDocumentChRoot,<Processor,ServerEnvironment,Multiplexer,ExpireTimeout",
      "MaxProcessors,MinSpareProcessors,MaxMultiplexers,ProcessorWaitTimeout,MinMultiplexers"
    ]
  },
  {
    modules: [
      { name: "mod_cluster", identifier: "proxy_cluster_module", file: "mod_proxy_cluster.c" },
      { name: "mod_manager", identifier: "manager_module" },
      { name: "mod_advertise", identifier: "advertise_module" }
    ],
    dialects: modern,
    directives: [
      "ManagerBalancerName,EnableMCPMReceive,EnableMCMPReceive,MaxMCMPMessSize,MemManagerFile,MaxContext,MaxNode,MaxHost",
      "MaxSessionId,PersistSlots,AllowDisplay,AllowCmd,ReduceDisplay,CheckNonce,WSUpgradeHeader,AJPSecret,ResponseFieldSize",
      "ServerAdvertise,AdvertiseGroup,AdvertiseFrequency,AdvertiseSecurityKey,AdvertiseManagerUrl,AdvertiseBindAddress",
      "CreateBalancers,UseAlias,LBstatusRecalTime,WaitForRemove,ProxyPassMatchPreserve,EnableOptions,UseNocanon",
      "DeterministicFailover,ModProxyClusterHCTemplate"
    ]
  },
  {
    modules: [{ name: "mod_authcookie", identifier: "authcookie_module" }],
    dialects: all,
    directives: ["AuthCookieName,AuthCookieDomain,AuthCookieDBUser,AuthCookieTimeout,AuthCookieEncrypt"]
  },
  {
    modules: [{ name: "mod_auth_tkt", identifier: "auth_tkt_module" }],
    dialects: all,
    directives: [
      "TKTAuthSecret,TKTAuthSecretOld,TKTAuthDigestType,TKTAuthLoginURL,TKTAuthTimeoutURL,TKTAuthPostTimeoutURL",
      "TKTAuthUnauthURL,TKTAuthGuestLogin,TKTAuthGuestUser,TKTAuthGuestCookie,TKTAuthTimeout,TKTAuthTimeoutRefresh",
      "TKTAuthCookieName,TKTAuthDomain,TKTAuthCookieExpires,TKTAuthBackCookieName,TKTAuthBackArgName,TKTAuthToken",
      "TKTAuthIgnoreIP,TKTAuthRequireSSL,TKTAuthCookieSecure,TKTAuthDebug,TKTAuthQuerySeparator"
    ]
  },
  {
    modules: [{ name: "mod_policy", identifier: "policy_module" }],
    dialects: ["2.4"],
    directives: [
      "PolicyType,PolicyTypeURL,PolicyLength,PolicyLengthURL,PolicyKeepalive,PolicyKeepaliveURL,PolicyVary,PolicyVaryURL",
      "PolicyValidation,PolicyValidationURL,PolicyConditional,PolicyConditionalURL,PolicyNocache,PolicyNocacheURL",
      "PolicyMaxage,PolicyMaxageURL,PolicyVersion,PolicyVersionURL,PolicyFilter,PolicyEnvironment"
    ]
  },
  {
    modules: [{ name: "mod_ssl_ct", identifier: "ssl_ct_module" }],
    dialects: ["2.4"],
    directives: [
      "CTAuditStorage,CTLogClient,CTLogConfigDB,CTMaxSCTAge,CTProxyAwareness,CTSCTStorage,CTServerHelloSCTLimit,CTStaticLogConfig",
      "CTStaticSCTs"
    ]
  },
  {
    modules: [
      { name: "mod_mono", identifier: "mono_module" },
      { name: "mod_aspdotnet", identifier: "aspdotnet_module" },
      { name: "mod_tcl", identifier: "tcl_module" },
      { name: "mod_chroot", identifier: "chroot_module" },
      { name: "mod_vhost_limit", identifier: "vhost_limit_module" },
      { name: "mod_vhs", identifier: "vhs_module" },
      { name: "mod_vhost_ldap", identifier: "vhost_ldap_module" }
    ],
    dialects: all,
    directives: [
      "MonoServerPath,MonoApplications,MonoAutoApplication,MonoAutoRestartMode,MonoAutoRestartRequests,MonoDebug",
      "MonoMaxActiveRequests,MonoPath,MonoSetServerAlias,MonoUnixSocket,MonoExecutablePath,MonoWapiDir,AddMonoApplications",
      "AspNet,AspNetMount,AspNetFiles,ChrootDir TAKE1 s,VhostLDAPEnabled,VhostLDAPUrl,VhostLDAPBindDN,VhostLDAPBindPassword"
    ]
  }
];
var thirdParty = tables.map((table) => ({ ...table, status: "third-party" }));

// grammar/directives/lookup.ts
var known = /* @__PURE__ */ new Map();
function lookupDirective(dialect, name2, isSection, isModuleActive) {
  const { byName: byName3, read } = knowledge(dialect);
  const key = (isSection ? "<" : "") + name2.toLowerCase();
  let specs = read.get(key);
  if (specs === void 0) {
    const entries = byName3.get(key);
    if (entries === void 0) return [];
    specs = entries.map((entry) => entry.read());
    read.set(key, specs);
  }
  return isModuleActive === void 0 ? specs : specs.filter((spec) => isModuleActive(spec.module));
}
function directivesOf(dialect) {
  const found = knowledge(dialect);
  found.all ??= found.entries.map((entry) => entry.read());
  return found.all;
}
function modulesOf(dialect) {
  return knowledge(dialect).modules;
}
function findModule(dialect, name2) {
  return knowledge(dialect).moduleByName.get(name2) ?? null;
}
function knowledge(dialect) {
  let found = known.get(dialect);
  if (found === void 0) {
    found = build(dialect);
    known.set(dialect, found);
  }
  return found;
}
function build(dialect) {
  const inDialect = (table) => table.dialects.includes(dialect);
  const corrections2 = apache2x.filter(inDialect);
  const hand = [...corrections2, ...[modBackhand, modBackhandNg, ...thirdParty].filter(inDialect)];
  const corrected = corrections2.flatMap((table) => entriesOf(table, dialect));
  const replaced = new Set(corrected.map((entry) => entry.key));
  const entries = [
    ...recordedEntries(dialect).filter((entry) => !replaced.has(entry.key)),
    ...corrected,
    ...hand.slice(corrections2.length).flatMap((table) => entriesOf(table, dialect))
  ];
  const byName3 = /* @__PURE__ */ new Map();
  for (const entry of entries) {
    const list2 = byName3.get(entry.key);
    if (list2 === void 0) byName3.set(entry.key, [entry]);
    else list2.push(entry);
  }
  const modules3 = /* @__PURE__ */ new Map();
  for (const module of [...recordedModules(dialect), ...hand.flatMap((table) => modulesIn(table, dialect))]) {
    if (!modules3.has(module.name)) modules3.set(module.name, module);
  }
  const moduleByName = /* @__PURE__ */ new Map();
  for (const module of modules3.values()) {
    for (const name2 of [module.name, module.file, module.identifier]) {
      if (name2 !== "" && !moduleByName.has(name2)) moduleByName.set(name2, module);
    }
  }
  return { entries, byName: byName3, read: /* @__PURE__ */ new Map(), modules: [...modules3.values()], moduleByName };
}
function recordedEntries(dialect) {
  const rows = dialect === "1.3" ? directives : directives2;
  const entries = rows.map((row) => {
    const name2 = row.indexOf("|");
    const module = row.slice(name2 + 1, row.indexOf("|", name2 + 1));
    return { key: row.slice(0, name2).toLowerCase(), module, read: () => readRow(row).spec };
  });
  if (dialect === "1.3" || dialect === "2.4") return entries;
  const modules3 = new Set(recordedModules(dialect).map((module) => module.name));
  return entries.filter(({ key, module }, index) => {
    if (!modules3.has(module) || youngerThanDated.has(key)) return false;
    return olderThanDated.has(key) || isInDialect(readRow(rows[index] ?? "").since, dialect);
  });
}
function isInDialect(since, dialect) {
  const minor = Number(/^2\.(\d+)/.exec(since)?.[1] ?? "0");
  return minor <= (dialect === "2.0" ? 0 : 2);
}
function recordedModules(dialect) {
  const rows = (dialect === "1.3" ? modules : modules2).map((row) => {
    const [name2 = "", file = "", identifier = "", status = "", since = ""] = row.split("|");
    return { module: { name: name2, file, identifier, status }, since };
  });
  if (dialect === "1.3" || dialect === "2.4") return rows.map(({ module }) => module);
  return rows.filter(({ module, since }) => {
    if (youngerModules.has(module.name) || dialect === "2.0" && youngerThan20.has(module.name)) return false;
    return olderModules.has(module.name) ? dialect === "2.2" : isInDialect(since, dialect);
  }).map(({ module }) => module);
}
function modulesIn(table, dialect) {
  return table.modules.filter((module) => module.dialects === void 0 || module.dialects.includes(dialect)).map(({ name: name2, identifier, file = `${name2}.c`, status = table.status ?? "extension" }) => ({
    name: dialect === "1.3" ? file : name2,
    file,
    identifier,
    status
  }));
}
function entriesOf(table, dialect) {
  const texts = table.directives.flatMap((text) => text.split(","));
  return modulesIn(table, dialect).flatMap(
    ({ name: module }) => texts.map((text) => {
      const blank = text.indexOf(" ");
      const key = (blank === -1 ? text : text.slice(0, blank)).toLowerCase();
      return { key, module, read: () => readEntry(text, module) };
    })
  );
}

// src/source/encoding.ts
import { Buffer as Buffer2, isUtf8 } from "node:buffer";
var ESCAPE = 56320;
function sequenceLength(bytes, at) {
  const first = bytes[at] ?? 0;
  if (first < 128) return 1;
  const length = first >= 240 ? 4 : first >= 224 ? 3 : 2;
  return first >= 194 && at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
function decode(bytes) {
  const buffer = Buffer2.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString("utf8");
  const parts = [];
  let from = 0;
  for (let at = 0; at < buffer.length; ) {
    const length = sequenceLength(buffer, at);
    if (length > 0) {
      at += length;
      continue;
    }
    parts.push(buffer.toString("utf8", from, at), String.fromCharCode(ESCAPE | (buffer[at] ?? 0)));
    at += 1;
    from = at;
  }
  parts.push(buffer.toString("utf8", from));
  return parts.join("");
}
function encode(text) {
  const pieces = text.split(/([\udc80-\udcff]+)/u);
  if (pieces.length === 1) return Buffer2.from(text, "utf8");
  return Buffer2.concat(pieces.map((piece, index) => Buffer2.from(piece, index % 2 === 1 ? "latin1" : "utf8")));
}

// src/config/config-unreadable-error.ts
var ConfigUnreadableError = class extends Error {
  name = "ConfigUnreadableError";
  /** `BACKHAND_CONFIG_UNREADABLE`; what the system said is the `cause`. */
  code = "BACKHAND_CONFIG_UNREADABLE";
  path;
  constructor(path, cause) {
    super(`Cannot read ${path}: ${whatHappened(cause)}`, { cause });
    this.path = path;
  }
};
function whatHappened(error) {
  const { code: code2, message } = Object(error);
  switch (code2) {
    case "ENOENT":
      return "there is no such file";
    case "ENOTDIR":
      return "part of the path is not a directory";
    case "EISDIR":
      return "it is a directory, not a file";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ELOOP":
      return "its symbolic links run in a circle";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ERR_INVALID_ARG_VALUE":
      return "the name holds a NUL byte";
    default:
      return typeof message === "string" ? message : String(error);
  }
}

// src/config/declared-directives.ts
var bits = {
  "server config": ["RSRC_CONF"],
  "virtual host": ["RSRC_CONF"],
  directory: ["ACCESS_CONF"],
  ".htaccess": ["OR_ALL"],
  "proxy section": ["PROXY_CONF"]
};
var anywhere = ["server config", "virtual host", "directory", ".htaccess"];
function declareDirectives(declarations) {
  const found = /* @__PURE__ */ new Map();
  for (const { name: name2, section = false, args, contexts = anywhere, module = "" } of declarations) {
    const hosts2 = contexts.includes("virtual host") || !contexts.includes("server config");
    found.set((section ? "<" : "") + name2.toLowerCase(), {
      name: name2,
      section,
      module,
      args: [args ?? (section ? "RAW_ARGS" : "TAKE_ARGV")],
      overrides: [...new Set(contexts.flatMap((context) => bits[context]))],
      notIn: hosts2 ? [] : ["NOT_IN_VIRTUALHOST"],
      contexts
    });
  }
  return found;
}

// grammar/dialect.ts
var dialects = ["1.3", "2.0", "2.2", "2.4"];

// src/config/detect-dialect.ts
var requireOf24 = /* @__PURE__ */ new Set([
  "all",
  "ip",
  "host",
  "local",
  "not",
  "expr",
  "method",
  "env",
  "forward-dns"
]);
var onlyIn13 = /* @__PURE__ */ new Set(["port", "sslloglevel", "ssllog"]);
var tolerated = new Set(
  "order allow deny namevirtualhost defaulttype maxclients maxrequestsperchild".split(" ")
);
function detectDialect(survey2, mainPath) {
  const markers = new Map(dialects.map((dialect) => [dialect, []]));
  const note = (sighting, known4) => {
    const [only2] = known4;
    if (only2 !== void 0 && known4.length === 1) markers.get(only2)?.push(sighting);
  };
  const scores = new Map(dialects.map((dialect) => [dialect, 0]));
  for (const sighting of survey2.first.values()) {
    const known4 = knowing(sighting.key);
    note(sighting, known4);
    for (const dialect of known4) scores.set(dialect, (scores.get(dialect) ?? 0) + 1);
  }
  const seen = /* @__PURE__ */ new Set();
  for (const sighting of survey2.decisive) {
    const [word = ""] = sighting.words;
    if (seen.has(`${sighting.key} ${word}`)) continue;
    seen.add(`${sighting.key} ${word}`);
    if (sighting.key === "loadmodule") {
      const known4 = loadedBy(word);
      note(sighting, known4);
      for (const dialect of known4) scores.set(dialect, (scores.get(dialect) ?? 0) + 1);
    }
    if (sighting.key === "require" && requireOf24.has(word.toLowerCase())) note(sighting, ["2.4"]);
    else if (sighting.key === "loglevel" && word.includes(":")) note(sighting, ["2.4"]);
  }
  const order2 = dialects.toReversed();
  const marked = order2.toSorted((a, b) => (markers.get(b)?.length ?? 0) - (markers.get(a)?.length ?? 0))[0] ?? "2.4";
  const [marker2] = markers.get(marked) ?? [];
  if (marker2 !== void 0) return { dialect: marked, reason: describe(marker2, mainPath) };
  const hints = [...survey2.first.values()].filter((sighting) => tolerated.has(sighting.key));
  scores.set("2.4", (scores.get("2.4") ?? 0) - hints.length / 2);
  const best = order2.toSorted((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0))[0] ?? "2.4";
  const [hint] = hints;
  if (best !== "2.4" && hint !== void 0) return { dialect: best, reason: describe(hint, mainPath) };
  const worse = order2.some((dialect) => (scores.get(dialect) ?? 0) < (scores.get(best) ?? 0));
  return {
    dialect: best,
    reason: worse ? "it knows the most directives" : "there is nothing that only one version has"
  };
}
function knowing(key) {
  if (onlyIn13.has(key)) return ["1.3"];
  const section = key.startsWith("<");
  const knows = (dialect, foreign2) => lookupDirective(dialect, section ? key.slice(1) : key, section).some(
    (spec) => findModule(dialect, spec.module)?.status === "third-party" === foreign2
  );
  const own = dialects.filter((dialect) => knows(dialect, false));
  return own.length > 0 ? own : dialects.filter((dialect) => knows(dialect, true));
}
function loadedBy(identifier) {
  return dialects.filter(
    (dialect) => modulesOf(dialect).some((module) => module.identifier === identifier && module.status !== "third-party")
  );
}
function describe({ key, name: name2, words, path, line }, mainPath) {
  const shown = key === "loadmodule" || key === "require" || key === "loglevel" ? `${name2} ${words[0] ?? ""}` : name2;
  const place = path === mainPath ? `line ${line}` : `${path}:${line}`;
  return `${shown}${key.startsWith("<") ? ">" : ""}, ${place}`;
}

// src/config/module-state.ts
var builtIn2x = [
  "core",
  "http_core",
  "mod_so",
  "mod_log_config",
  "mod_logio",
  "mod_version",
  "mod_unixd",
  "mod_watchdog",
  "mod_systemd",
  "mpm_common"
];
var ModuleState = class {
  #dialect;
  #listed;
  /** Null while all known modules count as present. */
  #closed;
  /** By name, with the line that made each active; null for built-in ones. */
  #active = /* @__PURE__ */ new Map();
  /** Modules that 1.3 has loaded, active or not: AddModule may bring these back. */
  #loaded = /* @__PURE__ */ new Map();
  #unrecognised = /* @__PURE__ */ new Map();
  #compiledIn;
  constructor(dialect, listed, compiledIn) {
    this.#dialect = dialect;
    this.#listed = listed;
    this.#compiledIn = compiledIn.flatMap((name2) => this.#namesOf(name2));
    this.#closed = listed && dialect !== "1.3";
    if (this.#closed) for (const name2 of builtIn2x) this.#active.set(name2, null);
    for (const name2 of this.#compiledIn) this.#active.set(name2, null);
  }
  /** Whether the directives of a module (by {@link ModuleSpec.name}) work here. */
  isActive = (name2) => {
    if (!this.#closed || this.#active.has(name2)) return true;
    const status = findModule(this.#dialect, name2)?.status;
    return status === "ours" || status === "mpm" && !this.#hasMpm();
  };
  /** Whether a module that only the user knows is there, by its name, source file or identifier. */
  hasModule(name2) {
    if (!this.#closed) return true;
    const base = name2.replace(/\.c$/, "");
    return [name2, base, `${base}.c`, `mod_${base}.c`, `${base}_module`].some((one) => this.#active.has(one));
  }
  /**
   * What IfModule thinks of a name: the source file, from 2.1 on the identifier too, compared with case. With the line that
   * made the module active, if one did.
   */
  test(name2) {
    for (const module of modulesOf(this.#dialect)) {
      const byIdentifier = module.identifier === name2 && this.#dialect !== "1.3" && this.#dialect !== "2.0";
      if ((module.file === name2 || byIdentifier) && module.file !== "" && this.isActive(module.name)) {
        return { present: true, by: this.#active.get(module.name) ?? null };
      }
    }
    const by = this.#active.get(name2);
    return { present: by !== void 0, by: by ?? null };
  }
  /** LoadModule: false when the module is there already and the line has no effect. */
  load(identifier, file, origin) {
    const known4 = modulesOf(this.#dialect).filter((module) => module.identifier === identifier);
    const names = known4.length > 0 ? known4.map((module) => module.name) : [guessFile(identifier, file)];
    if (names.every((name2) => this.#loaded.has(name2))) return false;
    for (const name2 of names) {
      this.#loaded.set(name2, origin);
      this.#active.set(name2, origin);
      if (known4.length === 0) this.#unrecognised.set(name2, origin);
      if (known4.length === 0 && this.#dialect !== "1.3") this.#active.set(identifier, origin);
    }
    return true;
  }
  /** ClearModuleList of 1.3: only the core stays. */
  clear() {
    this.#closed = true;
    this.#active.clear();
    this.#active.set("http_core.c", null);
  }
  /**
   * AddModule of 1.3: `unknown` when no module of that file name is linked or loaded. A loaded module that the tables do
   * not have may come from any file, so with one of those no name is unknown.
   */
  add(file, origin) {
    const known4 = findModule(this.#dialect, file);
    const linked = known4?.file === file || this.#compiledIn.includes(file) || this.#loaded.has(file);
    if (!linked && this.#unrecognised.size === 0) return "unknown";
    if (this.#closed && !this.#active.has(file)) {
      this.#active.set(file, origin);
      return "added";
    }
    return this.#active.has(file) || !this.#closed ? "already" : "added";
  }
  /** What a reader of the finished configuration may know. */
  list() {
    const known4 = modulesOf(this.#dialect);
    const files2 = this.#closed ? Array.from(this.#active.keys(), (name2) => findModule(this.#dialect, name2)?.file ?? name2) : [...known4.map((module) => module.file), ...this.#unrecognised.keys()];
    return {
      assumed: !this.#closed && !this.#listed,
      active: [...new Set(files2)].filter((file) => file !== ""),
      unrecognised: [...this.#unrecognised.keys()]
    };
  }
  #hasMpm() {
    for (const name2 of this.#active.keys()) {
      if (name2 !== "mpm_common" && findModule(this.#dialect, name2)?.status === "mpm") return true;
    }
    return false;
  }
  /** Every module that goes by a name, file or identifier; the name itself when none is known. */
  #namesOf(name2) {
    const matches = (module) => [module.name, module.file, module.identifier].includes(name2);
    const names = modulesOf(this.#dialect).filter(matches).map((module) => module.name);
    return names.length > 0 ? names : [name2];
  }
};
function guessFile(identifier, path) {
  const name2 = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  const dot = name2.lastIndexOf(".");
  if (dot < 1) return `mod_${identifier.replace(/_module$/, "")}.c`;
  const base = name2.slice(0, dot);
  return `${base.startsWith("mod_") ? base : `mod_${base.replace(/^lib/, "")}`}.c`;
}

// src/config/open-file.ts
import { isAbsolute, join as join2 } from "node:path";

// grammar/characters.ts
var code = {
  nul: 0,
  lineFeed: 10,
  carriageReturn: 13,
  doubleQuote: 34,
  hash: 35,
  singleQuote: 39,
  slash: 47,
  less: 60,
  greater: 62,
  backslash: 92
};
function isBlank(character) {
  return character === 32 || character >= 9 && character <= 13;
}
function skipBlanks(text, from, to) {
  let at = from;
  while (at < to && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}
function trimBlanks(text, from, to) {
  let at = to;
  while (at > from && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

// grammar/continuation.ts
function readPieces(text, from, limit2, dialect) {
  const spans = [];
  const look = limit2 === text.length ? text : text.slice(0, limit2);
  let continued = false;
  for (let at = from; ; ) {
    const feed = look.indexOf("\n", at);
    const stop = feed === -1 ? limit2 : feed;
    const end = feed === -1 ? limit2 : feed + 1;
    const nul = indexOfNul(look, at, stop);
    if (nul !== -1 || feed === -1) {
      spans.push({ start: at, end: nul === -1 ? stop : nul });
      return { pieces: toPieces(spans, from), end, continued: continued || nul !== -1, open: false };
    }
    spans.push({ start: at, end: feed });
    const joined = dialect === "2.4" ? dropBackslash(text, spans) : dropUnescapedBackslash(text, spans);
    if (joined === "ends") return { pieces: toPieces(spans, from), end, continued, open: false };
    continued = true;
    if (joined === "escaped") return { pieces: toPieces(spans, from), end, continued, open: false };
    if (end === limit2) return { pieces: toPieces(spans, from), end, continued, open: true };
    at = end;
  }
}
function indexOfNul(text, from, to) {
  const found = text.slice(from, to).indexOf("\0");
  return found === -1 ? -1 : from + found;
}
function dropUnescapedBackslash(text, spans) {
  const last = spans.at(-1);
  if (last === void 0) return "ends";
  let end = last.end;
  if (end > last.start && text.charCodeAt(end - 1) === code.carriageReturn) end -= 1;
  if (end === last.start || text.charCodeAt(end - 1) !== code.backslash) return "ends";
  spans[spans.length - 1] = { start: last.start, end: end - 1 };
  return end - 2 >= last.start && text.charCodeAt(end - 2) === code.backslash ? "escaped" : "joins";
}
function dropBackslash(text, spans) {
  const tail = lastCharacter(text, spans, spans.length - 1, spans.at(-1)?.end ?? 0);
  const carriageReturn = tail.character === code.carriageReturn;
  const found = carriageReturn ? lastCharacter(text, spans, tail.index, tail.end - 1) : tail;
  if (found.character !== code.backslash) return "ends";
  const span = spans[found.index];
  if (span === void 0) return "ends";
  spans.length = found.index + 1;
  spans[found.index] = { start: span.start, end: found.end - 1 };
  return "joins";
}
function lastCharacter(text, spans, index, end) {
  let at = index;
  let stop = end;
  for (let span = spans[at]; span !== void 0; span = spans[at]) {
    if (stop > span.start) return { character: text.charCodeAt(stop - 1), index: at, end: stop };
    at -= 1;
    stop = spans[at]?.end ?? 0;
  }
  return { character: -1, index: -1, end: 0 };
}
function toPieces(spans, from) {
  const pieces = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end === start) continue;
    pieces.push({ at, length: end - start, start, end, replaced: false });
    at += end - start;
  }
  return pieces.length > 0 ? pieces : [{ at: 0, length: 0, start: from, end: from, replaced: false }];
}

// grammar/logical-line.ts
function logicalLine(text, start, end, dialect) {
  const { pieces } = readPieces(text, start, end, dialect);
  const first = pieces[0];
  if (pieces.length === 1 && first !== void 0) return { text: text.slice(first.start, first.end), pieces };
  return { text: pieces.map((piece) => text.slice(piece.start, piece.end)).join(""), pieces };
}
function lineText(tree, line) {
  const whole = logicalLine(tree.text, line.start, line.end, tree.dialect);
  const from = skipBlanks(whole.text, 0, whole.text.length);
  return sliceLine(whole, from, trimBlanks(whole.text, from, whole.text.length));
}
function argsText(tree, line) {
  if (line.continued) return logicalLine(tree.text, line.argsStart, line.argsEnd, tree.dialect);
  return plainLine(tree.text, line.argsStart, line.argsEnd);
}
function plainLine(text, start, end) {
  return { text: text.slice(start, end), pieces: [{ at: 0, length: end - start, start, end, replaced: false }] };
}
function sliceLine(line, from, to) {
  if (from === 0 && to === line.text.length) return line;
  const pieces = [];
  for (let index = pieceAt(line.pieces, from); index < line.pieces.length; index += 1) {
    const piece = line.pieces[index];
    if (piece === void 0 || piece.at >= to && pieces.length > 0) break;
    const low = Math.max(from, piece.at);
    const high = Math.max(low, Math.min(to, piece.at + piece.length));
    pieces.push({
      at: low - from,
      length: high - low,
      start: piece.replaced ? piece.start : piece.start + (low - piece.at),
      end: piece.replaced ? piece.end : piece.start + (high - piece.at),
      replaced: piece.replaced
    });
  }
  return { text: line.text.slice(from, to), pieces };
}
function expandLine(line, lookup) {
  const { text } = line;
  let from = 0;
  const pieces = [];
  const parts = [];
  let length = 0;
  const keep = (to) => {
    if (to === from) return;
    for (const piece of sliceLine(line, from, to).pieces) pieces.push({ ...piece, at: length + piece.at });
    parts.push(text.slice(from, to));
    length += to - from;
  };
  for (let at = text.indexOf("${"); at !== -1; ) {
    const close = text.indexOf("}", at + 2);
    if (close === -1) break;
    const span = { start: sourceStart(line, at), end: sourceEnd(line, close + 1) };
    const value = lookup(text.slice(at + 2, close), span);
    if (value !== void 0) {
      keep(at);
      pieces.push({ at: length, length: value.length, ...span, replaced: true });
      parts.push(value);
      length += value.length;
      from = close + 1;
    }
    at = text.indexOf("${", close + 1);
  }
  if (from === 0) return line;
  keep(text.length);
  return { text: parts.join(""), pieces };
}
function sourceStart(line, at) {
  const piece = line.pieces[pieceAt(line.pieces, at)];
  if (piece === void 0) return 0;
  if (piece.replaced) return at >= piece.at + piece.length ? piece.end : piece.start;
  return piece.start + Math.min(at - piece.at, piece.length);
}
function sourceEnd(line, at) {
  if (at === 0) return sourceStart(line, 0);
  const piece = line.pieces[pieceAt(line.pieces, at - 1)];
  if (piece === void 0) return 0;
  return piece.replaced ? piece.end : piece.start + (at - piece.at);
}
function pieceAt(pieces, at) {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

// grammar/line-builder.ts
var LineBuilder = class {
  lines = [];
  #text;
  #base;
  #dialect;
  #start;
  constructor(text, base, dialect) {
    this.#text = text;
    this.#base = base;
    this.#dialect = dialect;
    this.#start = base;
  }
  /** End of the last line so far. */
  get end() {
    return this.#start;
  }
  /** A line of blanks and of what httpd does not see, up to `end`. */
  blank(end) {
    this.lines.push({ kind: "blank", start: this.#start, end });
    this.#start = end;
  }
  lineEnd(token) {
    this.blank(this.#endOf(token));
  }
  comment(token) {
    const end = this.#endOf(token);
    this.lines.push({ kind: "comment", start: this.#start, end });
    this.#start = end;
  }
  rawText(token) {
    const end = this.#endOf(token);
    this.lines.push({ kind: "raw", start: this.#start, end });
    this.#start = end;
  }
  /** A line that starts with a word. A quoted one may turn out to be a tag, since httpd takes quotes off first. */
  directive(nameToken, rest) {
    const word = wordOf(nameToken);
    if (word?.value.startsWith("<") === true) {
      this.#oddTag(word, nameToken, nameToken, rest);
      return;
    }
    const start = this.#start;
    const nameStart = this.#base + nameToken.startOffset;
    let nameEnd = this.#base + (word?.end ?? nameToken.startOffset + nameToken.image.length);
    let name2 = word?.value ?? nameToken.image;
    if (this.#dialect !== "1.3" && name2.endsWith(">") && name2[1] !== "/") {
      name2 = name2.slice(0, -1);
      if (word === void 0 || word.quote === "") nameEnd -= 1;
    }
    const { argsStart, argsEnd } = this.#rest(rest, nameEnd, false);
    const continued = this.#continued(nameToken, nameToken, rest);
    const end = this.#endOf(rest ?? nameToken);
    this.lines.push({ kind: "directive", start, end, name: name2, nameStart, nameEnd, argsStart, argsEnd, continued });
    this.#start = end;
  }
  /** A line that starts with `<` or `</`. */
  tag(bracket, nameToken, rest) {
    const word = nameToken === void 0 ? void 0 : wordOf(nameToken);
    if (word !== void 0 && nameToken !== void 0) {
      this.#oddTag(word, bracket, nameToken, rest);
      return;
    }
    const image = nameToken?.image ?? "";
    const closed = image.endsWith(">");
    const name2 = closed ? image.slice(0, -1) : image;
    const nameStart = this.#endOf(bracket);
    const closing = bracket.image.length === 2;
    const end = this.#endOf(nameToken ?? bracket);
    this.#tag({ closing, closed, name: name2, nameStart, nameEnd: nameStart + name2.length, end }, bracket, nameToken, rest);
  }
  /** A line that starts with `<Perl`. */
  openPerl(open, rest) {
    const nameStart = this.#base + open.startOffset + 1;
    const name2 = open.image.slice(1);
    const end = this.#endOf(open);
    this.#tag({ closing: false, closed: false, name: name2, nameStart, nameEnd: end, end }, open, void 0, rest);
  }
  /** A tag whose first word is quoted, escaped or continued. */
  #oddTag(word, first, nameToken, rest) {
    const closing = word.value.startsWith("</");
    const closed = word.value.endsWith(">");
    const name2 = word.value.slice(closing ? 2 : 1, closed ? -1 : void 0);
    const nameStart = this.#base + nameToken.startOffset;
    const nameEnd = this.#base + (closed && word.quote === "" ? word.end - 1 : word.end);
    const end = this.#base + word.end;
    this.#tag({ closing, closed, name: name2, nameStart, nameEnd, end }, first, nameToken, rest);
  }
  #tag(head, first, nameToken, restToken) {
    const { closing, closed, name: name2, nameStart, nameEnd } = head;
    const rest = this.#rest(restToken, head.end, !closing);
    const { argsStart, argsEnd } = rest;
    const own = closed && (closing || argsStart === argsEnd && rest.bracket === -1);
    const bracket = own ? this.#text.lastIndexOf(">", nameEnd) : rest.bracket;
    const last = nameToken ?? first;
    const continued = this.#continued(first, last, restToken);
    const start = this.#start;
    const end = this.#endOf(restToken ?? last);
    const kind = closing ? "close" : "open";
    this.lines.push({ kind, start, end, name: name2, nameStart, nameEnd, argsStart, argsEnd, continued, bracket });
    this.#start = end;
  }
  #endOf(token) {
    return this.#base + token.startOffset + token.image.length;
  }
  /** Where the arguments lie; without any, both offsets are `empty`. */
  #rest(token, empty, inTag) {
    if (token === void 0) return { argsStart: empty, argsEnd: empty, bracket: -1 };
    const line = token.payload;
    const offset = this.#base + (line === void 0 ? token.startOffset : 0);
    const text = line?.text ?? token.image;
    const last = inTag ? text.lastIndexOf(">") : -1;
    const from = skipBlanks(text, 0, text.length);
    const to = trimBlanks(text, from, last === -1 ? text.length : Math.max(last, from));
    const bracket = last === -1 ? -1 : offset + (line === void 0 ? last : sourceStart(line, last));
    if (from >= to) return { argsStart: empty, argsEnd: empty, bracket };
    if (line === void 0) return { argsStart: offset + from, argsEnd: offset + to, bracket };
    return { argsStart: offset + sourceStart(line, from), argsEnd: offset + sourceEnd(line, to), bracket };
  }
  /** Whether a physical line ends before the last one of this line, or something hides a character. */
  #continued(first, name2, rest) {
    if (rest?.payload !== void 0) return true;
    const word = wordOf(name2);
    if (word !== void 0 && (name2.image.includes("\n") || name2.startOffset + name2.image.length > word.end))
      return true;
    const start = this.#base + first.startOffset;
    return start > this.#start && this.#text.slice(this.#start, start).includes("\n");
  }
};
function wordOf(token) {
  return token.payload;
}

// grammar/parser.ts
import { EmbeddedActionsParser } from "chevrotain";
var HttpdParser = class extends EmbeddedActionsParser {
  #tokens;
  // None while Chevrotain records the grammar: it then runs each rule once with tokens that are none.
  #builder = null;
  // Chevrotain wants alternatives to be made once and not in each call.
  #lineKinds;
  /** `validate` lets Chevrotain check the grammar, which throws when it is ambiguous and costs more than most files. */
  constructor(tokens2, validate = false) {
    super([...tokens2.all], { maxLookahead: 1, recoveryEnabled: false, skipValidations: !validate });
    this.#tokens = tokens2;
    this.performSelfAnalysis();
  }
  /** Adds the lines of a text to a builder; what is left behind its `end` has blanks only. */
  read(text, builder) {
    this.#builder = builder;
    this.input = this.#tokens.lexer.tokenize(text).tokens;
    this.configuration();
    this.input = [];
  }
  /** `configuration ::= line*` */
  configuration = this.RULE("configuration", () => {
    this.MANY(() => {
      this.SUBRULE(this.line);
    });
  });
  /** `line ::= directive | comment | blankLine | openingTag | closingTag | perlSection` */
  line = this.RULE("line", () => {
    this.OR(
      this.#lineKinds ??= [
        this.directive,
        this.comment,
        this.blankLine,
        this.openingTag,
        this.closingTag,
        this.perlSection
      ].map((rule) => ({
        ALT: () => {
          this.SUBRULE(rule);
        }
      }))
    );
  });
  /** `directive ::= Name Arguments?` */
  directive = this.RULE("directive", () => {
    const name2 = this.CONSUME(this.#tokens.Name);
    const rest = this.OPTION(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.directive(name2, rest);
  });
  /** `comment ::= Comment` */
  comment = this.RULE("comment", () => {
    const comment = this.CONSUME(this.#tokens.Comment);
    this.#builder?.comment(comment);
  });
  /** `blankLine ::= LineEnd` */
  blankLine = this.RULE("blankLine", () => {
    const end = this.CONSUME(this.#tokens.LineEnd);
    this.#builder?.lineEnd(end);
  });
  /** `openingTag ::= "<" TagName? Arguments?` */
  openingTag = this.RULE("openingTag", () => {
    const open = this.CONSUME(this.#tokens.Open);
    const name2 = this.OPTION(() => this.CONSUME(this.#tokens.TagName));
    const rest = this.OPTION1(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.tag(open, name2, rest);
  });
  /** `closingTag ::= "</" TagName? Arguments?` */
  closingTag = this.RULE("closingTag", () => {
    const close = this.CONSUME(this.#tokens.Close);
    const name2 = this.OPTION(() => this.CONSUME(this.#tokens.TagName));
    const rest = this.OPTION1(() => this.CONSUME(this.#tokens.Arguments));
    this.#builder?.tag(close, name2, rest);
  });
  /** `perlSection ::= "<Perl" (PerlArguments RawText | Arguments?)` */
  perlSection = this.RULE("perlSection", () => {
    const open = this.CONSUME(this.#tokens.OpenPerl);
    this.OR([
      {
        ALT: () => {
          const rest = this.CONSUME(this.#tokens.PerlArguments);
          const body = this.CONSUME(this.#tokens.RawText);
          this.#builder?.openPerl(open, rest);
          this.#builder?.rawText(body);
        }
      },
      {
        ALT: () => {
          const rest = this.OPTION(() => this.CONSUME(this.#tokens.Arguments));
          this.#builder?.openPerl(open, rest);
        }
      }
    ]);
  });
};

// grammar/tokens.ts
import { createToken, Lexer } from "chevrotain";

// grammar/words.ts
function splitWords(line, dialect, from = 0) {
  const words = [];
  for (let found = nextWord(line, from, dialect); found !== null; found = nextWord(line, found.next, dialect)) {
    words.push(found.word);
  }
  return words;
}
function argsWords(tree, line) {
  if (line.argsStart === line.argsEnd) return [];
  if (line.continued) return splitWords(argsText(tree, line), tree.dialect);
  const { text, dialect } = tree;
  const words = [];
  for (let at = skipBlanks(text, line.argsStart, line.argsEnd); at < line.argsEnd; ) {
    const word = wordAt(text, at, line.argsEnd, dialect);
    words.push(word);
    at = skipBlanks(text, word.end, line.argsEnd);
  }
  return words;
}
function nextWord(line, from, dialect) {
  const { text } = line;
  const start = skipBlanks(text, from, text.length);
  if (start >= text.length) return null;
  const found = wordAt(text, start, text.length, dialect);
  const next = skipBlanks(text, found.end, text.length);
  const single = line.pieces.length === 1 ? line.pieces[0] : void 0;
  const exact = single !== void 0 && !single.replaced;
  const word = {
    start: exact ? single.start + start : sourceStart(line, start),
    end: exact ? single.start + found.end : sourceEnd(line, found.end),
    value: found.value,
    quote: found.quote,
    terminated: found.terminated
  };
  return { word, next };
}
function wordAt(text, start, to, dialect) {
  const first = text.charCodeAt(start);
  if (first !== code.doubleQuote && first !== code.singleQuote) {
    let end = start;
    while (end < to && !isBlank(text.charCodeAt(end))) end += 1;
    return { start, end, value: unescapeBare(text.slice(start, end)), quote: "", terminated: true };
  }
  const close = closingQuote(text, start + 1, to, first, dialect);
  const terminated = close < to;
  return {
    start,
    end: terminated ? close + 1 : close,
    value: unescapeQuoted(text.slice(start + 1, close), first),
    quote: first === code.doubleQuote ? '"' : "'",
    terminated
  };
}
function closingQuote(text, from, to, quote2, dialect) {
  let at = from;
  while (at < to) {
    const character = text.charCodeAt(at);
    if (character === quote2) return at;
    const next = character === code.backslash && at + 1 < to ? text.charCodeAt(at + 1) : -1;
    at += next === quote2 || next === code.backslash && dialect !== "1.3" ? 2 : 1;
  }
  return to;
}
function unescapeBare(text) {
  return text.includes("\\\\") ? text.replaceAll("\\\\", "\\") : text;
}
function unescapeQuoted(text, quote2) {
  if (!text.includes("\\")) return text;
  return text.replace(quote2 === code.doubleQuote ? /\\(["\\])/g : /\\(['\\])/g, "$1");
}

// grammar/patterns.ts
function linePatterns(dialect) {
  const rest = (text, from) => {
    const end = plainEnd(text, from);
    if (end !== -1) return match(text, from, end);
    const joined = readPieces(text, from, text.length, dialect);
    const line = logicalLine(text, from, joined.end, dialect);
    return match(text, from, joined.end, joined.continued ? line : void 0);
  };
  const wordFrom = (text, start, from) => {
    const line = logicalLine(text, start, text.length, dialect);
    const trimmed = sliceLine(line, 0, trimBlanks(line.text, 0, line.text.length));
    const word = nextWord(trimmed, 0, dialect)?.word;
    if (word === void 0 || word.start !== start || word.end <= from) return null;
    return match(text, from, hiddenBackslashEnd(text, word.end, dialect), word);
  };
  return {
    rest,
    comment: (text, from) => text.charCodeAt(from) === code.hash ? rest(text, from, [], {}) : null,
    blanks: (text, from) => {
      const end = blanksEnd(text, from, dialect);
      return end > from ? match(text, from, end) : null;
    },
    name: (text, from) => {
      const first = text.charCodeAt(from);
      const end = first === code.doubleQuote || first === code.singleQuote ? -1 : plainWordEnd(text, from);
      return end === -1 ? wordFrom(text, from, from) : match(text, from, end);
    },
    tagName: (text, from, tokens2) => {
      const end = plainWordEnd(text, from);
      if (end === from) return null;
      return end === -1 ? wordFrom(text, from - lastImage(tokens2).length, from) : match(text, from, end);
    },
    restBeforeRawText: (text, from, tokens2, groups) => {
      const found = rest(text, from, tokens2, groups);
      const end = from + (found?.[0].length ?? 0);
      return end < text.length && !closesPerl(text, end) ? found : null;
    },
    rawText: (text, from) => match(text, from, rawTextEnd(text, from))
  };
}
function match(text, from, to, payload) {
  const found = [text.substring(from, to)];
  if (payload !== void 0) found.payload = payload;
  return found;
}
function lastImage(tokens2) {
  return tokens2.at(-1)?.image ?? "";
}
function plainEnd(text, from) {
  const feed = text.indexOf("\n", from);
  const end = feed === -1 ? text.length : feed;
  let last = end - 1;
  if (feed !== -1) {
    if (last >= from && text.charCodeAt(last) === code.carriageReturn) last -= 1;
    if (last >= from && text.charCodeAt(last) === code.backslash) return -1;
  }
  if (text.substring(from, end).includes("\0")) return -1;
  return feed === -1 ? end : end + 1;
}
function plainWordEnd(text, from) {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (isBlank(character) || character === code.nul) return at;
    if (character === code.backslash) return -1;
  }
  return text.length;
}
function hiddenBackslashEnd(text, end, dialect) {
  if (dialect === "2.4" || text.charCodeAt(end) !== code.backslash) return end;
  const feed = text.charCodeAt(end + 1) === code.carriageReturn ? end + 2 : end + 1;
  return text.charCodeAt(feed) === code.lineFeed && text.charCodeAt(end - 1) === code.backslash ? end + 1 : end;
}
function blanksEnd(text, from, dialect) {
  let at = from;
  while (at < text.length && isBlank(text.charCodeAt(at)) && text.charCodeAt(at) !== code.lineFeed) at += 1;
  const character = text.charCodeAt(at);
  if (character === code.nul) {
    const feed = text.indexOf("\n", at);
    return feed === -1 ? text.length : feed;
  }
  if (character !== code.backslash) return at;
  const joined = readPieces(text, at, text.length, dialect);
  if (!joined.continued) return at;
  const line = logicalLine(text, at, joined.end, dialect);
  const first = skipBlanks(line.text, 0, line.text.length);
  if (first < line.text.length) return sourceStart(line, first);
  return text.charCodeAt(joined.end - 1) === code.lineFeed ? joined.end - 1 : joined.end;
}
var closingPerl = /(?<=\n)[ \t\v\f\r]*<\/perl(?![^ \t\v\f\r\n\0>])/gi;
var leadingClosingPerl = /[ \t\v\f\r]*<\/perl(?![^ \t\v\f\r\n\0>])/iy;
function closesPerl(text, from) {
  leadingClosingPerl.lastIndex = from;
  return leadingClosingPerl.test(text);
}
function rawTextEnd(text, from) {
  closingPerl.lastIndex = from;
  return closingPerl.exec(text)?.index ?? text.length;
}

// grammar/tokens.ts
function createTokens(dialect) {
  const patterns = linePatterns(dialect);
  const LineEnd = createToken({ name: "LineEnd", pattern: "\n" });
  const Blanks = createToken({ name: "Blanks", pattern: patterns.blanks, line_breaks: true, group: Lexer.SKIPPED });
  const Comment = createToken({ name: "Comment", pattern: patterns.comment, line_breaks: true });
  const Name = createToken({ name: "Name", pattern: patterns.name, line_breaks: true, push_mode: "arguments" });
  const Close = createToken({ name: "Close", label: "</", pattern: /<\//, push_mode: "tag" });
  const OpenPerl = createToken({
    name: "OpenPerl",
    label: "<Perl",
    pattern: /<perl(?![^ \t\v\f\r\n\0>])/i,
    push_mode: "perl"
  });
  const Open = createToken({
    name: "Open",
    label: "<",
    pattern: "<",
    longer_alt: [Close, OpenPerl],
    push_mode: "tag"
  });
  const TagName = createToken({
    name: "TagName",
    pattern: patterns.tagName,
    line_breaks: true,
    pop_mode: true,
    push_mode: "arguments"
  });
  const Arguments = createToken({
    name: "Arguments",
    pattern: patterns.rest,
    line_breaks: true,
    pop_mode: true
  });
  const PerlArguments = createToken({
    name: "PerlArguments",
    pattern: patterns.restBeforeRawText,
    line_breaks: true,
    pop_mode: true,
    push_mode: "raw"
  });
  const RawText = createToken({
    name: "RawText",
    pattern: patterns.rawText,
    line_breaks: true,
    pop_mode: true
  });
  const types = { LineEnd, Comment, Name, Open, Close, TagName, Arguments, OpenPerl, PerlArguments, RawText };
  const definition = {
    modes: {
      line: [LineEnd, Open, Close, OpenPerl, Comment, Blanks, Name],
      tag: [TagName, Arguments],
      arguments: [Arguments],
      perl: [PerlArguments, Arguments],
      raw: [RawText]
    },
    defaultMode: "line"
  };
  const lexer = new Lexer(definition, { positionTracking: "onlyOffset", skipValidations: true });
  return { ...types, all: [Blanks, ...Object.values(types)], definition, lexer };
}

// grammar/grammar-lines.ts
var parsers = /* @__PURE__ */ new Map();
function grammarLines(text, start, end, dialect) {
  const builder = new LineBuilder(text, start, dialect);
  parserFor(dialect).read(start === 0 && end === text.length ? text : text.slice(start, end), builder);
  if (builder.end < end) builder.blank(end);
  return builder.lines;
}
function parserFor(dialect) {
  const known4 = parsers.get(dialect);
  if (known4 !== void 0) return known4;
  const parser = new HttpdParser(createTokens(dialect));
  parsers.set(dialect, parser);
  return parser;
}

// grammar/line-limit.ts
var lineLimit = 8191;
var surelyShort = Math.floor(lineLimit / 3);
function cutLines(text, lines, dialect, readLines) {
  const all2 = [];
  const cut2 = [];
  for (let index = 0; index < lines.length; index += 1) {
    let line = lines[index];
    if (line === void 0) break;
    if (line.kind === "raw" || line.end - line.start <= surelyShort) {
      all2.push(line);
      continue;
    }
    let at = line.start;
    let whole = true;
    while (at < line.end) {
      const part = bufferEnd(text, at, dialect);
      if (whole && part.end === line.end) break;
      whole = false;
      for (const piece of readLines(at, part.end)) all2.push(piece);
      const last = all2.at(-1);
      if (part.full && last !== void 0) cut2.push(last);
      at = part.end;
      while (at > line.end) line = lines[index += 1] ?? { kind: "blank", start: at, end: at };
    }
    if (whole) all2.push(line);
  }
  return { lines: all2, cut: cut2 };
}
function hasLongLine(lines) {
  return lines.some((line) => line.end - line.start > surelyShort);
}
function bufferEnd(text, from, dialect) {
  let left = lineLimit;
  for (let at = from; ; ) {
    const window = Math.min(text.length, at + left);
    const feed = text.slice(at, window).indexOf("\n");
    const stop = feed === -1 ? window : at + feed + 1;
    const end = offsetAfterBytes(text, at, stop, left);
    if (end < stop || feed === -1) return { end, full: end < text.length };
    const { pieces, open } = readPieces(text, at, stop, dialect);
    if (!open || stop === text.length) return { end: stop, full: false };
    for (const piece of pieces) left -= byteLength(text, piece.start, piece.end);
    if (left === 0) return { end: stop, full: true };
    at = stop;
  }
}
function offsetAfterBytes(text, from, to, bytes) {
  let left = bytes;
  for (let at = from; at < to; ) {
    const size = sizeAt(text, at);
    if (size > left) return at;
    left -= size;
    at += size === 4 ? 2 : 1;
  }
  return to;
}
function byteLength(text, from, to) {
  let bytes = 0;
  for (let at = from; at < to; ) {
    const size = sizeAt(text, at);
    bytes += size;
    at += size === 4 ? 2 : 1;
  }
  return bytes;
}
function sizeAt(text, at) {
  const point = text.codePointAt(at) ?? 0;
  if (point < 128) return 1;
  if (point < 2048) return 2;
  if (point > 65535) return 4;
  return point >= 56448 && point <= 56575 ? 1 : 3;
}

// grammar/nesting.ts
function nest(lines) {
  const children = [];
  const problems = [];
  const stack = [];
  const openByName = /* @__PURE__ */ new Map();
  const interruptedByName = /* @__PURE__ */ new Map();
  let current = children;
  const lowered = /* @__PURE__ */ new Map();
  const lower = (name2) => {
    let key = lowered.get(name2);
    if (key === void 0) lowered.set(name2, key = name2.toLowerCase());
    return key;
  };
  for (const line of lines) {
    if (line.kind === "open") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const section = { kind: "section", open: line, children: [], close: null };
      current.push(section);
      stack.push(section);
      count(openByName, lower(line.name), 1);
      current = section.children;
    } else if (line.kind === "close") {
      if (line.bracket === -1) problems.push({ kind: "missing-bracket", line });
      const name2 = lower(line.name);
      if ((openByName.get(name2) ?? 0) === 0) {
        current.push(line);
        problems.push(strayClose(line, interruptedByName.get(name2)?.pop()));
        continue;
      }
      for (let section = stack.pop(); section !== void 0; section = stack.pop()) {
        const inner = lower(section.open.name);
        count(openByName, inner, -1);
        if (inner === name2) {
          section.close = line;
          break;
        }
        const interrupted = interruptedByName.get(inner);
        if (interrupted === void 0) interruptedByName.set(inner, [{ section, by: line }]);
        else interrupted.push({ section, by: line });
      }
      current = stack.at(-1)?.children ?? children;
    } else {
      current.push(line);
    }
  }
  for (const section of stack) problems.push({ kind: "unclosed-section", line: section.open });
  for (const list2 of interruptedByName.values()) {
    for (const { section } of list2) problems.push({ kind: "unclosed-section", line: section.open });
  }
  return { children, problems: problems.sort((a, b) => a.line.start - b.line.start) };
}
function strayClose(line, interrupted) {
  if (interrupted === void 0) return { kind: "unmatched-close", line };
  return { kind: "crossed-close", line: interrupted.by, other: interrupted.section.open };
}
function count(counts, key, change2) {
  counts.set(key, (counts.get(key) ?? 0) + change2);
}

// grammar/plain-lines.ts
function allLines(text, dialect) {
  if (text.includes("\0")) return grammarLines(text, 0, text.length, dialect);
  const lines = [];
  for (let at = 0; at < text.length; ) {
    const feed = text.indexOf("\n", at);
    const end = feed === -1 ? text.length : feed + 1;
    const line = endsInBackslash(text, at, feed) ? null : plainLine2(text, at, end, dialect);
    if (line !== null) {
      lines.push(line);
      at = end;
      continue;
    }
    const odd = oddEnd(text, at);
    const stop = /<perl/i.test(text.slice(at, odd)) ? text.length : odd;
    for (const read of grammarLines(text, at, stop, dialect)) lines.push(read);
    at = stop;
  }
  return lines;
}
function endsInBackslash(text, start, feed) {
  if (feed === -1) return false;
  let last = feed - 1;
  if (last >= start && text.charCodeAt(last) === code.carriageReturn) last -= 1;
  return last >= start && text.charCodeAt(last) === code.backslash;
}
function oddEnd(text, from) {
  for (let at = from; ; ) {
    const feed = text.indexOf("\n", at);
    if (feed === -1) return text.length;
    const empty = feed === at || feed === at + 1 && text.charCodeAt(at) === code.carriageReturn;
    if (!empty && !endsInBackslash(text, at, feed)) return feed + 1;
    at = feed + 1;
  }
}
function plainLine2(text, start, end, dialect) {
  const from = skipBlanks(text, start, end);
  if (from === end) return { kind: "blank", start, end };
  const first = text.charCodeAt(from);
  if (first === code.hash) return { kind: "comment", start, end };
  if (first === code.doubleQuote || first === code.singleQuote) return null;
  if (first === code.less) return plainTag(text, start, from, end);
  const wordEnd = plainWordEnd2(text, from, end);
  if (wordEnd === -1) return null;
  let nameEnd = wordEnd;
  const odd = text.charCodeAt(wordEnd - 1) === code.greater && dialect !== "1.3";
  if (odd && !(text.charCodeAt(from + 1) === code.slash && wordEnd > from + 1)) nameEnd -= 1;
  const name2 = text.slice(from, nameEnd);
  let argsStart = skipBlanks(text, wordEnd, end);
  let argsEnd = trimBlanks(text, argsStart, end);
  if (argsStart >= argsEnd) argsStart = argsEnd = nameEnd;
  return { kind: "directive", start, end, name: name2, nameStart: from, nameEnd, argsStart, argsEnd, continued: false };
}
function plainTag(text, start, from, end) {
  const closing = text.charCodeAt(from + 1) === code.slash;
  const nameStart = from + (closing ? 2 : 1);
  const wordEnd = plainWordEnd2(text, nameStart, end);
  if (wordEnd === -1) return null;
  const closed = wordEnd > nameStart && text.charCodeAt(wordEnd - 1) === code.greater;
  const nameEnd = closed ? wordEnd - 1 : wordEnd;
  const name2 = text.slice(nameStart, nameEnd);
  if (!closing && name2.length >= 4 && name2.slice(0, 4).toLowerCase() === "perl") return null;
  const last = closing ? -1 : text.slice(wordEnd, end).lastIndexOf(">");
  const lastBracket = last === -1 ? -1 : wordEnd + last;
  let argsStart = skipBlanks(text, wordEnd, end);
  let argsEnd = trimBlanks(text, argsStart, lastBracket === -1 ? end : Math.max(lastBracket, argsStart));
  if (argsStart >= argsEnd) argsStart = argsEnd = wordEnd;
  const own = closed && (closing || argsStart === argsEnd && lastBracket === -1);
  const bracket = own ? nameEnd : lastBracket;
  const kind = closing ? "close" : "open";
  return { kind, start, end, name: name2, nameStart, nameEnd, argsStart, argsEnd, continued: false, bracket };
}
function plainWordEnd2(text, from, end) {
  for (let at = from; at < end; at += 1) {
    const character = text.charCodeAt(at);
    if (isBlank(character)) return at;
    if (character === code.backslash) return -1;
  }
  return end;
}

// grammar/pod.ts
function takeOutDocumentation(text, lines) {
  if (!text.includes("=pod") && !text.includes("=back") && !text.includes("__END__")) return lines;
  const kept2 = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === void 0) break;
    kept2.push(line);
    const key = line.kind === "directive" ? line.name.toLowerCase() : "";
    if (key !== "=pod" && key !== "=back" && key !== "__end__") continue;
    let last = index;
    for (let ended = false; !ended && last + 1 < lines.length; ) {
      last += 1;
      const next = lines[last];
      ended = key !== "__end__" && next !== void 0 && endsDocumentation(text.slice(next.start, next.end).trim());
    }
    const [first, end] = [lines[index + 1], lines[last]];
    if (last > index && first !== void 0 && end !== void 0)
      kept2.push({ kind: "raw", start: first.start, end: end.end });
    index = last;
  }
  return kept2;
}
function endsDocumentation(text) {
  return text === "=cut" || text.includes("=over") && /httpd|apache/.test(text);
}

// grammar/parse.ts
function parse(text, dialect) {
  const read = allLines(text, dialect);
  const limited = dialect !== "2.4" && hasLongLine(read);
  const again = (start, end) => grammarLines(text, start, end, dialect);
  const { lines: all2, cut: cut2 } = limited ? cutLines(text, read, dialect, again) : { lines: read, cut: [] };
  const lines = takeOutDocumentation(text, all2);
  const { children, problems } = nest(lines);
  return { text, dialect, lines, children, problems, cut: cut2, lost: lostLine(text, lines, dialect) };
}
function lostLine(text, lines, dialect) {
  const last = lines.at(-1);
  if (dialect === "2.4" || last === void 0 || last.kind === "raw") return null;
  return readPieces(text, last.start, last.end, dialect).open ? last : null;
}

// src/source/source-file.ts
var SourceFile = class {
  /** As given by the user or built from an Include; `-` for standard input. */
  path;
  /** Decoded by {@link decode}, so that encoding it again gives the bytes of the file. */
  text;
  #lineStarts;
  constructor(path, text) {
    this.path = path;
    this.text = text;
  }
  /** Offsets at which the physical lines start; the first is 0. */
  get lineStarts() {
    if (this.#lineStarts === void 0) {
      const starts = [0];
      for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
  /** Line and column of an offset; offsets past the end count as the end. */
  position(offset) {
    const starts = this.lineStarts;
    const at = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }
  /** The physical line of a number from 1, without its line end; empty past the end. */
  lineText(line) {
    const start = this.lineStarts[line - 1];
    if (start === void 0) return "";
    const next = this.lineStarts[line];
    return this.text.slice(start, next ?? this.text.length).replace(/\r?\n$/, "");
  }
};

// src/config/wildcard.ts
var MAX_PATTERN = 4096;
function matchesWildcard(pattern, name2) {
  if (pattern.length > MAX_PATTERN) return false;
  if (name2.startsWith(".") && !pattern.startsWith(".") && !pattern.startsWith("\\.")) return false;
  let at = 0;
  let from = 0;
  let star = -1;
  let starFrom = 0;
  while (from < name2.length) {
    const step2 = at < pattern.length && pattern[at] !== "*" ? matchOne(pattern, at, name2.charAt(from)) : -1;
    if (pattern[at] === "*") {
      star = at;
      starFrom = from;
      at += 1;
    } else if (step2 !== -1) {
      at = step2;
      from += 1;
    } else if (star !== -1) {
      starFrom += 1;
      from = starFrom;
      at = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}
function hasWildcard(path) {
  let open = false;
  for (let at = 0; at < path.length; at += 1) {
    const character = path[at];
    if (character === "*" || character === "?") return true;
    if (character === "\\") at += 1;
    else if (character === "[") open = true;
    else if (character === "]" && open) return true;
  }
  return false;
}
function matchOne(pattern, at, character) {
  const first = pattern[at];
  if (first === "?") return character === "/" ? -1 : at + 1;
  if (first === "[") return matchSet(pattern, at, character);
  if (first === "\\" && at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : -1;
  return first === character ? at + 1 : -1;
}
function matchSet(pattern, open, character) {
  let at = open + 1;
  const negated = pattern[at] === "!" || pattern[at] === "^";
  if (negated) at += 1;
  let found = false;
  for (let first = true; at < pattern.length && (pattern[at] !== "]" || first); first = false) {
    if (pattern[at] === "\\") at += 1;
    const low = pattern[at] ?? "";
    const range = pattern[at + 1] === "-" && pattern[at + 2] !== "]" && at + 2 < pattern.length;
    const high = range ? pattern[at + 2] ?? low : low;
    found ||= character >= low && character <= high;
    at += range ? 3 : 1;
  }
  if (at >= pattern.length) return pattern[open] === character ? open + 1 : -1;
  return found !== negated && character !== "/" ? at + 1 : -1;
}

// src/config/include-files.ts
var MAX_DIRECTORY_DEPTH = 128;
var MAX_FILES = 1e4;
function findIncludeFiles(files2, dialect, path, optional2) {
  const search = { files: files2, dialect, optional: optional2, found: [] };
  const stop = dialect === "2.4" ? expandParts(search, path) : expandLast(search, path);
  if (stop !== null) return stop;
  if (search.found.length > MAX_FILES) {
    const message = `Include ${path} stands for more than ${MAX_FILES} files`;
    return { kind: "bad-include", message, help: "look for a symbolic link that leads back to its own directory" };
  }
  return { files: search.found };
}
function expandLast(search, path) {
  if (search.files.kindOf(path) === "directory" || !hasWildcard(path)) return addPath(search, path, 0);
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash) || "/";
  if (hasWildcard(folder)) {
    const message = `Wildcard patterns are not allowed in the directory part of Include ${path} before httpd 2.4`;
    return { kind: "bad-include", message, help: "name the directory, or list the files one by one" };
  }
  const names = namesIn(search, folder);
  if (names === null) return missingFolder(folder);
  for (const name2 of names) {
    if (!matchesWildcard(path.slice(slash + 1), name2)) continue;
    const stop = addPath(search, join(folder, name2), 0);
    if (stop !== null) return stop;
  }
  return null;
}
function expandParts(search, path) {
  if (!hasWildcard(path)) return addPath(search, path, 0);
  const parts = path.split("/");
  let candidates = [""];
  for (const [index, part] of parts.entries()) {
    if (index === 0) {
      candidates = [part];
      continue;
    }
    const last = index === parts.length - 1;
    const next = [];
    for (const candidate of candidates) {
      if (!hasWildcard(part)) {
        next.push(join(candidate, part));
        continue;
      }
      const folder = candidate === "" ? "/" : candidate;
      const names = namesIn(search, folder);
      if (names === null) {
        if (search.optional) continue;
        return missingFolder(folder);
      }
      const matching = names.filter((name2) => matchesWildcard(part, name2)).map((name2) => join(folder, name2)).filter((full) => last || search.files.kindOf(full) === "directory");
      if (matching.length === 0 && !search.optional) {
        const message = `No matches for the wildcard '${part}' in '${folder}'`;
        return { kind: "missing-include", message, help: "use IncludeOptional if that is fine" };
      }
      next.push(...matching.slice(0, MAX_FILES + 1));
      if (next.length > MAX_FILES) break;
    }
    candidates = next;
  }
  for (const candidate of candidates) {
    const stop = addPath(search, candidate, 0);
    if (stop !== null) return stop;
  }
  return null;
}
function addPath(search, path, depth) {
  if (search.found.length > MAX_FILES) return null;
  const kind = search.files.kindOf(path);
  const isDirectory = kind === "directory" && (search.dialect !== "1.3" || !search.files.isLink(path));
  if (isDirectory) {
    if (depth >= MAX_DIRECTORY_DEPTH) {
      return {
        kind: "bad-include",
        message: `Directory ${path} lies more than ${MAX_DIRECTORY_DEPTH} directories deep`
      };
    }
    for (const name2 of namesIn(search, path) ?? []) {
      const stop = addPath(search, join(path, name2), depth + 1);
      if (stop !== null) return stop;
    }
    return null;
  }
  if (kind === "file" || path === "/dev/null") {
    search.found.push(path);
    return null;
  }
  if (search.optional && kind === null) return null;
  const message = kind === null ? `There is no file ${path}` : `${path} is not a regular file`;
  return { kind: kind === null ? "missing-include" : "bad-include", message };
}
function namesIn(search, folder) {
  try {
    const names = [...search.files.readDirectory(folder)];
    return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch {
    return null;
  }
}
function missingFolder(folder) {
  return { kind: "missing-include", message: `There is no directory ${folder}, or it cannot be read` };
}
function join(folder, name2) {
  return folder.endsWith("/") ? folder + name2 : `${folder}/${name2}`;
}

// src/config/reading-state.ts
var MAX_EXPANSION = 16 * 1024 * 1024;
var MAX_READINGS = 2e4;
var MAX_INCLUDED_LINES = 2e6;
var MAX_REPEATED = 1e7;
var MAX_INCLUDE_DEPTH = 128;
var MAX_SECTION_DEPTH = 256;
var MAX_PROBLEMS = 2e4;
function report(state, kind, fatal, origin, message, extras = {}) {
  if (state.problems.length >= MAX_PROBLEMS) return;
  const { span = nameSpan(origin.line), ...rest } = extras;
  state.problems.push({ kind, fatal, message, origin, span, ...rest });
}
function reportOnce(state, kind, fatal, origin, message) {
  if (state.once.has(message)) return;
  state.once.add(message);
  report(state, kind, fatal, origin, message);
}
function nameSpan(line) {
  if (line.kind === "directive") return { start: line.nameStart, end: line.nameEnd };
  if (line.kind !== "open" && line.kind !== "close") return { start: line.start, end: line.end };
  const end = line.bracket === -1 ? Math.max(line.argsEnd, line.nameEnd) : line.bracket + 1;
  return { start: line.nameStart - (line.kind === "open" ? 1 : 2), end };
}
function markActive(reading, line) {
  const { lines } = reading.tree;
  for (let near = reading.cursor; near < reading.cursor + 4; near += 1) {
    if (lines[near] !== line) continue;
    reading.active[near] = true;
    reading.cursor = near;
    return;
  }
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = low + high >> 1;
    if ((lines[middle]?.start ?? 0) < line.start) low = middle + 1;
    else high = middle;
  }
  while (low < lines.length && lines[low] !== line) low += 1;
  if (low < lines.length) reading.active[low] = true;
}
function originOf(place, line) {
  const { reading, expansion } = place;
  return expansion === void 0 ? { reading, line } : { reading, line, expandedFrom: expansion.from };
}
function lastLineOf(reading, line) {
  const end = line.end > line.start && reading.source.text[line.end - 1] === "\n" ? line.end - 1 : line.end;
  const ahead = reading.tree.cut.filter((cut2) => cut2.start < line.start).length;
  const looked = reading.tree.dialect === "2.4" && line.end === reading.source.text.length && endsOpen(reading, line);
  return reading.source.position(end).line + ahead + (looked ? 1 : 0);
}
function endsOpen(reading, line) {
  return /\\\r?\n$/.test(reading.source.text.slice(Math.max(line.start, line.end - 3), line.end));
}
function endLineOf(reading) {
  const { text } = reading.source;
  const lines = reading.source.position(text.length).line;
  return text.endsWith("\n") || text === "" ? lines : lines + 1;
}
function addDirective(state, place, line, statement) {
  const { key, spec, unknown } = findSpec(state, statement.name, false);
  const directive = {
    kind: "directive",
    name: statement.name,
    key,
    words: statement.words,
    rawArgs: statement.rawArgs,
    spec,
    ...unknown === void 0 ? {} : { unknown },
    parent: place.parent,
    limit: place.limit,
    origin: originOf(place, line)
  };
  place.parent.children.push(directive);
  countNode(state, spec);
  return directive;
}
function addSection(state, place, line, statement) {
  const { key, spec, unknown } = findSpec(state, statement.name, true);
  const section = {
    kind: "section",
    key,
    name: statement.name,
    words: statement.words,
    rawArgs: statement.rawArgs,
    spec,
    ...unknown === void 0 ? {} : { unknown },
    parent: place.parent,
    limit: place.limit,
    children: [],
    origin: originOf(place, line)
  };
  place.parent.children.push(section);
  countNode(state, spec);
  return section;
}
function countNode(state, spec) {
  state.directives += 1;
  if (spec !== null) state.understood += 1;
}
function findSpec(state, name2, isSection) {
  const known4 = isSection ? state.sectionSpecs : state.directiveSpecs;
  const before = known4.get(name2);
  if (before?.version === state.version) return before.found;
  const found = lookUpSpec(state, name2, isSection);
  known4.set(name2, { version: state.version, found });
  return found;
}
function lookUpSpec(state, name2, isSection) {
  const key = name2.toLowerCase();
  const specs = lookupDirective(state.dialect, name2, isSection);
  const spec = specs.find((candidate) => state.modules.isActive(candidate.module));
  if (spec !== void 0) return { key, spec };
  const declared = state.declared.size === 0 ? void 0 : state.declared.get((isSection ? "<" : "") + key);
  if (declared !== void 0) {
    if (declared.module === "" || state.modules.hasModule(declared.module)) return { key, spec: declared };
    return { key, spec: null, unknown: { reason: "inactive", modules: [declared.module] } };
  }
  if (specs.length === 0) return { key, spec: null, unknown: { reason: "unknown" } };
  return { key, spec: null, unknown: { reason: "inactive", modules: [...new Set(specs.map(({ module }) => module))] } };
}
function depthOf(section) {
  let depth = 0;
  for (let outer = section.parent; outer !== null && depth <= MAX_SECTION_DEPTH; outer = outer.parent) depth += 1;
  return depth;
}

// src/config/open-file.ts
function openText(state, text, via) {
  const active = new Array(text.tree.lines.length).fill(false);
  const hasVariables = text.source.text.includes("$");
  const reading = { source: text.source, tree: text.tree, via, active, cursor: 0, hasVariables };
  state.readings.push(reading);
  for (const line of text.tree.cut) {
    const message = "Line too long: this httpd reads 8191 bytes and takes the rest for another line";
    report(state, "overlong-line", false, { reading, line }, message, {
      span: { start: line.start, end: line.end },
      help: "end physical lines with a backslash, or repeat the directive"
    });
  }
  const { lost } = text.tree;
  if (lost !== null) {
    const message = "Lost line: it ends in a backslash, and at the end of the file this httpd drops it whole";
    report(state, "lost-line", false, { reading, line: lost }, message, { help: "take the backslash away" });
  }
  return reading;
}
function loadFile(state, path) {
  const known4 = state.trees.get(path);
  if (known4 !== void 0) return known4;
  return loadText(state, path, decode(state.files.readFile(path)));
}
function loadText(state, path, text) {
  const loaded = { source: new SourceFile(path, text), tree: parse(text, state.dialect) };
  state.trees.set(path, loaded);
  return loaded;
}
function resolvePath(state, path) {
  if (!isAbsolute(path) && !/^[A-Za-z]:[\\/]/.test(path)) return join2(state.serverRoot, path);
  const written = withoutSlash(state.writtenRoot ?? "/");
  if (state.fixedRoot && written !== "/" && path.startsWith(`${written}/`)) {
    return join2(state.serverRoot, path.slice(written.length));
  }
  return path;
}
function withoutSlash(path) {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end -= 1;
  return path.slice(0, end);
}
function setServerRoot(state, root2) {
  state.writtenRoot = root2;
  state.version += 1;
  if (!state.fixedRoot) state.serverRoot = isAbsolute(root2) ? withoutSlash(root2) : join2(state.firstRoot, root2);
}
function includedFiles(state, directive, path) {
  const result = findIncludeFiles(
    state.files,
    state.dialect,
    resolvePath(state, path),
    directive.key === "includeoptional"
  );
  if ("files" in result) return result.files;
  const [word] = directive.words;
  report(state, result.kind, true, directive.origin, result.message, {
    ...result.help === void 0 ? {} : { help: result.help },
    ...word === void 0 ? {} : { span: { start: word.start, end: word.end } }
  });
  return [];
}
function enterFile(state, path, via) {
  const again = state.chain.findLast((entry) => entry.path === path);
  if (again?.version === state.version || state.chain.length > MAX_INCLUDE_DEPTH) {
    const names = state.chain.map((entry) => entry.path);
    const circle = [...names.slice(Math.max(0, names.indexOf(path))), path];
    const shown = circle.length > 6 ? [...circle.slice(0, 3), "\u2026", ...circle.slice(-2)] : circle;
    report(state, "include-cycle", true, via, `Include leads in a circle: ${shown.join(" \u2192 ")}`);
    return null;
  }
  if (state.readings.length >= MAX_READINGS || state.includedLines >= MAX_INCLUDED_LINES || state.repeated >= MAX_REPEATED) {
    const message = "There is too much to include; the rest is left out";
    reportOnce(state, "bad-include", true, via, message);
    return null;
  }
  let text;
  try {
    text = loadFile(state, path);
  } catch (error) {
    report(state, "unreadable-file", true, via, `Cannot read ${path}: ${whatHappened(error)}`);
    return null;
  }
  state.chain.push({ path, version: state.version });
  state.includedLines += text.tree.lines.length;
  if (state.included.has(path)) {
    state.repeated += Math.max(text.source.text.length, 64 * text.tree.lines.length);
  }
  state.included.add(path);
  return openText(state, text, via);
}
function leaveFile(state) {
  state.chain.pop();
}

// src/config/contexts.ts
var directoryLike = /* @__PURE__ */ new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "proxy",
  "proxymatch",
  "if",
  "elseif",
  "else"
]);
var everywhere = ["OR_LIMIT", "OR_OPTIONS", "OR_FILEINFO", "OR_AUTHCFG", "OR_INDEXES"];
var serverOverrides = /* @__PURE__ */ new Set([
  "RSRC_CONF",
  "OR_ALL",
  "OR_OPTIONS",
  "OR_FILEINFO",
  "OR_INDEXES"
]);
var directoryOverrides = /* @__PURE__ */ new Set([...everywhere, "OR_ALL", "ACCESS_CONF"]);
var aliasOverrides = /* @__PURE__ */ new Set(["OR_AUTHCFG", "OR_ALL", "ACCESS_CONF"]);
var authorizationOverrides = /* @__PURE__ */ new Set(["OR_AUTHCFG"]);
var proxyOverrides = /* @__PURE__ */ new Set([...directoryOverrides, "PROXY_CONF"]);
var onlyWarned = /* @__PURE__ */ new Set(["allowoverride", "allowoverridelist"]);
function contextProblem(node) {
  const { spec, parent } = node;
  if (spec === null || parent === null) return null;
  const old2 = node.origin?.reading.tree.dialect === "1.3";
  if (!old2 && spec.overrides.includes("EXEC_ON_READ")) return null;
  const shown = (node.kind === "section" ? "<" : "") + (old2 ? spec.name : node.name);
  const overrides = overridesIn(parent, old2);
  if (!spec.overrides.some((bit) => overrides.has(bit))) {
    if (isInUnknownSection(parent)) return null;
    const holder = old2 ? null : holderOf(node, parent);
    return holder === null ? `${shown} not allowed here` : `${shown} not allowed in <${holder}> context`;
  }
  const flags = onlyWarned.has(spec.name.toLowerCase()) && !old2 ? [] : expand(spec.notIn);
  const place = old2 ? forbiddenIn13(flags, node, parent) : forbiddenIn2x(flags, node, parent);
  return place === null ? null : `${shown}${node.kind === "section" ? ">" : ""} cannot occur within ${place} section`;
}
function* around(parent) {
  for (let section = parent; section !== null; section = section.parent) {
    if (section.key !== "server") yield section;
  }
}
function overridesIn(parent, old2) {
  for (const section of around(parent)) {
    if (section.key === "proxy" || section.key === "proxymatch") return proxyOverrides;
    if (!old2 && /^require(?:all|any|none)$/.test(section.key)) return authorizationOverrides;
    if (section.key === "authnprovideralias" || section.key === "authzprovideralias") return aliasOverrides;
    if (directoryLike.has(section.key)) return directoryOverrides;
  }
  return serverOverrides;
}
function isInUnknownSection(parent) {
  for (const section of around(parent)) if (section.unknown !== void 0) return true;
  return false;
}
function holderOf(node, parent) {
  if (node.limit !== null && node.limit !== parent.limit) return node.limit.kind;
  return parent.key === "server" ? null : parent.name;
}
var every = ["NOT_IN_VIRTUALHOST", "NOT_IN_LIMIT", "NOT_IN_DIR"];
function expand(flags) {
  return flags.flatMap((flag) => {
    if (flag === "GLOBAL_ONLY") return every;
    if (flag === "NOT_IN_DIR_LOC_FILE") return ["NOT_IN_DIR"];
    return flag === "NOT_IN_DIR_CONTEXT" ? ["NOT_IN_LIMIT", "NOT_IN_DIR"] : [flag];
  });
}
function isVirtual(parent) {
  for (const section of around(parent)) if (section.key === "virtualhost") return true;
  return false;
}
function isInDirectory(parent) {
  for (const section of around(parent)) if (directoryLike.has(section.key)) return true;
  return false;
}
function forbiddenIn13(flags, node, parent) {
  if (flags.includes("NOT_IN_VIRTUALHOST") && isVirtual(parent)) return "<VirtualHost>";
  if (flags.includes("NOT_IN_LIMIT") && node.limit !== null) return "<Limit>";
  if (flags.includes("NOT_IN_DIR") && isInDirectory(parent)) return "<Directory/Location/Files>";
  return flags.some((flag) => flagCovers13(flag, parent.key)) ? `<${parent.name}>` : null;
}
function flagCovers13(flag, key) {
  const plain = /^NOT_IN_(DIRECTORY|LOCATION|FILES)$/.exec(flag)?.[1]?.toLowerCase();
  return plain !== void 0 && (key === plain || key === `${plain}match`);
}
function forbiddenIn2x(flags, node, parent) {
  if (flags.includes("NOT_IN_VIRTUALHOST") && isVirtual(parent)) return "<VirtualHost>";
  const masked = node.limit !== null || [...around(parent)].some((section) => /^require(?:all|any|none)$/.test(section.key));
  if (flags.includes("NOT_IN_LIMIT") && masked) return "<Limit> or <LimitExcept>";
  if (flags.includes("NOT_IN_DIR") && isInDirectory(parent)) return "<Directory/Location/Files/Proxy>";
  for (const section of around(parent)) {
    if (flags.some((flag) => flagCovers13(flag, section.key) || flagCovers2x(flag, section.key))) {
      return `<${section.name}>`;
    }
  }
  return null;
}
function flagCovers2x(flag, key) {
  if (flag === "NOT_IN_FILES") return key === "if" || key === "elseif" || key === "else";
  return flag === "NOT_IN_PROXY" && (key === "proxy" || key === "proxymatch");
}

// src/config/module-lines.ts
function runModuleLine(state, directive) {
  switch (directive.key) {
    case "loadmodule":
      loadModule(state, directive);
      return true;
    case "addmodule":
      for (const word of directive.words) addModule(state, directive, word);
      return true;
    case "clearmodulelist":
      if (directive.words.length === 0) state.modules.clear();
      state.version += 1;
      return true;
    default:
      return false;
  }
}
function loadModule(state, directive) {
  const [identifier, file] = directive.words;
  if (identifier === void 0 || file === void 0 || directive.words.length > 2) return;
  state.version += 1;
  if (state.modules.load(identifier.value, file.value, directive.origin)) return;
  const message = `Module ${identifier.value} is already loaded; httpd skips this line`;
  report(state, "module-list", false, directive.origin, message, {
    span: { start: identifier.start, end: identifier.end }
  });
}
function addModule(state, directive, word) {
  state.version += 1;
  const span = { start: word.start, end: word.end };
  switch (state.modules.add(word.value, directive.origin)) {
    case "added":
      return;
    case "already": {
      const message = `Module ${word.value} is already active; httpd skips it with a warning`;
      report(state, "module-list", false, directive.origin, message, { span });
      return;
    }
    case "unknown": {
      const message = `Cannot add module ${word.value}: it is neither built in nor loaded`;
      const help = "AddModule takes the name of a module's source file; load the module with LoadModule first";
      report(state, "module-list", true, directive.origin, message, { span, help });
      return;
    }
  }
}

// src/config/read-13.ts
var nested = /* @__PURE__ */ new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "virtualhost"
]);
function read13(state, reading, base) {
  const loop = { state, reading, base, frames: [], late: /* @__PURE__ */ new Map(), surplusDepth: 0, limit: null };
  const { lines, lost } = reading.tree;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === void 0 || line === lost) continue;
    reading.active[index] = true;
    if (line.kind === "directive") {
      if (line.name !== "") readDirective(loop, line);
    } else if (line.kind === "close") {
      readClose(loop, line);
    } else if (line.kind === "open") {
      const key = line.name.toLowerCase();
      if (key === "ifmodule" || key === "ifdefine") {
        if (!readConditional(loop, line, key)) index = skipFalse(loop, index, key);
      } else if (key === "macro") {
        addSection(state, placeIn(loop), line, statementOf(loop, line));
        index = skipMacro(loop, index);
      } else {
        readOpen(loop, line);
      }
    }
  }
  for (const { section, open, surplus } of loop.frames.toReversed()) {
    if (surplus !== null) reportSurplus(loop, open, surplus, null);
    const message = `<${section.name}> is not closed; httpd misses </${section.name}> at the end of the file`;
    report(state, "unclosed-section", true, originOf(placeIn(loop), open), message, { httpdLine: endLineOf(reading) });
  }
}
function placeIn(loop) {
  return { reading: loop.reading, parent: loop.frames.at(-1)?.section ?? loop.base, limit: loop.limit };
}
function statementOf(loop, line) {
  const { tree } = loop.reading;
  if (line.argsStart === line.argsEnd) return { name: line.name, words: [], rawArgs: "" };
  const rawArgs = line.continued ? argsText(tree, line).text : tree.text.slice(line.argsStart, line.argsEnd);
  return { name: line.name, words: argsWords(tree, line), rawArgs };
}
function readDirective(loop, line) {
  const { state } = loop;
  const directive = addDirective(state, placeIn(loop), line, statementOf(loop, line));
  if (directive.spec === null || runModuleLine(state, directive)) return;
  const [word] = directive.words;
  if (word === void 0 || directive.words.length !== 1 || word.value === "") return;
  if (directive.key === "serverroot") setServerRoot(state, word.value);
  else if (directive.key === "include") readIncluded(loop, directive, word.value);
}
function readIncluded(loop, directive, path) {
  const { state } = loop;
  const host = loop.frames.find((frame) => frame.section.key === "virtualhost")?.section ?? loop.base;
  for (const file of includedFiles(state, directive, path)) {
    const reading = enterFile(state, file, directive.origin);
    if (reading === null) continue;
    read13(state, reading, host);
    leaveFile(state);
  }
}
function readConditional(loop, line, key) {
  const { state, reading } = loop;
  const origin = originOf(placeIn(loop), line);
  const whole = lineText(reading.tree, line);
  const words = splitWords(whole, "1.3").slice(1);
  const [first] = words;
  if (first === void 0) {
    const help = `write what it depends on: <${line.name} name>`;
    report(state, "bad-conditional", true, origin, `<${line.name}> needs an argument`, { help });
    return true;
  }
  if (words.length > 1 || first.value === "") {
    const message = `<${line.name}> takes one argument, the bracket included`;
    const help = "httpd 1.3 wants the name without quotes and the > right behind it";
    report(state, "bad-conditional", true, origin, message, { help });
  }
  const bracket = first.value.lastIndexOf(">");
  if (bracket === -1 && line.bracket === -1) {
    report(state, "malformed-tag", true, origin, `<${line.name}> has no closing >`);
  }
  const argument = words.length === 1 && bracket !== -1 ? first.value.slice(0, bracket) : argsWords(reading.tree, line)[0]?.value ?? "";
  const negated = argument.startsWith("!");
  const name2 = negated ? argument.slice(1) : argument;
  const found = key === "ifmodule" ? state.modules.test(name2) : { present: state.defines.has(name2), by: state.defines.get(name2) ?? null };
  const value = found.present !== negated;
  state.conditionals.push({ key, argument, value, decidedBy: found.by, origin });
  return value;
}
function skipFalse(loop, from, key) {
  const { state, reading } = loop;
  const { lines, lost } = reading.tree;
  const end = `</${key}>`;
  let depth = 1;
  for (let index = from + 1; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === lost) continue;
    if (line?.kind === "open" && line.name.toLowerCase().startsWith(key)) depth += 1;
    if (line?.kind === "close" && lineText(reading.tree, line).text.toLowerCase() === end) depth -= 1;
    if (depth > 0) continue;
    reading.active[index] = true;
    return index;
  }
  const open = lines[from];
  if (open?.kind === "open") {
    const message = `<${open.name}> is false and not closed: httpd skips to the end of the file and misses </${open.name}>`;
    report(state, "unclosed-section", true, originOf(placeIn(loop), open), message, { httpdLine: endLineOf(reading) });
  }
  return lines.length;
}
function skipMacro(loop, from) {
  const { lines } = loop.reading.tree;
  let end = from + 1;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    if (line?.kind === "close" && line.name.toLowerCase() === "macro") break;
  }
  if (end >= lines.length) return lines.length;
  loop.reading.active[end] = true;
  return end;
}
function readOpen(loop, line) {
  const { state } = loop;
  const origin = originOf(placeIn(loop), line);
  let statement = statementOf(loop, line);
  if (line.name === "") {
    const [word, ...words] = statement.words;
    if (word?.value.startsWith("/") === true) {
      readSpacedClose(loop, line, word.value.length > 1 ? word.value.slice(1) : words[0]?.value ?? "");
      return;
    }
    const message = word === void 0 ? "Expected a name behind <" : `Expected <${word.value}, without a blank behind <`;
    report(state, "malformed-tag", true, origin, message);
    if (word === void 0) return;
    statement = { name: word.value, words, rawArgs: statement.rawArgs.slice(word.value.length).trim() };
  } else if (line.bracket === -1) {
    report(state, "malformed-tag", true, origin, `<${line.name}> has no closing >`);
  } else if (line.bracket === line.nameEnd && line.name.toLowerCase() !== "perl") {
    const message = `<${line.name}> needs an argument: without a blank httpd takes the > for part of the name`;
    report(state, "malformed-tag", true, origin, message);
  }
  const key = statement.name.toLowerCase();
  const section = addSection(state, placeIn(loop), line, statement);
  reportMisplaced(loop, section);
  if (key === "limit" || key === "limitexcept") {
    const kind = key === "limit" ? "Limit" : "LimitExcept";
    loop.limit = { kind, methods: statement.words.map((word) => word.value.toUpperCase()), origin };
    return;
  }
  if (loop.frames.length >= MAX_SECTION_DEPTH) {
    if (loop.surplusDepth === 0) {
      report(state, "misplaced-section", true, origin, `Sections are nested more than ${MAX_SECTION_DEPTH} deep`);
    }
    loop.surplusDepth += 1;
    return;
  }
  loop.frames.push({ section, open: line, surplus: surplusWord(key, statement) });
}
function reportMisplaced(loop, section) {
  const message = contextProblem(section);
  if (message === null || section.origin === null) return;
  report(loop.state, "misplaced-section", true, section.origin, message);
}
function readSpacedClose(loop, line, name2) {
  const message = `Expected </${name2}>, without a blank behind <`;
  report(loop.state, "malformed-tag", true, originOf(placeIn(loop), line), message);
  const at = loop.frames.findLastIndex((frame) => frame.section.key === name2.toLowerCase());
  if (at !== -1) loop.frames.length = at;
}
function surplusWord(key, statement) {
  if (!nested.has(key) || key === "virtualhost") return null;
  return statement.words[statement.words[0]?.value === "~" ? 2 : 1] ?? null;
}
function reportSurplus(loop, open, surplus, close) {
  report(
    loop.state,
    "malformed-tag",
    true,
    originOf(placeIn(loop), open),
    `Multiple <${open.name}> arguments are not supported`,
    {
      span: { start: surplus.start, end: surplus.end },
      help: "quote a path with blanks; write one section for each path",
      ...close === null ? {} : { httpdLine: lastLineOf(loop.reading, close) }
    }
  );
}
function readClose(loop, line) {
  const { state, reading } = loop;
  const key = line.name.toLowerCase();
  const origin = originOf(placeIn(loop), line);
  if (line.bracket === -1) {
    const message = `</${line.name}> has no > right behind its name`;
    report(state, "malformed-tag", true, origin, message);
  } else if (line.argsStart < line.argsEnd && splitWords(lineText(reading.tree, line), "1.3").length > 1) {
    const span = { start: line.argsStart, end: line.argsEnd };
    report(state, "malformed-tag", true, origin, `</${line.name}> takes no arguments`, { span });
  }
  if (key === "ifmodule" || key === "ifdefine") return;
  if (key === "limit" || key === "limitexcept") {
    loop.limit = null;
    return;
  }
  if (loop.surplusDepth > 0) {
    loop.surplusDepth -= 1;
    return;
  }
  const at = loop.frames.findLastIndex((frame) => frame.section.key === key);
  const top = loop.frames.at(-1);
  if (at === -1) {
    const late = loop.late.get(key) ?? 0;
    if (late > 0) {
      loop.late.set(key, late - 1);
      return;
    }
    const message = top === void 0 ? "no such section is open" : `<${top.section.name}> is open here`;
    const related = top === void 0 ? {} : { related: [{ origin: originOf(placeIn(loop), top.open), message: "opened here" }] };
    report(state, "unmatched-close", true, origin, `</${line.name}> closes nothing: ${message}`, related);
    return;
  }
  if (at !== loop.frames.length - 1 && top !== void 0) {
    const inner = loop.frames.slice(at + 1);
    report(state, "crossed-sections", true, origin, `Expected </${top.section.name}> but saw </${line.name}>`, {
      related: [{ origin: originOf(placeIn(loop), top.open), message: `<${top.section.name}> opened here` }]
    });
    for (const { section } of inner) loop.late.set(section.key, (loop.late.get(section.key) ?? 0) + 1);
  }
  const closed = loop.frames[at];
  loop.frames.length = at;
  if (closed?.surplus) reportSurplus(loop, closed.open, closed.surplus, line);
  if (closed?.section.key === "virtualhost") readExtraFiles(state, closed.section);
}
function readExtraFiles(state, host) {
  for (const [key, usual] of [
    ["resourceconfig", "conf/srm.conf"],
    ["accessconfig", "conf/access.conf"]
  ]) {
    const written = host.children.findLast(
      (node) => node.kind === "directive" && node.key === key && node.spec !== null
    );
    const name2 = written?.words.length === 1 ? written.words[0]?.value ?? "" : "";
    if (name2 === "" && (written !== void 0 || host.key !== "server")) continue;
    const path = resolvePath(state, name2 === "" ? usual : name2);
    const missing = state.files.kindOf(path) === null;
    if (missing && (written === void 0 || path === resolvePath(state, usual))) continue;
    const via = written?.origin ?? host.origin;
    if (via === null) continue;
    const files2 = written === void 0 ? [path] : includedFiles(state, written, name2);
    for (const file of files2) {
      const reading = enterFile(state, file, via);
      if (reading === null) continue;
      read13(state, reading, host);
      leaveFile(state);
    }
  }
}

// src/config/http-versions.ts
var releases = {
  "1.3": [1, 3, 42],
  "2.0": [2, 0, 65],
  "2.2": [2, 2, 34],
  "2.4": [2, 4, 71]
};
function testVersion(dialect, words) {
  const [first, second, ...rest] = words;
  if (first === void 0 || rest.length > 0) return null;
  const [written, version] = second === void 0 ? ["=", first] : [first, second];
  const negated = written.startsWith("!");
  const operator = negated ? written.slice(1) : written;
  const value = compare(dialect, operator === "" ? "=" : operator, version);
  return value === null ? null : value !== negated;
}
function compare(dialect, operator, version) {
  const release = releases[dialect];
  const pattern = /^\/(.*)\/$/.exec(version)?.[1] ?? (operator === "~" ? version : null);
  if (pattern !== null)
    return operator === "~" || operator.startsWith("=") ? matchesPattern(pattern, release.join(".")) : null;
  const parts = /^(\d{1,5})(?:\.(\d{1,5})?)?(?:\.(\d{1,5})?)?$/.exec(version);
  if (parts === null) return null;
  const order2 = [1, 2, 3].map((index) => (release[index - 1] ?? 0) - Number(parts[index] ?? "0")).find((part) => part !== 0) ?? 0;
  switch (operator) {
    case "=":
    case "==":
      return order2 === 0;
    case ">":
      return order2 > 0;
    case ">=":
      return order2 >= 0;
    case "<":
      return order2 < 0;
    case "<=":
      return order2 <= 0;
    default:
      return null;
  }
}
function matchesPattern(pattern, version) {
  if (pattern.length > 60) return null;
  if (/\)[*+?{]/.test(pattern)) return false;
  try {
    return new RegExp(pattern).test(version);
  } catch {
    return null;
  }
}

// src/config/conditions-2x.ts
var keys = ["ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection"];
function conditionKey(state, name2) {
  const key = keys.find((candidate) => candidate === name2.toLowerCase());
  if (key === void 0) return null;
  return lookupDirective(state.dialect, key, true, state.modules.isActive).length > 0 ? key : null;
}
function decide(state, place, node, key, statement) {
  const origin = originOf(place, node.open);
  const negated = key !== "ifversion" && statement.rawArgs.startsWith("!");
  const words = (negated ? splitWords(plainLine(statement.rawArgs, 1, statement.rawArgs.length), state.dialect) : statement.words).map((word) => word.value);
  if (words.length === 0 || key !== "ifversion" && words[0] === "") {
    const message = `<${statement.name}> needs an argument`;
    report(state, "bad-conditional", true, origin, message, {
      help: `write what it depends on: <${statement.name} name>`
    });
    return true;
  }
  if (key === "ifversion" && node.open.bracket !== -1) {
    const behind2 = place.reading.source.text.slice(node.open.bracket + 1, node.open.end).trim();
    if (behind2 !== "") report(state, "bad-conditional", true, origin, `<${statement.name}> takes nothing behind its >`);
  }
  const decision = decideBy(state, key, words, negated);
  if (decision === null) {
    const message = `<${statement.name} ${statement.rawArgs}> is no comparison that httpd knows`;
    report(state, "bad-conditional", true, origin, message, {
      help: "write an operator and a version: <IfVersion >= 2.4>"
    });
    return true;
  }
  const { value, by } = decision;
  const argument = key === "ifversion" ? words.join(" ") : `${negated ? "!" : ""}${words[0] ?? ""}`;
  state.conditionals.push({ key, argument, value, decidedBy: by, origin });
  return value;
}
function decideBy(state, key, words, negated) {
  if (key === "ifversion") {
    const value2 = testVersion(state.dialect, words);
    return value2 === null ? null : { value: value2, by: null };
  }
  const { value, by } = test(state, key, words[0] ?? "");
  return { value: value !== negated, by };
}
function test(state, key, name2) {
  switch (key) {
    case "ifmodule": {
      const { present, by } = state.modules.test(name2);
      return { value: present, by };
    }
    case "ifdefine":
      return { value: state.defines.has(name2), by: state.defines.get(name2) ?? null };
    case "iffile":
      return { value: name2 !== "" && state.files.kindOf(resolvePath(state, name2)) !== null, by: null };
    case "ifdirective":
      return { value: lookupDirective(state.dialect, name2, false, state.modules.isActive).length > 0, by: null };
    case "ifsection":
      return { value: lookupDirective(state.dialect, name2, true, state.modules.isActive).length > 0, by: null };
    default:
      return key;
  }
}

// src/config/defines.ts
function define(state, directive) {
  const [name2, value] = directive.words;
  if (name2 === void 0 || directive.words.length > 2 || !isName(state, directive, name2)) return;
  state.version += 1;
  state.defines.set(name2.value, directive.origin);
  if (value !== void 0 && value.value !== "") state.variables.set(name2.value, value.value);
}
function undefine(state, directive) {
  const [name2] = directive.words;
  if (name2 === void 0 || directive.words.length > 1 || !isName(state, directive, name2)) return;
  state.version += 1;
  state.defines.delete(name2.value);
  state.variables.delete(name2.value);
}
function isName(state, directive, name2) {
  if (!name2.value.includes(":")) return true;
  report(state, "bad-define", true, directive.origin, `Variable name ${name2.value} must not contain ':'`, {
    span: { start: name2.start, end: name2.end }
  });
  return false;
}

// src/config/limits.ts
function narrowLimit(outer, kind, methods2, origin) {
  const inner = { kind, methods: [...new Set(methods2)], origin };
  if (outer === null) return inner;
  if (outer.kind === "LimitExcept") {
    if (inner.kind === "LimitExcept") return { ...inner, methods: [.../* @__PURE__ */ new Set([...outer.methods, ...inner.methods])] };
    return kept(
      inner,
      inner.methods.filter((method) => !outer.methods.includes(method))
    );
  }
  const both2 = outer.methods.filter((method) => inner.methods.includes(method) === (inner.kind === "Limit"));
  return kept({ ...inner, kind: "Limit" }, both2);
}
function kept(limit2, methods2) {
  return methods2.length === 0 ? null : { ...limit2, methods: methods2 };
}

// src/config/macro-lines.ts
var MAX_USE_DEPTH = 128;
function defineMacro(state, place, section, statement) {
  if (findSpec(state, "macro", true).spec === null) return false;
  addSection(state, place, section.open, statement);
  const origin = originOf(place, section.open);
  const [name2, ...parameters] = statement.words.map((word) => word.value);
  if (name2 === void 0 || name2 === "") {
    report(state, "bad-macro", true, origin, "<Macro> needs a name");
    return true;
  }
  const names = new Set(parameters);
  if (parameters.includes("") || names.size < parameters.length) {
    report(state, "bad-macro", true, origin, `Macro '${name2}' has an empty parameter or one twice`);
  }
  const prefix = beginningOfAnother(names);
  if (prefix !== void 0) {
    const message = `Parameter '${prefix}' of macro '${name2}' is the beginning of another one`;
    report(state, "bad-macro", false, origin, message, {
      help: "it is replaced only where the longer one does not stand"
    });
  }
  const known4 = state.macros.get(name2.toLowerCase());
  if (known4 !== void 0) {
    report(state, "bad-macro", false, origin, `Macro '${name2}' is defined again; this one is used from here on`, {
      related: [{ origin: known4.origin, message: "first here" }]
    });
  }
  state.version += 1;
  const macro = { name: name2, parameters: [...names], section, reading: place.reading, origin, open: false };
  state.macros.set(name2.toLowerCase(), macro);
  return true;
}
function beginningOfAnother(names) {
  const sorted = [...names].sort();
  const beginnings2 = new Set(sorted.filter((name2, index) => name2 !== "" && sorted[index + 1]?.startsWith(name2)));
  return [...names].find((name2) => beginnings2.has(name2));
}
function expandMacro(state, directive) {
  const [name2, ...values] = directive.words;
  if (name2 === void 0) return null;
  const macro = state.macros.get(name2.value.toLowerCase());
  const span = { start: name2.start, end: name2.end };
  if (macro === void 0) {
    report(state, "bad-macro", true, directive.origin, `Macro '${name2.value}' is not defined`, { span });
    return null;
  }
  const related = [{ origin: macro.origin, message: "defined here" }];
  if (macro.open || useDepth(directive) >= MAX_USE_DEPTH) {
    report(state, "bad-macro", true, directive.origin, `Macro '${macro.name}' uses itself`, { span, related });
    return null;
  }
  if (values.length !== macro.parameters.length) {
    const message = `Macro '${macro.name}' takes ${macro.parameters.length} arguments, not ${values.length}`;
    report(state, "bad-macro", true, directive.origin, message, { span, related });
    return null;
  }
  const parameters = /* @__PURE__ */ new Map();
  for (const [index, parameter2] of macro.parameters.entries()) {
    parameters.set(parameter2, valueOf(parameter2, values[index]?.value ?? ""));
  }
  return { macro, parameters };
}
function valueOf(parameter2, value) {
  return parameter2.startsWith("@") ? `"${value.replace(/["\\]/g, "\\$&")}"` : value;
}
function undefineMacro(state, directive) {
  const [name2] = directive.words;
  if (name2 === void 0 || directive.words.length > 1) return;
  state.version += 1;
  if (state.macros.delete(name2.value.toLowerCase())) return;
  const span = { start: name2.start, end: name2.end };
  report(state, "bad-macro", true, directive.origin, `Macro '${name2.value}' is not defined`, { span });
}
function useDepth(directive) {
  let depth = 0;
  for (let from = directive.origin.expandedFrom; from !== void 0; from = from.expandedFrom) depth += 1;
  return depth;
}

// src/config/module-needs.ts
var providers = /* @__PURE__ */ new Map([
  ["all", "mod_authz_core"],
  ["env", "mod_authz_core"],
  ["expr", "mod_authz_core"],
  ["method", "mod_authz_core"],
  ["ip", "mod_authz_host"],
  ["host", "mod_authz_host"],
  ["forward-dns", "mod_authz_host"],
  ["local", "mod_authz_host"],
  ["user", "mod_authz_user"],
  ["valid-user", "mod_authz_user"],
  ["group", "mod_authz_groupfile"],
  ["file-owner", "mod_authz_owner"],
  ["file-group", "mod_authz_owner"],
  ["dbm-group", "mod_authz_dbm"],
  ["dbd-group", "mod_authz_dbd"],
  ["ldap-user", "mod_authnz_ldap"],
  ["ldap-group", "mod_authnz_ldap"]
]);
function reportMissingModules(state, directive) {
  if (state.dialect !== "2.4") return;
  if (directive.key === "loglevel") {
    for (const word2 of directive.words) reportUnknownModule(state, directive, word2);
    return;
  }
  const negated = directive.words[0]?.value.toLowerCase() === "not";
  const word = directive.words[negated ? 1 : 0];
  const module = word === void 0 ? void 0 : providers.get(word.value.toLowerCase());
  if (word === void 0 || module === void 0 || state.modules.isActive(module)) return;
  const message = `Require ${word.value} needs ${module}, which is not loaded here`;
  report(state, "module-list", true, directive.origin, message, { span: { start: word.start, end: word.end } });
}
function reportUnknownModule(state, directive, word) {
  const colon = word.value.indexOf(":");
  if (colon === -1) return;
  const name2 = word.value.slice(0, colon);
  const full = name2.endsWith(".c") || name2.endsWith("_module") ? name2 : `${name2}_module`;
  if (state.modules.test(full).present) return;
  const message = `LogLevel names the module "${name2}", which is not loaded here`;
  report(state, "module-list", true, directive.origin, message, { span: { start: word.start, end: word.end } });
}

// src/config/macros.ts
function substitute(line, parameters, budget) {
  const names = [...parameters.keys()].filter((name2) => line.text.includes(name2)).sort((a, b) => b.length - a.length);
  if (names.length === 0) return line;
  const pieces = [];
  const parts = [];
  let length = 0;
  const keep = (from2, to) => {
    if (to === from2) return;
    for (const piece of sliceLine(line, from2, to).pieces) pieces.push({ ...piece, at: length + piece.at });
    parts.push(line.text.slice(from2, to));
    length += to - from2;
  };
  let from = 0;
  const next = new Map(names.map((name2) => [name2, line.text.indexOf(name2)]));
  for (; ; ) {
    let found = null;
    let at = line.text.length;
    for (const name2 of names) {
      let place = next.get(name2) ?? -1;
      if (place !== -1 && place < from) next.set(name2, place = line.text.indexOf(name2, from));
      if (place !== -1 && place < at) {
        found = name2;
        at = place;
      }
    }
    if (found === null || length > budget + line.text.length) break;
    keep(from, at);
    const value = parameters.get(found) ?? "";
    const span = { start: sourceStart(line, at), end: sourceEnd(line, at + found.length) };
    pieces.push({ at: length, length: value.length, ...span, replaced: true });
    parts.push(value);
    length += value.length;
    from = at + found.length;
  }
  keep(from, line.text.length);
  return { text: parts.join(""), pieces };
}

// src/config/statements-2x.ts
var MAX_MISSING = 20;
var MAX_ALL_MISSING = 1e4;
var LINE_COST = 64;
function readStatement(state, place, line) {
  const { tree } = place.reading;
  const plain = place.expansion === void 0 && !(place.reading.hasVariables && hasVariable(tree.text, line));
  if (plain) {
    if (line.argsStart === line.argsEnd) return { name: line.name, words: [], rawArgs: "" };
    const rawArgs = line.continued ? argsText(tree, line).text : tree.text.slice(line.argsStart, line.argsEnd);
    return { name: line.name, words: argsWords(tree, line), rawArgs };
  }
  const whole = lineText(tree, line);
  const filled = place.expansion === void 0 ? whole : substitute(whole, place.expansion.parameters, MAX_EXPANSION - state.expanded);
  if (place.expansion !== void 0) state.expanded += filled.text.length + LINE_COST;
  const expanded = expandLine(filled, lookupFor(state, place, line));
  if (state.expanded > MAX_EXPANSION) {
    const message = `Variables and macros bring in more than ${MAX_EXPANSION / 1024 / 1024} MB; the line is left out`;
    reportOnce(state, "bad-define", true, originOf(place, line), message);
    return null;
  }
  return split(state, expanded, line.kind);
}
function hasVariable(text, line) {
  return text.slice(line.start, line.end).includes("$");
}
function split(state, whole, kind) {
  const first = nextWord(whole, 0, state.dialect);
  if (first === null) return { name: "", words: [], rawArgs: "" };
  const rest = sliceLine(whole, first.next, whole.text.length);
  let name2 = first.word.value;
  if (kind === "directive") {
    return { name: name2, words: splitWords(rest, state.dialect), rawArgs: rest.text };
  }
  name2 = name2.replace(/^</, "").replace(/>$/, "");
  const bracket = rest.text.lastIndexOf(">");
  const args = bracket === -1 ? rest : sliceLine(rest, 0, bracket);
  return { name: name2, words: splitWords(args, state.dialect), rawArgs: args.text.trim() };
}
function lookupFor(state, place, line) {
  const missing = /* @__PURE__ */ new Set();
  return (name2, span) => {
    const value = state.variables.get(name2) ?? state.environment[name2];
    if (value === void 0 && !name2.includes(":") && !missing.has(name2) && missing.size < MAX_MISSING && state.missing < MAX_ALL_MISSING) {
      state.missing += 1;
      missing.add(name2);
      report(state, "undefined-variable", false, originOf(place, line), `Variable \${${name2}} is not defined`, {
        span,
        help: "httpd leaves the text as it is; set it with Define, or in the environment of the server"
      });
    }
    state.expanded += value?.length ?? 0;
    return state.expanded > MAX_EXPANSION ? void 0 : value;
  };
}

// src/config/structure-2x.ts
function noBranches() {
  return { skipped: [], macros: [], entered: /* @__PURE__ */ new Set(), explained: /* @__PURE__ */ new Set(), nameless: /* @__PURE__ */ new Map() };
}
function reportStructure(state, reading, branches) {
  const { problems } = reading.tree;
  for (const section of branches.skipped) reportBusyOpeners(state, reading, section);
  if (problems.length === 0) return;
  const enders = endersOf(reading.tree.children, new Set(problems.map((problem) => problem.line)));
  for (const problem of problems) {
    const { line } = problem;
    if (branches.explained.has(line)) continue;
    const origin = { reading, line };
    const at = (problem.other ?? line).start + 1;
    const skipped = sectionAround(branches.skipped, at);
    const fatal = sectionAround(branches.macros, line.start) === null;
    const ender = enders.get(line) ?? null;
    const place = skipped === null ? {} : { httpdLine: lastLineOf(reading, skipped.open) };
    reportOne(state, reading, branches, problem, {
      origin,
      fatal,
      ender,
      inFalse: skipped !== null && skipped.open !== line && skipped.close !== line,
      place
    });
  }
}
function reportBusyOpeners(state, reading, skipped) {
  const { lines } = reading.tree;
  const { text } = reading.source;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = low + high >> 1;
    if ((lines[middle]?.start ?? 0) <= skipped.open.start) low = middle + 1;
    else high = middle;
  }
  for (let index = low; index < lines.length; index += 1) {
    const line = lines[index];
    if (line === void 0 || line.start >= (skipped.close?.start ?? Infinity)) return;
    if (line.kind !== "open" || text[line.nameEnd] !== ">") continue;
    if (text.slice(line.nameEnd + 1, line.end).trim() === "") continue;
    const message = `<${line.name}> with text behind it is not closed by </${line.name}> in a branch that is skipped`;
    report(state, "malformed-tag", true, { reading, line }, message, {
      help: "put the comment on a line of its own",
      httpdLine: lastLineOf(reading, skipped.open)
    });
  }
}
function reportOne(state, reading, branches, problem, { origin, fatal, ender, inFalse, place }) {
  const { line } = problem;
  switch (problem.kind) {
    case "missing-bracket":
      if (line.kind === "open" && inFalse) return;
      report(
        state,
        "malformed-tag",
        fatal,
        origin,
        `<${line.kind === "close" ? "/" : ""}${line.name}> has no closing >`,
        place
      );
      return;
    case "unmatched-close":
      report(state, "unmatched-close", fatal, origin, `</${line.name}> closes nothing: no such section is open`, place);
      return;
    case "crossed-close": {
      const other = problem.other;
      const related = other === void 0 ? [] : [{ origin: { reading, line: other }, message: "opened here" }];
      if (other !== void 0) branches.explained.add(other);
      const message = `Expected </${other?.name ?? ""}> but saw </${line.name}>`;
      report(state, "crossed-sections", fatal, origin, message, { related, ...place });
      return;
    }
    case "unclosed-section": {
      const nameless = line.kind === "open" ? branches.nameless.get(line) : void 0;
      if (nameless !== void 0) {
        const stop = nameless.close ?? ender;
        const where2 = stop === null ? {} : { httpdLine: lastLineOf(reading, stop) };
        report(state, "malformed-tag", fatal, origin, nameless.message, { ...where2, ...place });
        return;
      }
      if (line.kind === "open" && branches.entered.has(line) && ender === null) return;
      const where = ender === null ? {} : { httpdLine: lastLineOf(reading, ender) };
      const related = ender === null ? [] : [{ origin: { reading, line: ender }, message: `httpd stops at this tag` }];
      report(state, "unclosed-section", fatal, origin, `<${line.name}> is not closed`, { related, ...where, ...place });
      return;
    }
    default:
      problem.kind;
  }
}
function endersOf(children, wanted) {
  const enders = /* @__PURE__ */ new Map();
  const stack = [
    { nodes: children, ender: null }
  ];
  for (let top = stack.pop(); top !== void 0; top = stack.pop()) {
    for (const node of top.nodes) {
      if (node.kind !== "section") continue;
      if (node.close === null && top.ender !== null && wanted.has(node.open)) enders.set(node.open, top.ender);
      if (node.children.length > 0) stack.push({ nodes: node.children, ender: node.close ?? top.ender });
    }
  }
  return enders;
}
function sectionAround(sections, offset) {
  let low = 0;
  let high = sections.length;
  while (low < high) {
    const middle = low + high >> 1;
    if ((sections[middle]?.open.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const section = sections[low - 1];
  return section === void 0 || offset >= (section.close?.end ?? Infinity) ? null : section;
}
function reportBusyClose(state, reading, node) {
  if (node.close === null) return;
  const { text } = lineText(reading.tree, node.close);
  if (text.toLowerCase() === `</${node.open.name.toLowerCase()}>`) return;
  const { close } = node;
  if (close.argsStart >= close.argsEnd) return;
  const message = `</${close.name}> of a conditional must stand alone on its line`;
  report(state, "malformed-tag", true, { reading, line: close }, message, {
    span: { start: close.argsStart, end: close.argsEnd },
    help: "put the comment on a line of its own"
  });
}

// src/config/read-2x.ts
function read2x(state, reading, base) {
  const walk = { state, tasks: [], tooDeep: false, lastBranch: /* @__PURE__ */ new Map() };
  pushFile(walk, reading, { reading, parent: base, limit: null }, () => {
  });
  for (let task = walk.tasks.at(-1); task !== void 0; task = walk.tasks.at(-1)) {
    if (task.kind === "files") {
      const path = task.paths[task.next];
      task.next += 1;
      if (path === void 0) walk.tasks.pop();
      else readFile(walk, task, path);
      continue;
    }
    const node = task.nodes[task.next];
    task.next += 1;
    if (node !== void 0) {
      readNode(walk, task, node);
    } else {
      walk.tasks.pop();
      task.end?.();
    }
  }
}
function pushFile(walk, reading, place, leave) {
  const branches = noBranches();
  const end = () => {
    reportStructure(walk.state, reading, branches);
    leave();
  };
  walk.tasks.push({ kind: "nodes", nodes: reading.tree.children, next: 0, place, branches, end });
}
function readFile(walk, task, path) {
  const { state } = walk;
  const reading = enterFile(state, path, task.via);
  if (reading === null) return;
  const { parent, limit: limit2 } = task.place;
  pushFile(walk, reading, { reading, parent, limit: limit2 }, () => {
    leaveFile(state);
  });
}
function pushNodes(walk, task, nodes, place) {
  if (nodes.length > 0) walk.tasks.push({ kind: "nodes", nodes, next: 0, place, branches: task.branches });
}
function readNode(walk, task, node) {
  const { state } = walk;
  const { place } = task;
  if (node.kind === "section") {
    markActive(place.reading, node.open);
    if (node.close !== null) markActive(place.reading, node.close);
    readSection(walk, task, node);
    return;
  }
  if (node === place.reading.tree.lost) return;
  markActive(place.reading, node);
  if (node.kind !== "directive") return;
  const statement = readStatement(state, place, node);
  if (statement?.name === "" && place.reading.source.text[node.nameStart] === ">") {
    report(state, "malformed-tag", true, originOf(place, node), "Expected a name in front of >");
    return;
  }
  if (statement !== null && statement.name !== "") readDirective2(walk, place, node, statement);
}
function readDirective2(walk, place, line, statement) {
  const { state } = walk;
  const directive = addDirective(state, place, line, statement);
  if (directive.spec === null || runModuleLine(state, directive)) return;
  const [word] = directive.words;
  if (word === void 0 || word.value === "") {
    if (directive.key === "use") report(state, "bad-macro", true, directive.origin, "Use needs the name of a macro");
    return;
  }
  switch (directive.key) {
    case "loglevel":
    case "require":
      reportMissingModules(state, directive);
      return;
    case "serverroot":
      if (directive.words.length === 1) setServerRoot(state, word.value);
      return;
    case "define":
      define(state, directive);
      return;
    case "undefine":
      undefine(state, directive);
      return;
    case "undefmacro":
      undefineMacro(state, directive);
      return;
    case "include":
    case "includeoptional":
      if (directive.words.length === 1) include(walk, place, directive, word.value);
      return;
    case "use":
      useMacro(walk, place, directive);
      return;
  }
}
function include(walk, place, directive, path) {
  const paths = includedFiles(walk.state, directive, path);
  walk.tasks.push({ kind: "files", paths, next: 0, place, via: directive.origin });
}
function useMacro(walk, place, directive) {
  const expansion = expandMacro(walk.state, directive);
  if (expansion === null) return;
  const { macro, parameters } = expansion;
  macro.open = true;
  walk.tasks.push({
    kind: "nodes",
    nodes: macro.section.children,
    next: 0,
    place: { ...place, reading: macro.reading, expansion: { from: directive.origin, parameters } },
    // What is wrong with the tags was said where the macro stands.
    branches: noBranches(),
    end: () => {
      macro.open = false;
    }
  });
}
function readSection(walk, task, node) {
  const { state } = walk;
  const { place, branches } = task;
  if (node.open.name === "") {
    readNameless(walk, task, node);
    return;
  }
  const statement = readStatement(state, place, node.open);
  if (statement === null) return;
  const condition3 = conditionKey(state, statement.name);
  if (condition3 !== null) {
    if (decide(state, place, node, condition3, statement)) {
      branches.entered.add(node.open);
      reportBusyClose(state, place.reading, node);
      pushNodes(walk, task, node.children, place);
    } else {
      branches.skipped.push(node);
    }
    return;
  }
  if (statement.name.toLowerCase() === "macro" && defineMacro(state, place, node, statement)) {
    branches.macros.push(node);
    return;
  }
  openSection(walk, task, node.open, node.children, statement);
}
function openSection(walk, task, open, children, statement) {
  const { state } = walk;
  const { place } = task;
  if (depthOf(place.parent) >= MAX_SECTION_DEPTH) {
    const message = `Sections are nested more than ${MAX_SECTION_DEPTH} deep`;
    if (!walk.tooDeep) report(state, "misplaced-section", true, originOf(place, open), message);
    walk.tooDeep = true;
    return;
  }
  const section = addSection(state, place, open, statement);
  const origin = originOf(place, open);
  const misplaced = contextProblem(section);
  if (misplaced !== null) report(state, "misplaced-section", true, origin, misplaced);
  else if (["if", "elseif", "else"].includes(section.key)) checkBranch(walk, place.parent, section, origin);
  const malformed = open.bracket === -1 ? null : argumentsOf(section);
  if (malformed !== null) report(state, "malformed-tag", true, origin, malformed);
  if (section.key !== "limit" && section.key !== "limitexcept") {
    pushNodes(walk, task, children, { ...place, parent: section });
    return;
  }
  const kind = section.key === "limit" ? "Limit" : "LimitExcept";
  const methods2 = section.words.map((word) => word.value.toUpperCase());
  const limit2 = narrowLimit(place.limit, kind, methods2, origin);
  if (limit2 === null) {
    report(state, "misplaced-section", true, origin, `<${section.name}> excludes all methods: no method is left here`);
  }
  pushNodes(walk, task, children, { ...place, limit: limit2 ?? { kind, methods: methods2, origin } });
}
function checkBranch(walk, parent, section, origin) {
  const before = walk.lastBranch.get(parent);
  walk.lastBranch.set(parent, section.key);
  if (section.key === "if" || before === "if" || before === "elseif") return;
  const message = `<${section.name}> needs an <If> or <ElseIf> before it in the same section`;
  report(walk.state, "misplaced-section", true, origin, message);
}
var needsArgument = new Set(
  "virtualhost directory directorymatch location locationmatch files filesmatch limit limitexcept if elseif".split(" ")
);
var takesNone = /* @__PURE__ */ new Set(["requireall", "requireany", "requirenone", "else"]);
var onePath = new Set(
  "directory directorymatch location locationmatch files filesmatch proxy proxymatch if elseif".split(" ")
);
function argumentsOf(section) {
  const { key, name: name2, words, spec } = section;
  if (spec === null) return null;
  if (needsArgument.has(key) && words.length === 0) return `<${name2}> needs an argument`;
  if (takesNone.has(key) && words.length > 0) return `<${name2}> takes no argument`;
  const paths = words[0]?.value === "~" && !key.endsWith("if") ? words.length - 1 : words.length;
  return onePath.has(key) && paths > 1 ? `Multiple <${name2}> arguments are not supported` : null;
}
function readNameless(walk, task, node) {
  const { state } = walk;
  const { place, branches } = task;
  const statement = readStatement(state, place, node.open);
  const [word, ...words] = statement?.words ?? [];
  const message = word === void 0 ? "Expected a name behind <" : `Expected <${word.value}, without a blank behind <`;
  const isClose = (child) => child.kind === "close";
  const first = node.children.find(isClose);
  const at = node.children.findIndex(
    (child) => child.kind === "close" && child.name.toLowerCase() === word?.value.toLowerCase()
  );
  const close = node.children[at];
  if (close?.kind === "close") branches.explained.add(close);
  if (node.close === null) branches.nameless.set(node.open, { message, close: first?.kind === "close" ? first : null });
  else report(state, "malformed-tag", true, originOf(place, node.open), message);
  if (word === void 0 || statement === null) {
    pushNodes(walk, task, node.children, place);
    return;
  }
  if (at !== -1) pushNodes(walk, task, node.children.slice(at + 1), place);
  const meant3 = { name: word.value, words, rawArgs: statement.rawArgs.slice(word.value.length).trim() };
  openSection(walk, task, node.open, at === -1 ? node.children : node.children.slice(0, at), meant3);
}

// src/config/templates.ts
var marker = /@@?[A-Za-z_]\w{0,60}@@?/;
function hasMarker(text) {
  return text.includes("@") && marker.test(text);
}
function firstMarked(tree) {
  if (!tree.text.includes("@") || !marker.test(tree.text)) return null;
  const isMarked2 = (line) => (line.kind === "directive" || line.kind === "open") && hasMarker(tree.text.slice(line.start, line.end));
  return tree.lines.find(isMarked2) ?? null;
}
function judgeTemplates(state) {
  const seen = /* @__PURE__ */ new Set();
  for (const reading of state.readings) {
    if (seen.has(reading.source.path)) continue;
    seen.add(reading.source.path);
    reportTemplate(state, reading);
  }
}
function reportTemplate(state, reading) {
  const { tree, source } = reading;
  const line = firstMarked(tree);
  if (line === null) return;
  for (const [index, problem] of state.problems.entries()) {
    if (problem.fatal && problem.origin.reading.source.path === source.path && isMarked(problem))
      state.problems[index] = { ...problem, fatal: false };
  }
  const text = tree.text.slice(line.start, line.end);
  const found = marker.exec(text);
  const start = line.start + (found?.index ?? 0);
  const shown = found?.[0] ?? "";
  report(state, "template-file", false, { reading, line }, `Template: ${shown} is still to be replaced`, {
    span: { start, end: start + shown.length },
    help: "lines with such markers are not judged; lint the file that the build makes of this one"
  });
}
function isMarked({ origin }) {
  const { line, reading } = origin;
  return hasMarker(reading.source.text.slice(line.start, line.end));
}

// src/config/survey.ts
import { dirname } from "node:path";
var decisive = /* @__PURE__ */ new Set(["loadmodule", "require", "loglevel", "<ifmodule"]);
var MAX_FILES2 = 2e3;
function survey(input) {
  const first = /* @__PURE__ */ new Map();
  const found = [];
  const seen = /* @__PURE__ */ new Set();
  const repeated = /* @__PURE__ */ new Set();
  const directiveKeys = /* @__PURE__ */ new Map();
  const sectionKeys = /* @__PURE__ */ new Map();
  const variables2 = /* @__PURE__ */ new Map();
  const root2 = { serverRoot: input.serverRoot, fixedRoot: input.fixedRoot, writtenRoot: null };
  const queue = [...input.texts];
  for (const { source, tree } of queue) {
    for (const line of tree.lines) {
      if (line.kind !== "directive" && line.kind !== "open") continue;
      const keys2 = line.kind === "open" ? sectionKeys : directiveKeys;
      let key = keys2.get(line.name);
      if (key === void 0) keys2.set(line.name, key = (line.kind === "open" ? "<" : "") + line.name.toLowerCase());
      const include2 = key === "include" || key === "includeoptional";
      const wanted = include2 || key === "serverroot" || key === "define" || decisive.has(key) || !first.has(key);
      if (!wanted) continue;
      const asked = decisive.has(key) ? `${key} ${tree.text.slice(line.argsStart, line.argsEnd)}` : "";
      if (asked !== "" && repeated.has(asked)) continue;
      if (asked !== "" && asked.length < 200) repeated.add(asked);
      const words = argsWords(tree, line).map(
        (word2) => word2.value.replaceAll(/\$\{(\w+)\}/g, (all2, name3) => variables2.get(name3) ?? all2)
      );
      const name2 = (line.kind === "open" ? "<" : "") + line.name;
      const sighting = { key, name: name2, words, path: source.path, line: lineNumber(source, line) };
      if (!first.has(key)) first.set(key, sighting);
      if (decisive.has(key)) found.push(sighting);
      const [word = "", value] = words;
      if (key === "define" && value !== void 0 && value.length < 4096) variables2.set(word, value);
      if (key === "serverroot" && word !== "") {
        root2.writtenRoot = word;
        if (!input.fixedRoot) root2.serverRoot = word.startsWith("/") ? word : root2.serverRoot;
      }
      if (!include2 || word === "") continue;
      const result = findIncludeFiles(input.files, input.dialect, resolvePath(root2, word), true);
      for (const path of "files" in result ? result.files : []) {
        if (seen.size >= MAX_FILES2 || seen.has(path)) continue;
        seen.add(path);
        try {
          queue.push(loadFile(input, path));
        } catch {
        }
      }
    }
  }
  return { first, decisive: found };
}
function lineNumber(source, line) {
  return source.position("nameStart" in line ? line.nameStart : line.start).line;
}
function guessServerRoot(path) {
  const folder = dirname(path);
  return /(?:^|[/\\])conf$/.test(folder) ? dirname(folder) : folder;
}

// src/config/read.ts
function readConfiguration(options3) {
  const { path, fileSystem } = options3;
  const text = options3.text ?? readMain(fileSystem, path);
  const fixedRoot = options3.serverRoot !== void 0;
  const serverRoot = options3.serverRoot ?? guessServerRoot(path);
  const look = (dialect2, trees2) => {
    const first2 = textsOf(options3, text, dialect2, trees2);
    const texts = [first2.before, first2.main, first2.after].filter((one) => one !== null);
    return { first: first2, seen: survey({ dialect: dialect2, files: fileSystem, trees: trees2, serverRoot, fixedRoot, texts }) };
  };
  let trees = /* @__PURE__ */ new Map();
  let { first, seen } = look(options3.dialect === "auto" ? "2.4" : options3.dialect, trees);
  const detected = options3.dialect === "auto" ? detectDialect(seen, path) : { dialect: options3.dialect, reason: "as given" };
  const { dialect } = detected;
  if (dialect !== first.main.tree.dialect) {
    trees = /* @__PURE__ */ new Map();
    ({ first, seen } = look(dialect, trees));
  }
  const state = {
    dialect,
    files: fileSystem,
    environment: options3.environment ?? {},
    modules: new ModuleState(dialect, isListed(dialect, seen), options3.modules ?? []),
    readings: [],
    problems: [],
    conditionals: [],
    defines: new Map((options3.defines ?? []).map((name2) => [name2, null])),
    variables: /* @__PURE__ */ new Map(),
    macros: /* @__PURE__ */ new Map(),
    directiveSpecs: /* @__PURE__ */ new Map(),
    sectionSpecs: /* @__PURE__ */ new Map(),
    declared: declareDirectives(options3.directives ?? []),
    trees,
    chain: [],
    serverRoot,
    firstRoot: serverRoot,
    fixedRoot,
    writtenRoot: null,
    version: 0,
    expanded: 0,
    includedLines: 0,
    repeated: 0,
    included: /* @__PURE__ */ new Set(),
    directives: 0,
    understood: 0,
    once: /* @__PURE__ */ new Set(),
    missing: 0
  };
  const server = readAll(state, first, options3.context ?? "server");
  judgeTemplates(state);
  return {
    dialect,
    dialectReason: detected.reason,
    server,
    readings: state.readings,
    problems: state.problems,
    conditionals: state.conditionals,
    modules: state.modules.list(),
    serverRoot: state.serverRoot,
    counts: {
      directives: state.directives,
      understood: state.understood,
      opaque: state.directives - state.understood
    }
  };
}
function readMain(files2, path) {
  try {
    return decode(files2.readFile(path));
  } catch (error) {
    throw new ConfigUnreadableError(path, error);
  }
}
function textsOf(options3, text, dialect, trees) {
  const lines = (name2, list2 = []) => list2.length === 0 ? null : loadText({ trees: /* @__PURE__ */ new Map(), dialect }, name2, list2.map((line) => `${line}
`).join(""));
  return {
    before: lines("-C", options3.before),
    main: loadText({ trees, dialect }, options3.path, text),
    after: lines("-c", options3.after)
  };
}
function isListed(dialect, seen) {
  if (dialect === "1.3")
    return seen.first.has("loadmodule") || seen.first.has("addmodule") || seen.first.has("clearmodulelist");
  return seen.decisive.some(({ key, words }) => {
    const status = key === "loadmodule" ? findModule(dialect, words[0] ?? "")?.status : void 0;
    return status === "base" || dialect === "2.4" && (status === "extension" || status === "mpm");
  });
}
function readAll(state, texts, context) {
  const main = openText(state, texts.main, null);
  const [line] = texts.main.tree.lines;
  const server = {
    kind: "section",
    key: "server",
    name: "",
    words: [],
    rawArgs: "",
    spec: null,
    parent: null,
    limit: null,
    children: [],
    origin: line === void 0 ? null : { reading: main, line }
  };
  const base = context === "server" ? server : sectionFor(server, context);
  if (base !== server) server.children.push(base);
  const read = (reading) => {
    if (state.dialect === "1.3") read13(state, reading, base);
    else read2x(state, reading, base);
  };
  if (texts.before !== null) read(openText(state, texts.before, null));
  state.chain.push({ path: texts.main.source.path, version: state.version });
  read(main);
  state.chain.pop();
  if (state.dialect === "1.3" && context === "server") readExtraFiles(state, server);
  if (texts.after !== null) read(openText(state, texts.after, null));
  return server;
}
function sectionFor(server, context) {
  const name2 = context === "directory" ? "Directory" : "VirtualHost";
  return { ...server, key: context, name: name2, parent: server, children: [], origin: null };
}

// src/diagnostics/order.ts
function compareDiagnostics(a, b) {
  return a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
function identityOf(diagnostic) {
  const { rule, line, column, endLine, endColumn, message } = diagnostic;
  return JSON.stringify([rule, line, column, endLine, endColumn, message]);
}

// src/diagnostics/suppression.ts
var MOST_IDS = 100;
var LONGEST_LIST = 1e4;
var INSTRUCTION = /^[\s#]*(backhand-(disable-next-line|disable|enable))(?=\s|$)/;
function instructionIn(text, comment, line) {
  const content = text.slice(comment.start, comment.end);
  if (!content.includes("backhand-")) return null;
  const match2 = INSTRUCTION.exec(content);
  if (match2 === null) return null;
  const [start = "", keyword = "", verb] = match2;
  const rest = content.slice(start.length).split(/(?:^|\s)--(?:\s|$)/, 1)[0] ?? "";
  const ids = [...rest.slice(0, LONGEST_LIST).matchAll(/[^\s,]+/g)].slice(0, MOST_IDS).map((word) => {
    const at = comment.start + start.length + word.index;
    return { id: word[0], span: { start: at, end: at + word[0].length } };
  });
  const end = comment.start + start.length;
  return { verb, verbSpan: { start: end - keyword.length, end }, ids, line };
}
function nextLine(tree, after) {
  for (let index = after + 1; index < tree.lines.length; index++) {
    const line = tree.lines[index];
    if (line !== void 0 && line.kind !== "blank" && line.kind !== "comment") return line;
  }
  return { start: tree.text.length, end: tree.text.length };
}
function covering(sorted, offset) {
  if (sorted === void 0) return void 0;
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = low + high >> 1;
    if ((sorted[middle]?.covers.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const candidate = sorted[low - 1];
  return candidate !== void 0 && offset < candidate.covers.end ? candidate : void 0;
}
function suppressionsIn(tree) {
  const all2 = [];
  const nextLines = /* @__PURE__ */ new Map();
  const regions = /* @__PURE__ */ new Map();
  const open = /* @__PURE__ */ new Map();
  const add2 = (lists, suppression) => {
    all2.push(suppression);
    const list2 = lists.get(suppression.id);
    if (list2 === void 0) lists.set(suppression.id, [suppression]);
    else if (list2.at(-1)?.covers.start !== suppression.covers.start) list2.push(suppression);
  };
  const close = (id, end) => {
    const entry = open.get(id);
    if (entry === void 0) return;
    open.delete(id);
    const { start, ...rest } = entry;
    add2(regions, { ...rest, covers: { start, end } });
  };
  const closeAll = (end) => {
    for (const id of [...open.keys()]) close(id, end);
  };
  for (const [index, line] of tree.lines.entries()) {
    if (line.kind !== "comment") continue;
    const instruction = instructionIn(tree.text, line, index);
    if (instruction === null) continue;
    const ids = instruction.ids.length > 0 ? instruction.ids : [{ id: null, span: instruction.verbSpan }];
    for (const { id, span } of ids) {
      if (instruction.verb === "disable-next-line") {
        add2(nextLines, { id, span, covers: nextLine(tree, index), line: index });
      } else if (instruction.verb === "enable") {
        if (id === null) closeAll(line.start);
        else close(id, line.start);
      } else if (open.has(id)) {
        all2.push({ id, span, covers: { start: line.end, end: line.end }, line: index });
      } else {
        open.set(id, { id, span, start: line.end, line: index });
      }
    }
  }
  closeAll(tree.text.length + 1);
  all2.sort((a, b) => a.span.start - b.span.start);
  return {
    all: all2,
    find: (rule, offset) => covering(nextLines.get(rule), offset) ?? covering(regions.get(rule), offset) ?? covering(nextLines.get(null), offset) ?? covering(regions.get(null), offset)
  };
}

// src/lint/shadows.ts
function keyOf({ finding, line }) {
  return `${line} ${finding.reading.source.path}`;
}
function applyShadows(found) {
  const shadowing = /* @__PURE__ */ new Map();
  for (const one of found) {
    if (one.rule.shadows === void 0) continue;
    const entry = shadowing.get(keyOf(one)) ?? { ids: /* @__PURE__ */ new Set(), by: [] };
    for (const id of one.rule.shadows) entry.ids.add(id);
    entry.by.push(one);
    shadowing.set(keyOf(one), entry);
  }
  if (shadowing.size === 0) return found;
  const made = /* @__PURE__ */ new Set();
  const kept2 = found.filter((one) => {
    const entry = shadowing.get(keyOf(one));
    if (entry === void 0 || !entry.ids.has(one.rule.id)) return true;
    const [first] = entry.by;
    const stays = entry.by.some(({ finding }) => finding.fatal === true);
    if (one.finding.fatal === true && !stays && first !== void 0) made.add(first);
    return false;
  });
  return kept2.map((one) => made.has(one) ? { ...one, finding: { ...one.finding, fatal: true } } : one);
}

// src/lint/nearest.ts
import { distance } from "fastest-levenshtein";
var LONGEST = 64;
function nearest(word, candidates) {
  if (word.length === 0 || word.length > LONGEST) return null;
  const wanted = word.toLowerCase();
  let best = null;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best;
}

// src/lint/suppression-findings.ts
function suppressionFindings(reading, suppressions, used, known4, ran) {
  return suppressions.flatMap((suppression) => {
    const { id, span, line } = suppression;
    if (id !== null && !known4.has(id)) {
      const suggestion = nearest(id, known4);
      const help = suggestion === null ? "`backhand rules` lists them" : `did you mean \`${suggestion}\`?`;
      return [{ reading, span, message: `Unknown rule "${id}" in a suppression comment`, help }];
    }
    if (used.has(suppression) || reading.active[line] === false || id !== null && !ran.has(id)) return [];
    const message = id === null ? "Unused suppression comment" : `Unused suppression of ${id}`;
    return [{ reading, span, message, help: "remove it: nothing is reported here" }];
  });
}

// src/lint/visit.ts
function handlersOf(visitors) {
  const pick = (name2) => visitors.flatMap((visitor) => {
    const handler = visitor[name2];
    return handler === void 0 ? [] : [handler.bind(visitor)];
  });
  return {
    reading: pick("reading"),
    line: pick("line"),
    directive: pick("directive"),
    section: pick("section"),
    problem: pick("problem"),
    end: pick("end")
  };
}
function visit(config, visitors) {
  const handlers = handlersOf(visitors);
  for (const reading of config.readings) {
    for (const handle of handlers.reading) handle(reading);
    if (handlers.line.length === 0) continue;
    for (const [index, line] of reading.tree.lines.entries()) {
      for (const handle of handlers.line) handle(line, index, reading);
    }
  }
  for (const problem of config.problems) {
    for (const handle of handlers.problem) handle(problem);
  }
  const stack = [...config.server.children].reverse();
  for (let node = stack.pop(); node !== void 0; node = stack.pop()) {
    if (node.kind === "directive") {
      for (const handle of handlers.directive) handle(node);
      continue;
    }
    for (const handle of handlers.section) handle(node);
    for (const child of node.children.toReversed()) stack.push(child);
  }
  for (const handle of handlers.end) handle();
}

// src/lint/lint.ts
function severityOf(rule, finding, wanted) {
  if (wanted !== void 0) return wanted;
  return finding.fatal === true ? "error" : finding.severity ?? rule.severity;
}
function startOf(line) {
  return "nameStart" in line ? line.nameStart : line.start;
}
function placeOf({ reading: { source }, line }, message) {
  return { path: source.path, ...source.position(startOf(line)), message };
}
function relatedOf(finding) {
  const places = (finding.related ?? []).map(({ origin, message }) => placeOf(origin, message));
  for (let via = finding.reading.via; via !== null; via = via.reading.via) places.push(placeOf(via, "included here"));
  return places;
}
function withOtherWay(before, again) {
  if (before.related.length >= MOST_RELATED && (before.fatal || !again.fatal)) return before;
  const known4 = new Set(before.related.map((place) => JSON.stringify(place)));
  const more = again.related.filter((place) => !known4.has(JSON.stringify(place)));
  const related = [...before.related, ...more].slice(0, MOST_RELATED);
  return {
    ...before,
    fatal: before.fatal || again.fatal,
    severity: again.fatal ? again.severity : before.severity,
    related
  };
}
var MOST_RELATED = 8;
var LONGEST_MESSAGE = 400;
function cut(text) {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}\u2026` : text;
}
function diagnosticOf(rule, finding, severity) {
  const { source } = finding.reading;
  const start = source.position(finding.span.start);
  const end = source.position(Math.max(finding.span.end, finding.span.start));
  return {
    rule: rule.id,
    category: rule.category,
    severity,
    fatal: finding.fatal ?? false,
    message: cut(finding.message),
    ...finding.help === void 0 ? {} : { help: cut(finding.help) },
    url: `docs/rules/${rule.id}.md`,
    path: source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    related: relatedOf(finding),
    ...finding.fix === void 0 ? {} : { fix: finding.fix }
  };
}
function lint(config, options3) {
  const { dialect } = config;
  const files2 = /* @__PURE__ */ new Map();
  for (const { source, tree } of config.readings) {
    if (files2.has(source.path)) continue;
    files2.set(source.path, {
      source,
      suppressions: suppressionsIn(tree),
      used: /* @__PURE__ */ new Set(),
      diagnostics: /* @__PURE__ */ new Map()
    });
  }
  const wanted = (rule) => options3.severities.get(rule.id);
  const running = options3.rules.filter(
    (rule) => rule.dialects.includes(dialect) && wanted(rule) !== "off" && (rule.onlyOnRequest !== true || wanted(rule) !== void 0)
  );
  const found = [];
  let suppressed = 0;
  const collect = (rule, finding) => {
    const file = files2.get(finding.reading.source.path);
    if (file === void 0) return;
    const suppression = file.suppressions.find(rule.id, finding.span.start);
    if (suppression !== void 0) {
      file.used.add(suppression);
      suppressed++;
      return;
    }
    found.push({ rule, finding, line: file.source.position(finding.span.start).line });
  };
  const contexts = running.map(
    (rule) => rule.create({
      config,
      files: options3.files ?? null,
      report: (finding) => {
        collect(rule, finding);
      }
    })
  );
  visit(config, contexts);
  const ids = new Set(running.map((rule) => rule.id));
  for (const rule of running.filter(({ id }) => id === "suppression-comment")) {
    const known4 = new Set(options3.rules.map(({ id }) => id));
    for (const reading of firstReadings(config)) {
      const file = files2.get(reading.source.path);
      if (file === void 0) continue;
      for (const finding of suppressionFindings(reading, file.suppressions.all, file.used, known4, ids)) {
        collect(rule, finding);
      }
    }
  }
  for (const { rule, finding } of applyShadows(found)) {
    const decided = wanted(rule);
    const diagnostic = diagnosticOf(rule, finding, severityOf(rule, finding, decided === "off" ? void 0 : decided));
    const file = files2.get(diagnostic.path);
    if (file === void 0) continue;
    const identity = identityOf(diagnostic);
    const before = file.diagnostics.get(identity);
    file.diagnostics.set(identity, before === void 0 ? diagnostic : withOtherWay(before, diagnostic));
  }
  const linted = [...files2.values()].map(({ source, diagnostics }) => ({
    source,
    dialect,
    diagnostics: [...diagnostics.values()].sort(compareDiagnostics)
  }));
  return {
    dialect,
    dialectReason: config.dialectReason,
    files: linted,
    summary: summarize(linted, suppressed, config.counts)
  };
}
function firstReadings(config) {
  const seen = /* @__PURE__ */ new Set();
  return config.readings.filter(({ source }) => !seen.has(source.path) && seen.add(source.path));
}
function summarize(files2, suppressed, counts) {
  const bySeverity = { error: 0, warning: 0, info: 0 };
  for (const { diagnostics } of files2) {
    for (const { severity } of diagnostics) bySeverity[severity]++;
  }
  const { directives: directives3, understood, opaque } = counts;
  const { error: errors, warning: warnings, info: infos } = bySeverity;
  return { errors, warnings, infos, suppressed, directives: directives3, understood, opaque };
}

// src/lint/announce-target.ts
import ipaddr from "ipaddr.js";
function endpointOf(word) {
  const [, host = word.value, port2 = null, ttl = null] = /^(\[[^\]]*\]|[^:,]*)(?::([^,]*))?(?:,(.*))?$/s.exec(word.value) ?? [];
  return { host: host.replace(/^\[|\]$/g, ""), port: port2, ttl, word };
}
function announceTargetOf(directive) {
  if (directive.key !== "multicaststats" && directive.key !== "broadcaststats") return null;
  const [first, second] = directive.words;
  if (first === void 0) return null;
  return second === void 0 ? { contact: null, destination: endpointOf(first) } : { contact: endpointOf(first), destination: endpointOf(second) };
}
function addressOf(text) {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return text.includes(":") && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}
function networkOf(text) {
  const [host = "", mask, ...rest] = text.split("/");
  const address = addressOf(host);
  if (address === null || rest.length > 0) return null;
  const bits2 = address.toByteArray().length * 8;
  if (mask === void 0) return [address, bits2];
  if (/^\d{1,3}$/.test(mask)) return Number(mask) <= bits2 ? [address, Number(mask)] : null;
  const length = ipaddr.IPv4.isValidFourPartDecimal(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  return length === null ? null : [address, length];
}
function isGroup(address) {
  return address.range() === "multicast";
}
function isBroadcast(address) {
  return address.kind() === "ipv4" && address.toByteArray().at(-1) === 255;
}

// src/lint/places.ts
function placeAt(origin, start, end) {
  const { reading, expandedFrom } = origin;
  const span = { start, end };
  return expandedFrom === void 0 ? { reading, span } : { reading, span, related: [{ origin: expandedFrom, message: "expanded here" }] };
}
function wholeLine(origin) {
  const { line } = origin;
  if (line.kind !== "directive" && line.kind !== "open" && line.kind !== "close") {
    return placeAt(origin, line.start, line.end);
  }
  return placeAt(origin, line.nameStart, Math.max(line.nameEnd, line.argsEnd));
}
function nameOnly(origin) {
  const { line } = origin;
  if (line.kind !== "directive" && line.kind !== "open" && line.kind !== "close") return wholeLine(origin);
  return placeAt(origin, line.nameStart, line.nameEnd);
}
function wordOnly(node, word) {
  if (node.origin === null) throw new Error("the server section has no words");
  return word === void 0 ? wholeLine(node.origin) : placeAt(node.origin, word.start, word.end);
}
function fixAt(origin, safe, edits) {
  return origin.expandedFrom === void 0 ? { fix: { safe, edits } } : {};
}

// src/lint/quote.ts
var LONGEST2 = 60;
function quote(text) {
  return `"${text.length > LONGEST2 ? `${text.slice(0, LONGEST2)}\u2026` : text}"`;
}

// src/lint/rule.ts
function defineRule(rule) {
  return rule;
}

// src/lint/rules/accept-misses-network.ts
var MOST_NETWORKS = 100;
var acceptMissesNetwork = defineRule({
  id: "accept-misses-network",
  summary: "AcceptStats covers the network that the statistics go to",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => {
    const accepts = [];
    const announces = [];
    return {
      directive(directive) {
        if (directive.key === "acceptstats") accepts.push(directive);
        if (announceTargetOf(directive) !== null) announces.push(directive);
      },
      end() {
        const [first] = accepts;
        const texts = new Set(accepts.map(({ words }) => words[0]?.value ?? ""));
        if (first === void 0 || texts.size > MOST_NETWORKS) return;
        const networks = [...texts].map(networkOf);
        if (networks.includes(null)) return;
        for (const directive of announces) {
          const target = announceTargetOf(directive);
          if (target === null) continue;
          for (const endpoint of [target.contact, target.destination]) {
            const address = addressOf(endpoint?.host ?? "");
            if (endpoint === null || address === null) continue;
            const limited = address.toString() === "255.255.255.255";
            if (endpoint === target.destination && (limited || !isBroadcast(address))) continue;
            const covered = networks.some(
              (network) => network !== null && network[0].kind() === address.kind() && address.match([...network])
            );
            if (covered) continue;
            const message = `Unaccepted address ${quote(endpoint.host)}: no AcceptStats covers it`;
            const related = [{ origin: first.origin, message: "accepted here" }];
            report3({ ...wordOnly(directive, endpoint.word), message, related });
          }
        }
      }
    };
  }
});

// src/lint/sections.ts
var indexes = /* @__PURE__ */ new WeakMap();
function directivesOf2(section, ...keys2) {
  let index = indexes.get(section);
  if (index === void 0) {
    const made = /* @__PURE__ */ new Map();
    for (const node of section.children) {
      if (node.kind !== "directive" || node.spec === null) continue;
      const list2 = made.get(node.key);
      if (list2 === void 0) made.set(node.key, [node]);
      else list2.push(node);
    }
    index = made;
    indexes.set(section, index);
  }
  const [key = ""] = keys2;
  if (keys2.length === 1) return index.get(key) ?? [];
  const wanted = new Set(keys2.filter((one) => index.has(one)));
  if (wanted.size === 0) return [];
  return section.children.filter(
    (node) => node.kind === "directive" && node.spec !== null && wanted.has(node.key)
  );
}
function lastOf(section, key) {
  return directivesOf2(section, key).at(-1);
}
function firstWord(node) {
  return node?.words[0]?.value ?? "";
}
function hostOf(node) {
  let at = node.kind === "section" ? node : node.parent;
  while (at.parent !== null && at.key !== "virtualhost") at = at.parent;
  return at;
}
function everySection(config, check) {
  return {
    section: check,
    end: () => {
      check(config.server);
    }
  };
}
function placeOf2(origin, seenFrom) {
  const { line, reading } = origin;
  const number2 = reading.source.position("nameStart" in line ? line.nameStart : line.start).line;
  return reading.source.path === seenFrom.reading.source.path ? `line ${number2}` : `line ${number2} of ${reading.source.path}`;
}
function isWholeServer({ server }) {
  return directivesOf2(server, "listen", "port", "serverroot", "user", "servertype").length > 0;
}

// src/lint/access-rules.ts
var HOST_RULES = ["order", "allow", "deny"];
function accessDirectives(section) {
  const own = directivesOf2(section, ...HOST_RULES, "require", "satisfy", "authtype", "sslrequire", "sslverifyclient");
  const nested2 = section.children.flatMap(
    (node) => node.kind === "section" && /^require(?:all|any|none)$/.test(node.key) ? directivesOf2(node, "require") : []
  );
  return [...own, ...nested2];
}
function grantsAll({ key, words }) {
  const values = words.map(({ value }) => value.toLowerCase());
  if (key === "require") return values[0] === "all" && values[1] === "granted";
  return key === "allow" && values.slice(1).includes("all");
}
function deniesAll({ key, words }) {
  const values = words.map(({ value }) => value.toLowerCase());
  if (key === "require") return values[0] === "all" && values[1] === "denied";
  return key === "deny" && values.slice(1).includes("all");
}
function restricts(section) {
  return accessDirectives(section).some(
    (one) => one.key === "deny" || one.key === "sslrequire" || one.key === "require" && !grantsAll(one)
  );
}
function isRestricted(section) {
  for (let at = section; at !== null; at = at.parent) {
    if (at.key === "server" || at.key === "virtualhost") return false;
    if (restricts(at)) return true;
  }
  return false;
}
function orderOf(section) {
  const order2 = directivesOf2(section, "order").at(-1);
  if (order2 === void 0) return "deny,allow";
  const value = order2.words[0]?.value.toLowerCase() ?? "";
  return value === "allow,deny" || value === "deny,allow" ? value : null;
}

// src/lint/rules/access-without-effect.ts
var accessWithoutEffect = defineRule({
  id: "access-without-effect",
  summary: "No Allow or Deny is undone by one for all",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const order2 = orderOf(section);
    const lines = directivesOf2(section, "allow", "deny");
    if (order2 === null || lines.length < 2) return;
    if (lines.some(({ limit: limit2 }) => limit2 !== lines[0]?.limit)) return;
    const winner = order2 === "allow,deny" ? "deny" : "allow";
    const beaten = winner === "deny" ? deniesAll : grantsAll;
    const all2 = lines.find((line) => line.key === winner && beaten(line));
    if (all2 === void 0) return;
    for (const line of lines) {
      if (line.key === winner || (line.key === "allow" ? grantsAll(line) : deniesAll(line))) continue;
      report3({
        ...wholeLine(line.origin),
        message: `Useless ${line.name}: \`${all2.name} ${all2.rawArgs}\` on ${placeOf2(all2.origin, line.origin)} decides, since the order is ${order2}`,
        help: winner === "deny" ? "write `Order deny,allow` to let it through" : "write `Order allow,deny` to keep it out",
        related: [{ origin: all2.origin, message: "decides" }]
      });
    }
  })
});

// src/config/arguments.ts
function argumentProblem(directive) {
  const { spec, words, name: name2 } = directive;
  if (spec === null || spec.args.length === 0) return null;
  const old2 = directive.origin.reading.tree.dialect === "1.3";
  let problem = null;
  for (const kind of spec.args) {
    problem = problemOf(kind, words, old2);
    if (problem === null) return null;
  }
  return problem === null ? null : `${name2} ${problem}`;
}
function countUntilEmpty(words) {
  const empty = words.findIndex((word) => word.value === "");
  return empty === -1 ? words.length : empty;
}
function problemOf(kind, words, old2) {
  const given = words.length;
  const has2 = (count2) => given >= count2 && words[count2 - 1]?.value !== "";
  switch (kind) {
    case "RAW_ARGS":
    case "TAKE_ARGV":
      return null;
    case "NO_ARGS":
      return given === 0 ? null : "takes no arguments";
    case "TAKE1":
      return has2(1) && given === 1 ? null : "takes one argument";
    case "TAKE2":
      return has2(1) && has2(2) && given === 2 ? null : "takes two arguments";
    case "TAKE12":
      return has2(1) && given <= 2 ? null : "takes 1-2 arguments";
    case "TAKE3":
      return has2(1) && has2(2) && has2(3) && given === 3 ? null : "takes three arguments";
    case "TAKE23":
      return has2(1) && has2(2) && given <= 3 ? null : "takes two or three arguments";
    case "TAKE123":
      return has2(1) && given <= 3 ? null : "takes one, two or three arguments";
    case "TAKE13":
      return has2(1) && (given === 1 || given === 3 && words[1]?.value !== "" && has2(3)) ? null : "takes one or three arguments";
    case "ITERATE":
      return old2 || countUntilEmpty(words) > 0 ? null : "requires at least one argument";
    case "ITERATE2":
      return has2(1) && given > 1 ? null : "requires at least two arguments";
    case "FLAG":
      return /^(?:on|off)$/i.test(words[0]?.value ?? "") ? null : "must be On or Off";
    default:
      return kind;
  }
}

// src/lint/rules/argument-count.ts
var argumentCount = defineRule({
  id: "argument-count",
  summary: "Directives have as many arguments as they take",
  category: "syntax",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const problem = argumentProblem(directive);
      if (problem === null) return;
      const syntax = directive.spec?.syntax;
      const help = syntax === void 0 ? {} : { help: `written as \`${syntax}\`` };
      report3({ ...wholeLine(directive.origin), message: problem, ...help, fatal: true });
    }
  })
});

// src/config/ip-subnet.ts
import { isIPv6 } from "node:net";
function subnetVerdict(text) {
  const slash = text.indexOf("/");
  const address = slash === -1 ? text : text.slice(0, slash);
  const six = address.includes(":");
  if (!six && !/^[0-9.]+$/.test(address)) return "name";
  if (six ? !isIPv6(address) : !isPartialAddress(address, slash === -1)) return "bad address";
  if (slash === -1) return "ok";
  const mask = text.slice(slash + 1);
  if (/^\d{1,9}$/.test(mask)) {
    const bits2 = Number(mask);
    return bits2 > 0 && bits2 <= (six ? 128 : 32) ? "ok" : "bad mask";
  }
  return !six && isPartialAddress(mask, false) && mask.split(".").length === 4 ? "ok" : "bad mask";
}
function isPartialAddress(text, partial) {
  const parts = text.split(".");
  if (partial && parts.length > 1 && parts.at(-1) === "") parts.pop();
  if (parts.length > 4 || !partial && parts.length < 4) return false;
  return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

// src/config/perl-scan.ts
function fail(state, problem) {
  state.problem ??= problem;
}
function hasFailed(state) {
  return state.problem !== null;
}
function take(state, pattern) {
  pattern.lastIndex = state.at;
  const found = pattern.exec(state.text);
  if (found !== null) state.at += found[0].length;
  return found;
}
var hex = /\{[0-9a-fA-F]+\}/y;
var octal = /\{[0-7]+\}/y;
function commonEscape(state, character) {
  switch (character) {
    case "c":
      if (!/[\x20-\x7e]/.test(state.text.charAt(state.at))) fail(state, "a \\c has no character behind it");
      state.at += 1;
      return;
    case "x": {
      if (state.text[state.at] !== "{") {
        take(state, /[0-9a-fA-F]{0,2}/y);
        return;
      }
      const found = take(state, hex)?.[0];
      if (found === void 0) fail(state, "a \\x{\u2026} is no number");
      else if (parseInt(found.slice(1), 16) > 255) fail(state, "a \\x{\u2026} is too large");
      return;
    }
    case "o": {
      const found = take(state, octal)?.[0];
      if (found === void 0) fail(state, "a \\o{\u2026} is no number");
      else if (parseInt(found.slice(1), 8) > 255) fail(state, "a \\o{\u2026} is too large");
      return;
    }
    case "p":
    case "P": {
      const found = take(state, /\{\^?[A-Za-z0-9_ &]+\}|[A-Za-z]/y)?.[0];
      if (found === void 0 || found.length === 1 && !/[CLMNPSZ]/.test(found))
        fail(state, `\\${character} has no property`);
      else if (found.length > 1 && !isProperty(found.slice(1, -1).replace("^", "")))
        fail(state, `\\${character} has no property`);
      return;
    }
    case "N":
      if (state.text[state.at] === "{" && !/^\{\d+(?:,\d*)?\}/.test(state.text.slice(state.at, state.at + 16)))
        fail(state, "\\N{\u2026} is not supported");
      return;
  }
  if (/[A-Za-z]/.test(character) && !/[abdefhnrstvwzABCDEGHKRSVWXZ]/.test(character))
    fail(state, `\\${character} is unknown`);
}
function isProperty(text) {
  if (text.length > 2)
    return /^(?:Any|L&|Xan|Xps|Xsp|Xuc|Xwd|Han|Latin|Greek|Cyrillic|Arabic|Hebrew|Common|Thai)$/i.test(text);
  return /^(?:C[cfnos]?|L[lmotu&]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/.test(text);
}

// src/config/perl-set.ts
var posixName = /\[([:.=])(\^?)([^\]\\]{0,30}?)\1\]/y;
var classes = new Set(
  "alpha lower upper alnum ascii blank cntrl digit graph print punct space word xdigit".split(" ")
);
function takeSet(state) {
  posixName.lastIndex = state.at;
  if (posixName.test(state.text)) {
    fail(state, "a class such as [:alpha:] stands in a set: [[:alpha:]]");
    return;
  }
  if (take(state, /\[\[:[<>]:\]\]/y) !== null) {
    state.repeatable = false;
    return;
  }
  state.at += 1;
  if (state.text[state.at] === "^") state.at += 1;
  let before = null;
  for (let first = true; state.at < state.text.length; first = false) {
    if (state.text[state.at] === "]" && !first) {
      state.at += 1;
      state.repeatable = true;
      return;
    }
    const member = setMember(state);
    if (hasFailed(state)) return;
    if (member === "nothing") continue;
    const dash = state.text[state.at] === "-" && state.text[state.at + 1] !== "]" && state.at + 1 < state.text.length;
    if (!dash) continue;
    before = member;
    state.at += 1;
    const after = setMember(state);
    if (hasFailed(state)) return;
    if (after === "nothing") continue;
    if (before === null || after === null) fail(state, "a range in a set has a class at one end");
    else if (after < before) fail(state, "a range in a set is out of order");
    if (hasFailed(state)) return;
  }
  fail(state, "a [ has no ]");
}
function setMember(state) {
  const posix3 = take(state, posixName);
  if (posix3 !== null) {
    if (posix3[1] !== ":") fail(state, "collating elements are not supported");
    else if (!classes.has(posix3[3] ?? "")) fail(state, `unknown class [:${posix3[3] ?? ""}:]`);
    return null;
  }
  const character = state.text.charAt(state.at);
  state.at += 1;
  if (character !== "\\") return character.charCodeAt(0);
  const escaped = state.text.charAt(state.at);
  state.at += 1;
  if (escaped === "E") return "nothing";
  if (escaped === "Q") {
    const end = state.text.indexOf("\\E", state.at);
    state.at = end === -1 ? state.text.length : end + 2;
    return "nothing";
  }
  if (/[BRXN]/.test(escaped)) fail(state, `\\${escaped} has no place in a set`);
  if (escaped === "") fail(state, "a [ has no ]");
  if (/[dDsSwWhHvVpP]/.test(escaped)) {
    commonEscape(state, escaped);
    return null;
  }
  if (/[0-7]/.test(escaped)) {
    state.at -= 1;
    return parseInt(take(state, /[0-7]{1,3}/y)?.[0] ?? "0", 8) & 255;
  }
  const start = state.at;
  if (/[A-Za-z]/.test(escaped)) commonEscape(state, escaped);
  return codeOf(escaped, state.text.slice(start, state.at));
}
var codes = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9 };
function codeOf(letter, rest) {
  if (letter === "x") return parseInt(rest.replace(/[{}]/g, "") || "0", 16);
  if (letter === "o") return parseInt(rest.replace(/[{}]/g, "") || "0", 8);
  if (letter === "c") return rest.toUpperCase().charCodeAt(0) ^ 64;
  return codes[letter] ?? letter.charCodeAt(0);
}

// src/config/perl-expression.ts
function perlExpressionProblem(text) {
  const state = {
    text,
    at: 0,
    groups: 0,
    open: [],
    repeatable: false,
    names: /* @__PURE__ */ new Set(),
    references: [],
    extended: false,
    problem: null
  };
  while (state.at < text.length && state.problem === null && !state.extended) step(state);
  if (state.extended) return null;
  if (state.problem !== null) return state.problem;
  if (state.open.length > 0) return "a ( has no )";
  for (const reference of state.references) {
    const known4 = typeof reference === "number" ? reference <= state.groups : state.names.has(reference);
    if (!known4) return `there is no group ${reference} to refer to`;
  }
  return null;
}
var bound = /\{(\d+)(,(\d*))?\}/y;
function step(state) {
  const character = state.text.charAt(state.at);
  switch (character) {
    case "\\":
      state.at += 1;
      escape(state);
      return;
    case "(":
      state.at += 1;
      group(state);
      return;
    case ")":
      state.at += 1;
      if (state.open.pop() === void 0) fail(state, "a ) has no (");
      state.repeatable = true;
      return;
    case "[":
      takeSet(state);
      return;
    case "*":
    case "+":
    case "?":
      state.at += 1;
      quantifier(state, character, false);
      return;
    case "{": {
      const found = take(state, bound);
      if (found === null) break;
      const low = Number(found[1]);
      const high = found[3] === void 0 || found[3] === "" ? low : Number(found[3]);
      if (low > 65535 || high > 65535) fail(state, "a repetition is too often");
      else if (high < low) fail(state, "the numbers of a {\u2026} are out of order");
      else quantifier(state, "{\u2026}", found[2] === void 0);
      return;
    }
    case "|":
    case "^":
    case "$":
      state.at += 1;
      state.repeatable = false;
      return;
  }
  state.at += 1;
  state.repeatable = true;
}
function quantifier(state, shown, exact) {
  if (!state.repeatable) {
    fail(state, `there is nothing for ${shown} to repeat`);
    return;
  }
  if (!exact && state.open.at(-1)?.fixed === true) fail(state, "what a lookbehind looks at has no fixed length");
  const next = state.text[state.at];
  if (next === "?" || next === "+") state.at += 1;
  state.repeatable = false;
}
var name = /[A-Za-z_][A-Za-z0-9_]{0,31}/y;
function escape(state) {
  const character = state.text.charAt(state.at);
  state.at += 1;
  state.repeatable = !/[AbBGzZK]/.test(character);
  switch (character) {
    case "":
      fail(state, "it ends in a backslash");
      return;
    case "Q": {
      const end = state.text.indexOf("\\E", state.at);
      const empty = end === state.at || state.at >= state.text.length;
      state.at = end === -1 ? state.text.length : end + 2;
      if (empty) state.repeatable = false;
      return;
    }
    case "g":
    case "k":
      namedReference(state, character);
      return;
  }
  if (/[1-9]/.test(character)) {
    state.at -= 1;
    const digits = take(state, /\d+/y)?.[0] ?? "";
    const number2 = Number(digits);
    if (number2 < 10 || character >= "8" || number2 <= state.groups) state.references.push(number2);
    return;
  }
  commonEscape(state, character);
}
function namedReference(state, letter) {
  const digits = letter === "g" ? take(state, /[+-]?\d+/y)?.[0] : void 0;
  if (digits !== void 0) {
    refer(state, digits);
    return;
  }
  const open = state.text.charAt(state.at);
  const close = { "{": "}", "<": ">", "'": "'" }[open];
  if (close === void 0) {
    fail(state, `a \\${letter} is not followed by a group`);
    return;
  }
  state.at += 1;
  const number2 = letter === "g" ? take(state, /[+-]?\d+/y)?.[0] : void 0;
  if (number2 !== void 0) refer(state, number2);
  else {
    const found = take(state, name)?.[0];
    if (found === void 0) fail(state, "the name of a group is missing");
    else state.references.push(found);
  }
  if (state.text[state.at] !== close) fail(state, "the name of a group has no end");
  state.at += 1;
}
function refer(state, digits) {
  const number2 = Number(digits);
  if (digits.startsWith("-")) {
    if (number2 === 0 || -number2 > state.groups) fail(state, "there is no such group to refer to");
    return;
  }
  state.references.push(digits.startsWith("+") ? state.groups + number2 : number2);
}
var verbs = /\*(?:ACCEPT|FAIL|F|COMMIT|PRUNE|SKIP|THEN|MARK|)(?::[^)]*)?\)/y;
var spelled = /\*(?:atomic|pla|plb|napla|naplb|nla|nlb|sr|asr|positive_lookahead|negative_lookahead|positive_lookbehind|negative_lookbehind|script_run|atomic_script_run|non_atomic_positive_lookahead|non_atomic_positive_lookbehind):/y;
var startOptions = /\*(?:UTF8?|UCP|CR|LF|CRLF|ANYCRLF|ANY|NUL|BSR_ANYCRLF|BSR_UNICODE|NO_AUTO_POSSESS|NO_DOTSTAR_ANCHOR|NO_JIT|NO_START_OPT|NOTEMPTY|NOTEMPTY_ATSTART|LIMIT_(?:MATCH|DEPTH|HEAP|RECURSION)=\d+)\)/y;
function group(state) {
  const { text } = state;
  const fixed = state.open.at(-1)?.fixed ?? false;
  const open = (inner = fixed) => {
    state.open.push({ fixed: inner });
    state.repeatable = false;
  };
  if (text[state.at] === "*") {
    const verb = take(state, verbs)?.[0];
    if (verb !== void 0) {
      state.repeatable = verb.startsWith("*ACCEPT");
      return;
    }
    if (/^(?:\(\*[A-Z0-9_=]+\))*\($/.test(text.slice(0, Math.min(state.at, 200))) && take(state, startOptions) !== null) {
      state.repeatable = false;
      return;
    }
    const kind = take(state, spelled)?.[0];
    if (kind === void 0) fail(state, "a (* is followed by an unknown name");
    else open(fixed || kind.includes("lb") || kind.includes("lookbehind"));
    return;
  }
  if (text[state.at] !== "?") {
    state.groups += 1;
    open();
    return;
  }
  state.at += 1;
  if (take(state, /[:|>=!*]/y) !== null) {
    open();
    return;
  }
  if (take(state, /<[=!*]/y) !== null) {
    open(true);
    return;
  }
  if (text[state.at] === "#") {
    const end = text.indexOf(")", state.at);
    if (end === -1) fail(state, "a (?# has no )");
    state.at = end + 1;
    return;
  }
  if (take(state, /P?<|'/y) !== null) {
    groupName(state, text[state.at - 1] === "'" ? "'" : ">");
    open();
    return;
  }
  if (take(state, /P=/y) !== null || take(state, /P>|&/y) !== null) {
    const found = take(state, name)?.[0];
    if (found === void 0) fail(state, "the name of a group is missing");
    else state.references.push(found);
    closeCall(state);
    return;
  }
  if (take(state, /R\)/y) !== null) {
    state.repeatable = true;
    return;
  }
  const call = take(state, /[+-]?\d+/y)?.[0];
  if (call !== void 0) {
    refer(state, call);
    closeCall(state);
    return;
  }
  if (text[state.at] === "(") {
    condition(state);
    open();
    return;
  }
  if (take(state, /C\d{0,3}\)/y) !== null) {
    state.repeatable = false;
    return;
  }
  const options3 = take(state, /\^?[imnsxJ]*(?:-[imnsx]*)?/y)?.[0] ?? "";
  if (options3.includes("^") && options3.includes("-")) fail(state, "unknown letter behind (?");
  if (options3.replace(/-.*$/, "").includes("x")) state.extended = true;
  const next = text[state.at];
  state.at += 1;
  if (next === ":") open();
  else if (next === ")") state.repeatable = false;
  else fail(state, next === void 0 ? "a ( has no )" : `unknown letter ${next} behind (?`);
}
function closeCall(state) {
  if (state.text[state.at] !== ")") fail(state, "a ( has no )");
  state.at += 1;
  state.repeatable = true;
}
function groupName(state, close) {
  const found = take(state, name)?.[0];
  if (found === void 0) fail(state, "the name of a group is missing or starts with a digit");
  else if (state.text[state.at] !== close) fail(state, "the name of a group has no end");
  else if (state.names.has(found)) fail(state, `two groups are called ${found}`);
  else state.names.add(found);
  state.at += 1;
  state.groups += 1;
}
function condition(state) {
  if (/^\((?:\?(?:[=!*]|<[=!*])|\*)/.test(state.text.slice(state.at, state.at + 4))) return;
  state.at += 1;
  const number2 = take(state, /[+-]?\d+/y)?.[0];
  if (number2 !== void 0) refer(state, number2);
  else if (take(state, /R(?:\d+|&\w+)?(?=\))|DEFINE(?=\))|VERSION>?=[\d.]+(?=\))/y) === null) {
    const quote2 = take(state, /[<']/y)?.[0];
    const found = take(state, name)?.[0];
    if (found === void 0) fail(state, "a condition is malformed");
    else state.references.push(found);
    if (quote2 !== void 0 && take(state, quote2 === "<" ? />/y : /'/y) === null)
      fail(state, "a condition is malformed");
  }
  if (state.text[state.at] !== ")") fail(state, "a condition has no )");
  state.at += 1;
}

// src/config/regular-expression.ts
function expressionProblem(expression, dialect) {
  return dialect === "1.3" ? posixProblem(expression) : perlExpressionProblem(expression);
}
function posixProblem(text) {
  if (text === "") return "it is empty";
  let depth = 0;
  let before = "start";
  const branches = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    switch (character) {
      case "\\":
        if (at + 1 === text.length) return "it ends in a backslash";
        at += 1;
        before = "atom";
        break;
      case "(":
        depth += 1;
        branches.push(text[at + 1] === ")");
        before = "start";
        break;
      case ")":
        if (depth === 0) {
          before = "atom";
          break;
        }
        if (before === "start" && branches.at(-1) !== true) return "an alternative in parentheses is empty";
        depth -= 1;
        branches.pop();
        before = "atom";
        break;
      case "|":
        if (before === "start") return "an alternative is empty";
        before = "start";
        break;
      case "[": {
        const end = endOfSet(text, at);
        if (end === -1) return "a [ has no ]";
        at = end;
        before = "atom";
        break;
      }
      case "*":
      case "+":
      case "?":
        if (before !== "atom") return `there is nothing for ${character} to repeat`;
        before = "repeated";
        break;
      case "{": {
        if (!/^\d/.test(text.slice(at + 1, at + 2))) {
          before = "atom";
          break;
        }
        if (before !== "atom") return "there is nothing for {\u2026} to repeat";
        const bound2 = /^\{\d{1,5}(?:,\d{0,5})?\}/.exec(text.slice(at, at + 14));
        if (bound2 === null) return "a {\u2026} is no repetition";
        at += bound2[0].length - 1;
        before = "repeated";
        break;
      }
      case "^":
        before = "caret";
        break;
      default:
        before = "atom";
    }
  }
  if (depth > 0) return "a ( has no )";
  return before === "start" ? "an alternative is empty" : null;
}
function endOfSet(text, open) {
  let at = open + 1;
  if (text[at] === "^") at += 1;
  if (text[at] === "]") at += 1;
  for (; at < text.length; at += 1) {
    if (text[at] === "]") return at;
    if (text[at] === "[") at += /^\[([:.=])[^\]]{1,20}\1\]/.exec(text.slice(at, at + 26))?.[0].slice(1).length ?? 0;
  }
  return -1;
}

// src/config/expression.ts
var MAX_DEPTH = 500;
var variables = new Set(
  "HTTP_ACCEPT HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_USER_AGENT REQUEST_METHOD REQUEST_SCHEME REQUEST_URI REQUEST_FILENAME REMOTE_HOST REMOTE_IDENT REMOTE_USER SERVER_ADMIN SERVER_NAME SERVER_PORT SERVER_PROTOCOL SCRIPT_FILENAME PATH_INFO QUERY_STRING IS_SUBREQ DOCUMENT_ROOT AUTH_TYPE THE_REQUEST CONTENT_TYPE HANDLER REQUEST_LOG_ID SCRIPT_USER SCRIPT_GROUP DOCUMENT_URI LAST_MODIFIED CONTEXT_PREFIX CONTEXT_DOCUMENT_ROOT REQUEST_STATUS REMOTE_ADDR REMOTE_PORT HTTPS IPV6 CONN_LOG_ID CONN_REMOTE_ADDR SERVER_PROTOCOL_VERSION SERVER_PROTOCOL_VERSION_MAJOR SERVER_PROTOCOL_VERSION_MINOR TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC TIME_WDAY TIME SERVER_SOFTWARE API_VERSION".split(" ")
);
var ofModules = /^(?:SSL_|HTTP2$|H2_?PUSH|H2_STREAM)/i;
var functions = new Set(
  "osenv env resp req http note reqenv tolower toupper escape unescape file filesize filemod base64 unbase64 sha1 md5 ldap req_novary http_novary ssl".split(" ")
);
var listFunctions = /* @__PURE__ */ new Set(["peerextlist"]);
var unary = /^[ndefsLhFUATRzx]$/;
var binary = /* @__PURE__ */ new Set(["ipmatch", "strmatch", "strcmatch", "fnmatch"]);
var operators = new Map([
  ...["=", "==", "!=", "<", "<=", ">", ">=", "-eq", "-ne", "-ge", "-le", "-gt", "-lt"].map(
    (text) => [text, "compare"]
  ),
  ...["lt", "le", "gt", "ge", "ne", "eq"].map((text) => [text, "compare"]),
  ["=~", "match"],
  ["!~", "match"],
  ["-in", "in"],
  ["in", "in"],
  ["and", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["||", "or"],
  ["not", "not"],
  ["!", "not"],
  [".", "concat"],
  ["true", "true"],
  ["false", "false"]
]);
var tokenPattern = /m[/#$%^,;:_?|!.'"-]|[a-zA-Z][a-zA-Z0-9_]*|-[a-zA-Z_][a-zA-Z_0-9]*|-?[0-9]+|%\{|\$[0-9]|==|!=|<=|>=|=~|!~|&&|\|\||[=<>!.(){},/"']/y;
var Refusal = class extends Error {
};
var Checker = class {
  #text;
  #at = 0;
  #depth = 0;
  /** Behind the last quoted text. */
  #wordEnd = 0;
  #token = { kind: "end", text: "" };
  constructor(text) {
    this.#text = text;
  }
  /** `root ::= condition end` */
  boolean() {
    this.#advance();
    this.#condition();
    if (this.#token.kind !== "end") throw new Refusal(`unexpected ${this.#shown()}`);
  }
  /** `root ::= text end`; an empty text is none. */
  string() {
    if (this.#text === "") throw new Refusal("it is empty");
    this.#string("");
  }
  /** `condition ::= term (("&&" | "||") term)*`; which binds stronger changes nothing here. */
  #condition() {
    this.#enter();
    for (; ; ) {
      while (this.#token.kind === "not") this.#advance();
      this.#term();
      if (this.#token.kind !== "or" && this.#token.kind !== "and") break;
      this.#advance();
    }
    this.#depth -= 1;
  }
  /** `term ::= "true" | "false" | "(" condition ")" | unary word | word binary word | word compare word | word "=~" regex | word "in" list` */
  #term() {
    const { kind, text } = this.#token;
    if (kind === "true" || kind === "false") {
      this.#advance();
      return;
    }
    if (kind === "(") {
      this.#advance();
      this.#condition();
      this.#expect(")");
      return;
    }
    if (kind === "unary") {
      if (!unary.test(text.slice(1))) throw new Refusal(`unary operator '${text.slice(1)}' does not exist`);
      this.#advance();
      this.#word();
      return;
    }
    this.#word();
    const operator = this.#token;
    switch (operator.kind) {
      case "compare":
        this.#advance();
        this.#word();
        return;
      case "binary":
        if (!binary.has(operator.text.slice(1).toLowerCase()))
          throw new Refusal(`binary operator '${operator.text.slice(1)}' does not exist`);
        this.#advance();
        if (operator.text.toLowerCase() === "-ipmatch") this.#subnet();
        else this.#word();
        return;
      case "match":
        this.#advance();
        this.#expect("regex");
        return;
      case "in":
        this.#advance();
        this.#list();
        return;
      default:
        throw new Refusal(`unexpected ${this.#shown()}, a comparison was expected`);
    }
  }
  /** `word ::= part ("." part)*` */
  #word() {
    this.#enter();
    this.#part();
    while (this.#token.kind === "concat") {
      this.#advance();
      this.#part();
    }
    this.#depth -= 1;
  }
  /** The right side of -ipmatch must be a text without variables, which is read at once. */
  #subnet() {
    const start = this.#at;
    const quoted = this.#token.kind === "quote";
    this.#word();
    const [text, quote2] = [this.#text.slice(start, this.#wordEnd - 1), this.#text[this.#wordEnd - 1]];
    if (!quoted || text.includes("%{") || /\$\d/.test(text) || this.#text[start - 1] !== quote2 || text.includes(quote2 ?? ""))
      throw new Refusal("-ipmatch needs a network as a plain text");
    if (subnetVerdict(text) !== "ok") throw new Refusal(`'${text}' is no network`);
  }
  /** `part ::= digits | quoted | variable | "$" digit | id "(" word ")"` */
  #part() {
    switch (this.#token.kind) {
      case "digits":
      case "reference":
        this.#advance();
        return;
      case "quote":
        this.#string(this.#token.text);
        this.#wordEnd = this.#at;
        this.#advance();
        return;
      case "variable":
        this.#variable();
        this.#advance();
        return;
      case "id": {
        const name2 = this.#token.text;
        this.#advance();
        this.#expect("(");
        this.#word();
        this.#expect(")");
        if (!functions.has(name2.toLowerCase())) throw new Refusal(`function '${name2}' does not exist`);
        return;
      }
      default:
        throw new Refusal(`unexpected ${this.#shown()}`);
    }
  }
  /** `list ::= id "(" word ")" | "{" word ("," word)* "}"` */
  #list() {
    if (this.#token.kind === "id") {
      const name2 = this.#token.text;
      this.#advance();
      this.#expect("(");
      this.#word();
      this.#expect(")");
      if (!listFunctions.has(name2.toLowerCase())) throw new Refusal(`function '${name2}' does not exist`);
      return;
    }
    this.#expect("{");
    this.#word();
    while (this.#token.kind === ",") {
      this.#advance();
      this.#word();
    }
    this.#expect("}");
  }
  /** Text up to a quote, or to the end when the quote is empty, with the variables in it. */
  #string(stop) {
    for (; ; ) {
      const character = this.#text.charAt(this.#at);
      if (character === "" && stop === "") return;
      if (character === "" || character === "\n") throw new Refusal("a text or variable has no end");
      this.#at += 1;
      if (character === stop) return;
      if (character === "\\") this.#escape();
      else if (character === "%" && this.#text[this.#at] === "{") {
        this.#at += 1;
        this.#variable();
      }
    }
  }
  #escape() {
    const digits = /^\d+/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0];
    if (digits === void 0) {
      this.#at += 1;
      return;
    }
    const octal2 = /^[0-7]{1,3}/.exec(digits)?.[0] ?? "";
    if (octal2 === "" || octal2.length < digits.length || parseInt(octal2, 8) > 255)
      throw new Refusal("bad escape sequence in a text");
    this.#at += octal2.length;
  }
  /** `variable ::= "%{" id "}" | "%{" id ":" text "}"`, behind the opening bracket. */
  #variable() {
    this.#enter();
    const name2 = /^[a-zA-Z][a-zA-Z0-9_]*/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0] ?? "";
    this.#at += name2.length;
    const next = this.#text.charAt(this.#at);
    if (name2 === "" || next !== "}" && next !== ":") throw new Refusal("a text or variable has no end");
    this.#at += 1;
    if (next === "}") {
      if (!variables.has(name2.toUpperCase()) && !ofModules.test(name2))
        throw new Refusal(`variable '${name2}' does not exist`);
    } else {
      const start = this.#at;
      this.#string("}");
      if (this.#at === start + 1) throw new Refusal("unexpected end of a variable");
      if (!functions.has(name2.toLowerCase())) throw new Refusal(`function '${name2}' does not exist`);
    }
    this.#depth -= 1;
  }
  /** A regular expression up to its second delimiter, and its flag. Without the delimiter the text ends where it starts. */
  #regex(delimiter) {
    const end = this.#text.indexOf(delimiter, this.#at);
    if (end === -1) {
      this.#at = this.#text.length;
      this.#token = { kind: "end", text: "" };
      return;
    }
    const problem = expressionProblem(this.#text.slice(this.#at, end), "2.4");
    if (problem !== null) throw new Refusal(`a regular expression cannot be compiled: ${problem}`);
    this.#at = end + 1;
    if (this.#text[this.#at] === "i") this.#at += 1;
  }
  #advance() {
    while (/[ \t\n]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    if (this.#at >= this.#text.length) {
      this.#token = { kind: "end", text: "" };
      return;
    }
    tokenPattern.lastIndex = this.#at;
    const text = tokenPattern.exec(this.#text)?.[0];
    if (text === void 0) throw new Refusal(`parse error near '${this.#text.charAt(this.#at)}'`);
    this.#at += text.length;
    this.#token = { kind: kindOf(text), text };
    if (this.#token.kind === "regex") this.#regex(text.at(-1) ?? "");
  }
  #expect(kind) {
    if (this.#token.kind !== kind) throw new Refusal(`unexpected ${this.#shown()}`);
    this.#advance();
  }
  #shown() {
    return this.#token.kind === "end" ? "end" : `"${this.#token.text.slice(0, 40)}"`;
  }
  #enter() {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Refusal("it is nested too deep");
  }
};
function kindOf(text) {
  const operator = operators.get(text);
  if (operator !== void 0) return operator;
  if (text === "%{") return "variable";
  if (text === "/" || /^m[^a-zA-Z0-9_]$/.test(text) || text === "m_") return "regex";
  if (text === '"' || text === "'") return "quote";
  if (/^\$/.test(text)) return "reference";
  if (/^-?[0-9]/.test(text)) return "digits";
  if (/^-./.test(text)) return text.length === 2 ? "unary" : "binary";
  if (/^[a-zA-Z]/.test(text)) return "id";
  return text;
}
function conditionProblem(text, result) {
  const checker = new Checker(text);
  try {
    if (result === "boolean") checker.boolean();
    else checker.string();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

// src/config/value-problem.ts
function dialectOf(node) {
  return node.origin?.reading.tree.dialect ?? "2.4";
}
function problemAt(word, message, help) {
  const span = { start: word.start, end: word.end };
  return help === void 0 ? { message, span } : { message, span, help };
}
function isInside(node, ...keys2) {
  for (let section = node.parent; section !== null; section = section.parent) {
    if (keys2.includes(section.key)) return true;
  }
  return false;
}
function oneOf(...values) {
  return (node) => {
    const [word] = node.words;
    if (word === void 0 || values.includes(word.value.toLowerCase())) return null;
    return problemAt(word, `Unknown value "${word.value}" for ${node.name}`, `known are ${values.join(", ")}`);
  };
}
function only24(check) {
  return (node) => dialectOf(node) === "2.4" ? check(node) : null;
}

// src/config/values-access.ts
function hosts(node) {
  const [from, ...words] = node.words;
  if (from?.value.toLowerCase() !== "from") {
    if (from === void 0) return null;
    return problemAt(from, `${node.name} must be followed by 'from'`, `write \`${node.name} from ${from.value}\``);
  }
  if (dialectOf(node) !== "2.4") return null;
  for (const word of words) {
    if (word.value.toLowerCase() === "all" || /^env=/i.test(word.value)) continue;
    if (word.value.startsWith("#")) return problemAt(word, `No comments are allowed in ${node.name}`);
    const problem = networkProblem(word, true);
    if (problem !== null) return problem;
  }
  return null;
}
function networkProblem(word, names) {
  const verdict = subnetVerdict(word.value);
  if (verdict === "ok" || verdict === "name" && names && !word.value.includes("/")) return null;
  return problemAt(
    word,
    `"${word.value}" is no address or network${verdict === "bad mask" ? ": the mask is wrong" : ""}`
  );
}
var methods = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE".split(" ")
);
var providerName = /^[A-Za-z][\w.-]*$/;
function authenticationProviders(node) {
  const odd = node.words.find(({ value }) => !providerName.test(value));
  return odd === void 0 ? null : problemAt(odd, `Unknown provider "${odd.value}" for ${node.name}`);
}
function require2(node) {
  const [first, ...others] = node.words;
  const negated = first?.value.toLowerCase() === "not";
  const [provider, ...words] = negated ? others : node.words;
  if (provider === void 0) return { message: "Require needs a provider, such as `all` or `user`" };
  if (!providerName.test(provider.value))
    return problemAt(provider, `Unknown provider "${provider.value}" for Require`);
  const [word] = words;
  switch (provider.value.toLowerCase()) {
    case "all":
      if (words.length !== 1 || !/^(?:granted|denied)$/i.test(word?.value ?? ""))
        return problemAt(word ?? provider, "Require all takes `granted` or `denied`");
      break;
    case "ip": {
      if (word === void 0) return { message: "Require ip needs an address" };
      const wrong = words.map((one) => networkProblem(one, false)).find((problem) => problem !== null);
      if (wrong !== void 0) return wrong;
      break;
    }
    case "method": {
      const unknown = words.find(({ value }) => !methods.has(value));
      if (unknown !== void 0) return problemAt(unknown, `Unknown method "${unknown.value}" in Require`);
      break;
    }
    case "expr": {
      const text = node.rawArgs.slice(node.rawArgs.toLowerCase().indexOf("expr") + 4).trim();
      const problem = conditionProblem(unquoted(text), "boolean");
      if (problem !== null)
        return problemAt(word ?? provider, `Expression in Require expr cannot be parsed: ${problem}`);
    }
  }
  if (!negated || isInRequireAll(node)) return null;
  return problemAt(provider, "A negated Require has no effect here", "put it into <RequireAll> beside one that grants");
}
function unquoted(text) {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}
function isInRequireAll(node) {
  return node.parent?.key === "requireall";
}
function requireSection(node) {
  if (node.kind !== "section") return null;
  const children = node.children.filter((child) => child.key.startsWith("require"));
  if (children.length === 0) return { message: `<${node.name}> holds no Require` };
  if (dialectOf(node) !== "2.4") return null;
  if (node.key === "requirenone" && !isInRequireAll(node)) {
    return { message: "<RequireNone> has no effect here", help: "put it into <RequireAll> beside one that grants" };
  }
  const negative = (child) => child.key === "requirenone" || child.key === "require" && child.words[0]?.value.toLowerCase() === "not";
  if (node.key === "requireall" && children.every(negative)) return { message: "<RequireAll> holds negations only" };
  return null;
}
var accessChecks = [
  ["allow", hosts],
  ["deny", hosts],
  ["require", only24(require2)],
  ["authbasicprovider", only24(authenticationProviders)],
  ["authdigestprovider", only24(authenticationProviders)],
  ["<requireall", requireSection],
  ["<requireany", requireSection],
  ["<requirenone", requireSection]
];

// src/config/values-conditions.ts
function expressionWord(word, text, result) {
  const problem = conditionProblem(text, result);
  return problem === null ? null : problemAt(word, `Expression "${text}" cannot be parsed: ${problem}`);
}
function condition2(node) {
  const [word] = node.words;
  return word === void 0 ? null : expressionWord(word, word.value, "boolean");
}
function optional(index) {
  return (node) => {
    const word = node.words[index];
    if (word?.value.startsWith("expr=") !== true || word.value.length === 5) return null;
    return expressionWord(word, word.value.slice(5), "string");
  };
}
function setEnvIfExpr(node) {
  const [word, variable] = node.words;
  if (word === void 0) return null;
  const problem = expressionWord(word, word.value, "boolean");
  return problem ?? (variable === void 0 ? { message: `Missing variable for ${node.name}` } : null);
}
function errorText(node) {
  const [, word] = node.words;
  if (word === void 0 || /^[A-Za-z0-9+.-]+:/.test(word.value) || word.value.toLowerCase() === "default") return null;
  return word.value === "" ? null : expressionWord(word, word.value, "string");
}
var checks24 = [
  ["<if", condition2],
  ["<elseif", condition2],
  ["sethandler", optional(0)],
  ["setenvifexpr", setEnvIfExpr],
  [
    "filterprovider",
    (node) => node.words[2] === void 0 ? null : expressionWord(node.words[2], node.words[2].value, "boolean")
  ]
];
var conditionChecks = checks24.map(([name2, check]) => [
  name2,
  only24(check)
]);
var errorDocumentText = only24(errorText);

// src/config/values-expressions.ts
function compile(node, word, expression = word?.value) {
  if (word === void 0 || expression === void 0) return null;
  const problem = expressionProblem(expression, node.origin?.reading.tree.dialect ?? "2.4");
  if (problem === null) return null;
  return { message: `Regular expression "${expression}" cannot be compiled: ${problem}`, span: word };
}
function matchSection(node) {
  return compile(node, node.words[0]);
}
function tildeSection(node) {
  return node.words[0]?.value === "~" ? compile(node, node.words[1]) : null;
}
function firstWord2(node) {
  return compile(node, node.words[0]);
}
function redirectMatch(node) {
  const [first, second] = node.words;
  const status = first !== void 0 && /^(?:\d{3}|permanent|temp|seeother|gone)$/i.test(first.value);
  return compile(node, status ? second : first);
}
function setEnvIf(skipped) {
  return (node) => {
    const expression = node.words[skipped];
    if (skipped === 1 && (node.words[0]?.value ?? "") === "")
      return { message: `Missing header-field name for ${node.name}` };
    if (expression === void 0) return { message: `Missing regular expression for ${node.name}` };
    if (node.words.length < skipped + 2) return { message: `Missing variable for ${node.name}` };
    if (dialectOf(node) !== "1.3" && !/[\^$.*?+()[\]{}|]/.test(expression.value)) return null;
    return compile(node, expression);
  };
}
var expressionChecks = [
  ["<directorymatch", matchSection],
  ["<locationmatch", matchSection],
  ["<filesmatch", matchSection],
  ["<proxymatch", matchSection],
  ["<directory", tildeSection],
  ["<location", tildeSection],
  ["<files", tildeSection],
  ["<proxy", tildeSection],
  ["aliasmatch", firstWord2],
  ["scriptaliasmatch", firstWord2],
  ["redirectmatch", (node) => dialectOf(node) === "2.4" ? null : redirectMatch(node)],
  ["browsermatch", setEnvIf(0)],
  ["browsermatchnocase", setEnvIf(0)],
  ["setenvif", setEnvIf(1)],
  ["setenvifnocase", setEnvIf(1)]
];

// src/config/values-headers.ts
var actions = [
  "add",
  "set",
  "setifempty",
  "append",
  "merge",
  "unset",
  "echo",
  "note",
  "edit",
  "edit*"
];
function header(node) {
  const response = node.key === "header";
  let words = node.words;
  if (response && /^(?:always|onsuccess)$/i.test(words[0]?.value ?? "")) words = words.slice(1);
  const [action2, field, first, second, third, ...surplus] = words;
  const verb = action2?.value.toLowerCase() ?? "";
  if (action2 === void 0 || !actions.includes(verb)) {
    const message = `Unknown action "${action2?.value ?? ""}" for ${node.name}`;
    const help = `known are ${actions.join(", ")}`;
    return action2 === void 0 ? { message, help } : problemAt(action2, message, help);
  }
  if (surplus.length > 0) return { message: `${node.name} has too many arguments` };
  let clause;
  let value;
  if (verb.startsWith("edit")) {
    if (second === void 0) return { message: `${node.name} ${verb} needs a pattern and a substitution` };
    const problem = compile2(node, first);
    if (problem !== null) return problem;
    [value, clause] = [second, third];
  } else if (third !== void 0) {
    return { message: `${node.name} ${verb} has too many arguments` };
  } else if (verb === "unset" || verb === "echo") {
    if (second !== void 0) return { message: `${node.name} ${verb} takes a field and a condition` };
    if (verb === "echo" && !response) return { message: "RequestHeader cannot echo" };
    const problem = verb === "echo" ? compile2(node, field) : null;
    if (problem !== null) return problem;
    clause = first;
  } else {
    if (first === void 0) return { message: `${node.name} ${verb} needs a field and a value` };
    [value, clause] = [first, second];
  }
  return (clause === void 0 ? null : clauseProblem(clause)) ?? (value === void 0 ? null : formatProblem(value));
}
function compile2(node, word) {
  const problem = word === void 0 ? null : expressionProblem(word.value, "2.4");
  if (problem === null || word === void 0) return null;
  return problemAt(word, `Regular expression "${word.value}" of ${node.name} cannot be compiled: ${problem}`);
}
function clauseProblem(word) {
  const text = word.value;
  if (text.toLowerCase() === "early") return null;
  if (/^env=/i.test(text)) return /^env=!?$/i.test(text) ? problemAt(word, "Expected a variable: env=name") : null;
  if (/^expr=/i.test(text)) return expressionWord(word, text.slice(5), "boolean");
  return problemAt(word, `Unknown condition "${text}"`, "known are early, env=name and expr=expression");
}
function formatProblem(word) {
  const text = word.value;
  if (text.startsWith("expr=")) return expressionWord(word, text.slice(5), "string");
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at)) {
    at += 1;
    if (at === text.length) return null;
    if (text[at] === "{") {
      const end = text.indexOf("}", at);
      at = end === -1 ? text.length : end + 1;
    }
    const letter = text.charAt(at);
    if (!"%tDelbis".includes(letter) || letter === "") return problemAt(word, `Unknown format %${letter} in "${text}"`);
    at += 1;
  }
  return null;
}
var headerChecks = [
  ["header", only24(header)],
  ["requestheader", only24(header)]
];

// src/config/values-keywords.ts
function number(accepts, expected, index = 0) {
  return (node) => {
    const word = node.words[index];
    if (word === void 0 || accepts(word.value)) return null;
    return problemAt(word, `Expected ${expected} for ${node.name}, got "${word.value}"`);
  };
}
function leadingInteger(text) {
  return Number(/^\s*[+-]?\d{1,15}/.exec(text)?.[0] ?? "0");
}
var isWhole = (text) => /^\d{1,18}$/.test(text);
var isPositive = (text) => leadingInteger(text) > 0;
var isBuffer = (text) => leadingInteger(text) >= 512 || leadingInteger(text) === 0;
var isRange = (text) => /^(?:none|default|unlimited)$/i.test(text) || isPositive(text);
var bufferSize = number(isBuffer, "at least 512 bytes, or 0");
function allOf(known4, exclusive = []) {
  return (node) => {
    const seen = /* @__PURE__ */ new Set();
    for (const word of node.words) {
      const key = word.value.toLowerCase();
      if (!known4.includes(key)) {
        return problemAt(word, `Unknown value "${word.value}" for ${node.name}`, `known are ${known4.join(", ")}`);
      }
      seen.add(key);
      const pair = exclusive.find((one) => one.every((name2) => seen.has(name2)));
      if (pair !== void 0) return problemAt(word, `${node.name} cannot have both ${pair[0]} and ${pair[1]}`);
    }
    return null;
  };
}
function fileETag(node) {
  for (const word of node.words) {
    const signed = /^[+-]/.test(word.value);
    const key = word.value.slice(signed ? 1 : 0).toLowerCase();
    if (!["none", "all", "mtime", "size", "inode", "digest"].includes(key))
      return problemAt(
        word,
        `Unknown keyword "${word.value}" for FileETag`,
        "known are All, None, INode, MTime, Size, Digest"
      );
    if (signed && (key === "none" || key === "all")) return problemAt(word, `FileETag ${key} takes no sign`);
  }
  return null;
}
var mutexTypes = [
  "cache-socache",
  "authdigest-client",
  "authdigest-opaque",
  "authn-socache"
].concat(
  ["charset_lite", "heartbeat", "ldap-cache", "mpm-accept", "proxy", "proxy-balancer-shm", "rewrite-map", "ssl-cache"],
  ["ssl-stapling", "ssl-stapling-refresh", "watchdog-callback", "dav_lock", "slotmem-shm", "mod_md", "default"]
);
function mutex(node) {
  const [mechanism, ...rest] = node.words;
  if (mechanism === void 0) return null;
  const [kind = "", file] = mechanism.value.split(":", 2);
  const key = kind.toLowerCase();
  const withFile = ["file", "flock", "fcntl"].includes(key);
  const plain = ["none", "default", "no", "yes", "sem", "pthread", "sysvsem", "posixsem"].includes(key);
  if ((file === void 0 ? !plain && !withFile : !withFile) || key === "no")
    return problemAt(
      mechanism,
      `Unknown mechanism "${mechanism.value}" for Mutex`,
      "known are default, file, flock, fcntl, sem, sysvsem, posixsem and pthread"
    );
  if (key === "none") return problemAt(mechanism, "Mutex none is not allowed for these types");
  const unknown = rest.find(
    ({ value }) => value.toLowerCase() !== "omitpid" && !mutexTypes.includes(value.toLowerCase())
  );
  return unknown === void 0 ? null : problemAt(unknown, `Unknown type "${unknown.value}" for Mutex`);
}
var indexFlags = new Set(
  "fancyindexing foldersfirst htmltable iconsarelinks ignorecase ignoreclient scanhtmltitles showforbidden suppresscolumnsorting suppressdescription suppresshtmlpreamble suppressicon suppresslastmodified suppressrules suppresssize trackmodified useolddateformat versionsort xhtml addaltclass".split(" ")
);
function indexOptions(node) {
  for (const word of node.words) {
    const sign = /^[+-]/.exec(word.value)?.[0] ?? "";
    const [name2 = "", ...values] = word.value.slice(sign.length).split("=");
    const key = name2.toLowerCase();
    const value = values.length === 0 ? null : values.join("=");
    const bad = (message) => problemAt(word, `${message} in ${node.name} ${word.value}`);
    if (value === null && indexFlags.has(key)) continue;
    switch (key) {
      case "none":
        if (sign !== "") return bad("None takes no sign");
        continue;
      case "iconheight":
      case "iconwidth":
        if (sign === "-" && value !== null) return bad("A value takes no -");
        continue;
      case "namewidth":
      case "descriptionwidth":
        if (value === null && sign !== "-") return bad("A value is missing");
        if (value !== null && sign === "-") return bad("A value takes no -");
        if (value !== null && /^[+-]?\d/.test(value) && leadingInteger(value) < (key === "namewidth" ? 5 : 12))
          return bad("The width is too small");
        continue;
      case "type":
      case "charset":
        if (value !== null) continue;
    }
    return bad("Unknown option");
  }
  return null;
}
function indexOrder(node) {
  const [direction, key] = node.words;
  if (direction !== void 0 && !/^(?:ascending|descending)$/i.test(direction.value))
    return problemAt(direction, "Expected Ascending or Descending");
  if (key === void 0 || /^(?:name|date|size|description)$/i.test(key.value)) return null;
  return problemAt(key, "Expected Name, Date, Size or Description");
}
function icon(node) {
  const [word] = node.words;
  if (word === void 0 || !word.value.startsWith("(") || /^\([^,]*,.*\)$/.test(word.value)) return null;
  return problemAt(word, "An icon with a text is one word: (TXT,/icons/text.gif)");
}
function expires(index) {
  return (node) => {
    const word = node.words[index];
    if (word === void 0 || /^[AM]\d/.test(word.value)) return null;
    const [base = "", ...rest] = word.value.split(/[ \t]+/).filter((part) => part !== "");
    const bad = (what) => problemAt(word, `${what} in ${node.name} "${word.value}"`);
    if (base === "" || !/^(?:a|n|m)/i.test(base)) return bad("Unknown base");
    if (rest[0]?.toLowerCase() === "plus") rest.shift();
    for (let at = 0; at < rest.length; at += 2) {
      if (!/^\d/.test(rest[at] ?? "")) return bad("Expected a number");
      const unit = rest[at + 1]?.toLowerCase();
      if (unit === void 0) return bad("A unit is missing");
      if (!/^(?:y|mon|mi|w|d|h|s)/.test(unit)) return bad("Unknown unit");
    }
    return null;
  };
}
function expiresByType(node) {
  const [type] = node.words;
  if (type !== void 0 && !type.value.includes("/"))
    return problemAt(type, `"${type.value}" is no media type: it has no slash`);
  return expires(1)(node);
}
function serverName(node) {
  const [word] = node.words;
  if (word === void 0) return null;
  const host = word.value.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\//, "");
  const port2 = /:(.*)$/.exec(host)?.[1];
  if (host.startsWith("[")) return problemAt(word, `Invalid name "${word.value}" for ServerName`);
  if (port2 === void 0 || leadingInteger(port2) >= 1 && leadingInteger(port2) <= 65535) return null;
  return problemAt(word, `Port "${port2}" in ServerName is outside of 1 to 65535`);
}
function action(node) {
  const third = node.words[2];
  if (third === void 0 || third.value === "virtual") return null;
  return problemAt(third, `Unknown option "${third.value}" for Action`, "known is virtual");
}
var isTimeout = (text) => /^\d{1,9}(?:s|ms|mi|min|h)?$/i.test(text);
var checks242 = [
  ["acceptpathinfo", oneOf("on", "off", "default")],
  ["allowencodedslashes", oneOf("on", "off", "nodecode")],
  ["authmerging", oneOf("off", "and", "or")],
  [
    "multiviewsmatch",
    allOf(
      ["any", "negotiatedonly", "filters", "handlers"],
      [
        ["any", "filters"],
        ["any", "handlers"],
        ["negotiatedonly", "filters"],
        ["negotiatedonly", "handlers"]
      ]
    )
  ],
  ["serversignature", oneOf("on", "off", "email")],
  ["traceenable", oneOf("on", "off", "extended")],
  ["usecanonicalphysicalport", oneOf("on", "off")],
  ["xbithack", oneOf("on", "off", "full")],
  ["enablemmap", oneOf("on", "off")],
  ["enablesendfile", oneOf("on", "off")],
  [
    "forcelanguagepriority",
    allOf(
      ["none", "prefer", "fallback"],
      [
        ["none", "prefer"],
        ["none", "fallback"]
      ]
    )
  ],
  [
    "httpprotocoloptions",
    allOf(
      ["strict", "unsafe", "registeredmethods", "lenientmethods", "allow0.9", "require1.0"],
      [
        ["strict", "unsafe"],
        ["registeredmethods", "lenientmethods"],
        ["allow0.9", "require1.0"]
      ]
    )
  ],
  [
    "directoryindexredirect",
    number(
      (text) => /^(?:on|off|permanent|temp|seeother)$/i.test(text) || leadingInteger(text) >= 300 && leadingInteger(text) <= 399,
      "on, off, permanent, temp, seeother or 300 to 399"
    )
  ],
  ["indexoptions", indexOptions],
  ["indexorderdefault", indexOrder],
  ["addicon", icon],
  ["addiconbytype", icon],
  ["addiconbyencoding", icon],
  ["expiresdefault", expires(0)],
  ["expiresbytype", expiresByType],
  ["servername", serverName],
  ["action", action],
  ["fileetag", fileETag],
  ["mutex", mutex],
  ["keepalivetimeout", number(isTimeout, "a time such as 5, 5s or 500ms")],
  ["limitrequestbody", number(isWhole, "a number from 0 on")],
  ["limitrequestfields", number((text) => leadingInteger(text) >= 0, "a number from 0 on")],
  ["limitrequestline", number((text) => leadingInteger(text) >= 0, "a number from 0 on")],
  ["limitrequestfieldsize", number((text) => leadingInteger(text) >= 0, "a number from 0 on")],
  [
    "limitinternalrecursion",
    (node) => number(isPositive, "a number above 0")(node) ?? number(isPositive, "a number above 0", 1)(node)
  ],
  ["listenbacklog", number(isPositive, "a number above 0")],
  ["maxranges", number(isRange, "none, default, unlimited or a number above 0")],
  ["maxrangeoverlaps", number(isRange, "none, default, unlimited or a number above 0")],
  ["maxrangereversals", number(isRange, "none, default, unlimited or a number above 0")],
  ["readbuffersize", number(isWhole, "a number of bytes")],
  ["flushmaxpipelined", number((text) => /^-?\d{1,10}$/.test(text) && Number(text) >= -1, "a number from -1 on")],
  ["flushmaxthreshold", number(isWhole, "a number of bytes")],
  ["sendbuffersize", bufferSize],
  ["receivebuffersize", bufferSize],
  ["proxyiobuffersize", bufferSize],
  ["proxyreceivebuffersize", bufferSize]
];
var keywordChecks = [
  ...checks242.map(([name2, check]) => [name2, only24(check)]),
  [
    "allowoverridelist",
    (node) => {
      const none = node.words.findIndex((word2) => word2.value.toLowerCase() === "none");
      const word = node.words[none];
      if (dialectOf(node) !== "2.4" || word === void 0 || node.words.length === 1) return null;
      return problemAt(word, "None stands alone in AllowOverrideList");
    }
  ]
];

// src/config/values-logs.ts
var accessLetters = "aAbBcCDefhHiIklLmnoOpPqrRsStTuUvVXx%";
var errorLetters = "aAceEFiklLmMnPTtuvV% ";
var access = { letters: accessLetters, carets: ["FB", "FU", "ti", "to"] };
function formatProblem2(word, { letters, carets }) {
  const text = word.value;
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at)) {
    at += 1;
    while (/[!<>,0-9{+-]/.test(text.charAt(at))) {
      if (text[at] === "{") {
        const end = text.indexOf("}", at);
        if (end === -1) return problemAt(word, `A { has no } in the format "${text}"`);
        at = end;
      }
      at += 1;
    }
    if (at >= text.length) return problemAt(word, `The format "${text}" ends within a directive`);
    const long = text[at] === "^";
    const name2 = long ? text.slice(at + 1, at + 3) : text.charAt(at);
    if (long ? !carets.includes(name2) : !letters.includes(name2))
      return problemAt(word, `Unknown directive %${long ? "^" : ""}${name2} in the format "${text}"`);
    at += long ? 3 : 1;
  }
  return null;
}
function logFormat(node) {
  const [format] = node.words;
  return format === void 0 ? null : formatProblem2(format, access);
}
function customLog(node) {
  const [, format, clause] = node.words;
  if (clause !== void 0) {
    if (/^env=/i.test(clause.value)) {
      if (clause.value.length === 4) return problemAt(clause, "Expected a variable: env=name");
    } else if (!/^expr=/i.test(clause.value)) {
      return problemAt(clause, `Unknown condition "${clause.value}"`, "known are env=name and expr=expression");
    } else {
      const problem = expressionWord(clause, clause.value.slice(5), "boolean");
      if (problem !== null) return problem;
    }
  }
  return format === void 0 ? null : formatProblem2(format, access);
}
function errorLogFormat(node) {
  const [first, second] = node.words;
  if (first === void 0) return null;
  if (second === void 0) {
    const problem = formatProblem2(first, { letters: errorLetters, carets: [] });
    if (problem !== null) return problem;
    return /%(?:\{[^}]*\}|[-+0-9])*M/.test(first.value.slice(0, 8192)) ? null : problemAt(first, "A format without %M has no message");
  }
  if (!/^(?:request|connection)$/i.test(first.value)) return problemAt(first, "Expected request or connection");
  if (/%(?:\{[^}]*\}|[-+0-9])*M/.test(second.value.slice(0, 8192)))
    return problemAt(second, `%M has no place in what is written once for each ${first.value}`);
  return formatProblem2(second, { letters: errorLetters, carets: [] });
}
var logChecks = [
  ["logformat", only24(logFormat)],
  ["transferlog", only24(() => null)],
  ["customlog", only24(customLog)],
  ["globallog", only24(customLog)],
  ["errorlogformat", only24(errorLogFormat)]
];

// src/config/values-mapping.ts
var perDirectory = [
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch",
  "if",
  "elseif",
  "else",
  "proxy",
  "proxymatch"
];
var statuses = /* @__PURE__ */ new Map([
  ["permanent", 301],
  ["temp", 302],
  ["seeother", 303],
  ["gone", 410]
]);
function isUrl(text) {
  return /^[A-Za-z0-9+.-]+:/.test(text);
}
function redirect(isExpression) {
  return (node) => {
    const [first, second, third] = node.words;
    if (first === void 0) return null;
    const named = statuses.get(first.value.toLowerCase()) ?? (/^\d/.test(first.value) ? Number.parseInt(first.value, 10) : null);
    if (named === null && third !== void 0)
      return problemAt(first, `Unknown status "${first.value}" for ${node.name}`);
    const status = named ?? (node.key === "redirectpermanent" ? 301 : 302);
    const redirects = status >= 300 && status < 400;
    const rest = named === null ? [first, second] : [second, third];
    const [from, to] = rest;
    if (to === void 0 && isInside(node, ...perDirectory)) {
      if (!redirects || from === void 0) return null;
      return from.value === "" ? null : expressionWord(from, from.value, "string");
    }
    if (isExpression && from !== void 0) {
      const problem = expressionProblem(from.value, "2.4");
      if (problem !== null) return problemAt(from, `Regular expression "${from.value}" cannot be compiled: ${problem}`);
    }
    if (!redirects) return to === void 0 ? null : problemAt(to, `Status ${status} takes no URL`);
    if (to === void 0) return { message: `${node.name} needs a URL to redirect to` };
    if (isExpression || isUrl(to.value) || to.value.startsWith("/")) return null;
    return problemAt(to, `"${to.value}" is neither a URL nor a path from the root`);
  };
}
function alias(node) {
  const inside = isInside(node, "location", "locationmatch");
  if (node.words.length === 1 && !inside)
    return { message: `${node.name} needs a URL path and a file path outside of <Location>` };
  if (node.words.length === 2 && isInside(node, ...perDirectory))
    return { message: `${node.name} with a URL path cannot occur within a section` };
  return null;
}
function interpolated(node) {
  const [word] = node.words;
  if (word === void 0 || word.value.toLowerCase() === "none") return null;
  if (!word.value.startsWith("/")) return problemAt(word, `${node.name} needs an absolute path or none`);
  for (let at = word.value.indexOf("%"); at !== -1; at = word.value.indexOf("%", at)) {
    const found = /^%(?:[%p]|-?\d\+?(?:\.-?\d\+?)?(?!\.))/.exec(word.value.slice(at, at + 9));
    if (found === null) return problemAt(word, `Unknown part behind % in "${word.value}"`);
    at += found[0].length;
  }
  return null;
}
function userDir(node) {
  const first = node.words[0]?.value ?? "";
  return first === "" ? { message: "UserDir needs an argument" } : null;
}
var mappingChecks = [
  ["redirect", redirect(false)],
  ["redirecttemp", redirect(false)],
  ["redirectpermanent", redirect(false)],
  ["redirectmatch", redirect(true)],
  ["virtualdocumentroot", interpolated],
  ["virtualdocumentrootip", interpolated],
  ["virtualscriptalias", interpolated],
  ["virtualscriptaliasip", interpolated],
  ["userdir", userDir],
  ["alias", alias],
  ["scriptalias", alias]
].map(([name2, check]) => [name2, only24(check)]);

// src/config/values-places.ts
function onlyInVirtualHost(node) {
  return isInside(node, "virtualhost") ? null : { message: `${node.name} is only for a <VirtualHost>` };
}
function virtualHost(node) {
  if (node.origin?.reading.tree.dialect !== "1.3") return null;
  for (const word of node.words) {
    const port2 = /:([^:]*)$/.exec(word.value)?.[1];
    if (port2 === void 0 || port2 === "*" || /^\s*[+-]?0*[1-9]/.test(port2)) continue;
    return {
      message: `Port "${port2}" in <VirtualHost> must be a number or *`,
      span: { start: word.start, end: word.end }
    };
  }
  return null;
}
var placeChecks = [
  ["serveralias", onlyInVirtualHost],
  ["<virtualhost", virtualHost]
];

// src/config/values-proxy.ts
var perDirectory2 = [
  "location",
  "locationmatch",
  "directory",
  "directorymatch",
  "files",
  "filesmatch",
  "if",
  "elseif",
  "proxy",
  "proxymatch",
  "else"
];
var workerNumbers = {
  loadfactor: 1,
  retry: 0,
  ttl: 1,
  smax: Number.NEGATIVE_INFINITY,
  timeout: 1,
  lbset: 0
};
var workerNames = new Set(
  "loadfactor retry ttl min max smax acquire timeout iobuffersize receivebuffersize keepalive disablereuse enablereuse route redirect status flushpackets flushwait ping lbset connectiontimeout flusher upgrade responsefieldsize secret hcmethod hcpasses hcfails hcinterval hcuri hcexpr hctemplate addressttl bgrowth".split(" ")
);
var balancerNames = new Set(
  "stickysession nofailover timeout maxattempts lbmethod scolonpathdelim stickysessionsep failonstatus failontimeout nonce growth forcerecovery".split(
    " "
  )
);
var switches = /* @__PURE__ */ new Set(["keepalive", "disablereuse", "enablereuse"]);
function parameter(word, balancer) {
  const at = word.value.indexOf("=");
  const key = word.value.slice(0, at).toLowerCase();
  const value = word.value.slice(at + 1);
  if (!workerNames.has(key) && !(balancer && balancerNames.has(key)))
    return problemAt(word, `Unknown parameter "${word.value}" of a worker`);
  const least = workerNumbers[key];
  if (least !== void 0 && !(Number.parseInt(value, 10) >= least) && !(balancer && key === "timeout" && value !== "") && least !== Number.NEGATIVE_INFINITY)
    return problemAt(word, `Expected a number of at least ${least} in ${word.value}`);
  if (key === "loadfactor" && Number.parseFloat(value) > 100)
    return problemAt(word, `Expected 1 to 100 in ${word.value}`);
  if (switches.has(key) && !/^(?:on|off)$/i.test(value)) return problemAt(word, `Expected On or Off in ${word.value}`);
  if (key === "connectiontimeout" && !(Number.parseInt(value, 10) > 0))
    return problemAt(word, `Expected a time above 0 in ${word.value}`);
  if (key === "status" && !/^[+-]?[DSIHENRC+-]+$/i.test(value))
    return problemAt(word, `Unknown state in ${word.value}`);
  return null;
}
function proxyPass(node) {
  const inSection = isInside(node, ...perDirectory2);
  let words = node.words;
  let isExpression = node.key === "proxypassmatch";
  let path;
  if (!inSection) {
    if (words[0]?.value === "~") {
      if (isExpression) return problemAt(words[0], "ProxyPassMatch takes no ~");
      isExpression = true;
      words = words.slice(1);
    }
    [path, ...words] = words;
  }
  const [url, ...rest] = words;
  if (url === void 0) return { message: `${node.name} needs a path and a URL outside of <Location>` };
  const balancer = /^balancer:\/\//i.test(url.value);
  let wrong = null;
  for (const word of rest) {
    if (/^(?:nocanon|interpolate|noquery)$/i.test(word.value)) continue;
    if (!word.value.includes("=")) {
      if (inSection && url.value.startsWith("/"))
        return problemAt(url, `${node.name} takes no path inside of a section`);
      return problemAt(word, `Expected key=value, got "${word.value}"`);
    }
    wrong ??= parameter(word, balancer);
  }
  if (path !== void 0 && isExpression) {
    const problem = expressionProblem(path.value, "2.4");
    if (problem !== null) return problemAt(path, `Regular expression "${path.value}" cannot be compiled: ${problem}`);
  }
  if (url.value === "!") return null;
  const target = url.value.replace(/^unix:[^|]*\|/i, "").replace(/^([A-Za-z]+:)$/, url.value.includes("|") ? "$1//localhost" : "$1");
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(target)?.[1];
  if (authority === void 0 || authority === "")
    return problemAt(url, `${node.name} needs an absolute URL, got "${url.value}"`);
  const port2 = /:([^:\]]*)$/.exec(authority)?.[1] ?? "";
  if (!/^\d*$/.test(port2) && !isExpression) return problemAt(url, `Port "${port2}" is no number`);
  return wrong;
}
function proxyPassReverse(node) {
  const inSection = isInside(node, ...perDirectory2);
  if (node.words.length === 1 && !inSection) return { message: `${node.name} needs a path outside of <Location>` };
  if (node.words.length === 2 && inSection) return { message: `${node.name} takes no path inside of a section` };
  return null;
}
function proxyRemote(node) {
  const url = node.words[1];
  if (url === void 0) return null;
  const found = /^[^:]*:\/\/(.+)$/.exec(url.value)?.[1];
  const port2 = found === void 0 ? void 0 : /:([^:/]*)\/?$/.exec(found)?.[1];
  if (found !== void 0 && (port2 === void 0 || Number.parseInt(port2, 10) > 0 && /^\d+$/.test(port2))) return null;
  return problemAt(url, `Expected scheme://host:port, got "${url.value}"`);
}
function proxyTimeout(node) {
  const [word] = node.words;
  return word === void 0 || Number.parseInt(word.value, 10) >= 1 ? null : problemAt(word, "Expected a time of at least one second");
}
function proxyDomain(node) {
  const [word] = node.words;
  return word === void 0 || word.value.startsWith(".") ? null : problemAt(word, "A domain starts with a dot");
}
var proxyChecks = [
  ["proxypass", proxyPass],
  ["proxypassmatch", proxyPass],
  ["proxypassreverse", proxyPassReverse],
  ["proxyremote", proxyRemote],
  ["proxytimeout", proxyTimeout],
  ["proxydomain", proxyDomain],
  ["proxyerroroverride", oneOf("on", "off")],
  ["proxybadheader", oneOf("iserror", "ignore", "startbody")],
  ["proxystatus", oneOf("on", "off", "full")],
  ["proxyvia", oneOf("on", "off", "full", "block")]
].map(([name2, check]) => [name2, only24(check)]);

// src/config/values-rewrite.ts
function rewriteArgs(raw) {
  const args = [];
  let at = 0;
  while (args.length < 3) {
    while (at < raw.length && isBlank(raw.charCodeAt(at))) at += 1;
    if (at >= raw.length) break;
    const quote2 = raw[at] === '"' || raw[at] === "'" ? raw.charAt(at) : "";
    if (quote2 !== "") at += 1;
    const start = at;
    for (; at < raw.length; at += 1) {
      if (quote2 === "" ? isBlank(raw.charCodeAt(at)) : raw[at] === quote2) break;
      if (raw[at] === "\\" && isBlank(raw.charCodeAt(at + 1))) at += 1;
    }
    args.push(raw.slice(start, at));
    at += 1;
    if (quote2 !== "" && args.length === 1 && at === raw.length) args.push("");
  }
  return args;
}
function rewrite(node, needed, isExpression) {
  const args = rewriteArgs(node.rawArgs);
  if (args.length < 2) return { message: `${node.name} needs ${needed}` };
  const [first] = node.words;
  const last = node.words.at(-1);
  const whole = first === void 0 || last === void 0 ? {} : { span: { start: first.start, end: last.end } };
  const flags = args[2];
  if (flags !== void 0 && !(flags.startsWith("[") && flags.endsWith("]"))) {
    const help = "flags stand in brackets and without blanks: [R=301,L]";
    return { message: `Flags ${flags} of ${node.name} are not in brackets`, ...whole, help };
  }
  const dialect = dialectOf(node);
  const unknown = flags === void 0 || dialect !== "2.4" ? null : flagProblem(node, flags);
  if (unknown !== null) return { message: unknown, ...whole };
  const expression = isExpression(args)?.replace(/^!/, "");
  const problem = expression === void 0 ? null : expressionProblem(expression, dialect);
  if (problem === null) return null;
  return { message: `Regular expression "${expression ?? ""}" cannot be compiled: ${problem}`, ...whole };
}
function rewriteRule(node) {
  return rewrite(node, "a pattern and a substitution", ([pattern = ""]) => pattern);
}
var ruleFlags = new Set(
  "b bctls bne backrefnoplus bnp c chain co cookie dpi discardpath e env end f forbidden g gone h handler l last n next nc nocase ne noescape ns nosubreq p proxy pt passthrough qsa qsappend qsd qsdiscard qsl qslast r redirect s skip t type unc unsafeallow3f unsafeprefixstat unsafeprefixstatus unsafe_allow_3f unsafe_prefix_stat".split(" ")
);
var conditionFlags = /* @__PURE__ */ new Set(["nc", "nocase", "or", "ornext", "nv", "novary"]);
function flagProblem(node, flags) {
  const known4 = node.key === "rewritecond" ? conditionFlags : ruleFlags;
  for (const flag of flags.slice(1, -1).split(",")) {
    const [key = "", value] = flag.trim().split("=", 2);
    if (!known4.has(key.trim().toLowerCase())) return `Unknown flag "${key}" of ${node.name}`;
    if (/^(?:r|redirect)$/i.test(key) && value !== void 0 && /^\d/.test(value) && !isStatus(Number.parseInt(value, 10)))
      return `Status ${value} of ${node.name} is none that HTTP has`;
  }
  return null;
}
function isStatus(code2) {
  return code2 >= 100 && code2 < 600 && (code2 % 100 < 40 || code2 === 451);
}
function rewriteCond(node) {
  const [first, second] = rewriteArgs(node.rawArgs);
  const word = node.words[1];
  if (dialectOf(node) === "2.4" && first?.toLowerCase() === "expr" && second !== void 0 && word !== void 0) {
    const problem = expressionWord(word, second, "boolean");
    if (problem !== null) return problem;
  }
  return rewrite(
    node,
    "a string and a pattern",
    ([test2 = "", pattern = ""]) => test2.toLowerCase() === "expr" || /^!?(?:-|<|>|=)/.test(pattern) ? null : pattern
  );
}
function rewriteBase(node) {
  const [word] = node.words;
  const inside = isInside(
    node,
    "directory",
    "directorymatch",
    "location",
    "locationmatch",
    "files",
    "filesmatch",
    "if",
    "elseif",
    "else",
    "proxy",
    "proxymatch"
  );
  if (!inside) return { message: "RewriteBase is only for what belongs to a directory" };
  return word === void 0 || word.value.startsWith("/") ? null : problemAt(word, `"${word.value}" is no path from the root`);
}
var options = new Set(
  "inherit inheritbefore inheritdown inheritdownbefore ignoreinherit allownoslash allowanyuri mergebase ignorecontextinfo legacyprefixdocroot unsafeprefixstat longurloptimization".split(" ")
);
function rewriteOptions(node) {
  const unknown = node.words.find(({ value }) => !options.has(value.toLowerCase()) && !/^maxredirects=/i.test(value));
  return unknown === void 0 ? null : problemAt(unknown, `Unknown option "${unknown.value}" for RewriteOptions`);
}
function rewriteMap(node) {
  const word = node.words[1];
  if (word?.value.startsWith("int:") !== true) return null;
  if (/^(?:tolower|toupper|escape|unescape)$/.test(word.value.slice(4))) return null;
  return problemAt(
    word,
    `Unknown function "${word.value}" for RewriteMap`,
    "known are tolower, toupper, escape and unescape"
  );
}
var rewriteChecks = [
  ["rewriterule", rewriteRule],
  ["rewritecond", rewriteCond],
  ["rewritebase", only24(rewriteBase)],
  ["rewriteoptions", only24(rewriteOptions)],
  ["rewritemap", only24(rewriteMap)]
];

// src/config/values-words.ts
import { isIPv6 as isIPv62 } from "node:net";
var optionNames = ["All", "None", "Indexes", "Includes", "IncludesNOEXEC", "FollowSymLinks"].concat([
  "SymLinksIfOwnerMatch",
  "ExecCGI",
  "MultiViews"
]);
var optionKeys = new Set(optionNames.map((name2) => name2.toLowerCase()));
function options2(node) {
  const dialect = dialectOf(node);
  const merge = /^[+-]/.test(node.words[0]?.value ?? "");
  for (const [index, word] of node.words.entries()) {
    const signed = /^[+-]/.test(word.value);
    const key = (signed ? word.value.slice(1) : word.value).toLowerCase();
    if (dialect === "2.4" && signed !== merge) {
      return problemAt(word, "Either all Options must start with + or -, or none", "httpd 2.4 no longer takes a mix");
    }
    if (!optionKeys.has(key) && !(key === "runscripts" && dialect !== "2.4")) {
      return problemAt(word, `Unknown option "${word.value}"`, `known are ${optionNames.join(", ")}`);
    }
    if (dialect === "2.4" && (key === "none" || key === "all")) {
      if (index > 0) return problemAt(word, `Option ${word.value} must be the first one`);
      if (signed) return problemAt(word, `Option ${word.value} takes no sign`);
    }
  }
  return null;
}
var overrideKeys = new Set("limit options fileinfo authconfig indexes none all".split(" "));
function allowOverride(node) {
  const dialect = dialectOf(node);
  for (const word of node.words) {
    const [name2 = "", value] = word.value.split("=", 2);
    const key = name2.toLowerCase();
    if (value === void 0 ? overrideKeys.has(key) : dialect === "2.4" && key === "nonfatal") continue;
    if (dialect === "2.4" && overrideKeys.has(key) && key !== "options") continue;
    if (value !== void 0 && key === "options" && dialect !== "1.3" && dialect !== "2.0") {
      const unknown = value.split(",").find((option) => option !== "" && !optionKeys.has(option.toLowerCase()));
      if (unknown === void 0) continue;
      return problemAt(word, `Unknown option "${unknown}"`, `known are ${optionNames.join(", ")}`);
    }
    return problemAt(
      word,
      `Unknown override "${word.value}"`,
      "known are All, None, AuthConfig, FileInfo, Indexes, Limit and Options"
    );
  }
  return null;
}
var levels = ["emerg", "alert", "crit", "error", "warn", "notice", "info", "debug"];
var traces = [1, 2, 3, 4, 5, 6, 7, 8].map((depth) => `trace${depth}`);
function logLevel(node) {
  const perModule = dialectOf(node) === "2.4";
  const known4 = perModule ? [...levels, ...traces] : levels;
  for (const word of node.words) {
    const level = perModule ? word.value.slice(word.value.lastIndexOf(":") + 1) : word.value;
    if (!known4.includes(level.toLowerCase()))
      return problemAt(word, `Unknown log level "${level}"`, `known are ${known4.join(", ")}`);
  }
  return null;
}
function port(node) {
  const [word] = node.words;
  if (word === void 0) return null;
  if (dialectOf(node) !== "1.3") return { message: "Port was replaced with Listen in httpd 2.0" };
  return isPort(word.value) ? null : problemAt(word, `Port ${word.value} is outside of 1 to 65535`);
}
function isPort(text) {
  const number2 = Number(/^\s*\+?(\d{1,9})/.exec(text)?.[1] ?? "0");
  return number2 >= 1 && number2 <= 65535;
}
function listen(node) {
  const [word, , third] = node.words;
  const old2 = dialectOf(node) === "1.3";
  if (!old2 && (word === void 0 || third !== void 0))
    return { message: "Listen takes an address with a port, and a protocol" };
  if (word === void 0) return null;
  if (old2) {
    const colon = word.value.indexOf(":");
    if (colon === 0) return problemAt(word, "Listen has no address in front of the colon");
    return isPort(word.value.slice(colon + 1)) ? null : problemAt(word, "Listen needs a number from 1 to 65535 as port");
  }
  const digits = /(?:^|:)(\d+)$/.exec(word.value)?.[1];
  if (digits === void 0) return problemAt(word, "Listen needs a port", "write `Listen 80` or `Listen address:80`");
  if (!isPort(digits)) return problemAt(word, `Port ${digits} is outside of 1 to 65535`);
  const host = word.value.slice(0, -digits.length - 1);
  if (host.startsWith("[") ? !isIPv62(host.slice(1, host.endsWith("]") ? -1 : void 0).replace(/%.*$/, "")) || !host.endsWith("]") : word.value.startsWith(":") && host === "")
    return problemAt(word, `Invalid address "${host}" for Listen`);
  return null;
}
var statusCodes = /* @__PURE__ */ new Set([
  ...[100, 101, 102, 200, 201, 202, 203, 204, 205, 206, 207, 300, 301, 302, 303, 304, 305, 306, 307],
  ...[400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 422, 423, 424],
  ...[500, 501, 502, 503, 504, 505, 506, 507, 510]
]);
var newerStatusCodes = /* @__PURE__ */ new Set([208, 226, 308, 421, 425, 426, 428, 429, 431, 451, 508, 511]);
function errorDocument(node) {
  const [word] = node.words;
  if (word === void 0) return dialectOf(node) === "1.3" ? { message: "ErrorDocument needs a status code" } : null;
  const code2 = Number(/^\s*\+?(\d{1,6})/.exec(word.value)?.[1] ?? "0");
  const newer = dialectOf(node) !== "1.3" && newerStatusCodes.has(code2);
  if (!statusCodes.has(code2) && !newer) return problemAt(word, `Unsupported HTTP status code "${word.value}"`);
  return errorDocumentText(node);
}
var methods13 = new Set(
  "GET HEAD PUT POST DELETE CONNECT OPTIONS PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK".split(" ")
);
function limit(node) {
  const old2 = dialectOf(node) === "1.3";
  for (const word of node.words) {
    if (word.value === "TRACE" && node.key === "limit") {
      return problemAt(word, "TRACE cannot be controlled by <Limit>", "use TraceEnable");
    }
    if (old2 && word.value !== "TRACE" && !methods13.has(word.value)) {
      const known4 = methods13.has(word.value.toUpperCase());
      const help = known4 ? `methods are case-sensitive: write ${word.value.toUpperCase()}` : `known are ${[...methods13].join(", ")}`;
      return problemAt(word, `Unknown method "${word.value}" in <${node.name}>`, help);
    }
  }
  return null;
}
function order(node) {
  const [word] = node.words;
  if (word === void 0 || ["allow,deny", "deny,allow", "mutual-failure"].includes(word.value.toLowerCase()))
    return null;
  return problemAt(
    word,
    `Unknown order "${word.value}"`,
    "known are `allow,deny`, `deny,allow` (no blank) and `mutual-failure`"
  );
}
function gone(message) {
  return (node) => dialectOf(node) === "1.3" || dialectOf(node) === "2.0" ? null : { message };
}
var h2Switches = "h2copyfiles h2direct h2earlyhints h2moderntlsonly h2outputbuffering h2proxyrequests h2push h2upgrade h2websockets".split(
  " "
);
var wordChecks = [
  ["options", options2],
  ["allowoverride", allowOverride],
  ["loglevel", logLevel],
  ["port", port],
  ["listen", listen],
  ["errordocument", errorDocument],
  ["<limit", limit],
  ["<limitexcept", limit],
  ["order", order],
  ["satisfy", oneOf("all", "any")],
  ["servertype", oneOf("standalone", "inetd")],
  ["usecanonicalname", oneOf("on", "off", "dns")],
  ["hostnamelookups", oneOf("on", "off", "double")],
  ["sslengine", oneOf("on", "off", "optional")],
  ["servertokens", oneOf("prod", "productonly", "major", "minor", "min", "minimal", "os", "full")],
  ...h2Switches.map((name2) => [name2, oneOf("on", "off")]),
  ["fancyindexing", gone("FancyIndexing is gone: use IndexOptions FancyIndexing")],
  ["ssllog", gone("SSLLog is gone: use ErrorLog")],
  ["sslloglevel", gone("SSLLogLevel is gone: use LogLevel")],
  ["error", (node) => ({ message: `Error stops httpd: ${node.rawArgs}` })]
];

// src/config/values.ts
var checks = byName([
  ...wordChecks,
  ...keywordChecks,
  ...conditionChecks,
  ...expressionChecks,
  ...placeChecks,
  ...mappingChecks,
  ...rewriteChecks,
  ...headerChecks,
  ...logChecks,
  ...accessChecks,
  ...proxyChecks
]);
function byName(list2) {
  const found = /* @__PURE__ */ new Map();
  for (const [name2, check] of list2) {
    const before = found.get(name2);
    if (before === void 0) found.set(name2, [check]);
    else before.push(check);
  }
  return found;
}
function valueProblem(node) {
  if (node.spec === null) return null;
  for (const check of checks.get((node.kind === "section" ? "<" : "") + node.key) ?? []) {
    const problem = check(node);
    if (problem !== null) return problem;
  }
  return null;
}

// src/lint/rules/argument-value.ts
var MARKER = /@\w+@/;
var argumentValue = defineRule({
  id: "argument-value",
  summary: "The arguments of directives are ones that httpd takes",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => {
    const check = (node) => {
      if (node.origin === null || MARKER.test(node.rawArgs) || contextProblem(node) !== null) return;
      if (node.kind === "directive" && argumentProblem(node) !== null) return;
      const problem = valueProblem(node);
      if (problem === null) return;
      const { message, span, help } = problem;
      const place = wholeLine(node.origin);
      report3({ ...place, span: span ?? place.span, message, ...help === void 0 ? {} : { help }, fatal: true });
    };
    return { directive: check, section: check };
  }
});

// src/lint/rules/auth-without-require.ts
var WITHOUT_NAME = /^(?:all|ip|host|local|forward-dns|env|method|expr|ssl|ssl-verify-client)$/i;
var SECTIONS = /* @__PURE__ */ new Set([
  "directory",
  "directorymatch",
  "location",
  "locationmatch",
  "files",
  "filesmatch"
]);
function asksForName(directive) {
  const [first, second] = directive.words;
  const word = first?.value.toLowerCase() === "not" ? second : first;
  return directive.key === "require" && word !== void 0 && !WITHOUT_NAME.test(word.value);
}
var authWithoutRequire = defineRule({
  id: "auth-without-require",
  summary: "A section with AuthType has a Require for users",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const asked = /* @__PURE__ */ new Set();
    const settings = [];
    return {
      directive(directive) {
        if (directive.spec === null) return;
        if (directive.key === "authtype" && !/^none$/i.test(firstWord(directive)) && SECTIONS.has(directive.parent.key)) {
          settings.push(directive);
        }
        if (!asksForName(directive)) return;
        for (let at = directive.parent; at !== null && !asked.has(at); at = at.parent)
          asked.add(at);
      },
      end() {
        const elsewhere = new Set(
          [...asked].filter((section) => SECTIONS.has(section.key) && directivesOf2(section, "authtype").length === 0).map((section) => hostOf(section))
        );
        const unknown = config.modules.unrecognised.length > 0;
        for (const setting of settings) {
          const { parent } = setting;
          const host = hostOf(parent);
          if (unknown || asked.has(parent) || elsewhere.has(host) || elsewhere.has(config.server)) continue;
          const overrides = directivesOf2(parent, "allowoverride").flatMap(({ words }) => words);
          if (overrides.some(({ value }) => /^(?:all|authconfig)$/i.test(value))) continue;
          report3({
            ...nameOnly(setting.origin),
            message: "Nobody is asked for a password: there is no Require for users here",
            help: "add `Require valid-user`"
          });
        }
      }
    };
  }
});

// src/lint/rules/backhand-module-order.ts
var MODULE = "mod_backhand.c";
var backhandModuleOrder = defineRule({
  id: "backhand-module-order",
  summary: "AddModule mod_backhand.c comes first",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => {
    let before;
    let cleared = false;
    return {
      directive(directive) {
        if (directive.key === "clearmodulelist") {
          cleared = true;
          before = void 0;
        }
        if (directive.key !== "addmodule") return;
        for (const word of directive.words) {
          if (word.value === MODULE && before !== void 0) {
            const message = `Late AddModule ${MODULE}`;
            const help = cleared ? "make it the first AddModule after ClearModuleList, so that it runs last" : "move it above the modules of other parties, so that it runs last";
            const related = [{ origin: before.origin, message: "added before it" }];
            report3({ ...wordOnly(directive, word), message, help, related });
          }
          const status = findModule("1.3", word.value)?.status;
          if (word.value !== MODULE && (cleared || status === void 0 || status === "third-party"))
            before ??= directive;
        }
      }
    };
  }
});

// src/balance/argument.ts
function parseNumber(text, range) {
  const value = /^[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})$/.test(text) ? Number(text) : NaN;
  if (value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value))) return value;
  const noun = range.integer ? "a whole number" : "a number";
  return { error: `Expected ${noun} from ${range.min} to ${range.max} instead of "${text}"` };
}

// src/balance/candidacy/add-prediction.ts
var addPrediction = {
  name: "addPrediction",
  sharedObject: null,
  summary: "adds the requests sent since the last announcement to each server's load",
  argument: { description: "load that one request counts for, before division by the CPUs", default: "1" },
  ours: false,
  effect: "adjust",
  create(argument) {
    const weight = parseNumber(argument ?? "1", { min: 0, max: 1e6, integer: false });
    if (typeof weight !== "number") return weight;
    return (candidates) => candidates.map(
      (candidate) => candidate.sentSinceHeard === 0 ? candidate : {
        ...candidate,
        load: candidate.load + weight * candidate.sentSinceHeard / Math.max(1, candidate.cpuCount)
      }
    );
  }
};

// src/balance/candidacy/add-self.ts
var addSelf = {
  name: "addSelf",
  sharedObject: null,
  summary: "puts this server at the end of the list if it is missing",
  argument: null,
  ours: false,
  effect: "extend",
  create() {
    return (candidates, { self }) => candidates.some((candidate) => candidate.isSelf || candidate.id === self.id) ? candidates : [...candidates, self];
  }
};

// src/balance/candidacy/by-age.ts
var DEFAULT_SECONDS = "20";
var byAge = {
  name: "byAge",
  sharedObject: null,
  summary: "drops servers that were not heard from for more than so many seconds",
  argument: { description: "seconds", default: DEFAULT_SECONDS },
  ours: false,
  effect: "filter",
  create(argument) {
    const seconds = parseNumber(argument ?? DEFAULT_SECONDS, { min: 0, max: 1e6, integer: false });
    if (typeof seconds !== "number") return seconds;
    const limitMs = seconds * 1e3;
    return (candidates, { nowMs }) => candidates.filter((candidate) => candidate.isSelf || nowMs - candidate.lastHeardMs <= limitMs);
  }
};

// src/balance/order.ts
function shuffled(candidates, random) {
  const list2 = candidates.slice();
  for (let last = list2.length - 1; last > 0; last -= 1) {
    const picked = Math.floor(random() * (last + 1));
    const a = list2[last];
    const b = list2[picked];
    if (a === void 0 || b === void 0) continue;
    list2[last] = b;
    list2[picked] = a;
  }
  return list2;
}
var INSERTION_LIMIT = 40;
function sortedBy(candidates, keyOf2) {
  if (candidates.length > INSERTION_LIMIT) {
    const keyed = candidates.map((candidate) => ({ candidate, key: keyOf2(candidate) }));
    keyed.sort((a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
    return keyed.map((entry) => entry.candidate);
  }
  const list2 = [];
  const keys2 = [];
  for (const candidate of candidates) {
    const key = keyOf2(candidate);
    let place = list2.length;
    for (; place > 0; place -= 1) {
      const before = list2[place - 1];
      const beforeKey = keys2[place - 1];
      if (before === void 0 || beforeKey === void 0 || beforeKey <= key) break;
      list2[place] = before;
      keys2[place] = beforeKey;
    }
    list2[place] = candidate;
    keys2[place] = key;
  }
  return list2;
}

// src/balance/candidacy/by-busy-children.ts
var byBusyChildren = {
  name: "byBusyChildren",
  sharedObject: null,
  summary: "puts the servers in ascending order of their busy workers",
  argument: { description: "bias subtracted from this server's own busy workers", default: "0" },
  ours: false,
  effect: "sort",
  create(argument) {
    const bias = parseNumber(argument ?? "0", { min: -1e6, max: 1e6, integer: true });
    if (typeof bias !== "number") return bias;
    return (candidates) => sortedBy(candidates, (candidate) => candidate.isSelf ? candidate.busy - bias : candidate.busy);
  }
};

// src/balance/candidacy/by-cost.ts
var byCost = {
  name: "byCost",
  sharedObject: null,
  summary: "puts the servers first on which one more request costs least",
  argument: null,
  ours: false,
  effect: "sort",
  create() {
    let highWater = 1;
    return (candidates) => {
      let fastest = 0;
      for (const { load, arriba } of candidates) {
        while (highWater < load) highWater *= 2;
        if (arriba > fastest) fastest = arriba;
      }
      const base = candidates.length;
      const loadUnit = highWater;
      const byWhole = sortedBy(candidates, (candidate) => usedMemory(candidate));
      return sortedBy(byWhole, (candidate) => {
        const step2 = 1 / (relativeSpeed(candidate, fastest) * Math.max(1, candidate.cpuCount));
        return base ** (candidate.load / loadUnit) * (base ** (step2 / loadUnit) - 1);
      });
    };
  }
};
function relativeSpeed(candidate, fastest) {
  return candidate.arriba > 0 && fastest > 0 ? candidate.arriba / fastest : 1;
}
function usedMemory(candidate) {
  if (candidate.totalMemoryBytes <= 0) return 0;
  return 1 - Math.min(1, candidate.availableMemoryBytes / candidate.totalMemoryBytes);
}

// src/balance/candidacy/by-cpu.ts
var byCpu = {
  name: "byCPU",
  sharedObject: null,
  summary: "puts the servers with the most idle CPU first",
  argument: null,
  ours: false,
  effect: "sort",
  create() {
    return (candidates) => sortedBy(candidates, (candidate) => -candidate.cpuIdle);
  }
};

// src/balance/health-words.ts
var defaultHealth = {
  failures: 5,
  errorShare: 0.5,
  windowMs: 1e4,
  ejectMs: 3e4,
  maxEjected: 0.5
};
function readHealthWords(words, defaults = defaultHealth) {
  const read = { ...defaults };
  for (const word of words) {
    const [, key = "", text = ""] = /^([a-z-]{1,20})=(.{1,20})$/i.exec(word) ?? [];
    const value = readValue(key.toLowerCase(), text);
    if (value === null) {
      const expected = "failures=N, errors=N%, window=S, eject=S or max-ejected=N%";
      return { error: `Expected ${expected} instead of "${word}"` };
    }
    Object.assign(read, value);
  }
  return read;
}
function readValue(key, text) {
  const percent = /^(\d{1,3})%$/.exec(text)?.[1];
  const share = percent !== void 0 && Number(percent) <= 100 ? Number(percent) / 100 : null;
  const seconds = /^(\d{1,5}(?:\.\d{1,3})?)s?$/.exec(text)?.[1];
  const ms = seconds !== void 0 && Number(seconds) > 0 ? Number(seconds) * 1e3 : null;
  switch (key) {
    case "failures":
      return /^[1-9]\d{0,3}$/.test(text) ? { failures: Number(text) } : null;
    case "errors":
      return share !== null && share > 0 ? { errorShare: share } : null;
    case "window":
      return ms === null ? null : { windowMs: ms };
    case "eject":
      return ms === null ? null : { ejectMs: ms };
    case "max-ejected":
      return share === null ? null : { maxEjected: share };
    default:
      return null;
  }
}

// src/balance/candidacy/by-health.ts
var byHealth = {
  name: "byHealth",
  sharedObject: null,
  summary: "drops servers that failed our last requests",
  argument: { description: "failures=, eject= and max-ejected=, separated by commas", default: "failures=1,eject=5" },
  ours: true,
  effect: "filter",
  create(argument) {
    const words = (argument ?? "failures=1,eject=5").split(",");
    const odd = words.find((word) => /^(?:errors|window)=/i.test(word));
    const read = readHealthWords(words, { ...defaultHealth, failures: 1, ejectMs: 5e3 });
    if (odd !== void 0) return { error: `Expected failures=, eject= or max-ejected= instead of "${odd}"` };
    if ("error" in read) return read;
    const { failures, ejectMs, maxEjected } = read;
    return (candidates, { nowMs }) => {
      const kept2 = candidates.filter(
        ({ failuresInRow, failedAtMs }) => failuresInRow < failures || nowMs - failedAtMs >= ejectMs
      );
      return candidates.length - kept2.length > maxEjected * candidates.length ? candidates : kept2;
    };
  }
};

// src/routing/bytes.ts
import { Buffer as Buffer3 } from "node:buffer";
var ascii = /^[\x00-\x7f]*$/;
function toBytes(text) {
  return ascii.test(text) ? text : Buffer3.from(encode(text)).toString("latin1");
}

// src/routing/pattern.ts
import { RE2JS } from "re2js";

// src/routing/ere.ts
var classes2 = /* @__PURE__ */ new Set([
  "alnum",
  "alpha",
  "blank",
  "cntrl",
  "digit",
  "graph",
  "lower",
  "print",
  "punct",
  "space",
  "upper",
  "xdigit"
]);
var special = new Set("\\^$.|?*+()[]{}".split(""));
function literal(character) {
  return special.has(character) ? `\\${character}` : character;
}
function inSet(character) {
  return "\\[]^-&~".includes(character) ? `\\${character}` : character;
}
function readNamed(source, at) {
  const kind = source[at + 1];
  if (source[at] !== "[" || kind !== ":" && kind !== "." && kind !== "=") return null;
  const close = source.indexOf(`${kind}]`, at + 2);
  if (close === -1) return null;
  const name2 = source.slice(at + 2, close);
  if (kind === ":") return classes2.has(name2) ? { text: `[:${name2}:]`, end: close + 2 } : null;
  return name2.length === 1 ? { text: inSet(name2), end: close + 2 } : null;
}
function readSet(source, from) {
  let at = from;
  let text = "[";
  if (source[at] === "^") {
    text += "^";
    at++;
  }
  for (let first = true; at < source.length; first = false) {
    if (source[at] === "]" && !first) return { text: `${text}]`, end: at + 1 };
    const named = readNamed(source, at);
    if (named !== null) {
      text += named.text;
      at = named.end;
    } else if (source[at] === "-" && !first && source[at + 1] !== "]" && !text.endsWith("[^")) {
      text += "-";
      at++;
    } else {
      text += inSet(source[at] ?? "");
      at++;
    }
  }
  return null;
}
function readBound(source, at) {
  return /^\{\d+(?:,\d*)?\}/.exec(source.slice(at, at + 16))?.[0] ?? null;
}
function translateEre(source, atEnd) {
  let text = "";
  let depth = 0;
  let operand = false;
  for (let at = 0; at < source.length; ) {
    const character = source[at] ?? "";
    at++;
    const bound2 = character === "{" ? readBound(source, at - 1) : null;
    if (character === "*" || character === "+" || character === "?" || bound2 !== null) {
      if (!operand) return { error: `nothing to repeat before "${bound2 ?? character}"` };
      text += bound2 ?? character;
      at += (bound2 ?? " ").length - 1;
      if ("*+?".includes(source[at] ?? " ") || readBound(source, at) !== null) {
        return { error: `a second repetition "${source[at] ?? ""}" behind "${bound2 ?? character}"` };
      }
      continue;
    }
    operand = true;
    if (character === "\\") {
      if (at >= source.length) return { error: "a trailing backslash" };
      text += literal(source[at] ?? "");
      at++;
    } else if (character === "[") {
      const set = readSet(source, at);
      if (set === null) return { error: 'a "[" without its "]"' };
      text += set.text;
      at = set.end;
    } else if (character === "(") {
      depth++;
      text += "(";
      operand = false;
    } else if (character === ")" && depth > 0) {
      depth--;
      text += ")";
    } else if (character === "|") {
      text += "|";
      operand = false;
    } else if (character === "^") {
      text += "^";
      operand = false;
    } else if (character === "$") {
      text += atEnd ? "$" : "[^\\x00-\\x{10FFFF}]";
      operand = false;
    } else if (character === ".") {
      text += ".";
    } else {
      text += literal(character);
    }
  }
  return depth > 0 ? { error: 'a "(" without its ")"' } : { source: text };
}

// src/routing/pattern.ts
var PatternInputError = class extends Error {
  code = "BACKHAND_PATTERN_INPUT";
  name = "PatternInputError";
};
var BACKTRACKING_LENGTH = 4096;
var BACKTRACKING_CHOICES = 10;
function linear(source, longest, ignoreCase) {
  const flags = RE2JS.DOTALL | (longest ? RE2JS.LONGEST_MATCH : 0) | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  const compiled = RE2JS.compile(source, flags);
  return {
    test: (text) => compiled.test(text),
    exec(text) {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return null;
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? "");
      return { groups, end: matcher.end() };
    }
  };
}
var foreign = /\\[AzZhHRKGQEXCNxopP]|\[\[[:.=]|\[\^?\]|[*+?}]\+|\(\?(?:[a-zA-Z^|#>&(]|P[=>]|R|\d|-)|\(\*/;
function tokens(source) {
  const found = source.matchAll(
    /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:|P?<\w+>))?|\)|[*+?]\??|\{\d+,?\d*\}\??|[^]/g
  );
  return Array.from(found, ([text]) => ({
    text,
    group: text.startsWith("(") ? "open" : text === ")" ? "close" : ""
  }));
}
function shapeOf(source) {
  const open = [];
  let repeats2 = 0;
  let choices = 0;
  let nested2 = false;
  let closed = null;
  for (const { text, group: group2 } of tokens(source)) {
    const before = closed;
    closed = null;
    if (group2 === "open") {
      open.push({ holdsChoice: false });
    } else if (group2 === "close") {
      closed = open.pop() ?? null;
      const parent = open.at(-1);
      if (closed?.holdsChoice === true && parent !== void 0) parent.holdsChoice = true;
    } else if (/^(?:[*+]|\{\d)/.test(text)) {
      repeats2++;
      if (before?.holdsChoice === true) nested2 = true;
      for (const outer of open) outer.holdsChoice = true;
    } else if (text === "|" || text.startsWith("?")) {
      choices++;
      for (const outer of open) outer.holdsChoice = true;
    }
  }
  return { repeats: repeats2, choices, nested: nested2 };
}
function backtracking(source, ignoreCase) {
  if (foreign.test(source)) return { error: "it uses a construct of Perl's that is not supported" };
  const { repeats: repeats2, choices, nested: nested2 } = shapeOf(source);
  const starts = source.startsWith("^") && !source.includes("|^") ? 0 : 1;
  const outerChoice = starts === 0 && /^\^[^(]*\|/.test(source) ? 1 : 0;
  if (nested2 || repeats2 + starts + outerChoice > 2 || choices > BACKTRACKING_CHOICES) {
    return { error: "a request could make it run for minutes (repetitions inside repetitions beside a look-around)" };
  }
  const compiled = new RegExp(source.replaceAll("(?P<", "(?<"), ignoreCase ? "si" : "s");
  const isSquared = repeats2 + starts + outerChoice > 1 || repeats2 > 0 && /\\[1-9]/.test(source);
  const guard = (text) => {
    if (isSquared && text.length > BACKTRACKING_LENGTH) {
      throw new PatternInputError(`a text of ${text.length} bytes is too long for the pattern "${source}"`);
    }
  };
  return {
    test(text) {
      guard(text);
      return compiled.test(text);
    },
    exec(text) {
      guard(text);
      const match2 = compiled.exec(text);
      return match2 === null ? null : { groups: Array.from(match2, (group2) => group2 ?? ""), end: match2.index + match2[0].length };
    }
  };
}
function perlToRe2(source) {
  return source.replace(
    /\\Q(?:(?!\\E)[^])*(?:\\E|$)|\\[^]|\[\^?\]?(?:\[[:.=][^\]]*\]|\\[^]|[^\]\\])*\]|\(\?#[^)]*\)/g,
    (part) => {
      if (part.startsWith("(?#")) return "";
      if (part === "\\h") return "[ \\t]";
      if (part === "\\R") return "(?:\\r\\n|[\\n-\\r])";
      if (part === "\\Z") return "\\z";
      return /^\\[^A-Za-z0-9]/.test(part) && part.charCodeAt(1) > 127 ? part.slice(1) : part;
    }
  );
}
function compilePattern(source, syntax, { atEnd = true, ignoreCase = false } = {}) {
  if (syntax === "ere") {
    const translation = translateEre(source, atEnd);
    if ("error" in translation) return translation;
    return attempt(() => linear(translation.source, true, ignoreCase));
  }
  const perl = atEnd ? source : withoutEnd(source);
  const first = attempt(() => linear(perlToRe2(perl), false, ignoreCase));
  if (!("error" in first) || !/\(\?<?[=!]|\\[1-9]/.test(perl)) return first;
  return attempt(() => backtracking(perl, ignoreCase));
}
function withoutEnd(source) {
  return source.replace(
    /\\[^]|\[\^?\]?(?:\[[:.=][^\]]*\]|\\[^]|[^\]\\])*\]|\$/g,
    (part) => part === "$" ? "[^\\s\\S]" : part
  );
}
function attempt(compile3) {
  try {
    return compile3();
  } catch (problem) {
    return {
      error: problem instanceof Error ? problem.message.replace(/^error parsing regexp: /, "") : String(problem)
    };
  }
}

// src/balance/candidacy/by-hostname.ts
var REMEMBERED = 4096;
var byHostname = {
  name: "byHostname",
  sharedObject: "byHostname.so",
  summary: "keeps the servers whose host name matches a regular expression",
  argument: { description: "extended regular expression", default: null },
  ours: false,
  effect: "filter",
  create(argument) {
    if (argument === null || argument === "") return { error: "Expected a regular expression for host names" };
    const pattern = compilePattern(toBytes(argument), "ere");
    if ("error" in pattern) return { error: `${pattern.error} in the regular expression "${argument}"` };
    const known4 = /* @__PURE__ */ new Map();
    return (candidates) => candidates.filter(({ id }) => {
      const remembered = known4.get(id);
      if (remembered !== void 0) return remembered;
      const matches = pattern.test(toBytes(id));
      if (known4.size >= REMEMBERED) known4.clear();
      known4.set(id, matches);
      return matches;
    });
  }
};

// src/balance/candidacy/by-idle.ts
var byIdle = {
  name: "byIdle",
  sharedObject: null,
  summary: "puts the servers in random order, weighted by their idle workers",
  argument: null,
  ours: true,
  effect: "shuffle",
  create() {
    return (candidates, { random }) => {
      const key = (candidate) => {
        const weight = candidate.busy === 0 ? candidate.ready / 4 : candidate.ready;
        const draw = random();
        return weight > 0 ? -Math.log1p(-draw) / weight : 1e3 + draw;
      };
      return sortedBy(candidates, key);
    };
  }
};

// src/balance/candidacy/by-inflight.ts
var byInflight = {
  name: "byInflight",
  sharedObject: null,
  summary: "puts the servers first that have the fewest of our requests in flight",
  argument: null,
  ours: true,
  effect: "sort",
  create() {
    return (candidates) => sortedBy(candidates, (candidate) => candidate.inflight);
  }
};

// src/balance/inflight.ts
var LATENCY_DECAY_MS = 1e4;
function decayed({ latencyMs, latencyAtMs }, nowMs) {
  return latencyMs === 0 ? 0 : latencyMs * Math.exp(-Math.max(0, nowMs - latencyAtMs) / LATENCY_DECAY_MS);
}

// src/balance/candidacy/by-latency.ts
var byLatency = {
  name: "byLatency",
  sharedObject: null,
  summary: "puts the servers first that answer our requests soonest, with what they have to do already",
  argument: null,
  ours: true,
  effect: "sort",
  create() {
    return (candidates, { nowMs }) => {
      const unknown = meanLatency(candidates, nowMs);
      return sortedBy(candidates, (candidate) => {
        const latency = candidate.latencyMs === 0 ? unknown : decayed(candidate, nowMs);
        return latency * (candidate.inflight + 1);
      });
    };
  }
};
function meanLatency(candidates, nowMs) {
  let sum = 0;
  let count2 = 0;
  for (const candidate of candidates) {
    if (candidate.latencyMs === 0) continue;
    sum += decayed(candidate, nowMs);
    count2 += 1;
  }
  return count2 === 0 ? 1 : sum / count2;
}

// src/balance/candidacy/by-load.ts
var byLoad = {
  name: "byLoad",
  sharedObject: null,
  summary: "puts the servers in ascending order of their load average",
  argument: { description: "bias subtracted from this server's own load", default: "0" },
  ours: false,
  effect: "sort",
  create(argument) {
    const bias = parseNumber(argument ?? "0", { min: -1e6, max: 1e6, integer: false });
    if (typeof bias !== "number") return bias;
    return (candidates) => sortedBy(candidates, (candidate) => candidate.isSelf ? candidate.load - bias : candidate.load);
  }
};

// src/balance/candidacy/by-log-window.ts
var byLogWindow = {
  name: "byLogWindow",
  sharedObject: null,
  summary: "keeps the first log2(n) of n servers",
  argument: null,
  ours: false,
  effect: "window",
  create() {
    return (candidates) => candidates.slice(0, Math.max(1, 31 - Math.clz32(candidates.length)));
  }
};

// src/balance/candidacy/by-random.ts
var byRandom = {
  name: "byRandom",
  sharedObject: null,
  summary: "puts the servers in random order",
  argument: null,
  ours: false,
  effect: "shuffle",
  create() {
    return (candidates, { random }) => shuffled(candidates, random);
  }
};

// src/balance/candidacy/by-session.ts
var DEFAULT_IDENTIFIER = "PHPSESSID=";
var WARN_EVERY_MS = 6e4;
var LEAVING_HEARD_MS = 2e4;
var bySession = {
  name: "bySession",
  sharedObject: null,
  summary: "keeps the server whose address the session identifier begins with",
  argument: { description: "name of the cookie or query parameter, with =", default: DEFAULT_IDENTIFIER },
  ours: false,
  effect: "filter",
  create(argument) {
    const given = argument ?? DEFAULT_IDENTIFIER;
    if (given === "" || given === "=") return { error: `Expected a name such as PHPSESSID= instead of "${given}"` };
    const identifier = given.endsWith("=") ? given : `${given}=`;
    let warnedMs = -Infinity;
    return (candidates, context) => {
      const session = sessionOf(context.request, identifier);
      if (session === null) return candidates;
      const address = addressOf2(session);
      if (address !== null) {
        const server = candidates.find((candidate) => candidate.address === address);
        if (server !== void 0) return [server];
        const leaving = context.draining.find((candidate) => candidate.address === address);
        if (leaving !== void 0 && context.nowMs - leaving.lastHeardMs <= LEAVING_HEARD_MS) return [leaving];
      }
      if (context.nowMs - warnedMs >= WARN_EVERY_MS) {
        const meant3 = candidates.find((candidate) => beginsUnpadded(session, candidate.address));
        if (meant3 !== void 0) {
          warnedMs = context.nowMs;
          context.warn(
            `bySession: a session after ${identifier} seems to name ${meant3.address} with octets below 16 in one digit, as Apache::SessionManager writes them; such sessions cannot be followed, write two digits for each octet`
          );
        }
      }
      return candidates;
    };
  }
};
function sessionOf(request, identifier) {
  const { cookie } = request.headers;
  if (cookie !== void 0) {
    const found = valueAfter(cookie, identifier, "; ,");
    if (found !== null) return found;
  }
  const query = request.target.indexOf("?");
  return query < 0 ? null : valueAfter(request.target.slice(query), identifier, "?&;");
}
function valueAfter(text, identifier, separators) {
  for (let at = text.indexOf(identifier); at >= 0; at = text.indexOf(identifier, at + identifier.length)) {
    if (at > 0 && !separators.includes(text.charAt(at - 1))) continue;
    const start = at + identifier.length + (text.charAt(at + identifier.length) === '"' ? 1 : 0);
    return text.slice(start, start + 8).toLowerCase();
  }
  return null;
}
function addressOf2(session) {
  if (!/^[0-9a-f]{8}$/.test(session)) return null;
  const bits2 = Number.parseInt(session, 16);
  return `${bits2 >>> 24}.${bits2 >>> 16 & 255}.${bits2 >>> 8 & 255}.${bits2 & 255}`;
}
function beginsUnpadded(session, address) {
  const octets = address.split(".").map(Number);
  if (octets.length !== 4 || octets.every((octet) => octet >= 16)) return false;
  return session.startsWith(octets.map((octet) => octet.toString(16)).join(""));
}

// src/balance/candidacy/by-weight.ts
var byWeight = {
  name: "byWeight",
  sharedObject: null,
  summary: "puts the servers in random order, weighted by what the argument gives to their names",
  argument: { description: "name=weight pairs, separated by commas", default: null },
  ours: true,
  effect: "shuffle",
  create(argument) {
    const weights = readWeights(argument ?? "");
    if ("error" in weights) return weights;
    return (candidates, { random }) => sortedBy(candidates, ({ id }) => {
      const weight = weights.get(id) ?? 1;
      return weight > 0 ? -Math.log1p(-random()) / weight : Infinity;
    });
  }
};
function readWeights(text) {
  const weights = /* @__PURE__ */ new Map();
  for (const part of text.split(",")) {
    const [, name2, digits] = /^([^=,\s]{1,253})=(\d{1,6}(?:\.\d{1,6})?)$/.exec(part.trim()) ?? [];
    if (name2 === void 0) return { error: `Expected name=weight,\u2026 instead of "${text}"` };
    if (weights.has(name2)) return { error: `Expected "${name2}" once in "${text}"` };
    weights.set(name2, Number(digits));
  }
  return weights;
}

// src/balance/candidacy/by-window.ts
var DEFAULT_SIZE = "2";
var byWindow = {
  name: "byWindow",
  sharedObject: null,
  summary: "keeps the first so many servers",
  argument: { description: "number of servers", default: DEFAULT_SIZE },
  ours: true,
  effect: "window",
  create(argument) {
    const size = parseNumber(argument ?? DEFAULT_SIZE, { min: 1, max: 1e6, integer: true });
    if (typeof size !== "number") return size;
    return (candidates) => candidates.slice(0, size);
  }
};

// src/balance/candidacy/http-redirect-to-ip.ts
var httpRedirectToIp = {
  name: "HTTPRedirectToIP",
  sharedObject: null,
  summary: "answers with a redirect to the chosen server's address",
  argument: null,
  ours: false,
  effect: "redirect",
  create() {
    return (candidates, context) => {
      context.redirect((chosen2) => chosen2.address.includes(":") ? `[${chosen2.address}]` : chosen2.address);
      return candidates;
    };
  }
};

// src/balance/candidacy/http-redirect-to-name.ts
var DEFAULT_FORMAT = "%S";
var httpRedirectToName = {
  name: "HTTPRedirectToName",
  sharedObject: null,
  summary: "answers with a redirect to a name made from the chosen server's",
  argument: { description: "format with %S, %H and counts of labels", default: DEFAULT_FORMAT },
  ours: false,
  effect: "redirect",
  create(argument) {
    const parts = parseFormat(argument ?? DEFAULT_FORMAT);
    if ("error" in parts) return parts;
    return (candidates, context) => {
      context.redirect((chosen2) => {
        const name2 = parts.map((part) => expand2(part, chosen2.id, context.request.host)).join("");
        return name2.length <= 253 && /^[\w-]+(?:\.[\w-]+)*$/.test(name2) ? name2 : null;
      });
      return candidates;
    };
  }
};
function parseFormat(format) {
  if (format === "") return { error: "Expected a format such as %S" };
  const parts = [];
  let rest = format;
  while (rest !== "") {
    const item = /^(?:%(-?[1-9]\d{0,2})?([SH])|[\w.-]+)/.exec(rest);
    if (item === null) {
      return { error: `Expected %S, %H, letters, digits, "." or "-" at "${rest}" in "${format}"` };
    }
    const [text, count2, of] = item;
    parts.push(of === "S" || of === "H" ? { of, count: count2 === void 0 ? null : Number(count2) } : text);
    rest = rest.slice(text.length);
  }
  return parts;
}
function expand2(part, server, host) {
  if (typeof part === "string") return part;
  const name2 = part.of === "S" ? server : (host ?? "").replace(/:\d*$/, "");
  if (part.count === null) return name2;
  const labels = name2.split(".");
  return (part.count < 0 ? labels.slice(part.count) : labels.slice(0, part.count)).join(".");
}

// src/balance/candidacy/off.ts
var nobody = [];
var off = {
  name: "off",
  sharedObject: null,
  summary: "ends the pipeline: requests here are not balanced",
  argument: null,
  ours: false,
  effect: "stop",
  create() {
    return () => nobody;
  }
};
var backhandOff = { ...off, name: "backhand_off" };

// src/balance/candidacy/remove-self.ts
var removeSelf = {
  name: "removeSelf",
  sharedObject: null,
  summary: "takes this server out of the list",
  argument: null,
  ours: false,
  effect: "filter",
  create() {
    return (candidates) => candidates.filter((candidate) => !candidate.isSelf);
  }
};

// src/balance/candidacy/index.ts
var candidacyDefinitions = [
  addPrediction,
  addSelf,
  backhandOff,
  byAge,
  byBusyChildren,
  byCost,
  byCpu,
  byHealth,
  byHostname,
  byIdle,
  byInflight,
  byLatency,
  byLoad,
  byLogWindow,
  byRandom,
  bySession,
  byWeight,
  byWindow,
  httpRedirectToIp,
  httpRedirectToName,
  off,
  removeSelf
];
var byName2 = new Map(
  candidacyDefinitions.map((definition) => [definition.name, definition])
);

// src/lint/glued-function.ts
var PREFIX = "backhand";
var byLowerName = new Map(
  candidacyDefinitions.filter(({ sharedObject }) => sharedObject === null).map((definition) => [definition.name.toLowerCase(), definition])
);
function gluedFunction(directiveName) {
  const key = directiveName.toLowerCase();
  return key.startsWith(PREFIX) ? byLowerName.get(key.slice(PREFIX.length)) ?? null : null;
}

// src/lint/pipelines.ts
var functions2 = new Map(
  candidacyDefinitions.filter(({ sharedObject }) => sharedObject === null).map((one) => [one.name, one])
);
var fromSharedObjects = new Map(
  candidacyDefinitions.flatMap((one) => one.sharedObject === null ? [] : [[`${one.sharedObject} ${one.name}`, one]])
);
var cache = /* @__PURE__ */ new WeakMap();
function stepOf(directive) {
  if (directive.key === "backhand") {
    const [name2, argument] = directive.words;
    if (name2 === void 0) return null;
    const definition = functions2.get(name2.value) ?? null;
    return { directive, name: name2, argument: argument ?? null, sharedObject: null, definition };
  }
  if (directive.key === "backhandfromso") {
    const [file, name2, argument] = directive.words;
    if (file === void 0 || name2 === void 0) return null;
    const base = file.value.slice(file.value.lastIndexOf("/") + 1);
    const definition = fromSharedObjects.get(`${base} ${name2.value}`) ?? null;
    return { directive, name: name2, argument: argument ?? null, sharedObject: file, definition };
  }
  const glued = directive.unknown === void 0 ? null : gluedFunction(directive.name);
  if (glued !== null) {
    const { start, end } = nameOnly(directive.origin).span;
    const name2 = { start, end, value: glued.name, quote: "", terminated: true };
    return { directive, name: name2, argument: directive.words[0] ?? null, sharedObject: null, definition: glued };
  }
  return null;
}
function pipelinesOf(config) {
  const known4 = cache.get(config);
  if (known4 !== void 0) return known4;
  const found = [];
  const stack = [config.server];
  for (let section = stack.pop(); section !== void 0; section = stack.pop()) {
    const steps = section.children.flatMap((node) => node.kind === "directive" ? stepOf(node) ?? [] : []);
    const [first, ...rest] = steps;
    if (first !== void 0) found.push({ section, steps: [first, ...rest] });
    for (const node of section.children.toReversed()) if (node.kind === "section") stack.push(node);
  }
  cache.set(config, found);
  return found;
}

// src/lint/rules/backhand-no-age.ts
var backhandNoAge = defineRule({
  id: "backhand-no-age",
  summary: "Every choice drops servers that were not heard from",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const stops = steps.some(({ definition }) => definition?.effect === "stop");
        if (stops || steps.some(({ name: name2 }) => name2.value.toLowerCase() === "byage")) continue;
        const [first] = steps;
        const message = "Missing byAge: servers that stopped announcing themselves still get requests";
        report3({ ...wordOnly(first.directive, first.name), message, help: "put `Backhand byAge 6` first" });
      }
    }
  })
});

// src/lint/rules/backhand-no-sort-after-window.ts
var backhandNoSortAfterWindow = defineRule({
  id: "backhand-no-sort-after-window",
  summary: "A window is followed by a function that chooses among what it kept",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const at = steps.findLastIndex(({ definition }) => definition?.effect === "window");
        const window = steps[at];
        if (window === void 0) continue;
        const chooses = steps.slice(at + 1).some(({ definition, name: name2 }) => {
          const effect = definition?.effect;
          return effect === void 0 || effect === "sort" || effect === "shuffle" || name2.value === "bySession";
        });
        if (chooses) continue;
        const message = `Useless ${window.name.value}: nothing after it chooses among the servers that it keeps`;
        report3({ ...wordOnly(window.directive, window.name), message, help: "add `Backhand byLoad` after it" });
      }
    }
  })
});

// src/lint/wiki/known-names.ts
var tables2 = {};
function knownName(name2, isSection) {
  const kind = isSection ? "sections" : "directives";
  const table = tables2[kind] ??= new Map(
    dialects.flatMap((dialect) => directivesOf(dialect)).filter(({ section }) => section === isSection).map((spec) => [spec.name.toLowerCase(), spec]).reverse()
  );
  return table.get(name2.toLowerCase()) ?? null;
}

// src/lint/wiki/links.ts
var LINK = /!(?:[A-Z][a-z0-9]+){2,}\??|(?:[A-Z][a-z0-9]+){2,}\?/g;
function withoutMarks(name2) {
  const word = name2.replace(/^!/, "").replace(/\?$/, "");
  return word === name2 ? null : word;
}
function linksIn(text, start, end) {
  const LONGEST9 = 1e4;
  return [...text.slice(start, Math.min(end, start + LONGEST9)).matchAll(LINK)].map((match2) => {
    const at = start + match2.index;
    const [found] = match2;
    return { text: found, word: withoutMarks(found) ?? found, span: { start: at, end: at + found.length } };
  });
}
function unmark({ text, span }) {
  return [
    ...text.startsWith("!") ? [{ start: span.start, end: span.start + 1, text: "" }] : [],
    ...text.endsWith("?") ? [{ start: span.end - 1, end: span.end, text: "" }] : []
  ];
}

// src/lint/wiki/page.ts
var SENTENCE = 4;
function readsAsDirective(tree, line, spec) {
  const args = tree.text.slice(line.argsStart, Math.min(line.argsEnd, line.argsStart + 2e3));
  const words = args.split(/\s+/).filter((word) => word !== "");
  const most = Math.max(...spec.args.map(mostWords));
  return words.length <= most || words.length < SENTENCE || !/[.!?:,)]$/.test(args);
}
function mostWords(kind) {
  switch (kind) {
    case "NO_ARGS":
      return 0;
    case "TAKE1":
    case "FLAG":
      return 1;
    case "TAKE2":
    case "TAKE12":
      return 2;
    case "TAKE3":
    case "TAKE13":
    case "TAKE23":
    case "TAKE123":
      return 3;
    case "ITERATE":
    case "ITERATE2":
    case "RAW_ARGS":
    case "TAKE_ARGV":
      return SENTENCE;
    default:
      return kind;
  }
}
function endsWithBracket(tree, line) {
  return line.bracket >= 0 && tree.text.slice(line.bracket + 1, line.end).trim() === "";
}
function pageLine(tree, line, index) {
  switch (line.kind) {
    case "blank":
    case "comment":
    case "raw":
      return null;
    case "directive": {
      const unmarked = withoutMarks(line.name);
      const spec = knownName(unmarked ?? line.name, false);
      const isDirective = spec !== null && (unmarked !== null || readsAsDirective(tree, line, spec));
      return isDirective ? { kind: "directive", index, line, spec } : { kind: "text", index, line };
    }
    case "open": {
      const spec = knownName(withoutMarks(line.name) ?? line.name, true);
      return spec !== null && endsWithBracket(tree, line) ? { kind: "open", index, line, spec } : { kind: "text", index, line };
    }
    case "close":
      return endsWithBracket(tree, line) ? { kind: "close", index, line, name: withoutMarks(line.name) ?? line.name } : { kind: "text", index, line };
    default:
      return line;
  }
}
function isEvidence(line) {
  if (line.kind !== "directive" && line.kind !== "open") return false;
  const unmarked = withoutMarks(line.name);
  return unmarked !== null && knownName(unmarked, line.kind === "open") !== null;
}
function wikiPage(tree) {
  if (!tree.lines.some(isEvidence)) return null;
  return tree.lines.flatMap((line, index) => pageLine(tree, line, index) ?? []);
}
function fromWiki(config) {
  return config.readings.some(({ tree }) => tree.lines.some(isEvidence));
}

// src/lint/rules/backhand-no-stats.ts
var backhandNoStats = defineRule({
  id: "backhand-no-stats",
  summary: "Candidacy functions have servers to choose from",
  category: "backhand",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => {
    let heard = false;
    return {
      directive({ key }) {
        heard ||= ["multicaststats", "broadcaststats", "acceptstats", "backhandstatsbus"].includes(key);
      },
      end() {
        const balanced = pipelinesOf(config).find(
          ({ steps }) => !steps.some(({ definition }) => definition?.effect === "stop")
        );
        if (heard || balanced === void 0 || fromWiki(config)) return;
        const message = "Missing MulticastStats and AcceptStats: no other server is ever heard of";
        const help = "every request is served here until `MulticastStats address:port,ttl` and `AcceptStats network` are there";
        report3({ ...nameOnly(balanced.steps[0].directive.origin), message, help });
      }
    };
  }
});

// src/lint/rules/backhand-self-redirect.ts
var backhandSelfRedirect = defineRule({
  id: "backhand-self-redirect",
  summary: "BackhandSelfRedirect leads to another server than this one",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => {
    const redirects = [];
    const announces = [];
    return {
      directive(directive) {
        const isOn2 = directive.words[0]?.value.toLowerCase() === "on";
        if (directive.key === "backhandselfredirect" && isOn2) redirects.push(directive);
        if (announceTargetOf(directive) !== null) announces.push(directive);
      },
      end() {
        const own = announces.find((directive) => announceTargetOf(directive)?.contact === null);
        if (own === void 0) return;
        for (const directive of redirects) {
          report3({
            ...nameOnly(directive.origin),
            message: "Circular BackhandSelfRedirect: the address that this server advertises is its own",
            help: "name the other server in front: `MulticastStats address:port destination:port,ttl`",
            related: [{ origin: own.origin, message: "advertised here" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/backhand-shuffle-last.ts
var backhandShuffleLast = defineRule({
  id: "backhand-shuffle-last",
  summary: "A choice that is purely random is pointed out",
  category: "backhand",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        const last = steps.findLast(
          ({ definition }) => ["shuffle", "sort", "window"].includes(definition?.effect ?? "")
        );
        const known4 = steps.every(({ definition }) => definition !== null);
        if (!known4 || last?.name.value !== "byRandom" || steps.some(({ definition }) => definition?.effect === "sort")) {
          continue;
        }
        const message = "Random choice: no function after byRandom looks at the load";
        const help = "add `Backhand byLogWindow` and `Backhand byLoad` to prefer idle servers";
        report3({ ...wordOnly(last.directive, last.name), message, help });
      }
    }
  })
});

// src/lint/rules/backhand-sort-before-shuffle.ts
var backhandSortBeforeShuffle = defineRule({
  id: "backhand-sort-before-shuffle",
  summary: "No shuffle undoes a sort",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        let sorted = [];
        for (const step2 of steps) {
          const effect = step2.definition?.effect;
          if (effect === "sort") sorted.push(step2);
          if (effect === void 0 || effect === "window" || effect === "filter") {
            if (effect !== "filter" || step2.name.value === "bySession") sorted = [];
          }
          if (effect !== "shuffle") continue;
          for (const { directive, name: name2 } of sorted) {
            const message = `Lost sort: ${step2.name.value} shuffles the list again after ${name2.value}`;
            const related = [{ origin: step2.directive.origin, message: "shuffled here" }];
            report3({ ...wordOnly(directive, name2), message, related, help: `put \`${name2.value}\` after the shuffle` });
          }
          sorted = [];
        }
      }
    }
  })
});

// src/lint/rules/backhand-window-without-shuffle.ts
var backhandWindowWithoutShuffle = defineRule({
  id: "backhand-window-without-shuffle",
  summary: "byRandom stands before byLogWindow and byWindow",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { steps } of pipelinesOf(config)) {
        for (const { directive, name: name2, definition } of steps) {
          const effect = definition?.effect;
          if (effect === void 0 || effect === "shuffle" || effect === "sort") break;
          if (effect !== "window") continue;
          const message = `Unshuffled window: ${name2.value} keeps the same servers for every request`;
          report3({ ...wordOnly(directive, name2), message, help: "put `Backhand byRandom` on the line before" });
          break;
        }
      }
    }
  })
});

// src/lint/problem-rule.ts
function problemRule({
  fix,
  advice,
  help: usualHelp,
  severityOf: severityOf2,
  ignore,
  oncePerLine = false,
  shadows,
  fixable = "no",
  ...rule
}) {
  return defineRule({
    ...rule,
    fixable,
    dialects,
    ...shadows === void 0 ? {} : { shadows },
    create: ({ config, report: report3 }) => {
      const reported = /* @__PURE__ */ new Set();
      return {
        problem(problem) {
          if (problem.kind !== rule.id || ignore?.(problem, config) === true) return;
          if (oncePerLine) {
            const { source } = problem.origin.reading;
            const place = `${source.position(problem.span.start).line} ${source.path}`;
            if (reported.has(place)) return;
            reported.add(place);
          }
          const { origin, span, message, fatal, related } = problem;
          const help = advice?.(problem, config) ?? problem.help ?? usualHelp;
          const repair3 = origin.expandedFrom === void 0 ? fix?.(problem, config) ?? null : null;
          const expanded = origin.expandedFrom === void 0 ? [] : [{ origin: origin.expandedFrom, message: "expanded here" }];
          report3({
            reading: origin.reading,
            span,
            message,
            fatal,
            ...severityOf2 === void 0 ? {} : { severity: severityOf2(problem) },
            related: [...related ?? [], ...expanded],
            ...help === void 0 ? {} : { help },
            ...repair3 === null ? {} : { fix: repair3 }
          });
        }
      };
    }
  });
}

// src/lint/rules/bad-conditional.ts
function repair({ origin: { reading, line } }) {
  if (reading.tree.dialect !== "1.3" || line.kind !== "open" || line.bracket < 0 || line.continued) return null;
  const inner = /^("?)([!\w.-]+)\1([ \t]*)$/.exec(
    reading.source.text.slice(line.argsStart, Math.min(line.bracket, line.argsStart + 200))
  );
  const name2 = inner?.[2];
  if (name2 === void 0) return null;
  return { safe: true, edits: [{ start: line.argsStart, end: line.bracket, text: name2 }] };
}
var badConditional = problemRule({
  id: "bad-conditional",
  summary: "The argument of a conditional is one that httpd takes",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  shadows: ["argument-count"],
  fix: repair
});

// src/lint/rules/bad-define.ts
var badDefine = problemRule({
  id: "bad-define",
  summary: "Define and UnDefine are written as httpd takes them",
  category: "syntax",
  severity: "warning"
});

// src/lint/rules/bad-include.ts
var badInclude = problemRule({
  id: "bad-include",
  summary: "Include names what httpd can include",
  category: "semantics",
  severity: "warning"
});

// src/lint/rules/bad-macro.ts
var badMacro = problemRule({
  id: "bad-macro",
  summary: "Macros are defined and used with their arguments",
  category: "semantics",
  severity: "warning"
});

// src/lint/rules/broadcast-stats.ts
var broadcastStats = defineRule({
  id: "broadcast-stats",
  summary: "MulticastStats has replaced BroadcastStats",
  category: "backhand",
  severity: "warning",
  fixable: "safe",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "broadcaststats") return;
      const place = nameOnly(directive.origin);
      const { start, end } = place.span;
      report3({
        ...place,
        message: `Deprecated directive "${directive.name}"`,
        help: "`MulticastStats` takes the same arguments",
        ...fixAt(directive.origin, true, [{ start, end, text: "MulticastStats" }])
      });
    }
  })
});

// src/lint/rules/candidacy-argument.ts
var candidacyArgument = defineRule({
  id: "candidacy-argument",
  summary: "The argument of a candidacy function is one that it takes",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { directive, name: name2, argument, definition } of pipelinesOf(config).flatMap(({ steps }) => steps)) {
        if (definition === null) continue;
        if (definition.argument === null) {
          if (argument === null) continue;
          const message = `Unused argument ${quote(argument.value)}: ${definition.name} takes none`;
          report3({ ...wordOnly(directive, argument), message, severity: "warning" });
          continue;
        }
        const made = definition.create(argument?.value ?? null);
        if (typeof made === "function") continue;
        const help = `${definition.name} takes ${definition.argument.description}`;
        report3({ ...wordOnly(directive, argument ?? name2), message: made.error, help });
      }
    }
  })
});

// src/lint/folders.ts
import { posix } from "node:path";
var UNKNOWN = /@\w|\$\{|%\{/;
function absolutePath(text, { serverRoot }) {
  if (text === "" || UNKNOWN.test(text) || /^[|"]/.test(text)) return null;
  if (!text.startsWith("/") && (!serverRoot.startsWith("/") || /^\w:/.test(text))) return null;
  const path = posix.normalize(text.startsWith("/") ? text : `${serverRoot}/${text}`);
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}
function isInside2(path, folder) {
  return path === folder || folder === "/" || path.startsWith(`${folder}/`);
}
function pathIn(directive, index, config) {
  return absolutePath(directive.words[index]?.value ?? "", config);
}

// src/lint/rules/cgi-source-served.ts
var cgiSourceServed = defineRule({
  id: "cgi-source-served",
  summary: "The folder of a ScriptAlias has no other URL",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    directive(directive) {
      const [url, word] = directive.words;
      if (directive.key !== "scriptalias" || directive.spec === null || url === void 0 || word === void 0) return;
      const path = pathIn(directive, 1, config);
      const host = hostOf(directive);
      const root2 = lastOf(host, "documentroot") ?? lastOf(config.server, "documentroot");
      const folder = root2 === void 0 ? null : pathIn(root2, 0, config);
      if (path === null || root2 === void 0 || folder === null || !isInside2(path, folder) || path === folder) return;
      const other = path.slice(folder === "/" ? 0 : folder.length);
      const bare2 = (text) => text.replace(/\/+$/, "");
      if (directivesOf2(host, "scriptalias").some((one) => bare2(one.words[0]?.value ?? "") === bare2(other))) return;
      report3({
        ...wordOnly(directive, word),
        message: `Readable scripts: ${quote(word.value)} lies in DocumentRoot, and as ${quote(`${other}/`)} its files are sent as text`,
        help: "put the scripts outside of DocumentRoot",
        related: [{ origin: root2.origin, message: `DocumentRoot on ${placeOf2(root2.origin, directive.origin)}` }]
      });
    }
  })
});

// src/lint/rules/changed-directive.ts
function change({ key, words, name: name2 }) {
  const values = words.map(({ value }) => value.toLowerCase());
  switch (key) {
    case "order":
    case "allow":
    case "deny":
    case "satisfy":
      return {
        message: `${name2} needs mod_access_compat in httpd 2.4, and does not mix well with Require`,
        help: values.includes("all") ? `write \`Require all ${key === "deny" ? "denied" : "granted"}\`` : key === "allow" ? "write `Require ip`, `Require host` or `Require env`" : key === "order" ? "2.4 needs no order: Require lines say it all" : "write `<RequireAny>` or `<RequireAll>` around the Require lines"
      };
    case "maxclients":
      return { message: "MaxClients is called MaxRequestWorkers in httpd 2.4", help: "the old name still works" };
    case "maxrequestsperchild":
      return {
        message: "MaxRequestsPerChild is called MaxConnectionsPerChild in httpd 2.4",
        help: "the old name still works"
      };
    case "defaulttype":
      return values[0] === "none" ? null : {
        message: "DefaultType does nothing in httpd 2.4 but warn",
        help: "use AddType, ForceType or mod_mime_magic"
      };
    case "namevirtualhost":
      return { message: "NameVirtualHost does nothing in httpd 2.4 but warn", help: "take it out" };
    case "options":
      return values.some((one) => /^[+-]/.test(one)) && values.some((one) => !/^[+-]/.test(one)) ? { message: "Options with and without signs stop httpd 2.4", help: "give all of them a sign, or none" } : null;
    case "sslciphersuite":
    case "sslprotocol":
      return values.some((one) => /^\+?sslv2$/.test(one)) ? { message: "SSLv2 stops httpd 2.4", help: "write `SSLProtocol all -SSLv3`" } : null;
    default:
      return null;
  }
}
var changedDirective = defineRule({
  id: "changed-directive",
  summary: "Directives mean in httpd 2.4 what they mean here",
  category: "migration",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  onlyOnRequest: true,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.spec === null || firstWord(directive) === "") return;
      const found = change(directive);
      if (found !== null) report3({ ...nameOnly(directive.origin), ...found });
    }
  })
});

// src/lint/rules/conditional-before-module.ts
var conditionalBeforeModule = defineRule({
  id: "conditional-before-module",
  summary: "Modules and names are there before the conditionals that ask for them",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const makers = /* @__PURE__ */ new Map();
    return {
      directive(directive) {
        const [first] = directive.words;
        if (directive.spec === null || first === void 0) return;
        if (directive.key === "loadmodule" && !makers.has(first.value)) makers.set(first.value, directive);
        if (directive.key === "define") makers.set(`define ${first.value}`, directive);
      },
      end() {
        for (const { key, argument, value, decidedBy, origin } of config.conditionals) {
          const negated = argument.startsWith("!");
          if (value !== negated || decidedBy !== null) continue;
          const name2 = negated ? argument.slice(1) : argument;
          const identifier = findModule(config.dialect, name2)?.identifier ?? name2;
          const maker = makers.get(key === "ifdefine" ? `define ${name2}` : key === "ifmodule" ? identifier : "");
          if (maker === void 0) continue;
          if (negated && (key === "ifdefine" || maker.origin.line.start > origin.line.start)) {
            if (maker.origin.reading === origin.reading) continue;
          }
          const where = placeOf2(maker.origin, origin);
          report3({
            ...nameOnly(origin),
            message: negated ? `Misleading branch: ${quote(name2)} is ${key === "ifdefine" ? "defined" : "loaded"} only later, on ${where}` : `Dead branch: ${quote(name2)} is ${key === "ifdefine" ? "defined" : "loaded"} only later, on ${where}`,
            help: "move that line before the conditional",
            related: [{ origin: maker.origin, message: "too late here" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/contradictory-conditionals.ts
var CHANGES = /^(?:loadmodule|addmodule|clearmodulelist|define|undefine|include\w*|use)$/i;
var DEEPEST = 32;
var contradictoryConditionals = defineRule({
  id: "contradictory-conditionals",
  summary: "No conditional asks for the opposite of one around it",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    let open = [];
    const opened = (line, reading) => {
      if (line.kind !== "open" || !/^if(?:module|define)$/i.test(line.name)) return null;
      const key = line.name.toLowerCase();
      const argument = argsWords(reading.tree, line)[0]?.value ?? "";
      const negated = argument.startsWith("!");
      const name2 = negated ? argument.slice(1) : argument;
      const known4 = key === "ifmodule" ? findModule(config.dialect, name2)?.identifier ?? name2 : name2;
      return { key, name: name2 === "" || name2.includes("$") ? null : known4, negated, line };
    };
    return {
      reading() {
        open = [];
      },
      line(line, _index, reading) {
        if (line.kind === "directive" && open.length > 0 && CHANGES.test(line.name)) {
          open = open.map((one) => ({ ...one, name: null }));
        }
        if (line.kind === "close") {
          const at = open.findLastIndex(({ key }) => key === line.name.toLowerCase());
          if (at !== -1) open.splice(at, 1);
        }
        const inner = opened(line, reading);
        if (inner === null || line.kind !== "open" || open.length >= DEEPEST) return;
        const outer = open.find(
          ({ key, name: name2, negated }) => key === inner.key && name2 === inner.name && negated !== inner.negated
        );
        open.push(inner);
        if (outer === void 0 || inner.name === null) return;
        const text = reading.source.text.slice(line.argsStart, line.argsEnd);
        report3({
          reading,
          span: { start: line.nameStart, end: Math.max(line.nameEnd, line.argsEnd) },
          message: `Contradictory condition ${quote(text)}: line ${reading.source.position(outer.line.start).line}, around it, asks for the opposite`,
          help: "no httpd reads what is inside: take it out, or close the outer conditional before it",
          related: [{ origin: { reading, line: outer.line }, message: "the opposite" }]
        });
      }
    };
  }
});

// src/lint/mistyped-close.ts
var known2 = /* @__PURE__ */ new WeakMap();
function leftOpen({ kind, origin, related }) {
  if (kind !== "unclosed-section" && kind !== "crossed-sections") return null;
  const line = kind === "unclosed-section" ? origin.line : related?.[0]?.origin.line;
  return line?.kind === "open" ? line : null;
}
function eventsIn(config) {
  const events = config.problems.flatMap((problem) => {
    const { reading, line } = problem.origin;
    const open = leftOpen(problem);
    if (open !== null) return [{ kind: "open", reading, at: open.start, open, problem }];
    return problem.kind === "unmatched-close" && line.kind === "close" && line.bracket !== -1 ? [{ kind: "close", reading, at: line.start, line, problem }] : [];
  });
  const reported = new Set(events.map((event) => event.kind === "open" ? event.open : null));
  const accepted = config.readings.flatMap(
    (reading) => reading.tree.problems.flatMap(
      ({ kind, line: open }) => kind === "unclosed-section" && open.kind === "open" && !reported.has(open) ? [{ kind: "open", reading, at: open.start, open, problem: null }] : []
    )
  );
  return [...events, ...accepted].sort((a, b) => a.at - b.at);
}
function mistypedCloses(config) {
  const before = known2.get(config);
  if (before !== void 0) return before;
  const byClose = /* @__PURE__ */ new Map();
  const consequences = /* @__PURE__ */ new Set();
  const first = /* @__PURE__ */ new Map();
  const stacks = /* @__PURE__ */ new Map();
  for (const event of eventsIn(config)) {
    const { reading } = event;
    const stack = stacks.get(reading) ?? [];
    stacks.set(reading, stack);
    const top = stack.at(-1);
    if (event.kind === "open") {
      stack.push(event);
    } else if (top !== void 0 && // The opening tag must be right, and the closing one not that of another section.
    lookupDirective(config.dialect, top.open.name, true).length > 0 && lookupDirective(config.dialect, event.line.name, true).length === 0 && nearest(event.line.name, [top.open.name]) !== null) {
      stack.pop();
      byClose.set(event.problem, { close: event.problem, open: top.open });
      if (top.problem !== null) consequences.add(top.problem);
      if (!first.has(reading)) first.set(reading, event.line.start);
    }
  }
  const result = {
    byClose,
    consequences,
    isBehind: ({ reading, line }) => line.start > (first.get(reading) ?? Infinity)
  };
  known2.set(config, result);
  return result;
}
function isMisled(node, config) {
  return node.origin !== null && mistypedCloses(config).isBehind(node.origin);
}

// src/lint/rules/crossed-sections.ts
var crossedSections = problemRule({
  id: "crossed-sections",
  summary: "Sections are closed in the opposite order of their opening",
  category: "syntax",
  severity: "warning",
  ignore: (problem, config) => mistypedCloses(config).consequences.has(problem)
});

// src/lint/rules/dead-branch.ts
var reasons = /* @__PURE__ */ new Map([
  ["ifmodule", ["is not loaded", "is loaded"]],
  ["ifdefine", ["is not defined", "is defined"]]
]);
var deadBranch = defineRule({
  id: "dead-branch",
  summary: "Every conditional is true here",
  category: "semantics",
  severity: "info",
  fixable: "no",
  dialects,
  onlyOnRequest: true,
  create: ({ config, report: report3 }) => ({
    end() {
      for (const { key, argument, value, decidedBy, origin } of config.conditionals) {
        if (value) continue;
        const negated = argument.startsWith("!");
        const [missing, there] = reasons.get(key) ?? [null, null];
        const why = missing === null ? "this is false" : negated ? there : missing;
        const where = decidedBy === null ? "" : `, ${placeOf2(decidedBy, origin)}`;
        const what = missing === null ? argument : argument.replace(/^!/, "");
        report3({
          ...nameOnly(origin),
          message: `Dead branch: ${quote(what)}: ${why}${where}`,
          help: "nothing up to its end is read",
          ...decidedBy === null ? {} : { related: [{ origin: decidedBy, message: "decides it" }] }
        });
      }
    }
  })
});

// src/lint/conditional-lines.ts
var conditionalLines = /* @__PURE__ */ new WeakMap();
function linesInConditionals(reading) {
  const known4 = conditionalLines.get(reading);
  if (known4 !== void 0) return known4;
  const inside = /* @__PURE__ */ new Set();
  let depth = 0;
  for (const line of reading.tree.lines) {
    if (depth > 0) inside.add(line);
    if ((line.kind === "open" || line.kind === "close") && /^if(?:module|define|version|file)$/i.test(line.name)) {
      depth = Math.max(0, depth + (line.kind === "open" ? 1 : -1));
    }
  }
  conditionalLines.set(reading, inside);
  return inside;
}
function isPerhaps(node, { modules: modules3 }) {
  if (!modules3.assumed || node.origin === null) return false;
  return linesInConditionals(node.origin.reading).has(node.origin.line);
}

// src/lint/virtual-hosts.ts
function writtenAddress(word) {
  const text = word.value.toLowerCase();
  if (/^\d{1,5}$/.test(text)) return { host: "*", port: Number(text), word };
  const [, host = text, port2] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}|\*))?$/.exec(text) ?? [];
  const all2 = host === "" || host === "0.0.0.0" || host === "[::]";
  return { host: all2 ? "*" : host, port: port2 === void 0 || port2 === "*" ? null : Number(port2), word };
}
function nameIn(directive, word) {
  const name2 = word.value.toLowerCase().replace(/^[a-z]+:\/\//, "").replace(/:\d+$/, "").replace(/\.$/, "");
  return { name: name2, directive, word };
}
var known3 = /* @__PURE__ */ new WeakMap();
function virtualHosts(config) {
  const before = known3.get(config);
  if (before !== void 0) return before;
  const hosts2 = config.server.children.flatMap((node) => {
    if (node.kind !== "section" || node.key !== "virtualhost") return [];
    const serverName2 = lastOf(node, "servername");
    const [first] = serverName2?.words ?? [];
    return [
      {
        section: node,
        addresses: node.words.map(writtenAddress),
        names: [
          ...serverName2 === void 0 || first === void 0 ? [] : [nameIn(serverName2, first)],
          ...directivesOf2(node, "serveralias").flatMap((alias2) => alias2.words.map((word) => nameIn(alias2, word)))
        ]
      }
    ];
  });
  known3.set(config, hosts2);
  return hosts2;
}
function addressText({ host, port: port2 }) {
  return `${host}:${port2 ?? "*"}`;
}
function coversAddress(one, other) {
  return one.host === other.host && (one.port === null || other.port === null || one.port === other.port);
}

// src/lint/rules/default-host-overlap.ts
var defaultHostOverlap = defineRule({
  id: "default-host-overlap",
  summary: "No port has virtual hosts on * and on _default_",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ config, report: report3 }) => ({
    end() {
      const stars = /* @__PURE__ */ new Map();
      const hosts2 = virtualHosts(config).filter(({ section }) => !isPerhaps(section, config));
      for (const host of hosts2) {
        for (const { host: name2, port: port2 } of host.addresses) if (name2 === "*" && !stars.has(port2)) stars.set(port2, host);
      }
      for (const { section, addresses } of hosts2) {
        for (const { host: name2, port: port2, word } of addresses) {
          const star = stars.get(port2);
          if (name2 !== "_default_" || star === void 0 || star.section === section) continue;
          if (section.origin === null || star.section.origin === null) continue;
          report3({
            ...wordOnly(section, word),
            message: `Overlapping virtual hosts: ${quote(word.value)} and the host of ${placeOf2(star.section.origin, section.origin)} are for the same connections, and only one of them answers`,
            help: "write both with `*` and a NameVirtualHost, or give one an address of its own",
            related: [{ origin: star.section.origin, message: "the other one" }]
          });
        }
      }
    }
  })
});

// src/lint/rules/directive-before-module.ts
var directiveBeforeModule = defineRule({
  id: "directive-before-module",
  summary: "Modules are loaded before their directives",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  shadows: ["unknown-directive"],
  create: ({ config, report: report3 }) => {
    const early = [];
    const loads = /* @__PURE__ */ new Map();
    const take2 = (node) => {
      if (node.unknown?.reason === "inactive") early.push(node);
    };
    return {
      section: take2,
      directive(directive) {
        take2(directive);
        const [identifier] = directive.words;
        if (directive.key === "loadmodule" && identifier !== void 0) loads.set(identifier.value, directive);
      },
      end() {
        for (const node of early) {
          if (node.origin === null || node.unknown?.reason !== "inactive") continue;
          const identifiers = node.unknown.modules.map((name2) => findModule(config.dialect, name2)?.identifier ?? "");
          const load = identifiers.map((one) => loads.get(one)).find((one) => one !== void 0);
          if (load === void 0) continue;
          report3({
            ...nameOnly(node.origin),
            message: `Unknown directive ${quote(node.name)} here: its module is loaded only later, on ${placeOf2(load.origin, node.origin)}`,
            help: "move the LoadModule before it",
            fatal: true,
            related: [{ origin: load.origin, message: "too late here" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/directory-listing.ts
var OPTION = /^[+-]?(?:none|all|indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|runscripts|multiviews)$/i;
var directoryListing = defineRule({
  id: "directory-listing",
  summary: "Folders are listed only where that is wanted",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "options" || directive.spec === null) return;
      const word = directive.words.find(({ value }) => /^\+?(?:indexes|all)$/i.test(value));
      if (word === void 0 || !directive.words.every(({ value }) => OPTION.test(value))) return;
      const all2 = /all$/i.test(word.value);
      report3({
        ...wordOnly(directive, word),
        message: `Listed folders: ${all2 ? "All has Indexes in it, and" : "with Indexes"} a folder without index file shows its files`,
        help: all2 ? "name the options that are needed" : "take Indexes out where nobody needs the list"
      });
    }
  })
});

// src/lint/rules/duplicate-listen.ts
function socketOf({ words }) {
  const text = words[0]?.value.toLowerCase() ?? "";
  const [, address = "", port2] = /^(?:(.*):)?(\d{1,5})$/.exec(text) ?? [];
  if (port2 === void 0) return null;
  return `${address === "*" || address === "0.0.0.0" ? "" : address}:${Number(port2)}`;
}
var duplicateListen = defineRule({
  id: "duplicate-listen",
  summary: "No two Listen lines are for the same address and port",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const seen = /* @__PURE__ */ new Map();
    return {
      directive(directive) {
        const socket = directive.key === "listen" ? socketOf(directive) : null;
        if (socket === null) return;
        const first = seen.get(socket);
        if (first === void 0) {
          seen.set(socket, directive);
          return;
        }
        if (isPerhaps(first, config) || isPerhaps(directive, config)) return;
        const { reading, line } = first.origin;
        const at = reading.source.position(line.start).line;
        const place = reading === directive.origin.reading ? `line ${at}` : `line ${at} of ${reading.source.path}`;
        report3({
          ...wholeLine(directive.origin),
          message: `Duplicate Listen ${quote(directive.words[0]?.value ?? "")}, first on ${place}`,
          related: [{ origin: first.origin, message: "first here" }]
        });
      }
    };
  }
});

// src/lint/rules/file-path-in-location.ts
var filePathInLocation = defineRule({
  id: "file-path-in-location",
  summary: "A Location has the path of a URL, not of a folder",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    section(section) {
      const [word] = section.words;
      if (section.key !== "location" || word?.value.startsWith("/") !== true || word.value.length > 4096) return;
      const path = absolutePath(word.value, config);
      const host = hostOf(section);
      const root2 = lastOf(host, "documentroot") ?? lastOf(config.server, "documentroot");
      const folder = root2 === void 0 ? null : pathIn(root2, 0, config);
      if (root2 === void 0 || path === null || folder === null || !/^\/.+\//.test(folder)) return;
      if (!isInside2(path, folder)) return;
      const mapped = [...directivesOf2(host, "alias", "scriptalias", "proxypass")].some(
        (one) => word.value.startsWith(one.words[0]?.value ?? "\0")
      );
      if (mapped && directivesOf2(host, "proxypass").length === 0) return;
      report3({
        ...wordOnly(section, word),
        message: `Unreachable section: ${quote(word.value)} is a folder of DocumentRoot, and a Location is compared with URLs`,
        help: `write \`<Directory ${word.value}>\`, or the path of its URL, \`<Location ${path.slice(folder.length) || "/"}>\``,
        related: [{ origin: root2.origin, message: "the folder" }]
      });
    }
  })
});

// src/lint/rules/glued-directives.ts
var TAKES = /* @__PURE__ */ new Map([
  [
    "options",
    /^[+-]?(?:none|all|indexes|includes|includesnoexec|followsymlinks|symlinksifownermatch|execcgi|multiviews|runscripts)$/i
  ],
  ["allowoverride", /^(?:none|all|authconfig|fileinfo|indexes|limit|options|nonfatal)(?:=\S*)?$/i],
  ["order", /^(?:deny,allow|allow,deny|mutual-failure)$/i],
  ["satisfy", /^(?:all|any)$/i],
  ["sethandler", /^[\w.-]+$/]
]);
var TAKES_HOSTS = /* @__PURE__ */ new Set(["allow", "deny"]);
var namesOf = /* @__PURE__ */ new Map();
function namesIn2(dialect) {
  const known4 = namesOf.get(dialect);
  if (known4 !== void 0) return known4;
  const here = new Set(directivesOf(dialect).flatMap(({ name: name2, section }) => section ? [] : [name2.toLowerCase()]));
  const written = dialects.flatMap((one) => directivesOf(one).map(({ name: name2 }) => name2));
  const names = new Set(written.filter((name2) => /^[A-Z]/.test(name2) && here.has(name2.toLowerCase())));
  namesOf.set(dialect, names);
  return names;
}
function beginnings(directive, known4) {
  const found = [];
  let key = directive.key;
  let seen = 0;
  for (const word of directive.words) {
    const complete = seen > 0 && (!TAKES_HOSTS.has(key) || seen > 1);
    if (word.quote === "" && known4.has(word.value) && complete) {
      found.push(word);
      key = word.value.toLowerCase();
      seen = 0;
      continue;
    }
    const fits = TAKES_HOSTS.has(key) ? seen > 0 || word.value.toLowerCase() === "from" : TAKES.get(key)?.test(word.value);
    if (fits !== true) return [];
    seen++;
  }
  return seen > 0 ? found : [];
}
var gluedDirectives = defineRule({
  id: "glued-directives",
  summary: "Every directive has a line of its own",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  shadows: ["argument-count", "argument-value"],
  create: ({ config, report: report3 }) => ({
    directive(directive) {
      if (directive.words.length < 2 || !TAKES.has(directive.key) && !TAKES_HOSTS.has(directive.key)) return;
      const { line, reading } = directive.origin;
      const at = beginnings(directive, namesIn2(config.dialect));
      const [first] = at;
      if (first === void 0 || line.kind === "directive" && line.continued) return;
      const text = reading.source.text.slice(line.start, line.end);
      const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
      const edits = at.map((word) => {
        const blanks = /[ \t]*$/.exec(text.slice(0, word.start - line.start))?.[0].length ?? 0;
        return {
          start: word.start - blanks,
          end: word.start,
          text: `${text.endsWith("\r\n") ? "\r\n" : "\n"}${indent}`
        };
      });
      report3({
        ...wordOnly(directive, first),
        message: `Expected ${quote(first.value)} on a line of its own`,
        help: `httpd takes it for an argument of ${directive.name}`,
        fatal: true,
        ...fixAt(directive.origin, true, edits)
      });
    }
  })
});

// src/lint/rules/hostname-lookups.ts
var hostnameLookups = defineRule({
  id: "hostname-lookups",
  summary: "No name is looked up for each request",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "hostnamelookups" || !/^(?:on|double)$/i.test(firstWord(directive))) return;
      report3({
        ...wholeLine(directive.origin),
        message: "Slow requests: each client's name is asked of the DNS before it gets an answer",
        help: "write `HostnameLookups Off`; logresolve looks the names up later"
      });
    }
  })
});

// src/lint/rules/ht-files-open.ts
function isForHtFiles({ key, words }) {
  const text = words.map(({ value }) => value).join(" ");
  return /^(?:files|filesmatch|directorymatch|locationmatch|location)$/.test(key) && /\.\(*(?:ht|\*|\[h|\?!)/i.test(text);
}
var htFilesOpen = defineRule({
  id: "ht-files-open",
  summary: "Access files and password files cannot be fetched",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    let allows;
    let guarded = false;
    let root2 = false;
    return {
      section(section) {
        guarded ||= isForHtFiles(section) && restricts(section);
      },
      directive(directive) {
        if (directive.spec === null) return;
        const value = firstWord(directive).toLowerCase();
        if (directive.key === "documentroot") root2 = true;
        if (directive.key === "allowoverride" && value !== "none" && value !== "") allows ??= directive;
        if (directive.key === "redirectmatch" && directive.rawArgs.includes("\\.ht")) guarded = true;
      },
      end() {
        if (allows === void 0 || guarded || !root2 || config.server.children.length === 0) return;
        if (config.problems.some(({ kind }) => kind === "missing-include")) return;
        report3({
          ...wholeLine(allows.origin),
          message: "Readable access files: .htaccess is obeyed, and nothing keeps .ht files from being fetched",
          ...isMain(config.server) ? {} : { severity: "info" },
          help: config.dialect === "2.4" ? 'add `<Files ".ht*">` with `Require all denied`' : 'add `<Files ~ "^\\.ht">` with `Order allow,deny` and `Deny from all`'
        });
      }
    };
  }
});
function isMain({ children }) {
  return children.some(({ key }) => key === "listen" || key === "port" || key === "serverroot");
}

// src/lint/rules/include-cycle.ts
var includeCycle = problemRule({
  id: "include-cycle",
  summary: "No file includes itself",
  category: "semantics",
  severity: "error"
});

// src/lint/rules/keep-alive-off.ts
var keepAliveOff = defineRule({
  id: "keep-alive-off",
  summary: "Servers that announce themselves keep connections open",
  category: "performance",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => {
    let off2;
    let announces;
    let pools = true;
    return {
      directive(directive) {
        const { key } = directive;
        const value = directive.words[0]?.value.toLowerCase();
        if (key === "keepalive") off2 = value === "off" || value === "0" ? directive : void 0;
        if (key === "multicaststats" || key === "broadcaststats") announces ??= directive;
        if (key === "backhandconnectionpools") pools = value !== "off";
      },
      end() {
        if (off2 === void 0 || announces === void 0 || !pools) return;
        report3({
          ...nameOnly(off2.origin),
          message: "KeepAlive Off: each balanced request makes a new connection",
          help: "write `KeepAlive On`, or `BackhandConnectionPools Off` on the balancers",
          related: [{ origin: announces.origin, message: "announces itself here" }]
        });
      }
    };
  }
});

// src/lint/rules/limit-leaves-methods.ts
var limitLeavesMethods = defineRule({
  id: "limit-leaves-methods",
  summary: "Access is not restricted for GET and POST only",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const limited = /* @__PURE__ */ new Set();
    let covered = false;
    for (const directive of directivesOf2(section, "require", "deny")) {
      if (grantsAll(directive)) continue;
      if (directive.limit?.kind !== "Limit") covered = true;
      else if (directive.limit.methods.includes("GET")) limited.add(directive.limit);
    }
    if (covered) return;
    for (const { methods: methods2, origin } of limited) {
      report3({
        ...nameOnly(origin),
        message: `Open methods: only ${methods2.join(", ").slice(0, 100)} ${methods2.length === 1 ? "is" : "are"} restricted, all others are for everybody`,
        help: "take out the <Limit> tags, and the rules hold for every method"
      });
    }
  })
});

// src/lint/rules/line-end-comment.ts
var MEANT = /^#(?:[0-9a-f]{3,8}|[\w-]*[=;/].*)$/i;
function commentIn(directive) {
  const at = directive.words.findIndex(
    ({ quote: quote2, value: value2 }) => quote2 === "" && value2.startsWith("#") && !MEANT.test(value2)
  );
  const value = directive.words[at]?.value ?? "";
  const isLast = at === directive.words.length - 1;
  const bare2 = /^#+$/.test(value);
  return !bare2 && isLast && argumentProblem(directive) === null ? -1 : at;
}
function move(directive, index) {
  const { line, reading } = directive.origin;
  const comment = directive.words[index];
  if (line.kind !== "directive" || line.continued || comment === void 0) return null;
  const text = reading.source.text.slice(line.start, line.end);
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const from = directive.words[index - 1]?.end ?? line.nameEnd;
  const moved = reading.source.text.slice(comment.start, line.argsEnd);
  return [
    { start: line.start, end: line.start, text: `${indent}${moved}${text.endsWith("\r\n") ? "\r\n" : "\n"}` },
    { start: from, end: line.argsEnd, text: "" }
  ];
}
var lineEndComment = defineRule({
  id: "line-end-comment",
  summary: "No comment follows a directive on its line",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  dialects,
  shadows: ["argument-count", "argument-value"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const index = commentIn(directive);
      const word = directive.words[index];
      if (word === void 0 || directive.spec === null) return;
      const edits = move(directive, index);
      const place = wordOnly(directive, word);
      const end = "argsEnd" in directive.origin.line ? directive.origin.line.argsEnd : word.end;
      report3({
        ...place,
        span: { start: word.start, end: Math.max(word.end, end) },
        message: `Comment behind ${directive.name}: httpd takes it for arguments`,
        help: "put it on a line of its own",
        fatal: argumentProblem(directive) !== null || valueProblem(directive) !== null,
        ...edits === null ? {} : fixAt(directive.origin, true, edits)
      });
    }
  })
});

// src/lint/rules/location-guards-file.ts
var MOST_PAIRS = 1e5;
var bare = (text) => text.replace(/\/+$/, "");
var locationGuardsFile = defineRule({
  id: "location-guards-file",
  summary: "What a Location guards has no other URL",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const guards = [];
    return {
      section(section) {
        const path = section.words[0]?.value ?? "";
        if (section.key === "location" && /^\/[^*?[~]+$/.test(path) && restricts(section)) guards.push(section);
      },
      end() {
        let pairs = 0;
        const isGuarded = (url, host) => guards.some((one) => hostOf(one) === host && isInside2(url, bare(one.words[0]?.value ?? "") || "/"));
        for (const section of guards) {
          const [word] = section.words;
          const url = bare(word?.value ?? "");
          const host = hostOf(section);
          const mappings = directivesOf2(host, "alias", "documentroot");
          pairs += mappings.length * guards.length;
          if (pairs > MOST_PAIRS) return;
          const urlOf = (one) => one.key === "documentroot" ? "" : bare(one.words[0]?.value ?? "");
          const folderOf = (one) => pathIn(one, one.key === "documentroot" ? 0 : 1, config);
          const own = mappings.find((one) => one.key === "alias" && isInside2(url, urlOf(one)));
          const ownFolder = own === void 0 ? null : folderOf(own);
          if (own === void 0 || ownFolder === null) continue;
          const folder = `${ownFolder}${url.slice(urlOf(own).length)}`;
          const other = mappings.find((one) => {
            const target2 = folderOf(one);
            if (one === own || target2 === null || !isInside2(folder, target2)) return false;
            return !isGuarded(`${urlOf(one)}${folder.slice(target2 === "/" ? 0 : target2.length)}`, host);
          });
          const target = other === void 0 ? null : folderOf(other);
          if (other === void 0 || target === null) continue;
          const second = `${urlOf(other)}${folder.slice(target === "/" ? 0 : target.length)}` || "/";
          report3({
            ...wordOnly(section, word),
            message: `Guard with a gap: ${quote(folder)} is ${quote(second)} too, by ${other.name} on ${placeOf2(other.origin, section.origin ?? other.origin)}`,
            help: `guard the folder: \`<Directory ${folder}>\``,
            related: [{ origin: other.origin, message: "the other way" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/location-slash-gap.ts
var ANSWERS = /* @__PURE__ */ new Set(["proxypass", "scriptalias", "wsgiscriptalias", "jkmount"]);
var locationSlashGap = defineRule({
  id: "location-slash-gap",
  summary: "A guarded Location covers its path without the last slash",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const guards = [];
    const guarded = /* @__PURE__ */ new Set();
    const answers = /* @__PURE__ */ new Map();
    const numbers = /* @__PURE__ */ new Map();
    const keyOf2 = (host, path) => {
      const number2 = numbers.get(host) ?? numbers.size;
      numbers.set(host, number2);
      return `${number2} ${path}`;
    };
    return {
      directive(directive) {
        const { key, parent, words } = directive;
        if (directive.spec === null && key !== "jkmount" && key !== "wsgiscriptalias") return;
        const inLocation = parent.key === "location";
        const path = inLocation ? firstWord(parent) : firstWord(directive);
        const target = inLocation ? firstWord(directive) : words[1]?.value ?? "";
        const runs = key === "sethandler" ? inLocation && !/^(?:none|default-handler)$/i.test(target) : ANSWERS.has(key);
        if (!runs || target === "!" || !path.startsWith("/") || path.endsWith("/")) return;
        const id = keyOf2(hostOf(directive), path);
        if (!answers.has(id)) answers.set(id, directive);
      },
      section(section) {
        if (section.key !== "location" || !restricts(section)) return;
        const path = firstWord(section);
        guarded.add(keyOf2(hostOf(section), path));
        if (/^\/[^*?[]+\/$/.test(path)) guards.push(section);
      },
      end() {
        for (const section of guards) {
          const host = hostOf(section);
          const path = firstWord(section).slice(0, -1);
          const answer = answers.get(keyOf2(host, path)) ?? answers.get(keyOf2(config.server, path));
          const isCovered = [host, config.server].some((one) => {
            for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/")))
              if (guarded.has(keyOf2(one, at))) return true;
            return guarded.has(keyOf2(one, "/"));
          });
          if (answer === void 0 || isCovered || section.origin === null) continue;
          report3({
            ...wordOnly(section, section.words[0]),
            message: `Unguarded ${quote(path)}: it is not below ${quote(`${path}/`)}, and ${answer.name} answers it, ${placeOf2(answer.origin, section.origin)}`,
            help: `write \`<Location ${path}>\``,
            related: [{ origin: answer.origin, message: "answers it" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/location-wildcard.ts
var locationWildcard = defineRule({
  id: "location-wildcard",
  summary: "A star at the end of a Location is not taken for everything below",
  category: "semantics",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    section(section) {
      const [path] = section.words;
      if (section.key !== "location" || path === void 0 || !/[^*\\]\*$/.test(path.value)) return;
      report3({
        ...wordOnly(section, path),
        message: `Shallow section: the star of ${quote(path.value)} matches no slash, so what lies deeper is not in it`,
        // Who writes a rule of access that way leaves the deeper places open.
        ...restricts(section) ? { severity: "warning" } : {},
        help: path.value.endsWith("/*") ? `write \`<Location ${path.value.slice(0, -1)}>\` for everything below` : `write \`<LocationMatch "^${path.value.slice(0, -1).replace(/[.+]/g, "\\$&")}">\` for everything that begins so`
      });
    }
  })
});

// src/lint/rules/long-timeout.ts
var LIMITS = /* @__PURE__ */ new Map([
  ["timeout", 600],
  ["keepalivetimeout", 60]
]);
var longTimeout = defineRule({
  id: "long-timeout",
  summary: "Connections that do nothing are given up in time",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const limit2 = LIMITS.get(directive.key);
      const value = firstWord(directive);
      if (limit2 === void 0 || directive.spec === null || !/^\d{1,9}$/.test(value) || Number(value) <= limit2) return;
      report3({
        ...wholeLine(directive.origin),
        message: `Long ${directive.name}: a client that does nothing holds a worker for ${Number(value)} seconds`,
        help: directive.key === "timeout" ? "60 seconds are httpd's default today" : "5 to 15 seconds are enough"
      });
    }
  })
});

// src/lint/rules/lost-line.ts
var lostLine2 = problemRule({
  id: "lost-line",
  summary: "No line gets lost at the end of the file",
  category: "syntax",
  severity: "warning"
});

// src/lint/rules/malformed-tag.ts
var LONGEST3 = 1e3;
function repair2({ origin: { reading, line } }) {
  if (line.end - line.start > LONGEST3 || "continued" in line && line.continued) return null;
  const text = reading.source.text.slice(line.start, line.end);
  const edit = (start, end2, replacement) => ({
    safe: true,
    edits: [{ start: line.start + start, end: line.start + end2, text: replacement }]
  });
  const [content = "", indent = ""] = /^([ \t]*)[^\r\n]*/.exec(text) ?? [];
  const end = content.trimEnd().length;
  const [, before = "", first = "", slash = "", second = ""] = /^([ \t]*<)([ \t]*)(\/?)([ \t]*)(?=\w)/.exec(content) ?? [];
  if (first + second !== "") return edit(before.length, (before + first + slash + second).length, slash);
  const beforeBracket = /^[ \t]*<\/\w+([ \t]+)>/.exec(content);
  if (beforeBracket !== null)
    return edit(beforeBracket[0].length - 1 - (beforeBracket[1] ?? "").length, beforeBracket[0].length - 1, "");
  if (!content.includes(">")) return edit(end, end, ">");
  const comment = /^[ \t]*<\/\w+>([ \t]*)#/.exec(content);
  if (comment !== null) {
    const at = comment[0].length - 1;
    return edit(at - (comment[1] ?? "").length, at, `${text.includes("\r") ? "\r\n" : "\n"}${indent}`);
  }
  return null;
}
var malformedTag = problemRule({
  id: "malformed-tag",
  summary: "Tags are written as httpd reads them",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  shadows: ["unknown-directive", "unclosed-section"],
  fix: repair2
});

// src/lint/rules/misplaced-section.ts
var misplacedSection = problemRule({
  id: "misplaced-section",
  summary: "Sections stand where httpd takes them",
  category: "semantics",
  severity: "warning",
  // Where a mistyped closing tag stands above, the section is in place once that is repaired.
  ignore: ({ origin }, config) => mistypedCloses(config).isBehind(origin)
});

// src/lint/rules/missing-file.ts
import { posix as posix2 } from "node:path";
var NAMED = /* @__PURE__ */ new Map([
  ["documentroot", { what: "folder", kind: "directory" }],
  ["sslcertificatefile", { what: "certificate", kind: "file" }],
  ["sslcertificatekeyfile", { what: "key", kind: "file" }],
  ["sslcertificatechainfile", { what: "certificate", kind: "file" }],
  ["sslcacertificatefile", { what: "certificate", kind: "file" }],
  ["authuserfile", { what: "password file", kind: "file" }],
  ["authgroupfile", { what: "group file", kind: "file" }]
]);
var MOST_LOOKS = 5e3;
var missingFile = defineRule({
  id: "missing-file",
  summary: "Certificates, password files and document roots are there",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, files: files2, report: report3 }) => {
    let looks = 0;
    return {
      directive(directive) {
        const named = NAMED.get(directive.key);
        const [word] = directive.words;
        if (files2 === null || named === void 0 || directive.spec === null || word === void 0) return;
        const path = absolutePath(word.value, config);
        if (path === null || path.includes("\0") || looks >= MOST_LOOKS) return;
        const folder = posix2.dirname(path);
        if (folder.split("/").length < 3) return;
        looks += 2;
        if (files2.kindOf(folder) !== "directory") return;
        const kind = files2.kindOf(path);
        if (kind === named.kind || kind === "other") return;
        report3({
          ...wordOnly(directive, word),
          message: kind === null ? `Missing ${named.what}: ${quote(path)} is not there, though its folder is` : `Expected a ${named.kind === "file" ? "file" : "folder"}: ${quote(path)} is a ${kind === "file" ? "file" : "folder"}`,
          help: "correct the path, or lint on the machine that has it"
        });
      }
    };
  }
});

// src/lint/rules/missing-include.ts
var MARKER2 = /@\w+@/;
var missingInclude = problemRule({
  id: "missing-include",
  summary: "Included files exist",
  category: "semantics",
  severity: "warning",
  ignore: ({ message }) => MARKER2.test(message),
  help: "with --server-root, files are looked for in the copy of another machine's server root"
});

// src/lint/rules/mixed-access-control.ts
var HOST_PROVIDERS = /* @__PURE__ */ new Set(["all", "ip", "host", "forward-dns", "local", "env", "expr"]);
var mixedAccessControl = defineRule({
  id: "mixed-access-control",
  summary: "A section says who may come with Require or with Order, Allow and Deny, not with both",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects: ["2.4"],
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const require3 = directivesOf2(section, "require").find(({ words }) => {
      const [first, second] = words;
      return HOST_PROVIDERS.has((first?.value === "not" ? second : first)?.value.toLowerCase() ?? "");
    });
    const old2 = directivesOf2(section, "order", "allow", "deny")[0];
    if (require3 === void 0 || old2 === void 0 || isPerhaps(require3, config) || isPerhaps(old2, config)) return;
    report3({
      ...nameOnly(old2.origin),
      message: `Mixed access control: ${old2.name} here and Require on ${placeOf2(require3.origin, old2.origin)} must both let a request pass`,
      help: "say all of it with Require: `Require all granted`, `Require ip 10.0.0.0/8`",
      related: [{ origin: require3.origin, message: "the newer way" }]
    });
  })
});

// src/lint/rules/module-list.ts
var moduleList = problemRule({
  id: "module-list",
  summary: "LoadModule, AddModule and ClearModuleList fit together",
  category: "semantics",
  severity: "info"
});

// src/lint/rules/name-virtual-host-missing.ts
var nameVirtualHostMissing = defineRule({
  id: "name-virtual-host-missing",
  summary: "Virtual hosts that share an address have a NameVirtualHost",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ config, report: report3 }) => ({
    end() {
      const named = directivesOf2(config.server, "namevirtualhost").flatMap(({ words }) => words.map(writtenAddress));
      const first = /* @__PURE__ */ new Map();
      for (const host of virtualHosts(config)) {
        const { section, addresses } = host;
        if (section.origin === null || isPerhaps(section, config)) continue;
        for (const address of addresses) {
          const text = addressText(address);
          const before = first.get(text);
          if (before === void 0) first.set(text, host);
          if (before === void 0 || before === host || before.section.origin === null) continue;
          if (named.some((one) => coversAddress(one, address))) continue;
          report3({
            ...nameOnly(section.origin),
            message: `Unreachable virtual host: ${placeOf2(before.section.origin, section.origin)} has the address ${address.word.value} too, and there is no NameVirtualHost`,
            // In a piece of a configuration, the file that includes it may have the line.
            ...isWholeServer(config) ? {} : { severity: "info" },
            help: `write \`NameVirtualHost ${address.word.value}\` before them`,
            related: [{ origin: before.section.origin, message: "answers for all names" }]
          });
          break;
        }
      }
    }
  })
});

// src/lint/rules/name-virtual-host-unused.ts
var nameVirtualHostUnused = defineRule({
  id: "name-virtual-host-unused",
  summary: "Each NameVirtualHost has its virtual hosts",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    end() {
      const hosts2 = virtualHosts(config);
      for (const directive of directivesOf2(config.server, "namevirtualhost")) {
        const [word] = directive.words;
        if (word === void 0) continue;
        if (config.dialect === "2.4") {
          const message = "Useless NameVirtualHost: httpd 2.4 shares every address by name, and only warns of it";
          report3({ ...wholeLine(directive.origin), message, severity: "info", help: "take it out" });
          continue;
        }
        const address = writtenAddress(word);
        if (hosts2.some(({ addresses }) => addresses.some((one) => coversAddress(one, address)))) continue;
        report3({
          ...wholeLine(directive.origin),
          message: `Unused NameVirtualHost ${quote(firstWord(directive))}: no virtual host has this address`,
          // A piece of a configuration, or one that waits for its first host.
          ...hosts2.length === 0 ? { severity: "info" } : {},
          help: "write the same text, port included, into <VirtualHost>"
        });
      }
    }
  })
});

// src/lint/rules/open-proxy.ts
function isForAllProxied({ key, words }) {
  const path = words[0]?.value.toLowerCase() ?? "";
  if (key === "proxy") return path === "*" || path.startsWith("http:*") || path === "http://*";
  if (key === "proxymatch") return true;
  if (key === "directory") return path.startsWith("proxy:");
  return key === "location" && (path === "/" || path === "*") || key === "locationmatch" && path !== "";
}
var openProxy = defineRule({
  id: "open-proxy",
  summary: "A forward proxy is not for everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const proxies = [];
    const guarded = /* @__PURE__ */ new Set();
    return {
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
          report3({
            ...wholeLine(directive.origin),
            message: "Open proxy: anybody may fetch any URL through this server",
            help: config.dialect === "2.4" ? "add `<Proxy *>` with `Require ip` your network; ProxyPass needs no ProxyRequests" : "let only your network into the proxy; ProxyPass needs no ProxyRequests"
          });
        }
      }
    };
  }
});

// src/lint/rules/options-mixed-signs.ts
var optionsMixedSigns = defineRule({
  id: "options-mixed-signs",
  summary: "Options have signs all or none",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "options") return;
      const isSigned = (text) => /^[+-]/.test(text);
      const [first] = directive.words;
      const odd = directive.words.find(({ value }) => isSigned(value) !== isSigned(first?.value ?? ""));
      if (odd === void 0) return;
      report3({
        ...wordOnly(directive, odd),
        message: `Mixed Options: ${quote(odd.value)} ${isSigned(odd.value) ? "has a sign" : "has no sign"} and the name before it ${isSigned(odd.value) ? "has none" : "has one"}`,
        help: "a name without a sign replaces what is inherited, one with a sign changes it; httpd 2.4 refuses both together"
      });
    }
  })
});

// src/lint/rules/overlong-line.ts
var overlongLine = problemRule({
  id: "overlong-line",
  summary: "No line is longer than httpd reads",
  category: "syntax",
  severity: "warning",
  oncePerLine: true,
  shadows: [
    "unknown-directive",
    "argument-count",
    "argument-value",
    "wrong-context",
    "unterminated-quote",
    "line-end-comment",
    "malformed-tag"
  ]
});

// src/lint/rules/overridden-directive.ts
var SINGLE = new Set(
  "accessfilename allowoverride authname authtype documentroot errorlog group hostnamelookups keepalive keepalivetimeout maxclients maxkeepaliverequests maxrequestworkers maxspareservers minspareservers order pidfile port rewriteengine satisfy serveradmin servername serverroot serversignature servertokens sethandler sslengine startservers timeout traceenable usecanonicalname user".split(" ")
);
var sameLimit = (a, b) => a.limit?.origin.line === b.limit?.origin.line;
var overriddenDirective = defineRule({
  id: "overridden-directive",
  summary: "A directive with one value is set once in a section",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const seen = /* @__PURE__ */ new Map();
    for (const node of section.children) {
      if (node.kind !== "directive" || node.spec === null || !SINGLE.has(node.key)) continue;
      const before = seen.get(node.key);
      seen.set(node.key, node);
      if (before === void 0 || before.origin.reading !== node.origin.reading || !sameLimit(before, node)) continue;
      if (isPerhaps(before, config) || isPerhaps(node, config)) continue;
      const same = before.rawArgs.toLowerCase() === node.rawArgs.toLowerCase();
      report3({
        ...nameOnly(before.origin),
        message: `Overridden ${node.name}: ${placeOf2(node.origin, before.origin)} sets it again`,
        ...same ? { severity: "info" } : {},
        help: same ? "both say the same: one is enough" : "the last one counts; take out the other",
        related: [{ origin: node.origin, message: "set again here" }]
      });
    }
  })
});

// src/lint/rules/override-everywhere.ts
var overrideEverywhere = defineRule({
  id: "override-everywhere",
  summary: "Access files are not looked for in the whole file system",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const { parent } = directive;
      if (directive.key !== "allowoverride" || parent.key !== "directory" || parent.words[0]?.value !== "/") return;
      if (directive.words.length === 0 || /^none$/i.test(directive.words[0]?.value ?? "")) return;
      report3({
        ...wholeLine(directive.origin),
        message: "Access files everywhere: each request looks for .htaccess in every folder from / on, and obeys it",
        help: "write `AllowOverride None` for /, and allow it for the folders that need it"
      });
    }
  })
});

// src/lint/rules/password-file-served.ts
var SECRETS = /* @__PURE__ */ new Set([
  "authuserfile",
  "authgroupfile",
  "authdbmuserfile",
  "authdbmgroupfile",
  "authdigestfile",
  "sslcertificatekeyfile"
]);
var LONGEST4 = 4096;
function foldersAround(path) {
  const found = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at));
  return [...found, "/"];
}
var passwordFileServed = defineRule({
  id: "password-file-served",
  summary: "Password files and keys lie where no URL leads",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const folders = /* @__PURE__ */ new Map();
    const files2 = [];
    return {
      directive(directive) {
        if (directive.spec === null) return;
        if (SECRETS.has(directive.key)) files2.push(directive);
        const at = directive.key === "documentroot" ? 0 : directive.key === "alias" ? 1 : -1;
        const folder = at === -1 ? null : pathIn(directive, at, config);
        if (folder !== null && !folders.has(folder)) folders.set(folder, directive);
      },
      end() {
        for (const file of files2) {
          const [word] = file.words;
          const path = pathIn(file, 0, config);
          if (word === void 0 || path === null || path.length > LONGEST4 || /\/\.ht[^/]*$/.test(path)) continue;
          const folder = foldersAround(path).map((each) => folders.get(each)).find((each) => each !== void 0);
          if (folder === void 0) continue;
          report3({
            ...wordOnly(file, word),
            message: `Served secret: ${quote(word.value)} lies in the folder of ${folder.name} on ${placeOf2(folder.origin, file.origin)}`,
            help: "move it out of every folder that is served",
            related: [{ origin: folder.origin, message: "served here" }]
          });
        }
      }
    };
  }
});

// src/lint/rules/redirect-loop.ts
function schemeOf(host) {
  const engine = firstWord(lastOf(host, "sslengine")).toLowerCase();
  if (engine === "on") return "https";
  const ports = host.words.map((word) => writtenAddress(word).port);
  if (ports.length === 0 || ports.some((port2) => port2 !== ports[0])) return null;
  return ports[0] === 443 ? "https" : ports[0] === 80 ? "http" : null;
}
var redirectLoop = defineRule({
  id: "redirect-loop",
  summary: "No Redirect leads to what it redirects",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (!/^redirect(?:permanent|temp)?$/.test(directive.key) || directive.spec === null) return;
      const at = firstWord(directive).startsWith("/") ? 0 : 1;
      const from = directive.words[at];
      const to = directive.words[at + 1];
      if (from?.value.startsWith("/") !== true || to === void 0) return;
      if (to.value.startsWith("/") && argumentProblem(directive) === null && valueProblem(directive) === null) {
        const below = from.value.endsWith("/") || to.value === from.value ? from.value : `${from.value}/`;
        if (!to.value.startsWith(below)) return;
        report3({
          ...wordOnly(directive, to),
          message: `Endless redirect: ${quote(from.value)} fits its own target ${quote(to.value)} again`,
          help: "redirect to a path that does not begin with this one, or with a RedirectMatch that does not fit its own target"
        });
        return;
      }
      if (directive.parent.key !== "virtualhost") return;
      const [, scheme = "", name2 = "", path = "/"] = /^(https?):\/\/([^/:]+)(?::\d+)?(\/.*)?$/i.exec(to.value) ?? [];
      const host = hostOf(directive);
      const prefix = from.value.endsWith("/") || path === from.value ? from.value : `${from.value}/`;
      if (name2 === "" || scheme.toLowerCase() !== schemeOf(host) || !path.startsWith(prefix)) return;
      const names = directivesOf2(host, "servername", "serveralias").flatMap(({ words }) => words);
      if (!names.some(({ value }) => value.toLowerCase() === name2.toLowerCase())) return;
      report3({
        ...wordOnly(directive, to),
        message: `Endless redirect: ${quote(to.value)} is this virtual host, and ${quote(from.value)} fits it again`,
        help: "redirect from another virtual host, or with a RedirectMatch that does not fit its own target"
      });
    }
  })
});

// src/lint/rules/relative-directory-section.ts
var CAN_MATCH = /^(?:[/\\*?[@%]|\$\{|\w+:)/;
var relativeDirectorySection = defineRule({
  id: "relative-directory-section",
  summary: "The path of a Directory section is absolute",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  create: ({ report: report3 }) => ({
    section(section) {
      const [path] = section.words;
      if (section.key !== "directory" || path === void 0 || path.value === "" || path.value === "~") return;
      if (CAN_MATCH.test(path.value)) return;
      report3({
        ...wordOnly(section, path),
        message: `Unreachable section: no file name matches the relative path ${quote(path.value)}`,
        help: "write the whole path; ServerRoot is not put before it"
      });
    }
  })
});

// src/lint/rules/removed-directive.ts
var INSTEAD = /* @__PURE__ */ new Map([
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
  ["sslmutex", "Mutex"]
]);
var removedDirective = defineRule({
  id: "removed-directive",
  summary: "Directives are ones that httpd 2.4 still has",
  category: "migration",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2"],
  onlyOnRequest: true,
  create: ({ report: report3 }) => {
    const check = (node) => {
      const isSection = node.kind === "section";
      if (node.origin === null || node.spec === null) return;
      if (lookupDirective("2.4", node.name, isSection).length > 0 && !INSTEAD.has(node.key)) return;
      if (node.spec.module.startsWith("mod_backhand")) return;
      const instead = INSTEAD.get(node.key);
      const help = instead === void 0 ? `its module, ${node.spec.module}, did not come along` : instead === "" ? "take it out: 2.4 needs nothing instead" : `use ${instead}`;
      report3({ ...nameOnly(node.origin), message: `Removed in httpd 2.4: ${quote(node.name)}`, help });
    };
    return { directive: check, section: check };
  }
});

// src/lint/rules/rewrite-without-engine.ts
function isOn(section) {
  return firstWord(lastOf(section, "rewriteengine")).toLowerCase() === "on";
}
var rewriteWithoutEngine = defineRule({
  id: "rewrite-without-engine",
  summary: "Rewrite rules stand where RewriteEngine is on",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const first = /* @__PURE__ */ new Map();
    let anywhere2 = false;
    return {
      directive(directive) {
        if (directive.spec === null) return;
        if (directive.key === "rewriteengine") anywhere2 ||= firstWord(directive).toLowerCase() === "on";
        if (directive.key === "rewriterule" && !first.has(directive.parent)) first.set(directive.parent, directive);
      },
      end() {
        for (const [section, directive] of first) {
          const isHost = section.key === "virtualhost";
          if (isOn(section) || isHost && config.dialect === "2.4" && isOn(config.server)) continue;
          const isOff = directivesOf2(section, "rewriteengine").length > 0;
          if (!isHost && !isOff && (anywhere2 || !isWholeServer(config))) continue;
          report3({
            ...nameOnly(directive.origin),
            message: isOff ? "Idle RewriteRule: RewriteEngine is off here" : "Idle RewriteRule: no RewriteEngine On here",
            help: isHost && isOn(config.server) ? "the main server's RewriteEngine does not count in virtual hosts: add `RewriteEngine On`" : "add `RewriteEngine On` to the same section"
          });
        }
      }
    };
  }
});

// src/lint/rules/root-directory-open.ts
var rootDirectoryOpen = defineRule({
  id: "root-directory-open",
  summary: "The root of the file system is not open to everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const roots = [];
    const help = config.dialect === "2.4" ? "write `Require all denied` for / and `Require all granted` for the folders that are served" : "write `Deny from all` for / and `Allow from all` for the folders that are served";
    return {
      section(section) {
        if (section.key !== "directory" || section.words[0]?.value !== "/") return;
        roots.push(section);
        const grant = accessDirectives(section).find(grantsAll);
        if (grant === void 0 || restricts(section)) return;
        report3({
          ...wholeLine(grant.origin),
          message: "Open file system: every file that a URL leads to is served, wherever it lies",
          help
        });
      },
      end() {
        const documents = directivesOf2(config.server, "documentroot").at(-1);
        if (documents === void 0 || !isWholeServer(config)) return;
        const own = roots.filter(({ parent }) => parent === config.server);
        if (own.some((section) => accessDirectives(section).some((one) => one.key !== "satisfy"))) return;
        const origin = own[0]?.origin ?? documents.origin;
        report3({
          ...nameOnly(origin),
          message: "Open file system: nothing denies /, so every file that a URL leads to is served",
          help,
          // So it is in the file that httpd 1.3 came with.
          severity: "info"
        });
      }
    };
  }
});

// src/lint/rules/run-as-root.ts
var runAsRoot = defineRule({
  id: "run-as-root",
  summary: "Requests are not answered by root",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const name2 = firstWord(directive);
      if (directive.key !== "user" || directive.spec === null || !/^(?:root|#0+)$/.test(name2)) return;
      report3({
        ...wholeLine(directive.origin),
        message: `Dangerous User ${quote(name2)}: every fault of httpd or a script has all rights`,
        help: "name an account that owns nothing, such as www-data"
      });
    }
  })
});

// src/lint/rules/satisfy-any-open.ts
var satisfyAnyOpen = defineRule({
  id: "satisfy-any-open",
  summary: "Satisfy any does not let everybody past the password",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const satisfy = directivesOf2(section, "satisfy").find((one) => firstWord(one).toLowerCase() === "any");
    const passwords = directivesOf2(section, "require").filter((one) => !grantsAll(one));
    if (satisfy === void 0 || passwords.length === 0) return;
    const lines = directivesOf2(section, "allow", "deny");
    const open = lines.some(grantsAll);
    const closed = orderOf(section) !== "deny,allow" && lines.some(deniesAll);
    if (!open || closed) return;
    report3({
      ...wholeLine(satisfy.origin),
      message: "Open section: `Satisfy any` with `Allow from all` asks nobody for a password",
      help: "write `Satisfy all`, or `Deny from all` and the networks that need no password"
    });
  })
});

// src/lint/rules/section-never-matches.ts
var EXPRESSION = /^\^|\$$|\([^()]*\|[^()]*\)|\\\./;
function reasonOf({ key, name: name2 }, value) {
  if (EXPRESSION.test(value)) {
    return ["paths are compared letter by letter, with * and ? at most", `write \`<${name2}Match>\` for expressions`];
  }
  if (key === "files") {
    return value.includes("/") ? [
      "Files compares the last part of the path alone",
      "put `<Files>` with the name into a `<Directory>` with the path"
    ] : null;
  }
  if (key !== "location") return null;
  if (/\?[\w.-]+=/.test(value)) return ["a query is no part of the path", "compare the query in `<If>` or RewriteCond"];
  const isPath = /^(?:\/|[*?[]|[\w+.-]+:|\$\{|%)/.test(value);
  return isPath ? null : ["every path of a URL begins with a slash", `write \`/${value}\``];
}
var sectionNeverMatches = defineRule({
  id: "section-never-matches",
  summary: "A section has an argument that requests can have",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  shadows: ["relative-directory-section", "file-path-in-location", "location-wildcard"],
  create: ({ report: report3 }) => ({
    section(section) {
      const [word] = section.words;
      if (!/^(?:directory|location|files)$/.test(section.key) || word === void 0 || section.spec === null) return;
      if (word.value === "~" || word.value === "" || word.value.length > 1e3) return;
      const reason = reasonOf(section, word.value);
      if (reason === null) return;
      report3({
        ...wordOnly(section, word),
        message: `<${section.name}> that never matches ${quote(word.value)}: ${reason[0]}`,
        help: reason[1]
      });
    }
  })
});

// src/lint/rules/server-name-missing.ts
var serverNameMissing = defineRule({
  id: "server-name-missing",
  summary: "Every virtual host that is chosen by name has one",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    end() {
      const named = directivesOf2(config.server, "namevirtualhost").flatMap(({ words }) => words.map(writtenAddress));
      const first = /* @__PURE__ */ new Map();
      for (const host of virtualHosts(config)) {
        const { section, addresses, names } = host;
        if (section.origin === null || isPerhaps(section, config)) continue;
        const before = addresses.map((address) => first.get(addressText(address)));
        for (const address of addresses) if (!first.has(addressText(address))) first.set(addressText(address), host);
        const byName3 = config.dialect === "2.4" || addresses.every((address) => named.some((one) => coversAddress(one, address)));
        const [taken] = before;
        if (names.length > 0 || !byName3 || taken === void 0 || before.includes(void 0)) continue;
        if (taken === host || directivesOf2(section, "serverpath").length > 0 || taken.section.origin === null) continue;
        report3({
          ...nameOnly(section.origin),
          message: `Unreachable virtual host: it has no ServerName, and ${placeOf2(taken.section.origin, section.origin)} is the default of its address`,
          help: "add `ServerName`",
          related: [{ origin: taken.section.origin, message: "answers unknown names" }]
        });
      }
    }
  })
});

// src/lint/rules/server-page-open.ts
var HANDLERS = /* @__PURE__ */ new Map([
  ["server-status", "requests, clients and their URLs"],
  ["server-info", "the whole configuration"],
  ["ldap-status", "the LDAP cache"],
  ["balancer-manager", "and change the balancer's members"],
  ["perl-status", "the Perl interpreter's insides"]
]);
var serverPageOpen = defineRule({
  id: "server-page-open",
  summary: "Pages about the server itself are not for everybody",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    directive(directive) {
      const [handler] = directive.words;
      const told = HANDLERS.get(handler?.value.toLowerCase() ?? "");
      if (directive.key !== "sethandler" || directive.spec === null || told === void 0) return;
      if (directive.parent.key === "server" || isRestricted(directive.parent)) return;
      report3({
        ...wordOnly(directive, handler),
        message: `Open ${quote(handler?.value ?? "")}: everybody may see ${told}`,
        help: config.dialect === "2.4" ? "add `Require local` or `Require ip` your network" : "add `Order deny,allow`, `Deny from all` and `Allow from` your network"
      });
    }
  })
});

// src/lint/rules/server-tokens.ts
var serverTokens = defineRule({
  id: "server-tokens",
  summary: "The Server field does not tell versions and modules",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "servertokens" || !/^(?:full|os|min(?:imal)?)$/i.test(firstWord(directive))) return;
      report3({
        ...wholeLine(directive.origin),
        message: `Talkative Server field: ${quote(firstWord(directive))} tells everybody the version`,
        help: "write `ServerTokens Prod`"
      });
    }
  })
});

// src/lint/rules/shadowed-mapping.ts
var FAMILIES = /* @__PURE__ */ new Map([
  ["alias", "alias"],
  ["scriptalias", "alias"],
  ["redirect", "redirect"],
  ["redirectpermanent", "redirect"],
  ["redirecttemp", "redirect"],
  ["proxypass", "proxy"]
]);
var LONGEST5 = 1e3;
function prefixOf({ key, words }) {
  const at = key === "redirect" && words[0]?.value.startsWith("/") !== true ? 1 : 0;
  const word = words[at];
  if (word?.value.startsWith("/") !== true || word.value.length > LONGEST5) return null;
  return key === "proxypass" && words.length < 2 ? null : word;
}
function covering2(path) {
  const found = [path];
  for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
    found.push(path.slice(0, at + 1));
    if (at > 0) found.push(path.slice(0, at));
  }
  return found;
}
var shadowedMapping = defineRule({
  id: "shadowed-mapping",
  summary: "No Alias, Redirect or ProxyPass stands behind one that covers it",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const seen = /* @__PURE__ */ new Map();
    for (const node of section.children) {
      if (node.kind !== "directive" || node.spec === null) continue;
      const family = FAMILIES.get(node.key);
      const word = family === void 0 ? null : prefixOf(node);
      if (family === void 0 || word === null || isPerhaps(node, config)) continue;
      const shadow = covering2(word.value).find((prefix) => seen.has(`${family} ${prefix}`));
      const earlier = shadow === void 0 ? void 0 : seen.get(`${family} ${shadow}`);
      if (earlier === void 0 || shadow === void 0) {
        seen.set(`${family} ${word.value}`, node);
        continue;
      }
      report3({
        ...wordOnly(node, word),
        message: `Unreachable ${node.name}: ${earlier.name} ${quote(shadow)} on ${placeOf2(earlier.origin, node.origin)} comes first`,
        help: "the first that fits is taken: put the longer path first",
        related: [{ origin: earlier.origin, message: "taken instead" }]
      });
    }
  })
});

// src/lint/rules/slash-mismatch.ts
function pairOf({ key, words }) {
  const [first, second, third] = words;
  const isStatus2 = /^(?:permanent|temp|seeother|3\d\d)$/i.test(first?.value ?? "");
  const [from, to] = key === "redirect" && isStatus2 ? [second, third] : [first, second];
  return from === void 0 || to === void 0 || !from.value.startsWith("/") ? null : { from, to };
}
var FILES = /* @__PURE__ */ new Set(["alias", "scriptalias"]);
var REDIRECTS = /* @__PURE__ */ new Set(["redirect", "redirectpermanent", "redirecttemp"]);
var URL = /^(?:https?|ajp|wss?):\/\/[^/?#${}@%]+(\/[^?#${}%]*)?$/i;
var slashMismatch = defineRule({
  id: "slash-mismatch",
  summary: "Prefix and target of a mapping both end in a slash, or neither does",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const { key } = directive;
      const isProxy = key === "proxypass";
      if (!FILES.has(key) && !REDIRECTS.has(key) && !isProxy) return;
      const pair = pairOf(directive);
      if (pair === null) return;
      const { from, to } = pair;
      const target = to.value;
      if (FILES.has(key) ? !/^[^@$%]+$/.test(target) : !URL.test(target)) return;
      const hasSlash = target.endsWith("/");
      if (from.value.endsWith("/") === hasSlash) return;
      if (hasSlash && !isProxy) return;
      if (!hasSlash && FILES.has(key) && /\.[^/]*$/.test(target)) return;
      if (!hasSlash && REDIRECTS.has(key) && /^[^:]+:\/\/[^/]+\/.+/.test(target)) return;
      const rest = `${from.value}x`;
      const result = hasSlash ? `${target}/x` : `${target}x`;
      const end = to.quote === "" ? to.end : to.end - 1;
      report3({
        ...wordOnly(directive, to),
        message: hasSlash ? `Doubled slash: ${quote(`${from.value}/x`)} becomes ${quote(result)}` : `Missing slash: ${quote(rest)} becomes ${quote(result)}`,
        help: hasSlash ? "end both in a slash or neither" : `write \`${target}/\``,
        ...hasSlash ? {} : fixAt(directive.origin, false, [{ start: end, end, text: "/" }])
      });
    }
  })
});

// src/lint/rules/ssl-certificate-missing.ts
var sslCertificateMissing = defineRule({
  id: "ssl-certificate-missing",
  summary: "A server with SSLEngine on has a certificate",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects: ["2.0", "2.2", "2.4"],
  create: ({ config, report: report3 }) => {
    const managed = config.server.children.some(({ key }) => /^(?:mdomain|mdomainset|mdcertificatefile)$/.test(key));
    return everySection(config, (section) => {
      const engine = lastOf(section, "sslengine");
      if (engine === void 0 || firstWord(engine).toLowerCase() !== "on" || managed) return;
      if (section.key === "server" && config.server.children.some((node) => node.key === "virtualhost")) return;
      const has2 = (key) => directivesOf2(section, key).length > 0 || directivesOf2(config.server, key).length > 0;
      if (has2("sslcertificatefile") || has2("sslpolicy")) return;
      if (config.problems.some(({ kind }) => kind === "missing-include")) return;
      report3({
        ...wordOnly(engine, void 0),
        message: "No certificate: SSLEngine is on, and nothing names an SSLCertificateFile",
        help: "add SSLCertificateFile (and SSLCertificateKeyFile), or httpd stops when it starts"
      });
    });
  }
});

// src/lint/rules/ssl-engine-missing.ts
var sslEngineMissing = defineRule({
  id: "ssl-engine-missing",
  summary: "A virtual host with a certificate has SSLEngine on",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    section(section) {
      if (section.key !== "virtualhost") return;
      const certificate = lastOf(section, "sslcertificatefile");
      if (certificate === void 0) return;
      const switches2 = ["sslengine", "sslenable", "ssldisable"];
      if (directivesOf2(section, ...switches2).length > 0 || directivesOf2(config.server, ...switches2).length > 0) return;
      if (config.problems.some(({ kind }) => kind === "missing-include")) return;
      report3({
        ...nameOnly(certificate.origin),
        message: "Unused certificate: without SSLEngine this virtual host speaks plain HTTP",
        help: "add `SSLEngine on`"
      });
    }
  })
});

// src/lint/rules/ssl-old-protocol.ts
var BROKEN = /* @__PURE__ */ new Set(["sslv2", "sslv3"]);
var OLD = /* @__PURE__ */ new Set(["tlsv1", "tlsv1.1"]);
function enabled(words) {
  let on = [];
  for (const word of words) {
    const name2 = word.value.toLowerCase();
    if (name2.startsWith("-")) on = on.filter(({ value }) => value.toLowerCase().replace(/^\+/, "") !== name2.slice(1));
    else if (!name2.startsWith("+")) on = [word];
    else on.push(word);
  }
  return on.filter(({ value }) => {
    const name2 = value.toLowerCase().replace(/^\+/, "");
    return BROKEN.has(name2) || OLD.has(name2);
  });
}
var sslOldProtocol = defineRule({
  id: "ssl-old-protocol",
  summary: "Broken and deprecated versions of TLS are not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "sslprotocol" && directive.key !== "sslproxyprotocol") return;
      const plain = directive.words.every(({ value }) => !/^[+-]/.test(value));
      const found = plain ? directive.words : enabled(directive.words);
      for (const word of found) {
        const name2 = word.value.toLowerCase().replace(/^\+/, "");
        if (!BROKEN.has(name2) && !OLD.has(name2)) continue;
        const broken = BROKEN.has(name2);
        report3({
          ...wordOnly(directive, word),
          message: `${broken ? "Broken" : "Deprecated"} protocol ${quote(word.value)}`,
          ...broken ? {} : { severity: "info" },
          help: "write `SSLProtocol -all +TLSv1.2 +TLSv1.3`"
        });
      }
    }
  })
});

// src/lint/rules/ssl-weak-cipher.ts
var WEAK = new Set(
  "null enull anull adh aecdh low exp export export40 export56 rc4 rc2 des md5 des-cbc3-sha 3des".split(" ")
);
var LONGEST6 = 1e4;
var sslWeakCipher = defineRule({
  id: "ssl-weak-cipher",
  summary: "Weak ciphers are not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "sslciphersuite" && directive.key !== "sslproxyciphersuite") return;
      const word = directive.words.at(-1);
      if (word === void 0 || word.value.length > LONGEST6) return;
      const parts = word.value.toLowerCase().split(/[:, ]+/);
      const out = new Set(parts.filter((part) => /^[!-]/.test(part)).map((part) => part.slice(1)));
      const added = parts.filter((part) => part !== "" && !/^[!+-]/.test(part));
      const weak = [...new Set(added.flatMap((part) => part.split("+")).filter((part) => WEAK.has(part)))];
      const left = weak.filter((part) => !out.has(part) && !(part.startsWith("exp") && out.has("exp")));
      if (left.length === 0) return;
      report3({
        ...wordOnly(directive, word),
        message: `Weak ciphers: ${quote(left.join(", ").toUpperCase())}`,
        help: "write `HIGH:!aNULL:!MD5:!3DES`"
      });
    }
  })
});

// src/lint/rules/stats-address.ts
var HOST_NAME = /^[a-z][\w.-]*$/i;
function isNumber(text, from, to) {
  return /^\d{1,5}$/.test(text) && Number(text) >= from && Number(text) <= to;
}
function problemOf2({ host, port: port2, ttl }, needsPort) {
  if (addressOf(host) === null && !HOST_NAME.test(host)) return `Malformed address ${quote(host)}`;
  if (port2 === null && needsPort) return `Missing port behind ${quote(host)}`;
  if (port2 !== null && !isNumber(port2, 1, 65535)) return `Impossible port ${quote(port2)}`;
  if (ttl !== null && !isNumber(ttl, 0, 255)) return `Impossible TTL ${quote(ttl)}`;
  return null;
}
var statsAddress = defineRule({
  id: "stats-address",
  summary: "Statistics have well-formed addresses, ports and networks",
  category: "backhand",
  severity: "error",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const [word] = directive.words;
      if (directive.key === "acceptstats" && word !== void 0) {
        if (networkOf(word.value) !== null) return;
        const help = "write an address, or a network as `10.0.0.0/24` or `10.0.0.0/255.255.255.0`";
        report3({ ...wordOnly(directive, word), message: `Malformed network ${quote(word.value)}`, help });
        return;
      }
      const target = announceTargetOf(directive);
      if (target === null) return;
      for (const endpoint of [target.contact, target.destination]) {
        if (endpoint === null) continue;
        const message = problemOf2(endpoint, endpoint === target.destination);
        if (message === null) continue;
        const help = `written as \`${directive.name} [address[:port]] address:port[,ttl]\``;
        report3({ ...wordOnly(directive, endpoint.word), message, help });
      }
    }
  })
});

// src/lint/rules/stats-group-scope.ts
var statsGroupScope = defineRule({
  id: "stats-group-scope",
  summary: "Statistics use a multicast group of 239.0.0.0/8",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      const { host, ttl, word } = target.destination;
      const address = addressOf(host);
      if (address === null || !isGroup(address) || address.kind() !== "ipv4") return;
      const [first = 0, second = 0, third = 0] = address.toByteArray();
      if (first === 239) return;
      const reserved = first === 224 && second === 0 && third === 0;
      const stays = ttl === "0" || ttl === "1";
      report3({
        ...wordOnly(directive, word),
        message: reserved ? `Reserved multicast group ${quote(host)}: 224.0.0.0/24 belongs to routing protocols` : `Public multicast group ${quote(host)}`,
        help: "groups of 239.0.0.0/8 are free for private use",
        severity: stays && !reserved ? "info" : "warning"
      });
    }
  })
});

// src/lint/rules/stats-host-name.ts
var statsHostName = defineRule({
  id: "stats-host-name",
  summary: "Statistics go to and name addresses, not host names",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      for (const endpoint of [target.contact, target.destination]) {
        if (endpoint === null || addressOf(endpoint.host) !== null || !/^[a-z][\w.-]*$/i.test(endpoint.host)) continue;
        const message = `Host name ${quote(endpoint.host)} in ${directive.name}`;
        const help = "write its address: older versions of mod_backhand do not resolve names";
        report3({ ...wordOnly(directive, endpoint.word), message, help });
      }
    }
  })
});

// src/lint/rules/stats-ttl.ts
var statsTtl = defineRule({
  id: "stats-ttl",
  summary: "MulticastStats has a TTL for a multicast group, and only for one",
  category: "backhand",
  severity: "warning",
  fixable: "unsafe",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const target = announceTargetOf(directive);
      if (target === null) return;
      const { host, port: port2, ttl, word } = target.destination;
      const address = addressOf(host);
      if (address === null || port2 === null) return;
      const place = wordOnly(directive, word);
      if (isGroup(address) && ttl === null) {
        const at = word.end - word.quote.length;
        report3({
          ...place,
          message: `Missing TTL for the multicast group ${quote(host)}`,
          help: `write \`${word.value},1\` to stay in this network`,
          ...fixAt(directive.origin, false, [{ start: at, end: at, text: ",1" }])
        });
      } else if (!isGroup(address) && ttl !== null) {
        const message = `Useless TTL: ${quote(host)} is no multicast group`;
        const at = word.end - word.quote.length;
        const edits = [{ start: at - ttl.length - 1, end: at, text: "" }];
        report3({ ...place, message, help: `write \`${host}:${port2}\``, ...fixAt(directive.origin, false, edits) });
      }
    }
  })
});

// src/lint/rules/stats-without-accept.ts
var statsWithoutAccept = defineRule({
  id: "stats-without-accept",
  summary: "A server that announces itself accepts the statistics of others",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => {
    let announces;
    let accepts;
    return {
      directive(directive) {
        if (directive.key === "multicaststats" || directive.key === "broadcaststats") announces ??= directive;
        if (directive.key === "acceptstats") accepts ??= directive;
      },
      end() {
        if (announces === void 0 || accepts !== void 0) return;
        const message = `Missing AcceptStats: ${announces.name} announces this server, but no other is listened to`;
        report3({ ...nameOnly(announces.origin), message, help: "add `AcceptStats` with the network of the servers" });
      }
    };
  }
});

// src/lint/rules/status-page-balanced.ts
function hostOf2(section) {
  let at = section;
  while (at.parent !== null && at.key !== "virtualhost") at = at.parent;
  return at;
}
function serverOf(section) {
  let at = section;
  while (at.parent !== null) at = at.parent;
  return at;
}
function isBelow(path, prefix) {
  const base = prefix.replace(/\/+$/, "");
  return path === base || path.startsWith(`${base}/`);
}
function directivesIn(section, keys2) {
  return section.children.flatMap((node) => node.kind === "directive" && keys2.includes(node.key) ? [node] : []);
}
function fileOf(path, host) {
  const levels2 = host.parent === null ? [host] : [host, serverOf(host)];
  for (const level of levels2) {
    for (const { words } of directivesIn(level, ["alias", "scriptalias"])) {
      const [from, to] = words;
      if (from === void 0 || to === void 0 || !isBelow(path, from.value)) continue;
      return to.value.replace(/\/+$/, "") + path.slice(from.value.replace(/\/+$/, "").length);
    }
  }
  for (const level of levels2) {
    const root2 = directivesIn(level, ["documentroot"]).at(-1)?.words[0]?.value;
    if (root2 !== void 0) return root2.replace(/\/+$/, "") + path;
  }
  return null;
}
function reaches({ section }, path, host) {
  const [argument] = section.words;
  const home = hostOf2(section);
  if (home !== host && home.key !== "server") return false;
  if (section === home) return true;
  if (argument === void 0 || section.parent !== home || /[*?[]/.test(argument.value)) return false;
  if (section.key === "location") return isBelow(path, argument.value);
  const file = section.key === "directory" ? fileOf(path, host) : null;
  return file !== null && isBelow(file, argument.value);
}
var MOST_PIPELINES = 1e3;
function decisive2(config, section, path) {
  const pipelines = pipelinesOf(config);
  if (pipelines.length > MOST_PIPELINES) return void 0;
  const own = pipelines.find((pipeline) => pipeline.section === section);
  if (own !== void 0) return own;
  const host = hostOf2(section);
  const reaching = pipelines.filter((pipeline) => reaches(pipeline, path, host));
  const byLength = (one) => one.section.words[0]?.value.length ?? 0;
  return reaching.findLast((one) => one.section.key === "location") ?? reaching.filter((one) => one.section.key === "directory").sort((a, b) => byLength(a) - byLength(b)).at(-1) ?? reaching.at(-1);
}
var statusPageBalanced = defineRule({
  id: "status-page-balanced",
  summary: "The status page is not balanced itself",
  category: "backhand",
  severity: "warning",
  fixable: "unsafe",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    directive(directive) {
      const [handler] = directive.words;
      const section = directive.parent;
      const path = section.words[0]?.value;
      if (directive.key !== "sethandler" || handler?.value !== "backhand-handler") return;
      if (section.key !== "location" || path === void 0 || /[*?[~]/.test(path)) return;
      const pipeline = decisive2(config, section, path);
      if (pipeline === void 0 || pipeline.steps.some(({ definition }) => definition?.effect === "stop")) return;
      const { line, reading } = directive.origin;
      const indent = /^[ \t]*/.exec(reading.source.text.slice(line.start, line.end))?.[0] ?? "";
      const eol = reading.source.text.includes("\r\n") ? "\r\n" : "\n";
      const text = `${indent}Backhand off${eol}`;
      const origin = pipeline.steps[0].directive.origin;
      report3({
        ...wordOnly(directive, handler),
        message: `Balanced status page: ${quote(path)} shows the view of a server chosen at random`,
        help: "add `Backhand off` to its section",
        related: [{ origin, message: "balanced here" }],
        ...fixAt(directive.origin, false, [{ start: line.start, end: line.start, text }])
      });
    }
  })
});

// src/lint/rules/status-page-open.ts
var RESTRICTS = /* @__PURE__ */ new Set(["order", "deny", "allow", "require", "authtype", "satisfy"]);
function isRestricted2(section) {
  for (let at = section; at !== null; at = at.parent) {
    if (at.key === "server" || at.key === "virtualhost") return false;
    if (at.children.some((node) => node.kind === "directive" && RESTRICTS.has(node.key))) return true;
  }
  return false;
}
var statusPageOpen = defineRule({
  id: "status-page-open",
  summary: "The status page of the cluster is not for everybody",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ report: report3 }) => ({
    directive(directive) {
      const [handler] = directive.words;
      if (directive.key !== "sethandler" || handler?.value !== "backhand-handler") return;
      if (isRestricted2(directive.parent)) return;
      report3({
        ...wordOnly(directive, handler),
        message: "Open status page: everybody may see the servers and their loads",
        help: "add `Order deny,allow`, `Deny from all` and `Allow from` your network"
      });
    }
  })
});

// src/lint/rules/suppression-comment.ts
var suppressionComment = defineRule({
  id: "suppression-comment",
  summary: "Suppression comments name rules that exist and suppress something",
  category: "style",
  severity: "info",
  fixable: "no",
  dialects: ["1.3", "2.0", "2.2", "2.4"],
  create: () => ({})
});

// src/lint/rules/symlink-checks.ts
var symlinkChecks = defineRule({
  id: "symlink-checks",
  summary: "Owners of symbolic links are checked only where that is needed",
  category: "performance",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      if (directive.key !== "options" || directive.spec === null) return;
      const values = directive.words.map(({ value }) => value.toLowerCase());
      if (values.some((value) => /^\+?(?:followsymlinks|all)$/.test(value))) return;
      const word = directive.words.find(({ value }) => /^\+?symlinksifownermatch$/i.test(value));
      if (word === void 0) return;
      report3({
        ...wordOnly(directive, word),
        message: "Slow files: each folder of a path is looked at for links, for each request",
        help: "write FollowSymLinks where nobody else may put links"
      });
    }
  })
});

// src/lint/rules/template-file.ts
var templateFile = problemRule({
  id: "template-file",
  summary: "The file is a configuration and not its template",
  category: "semantics",
  severity: "info"
});

// src/lint/rules/trace-enabled.ts
var traceEnabled = defineRule({
  id: "trace-enabled",
  summary: "TRACE is not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const value = firstWord(directive).toLowerCase();
      if (directive.key !== "traceenable" || directive.spec === null || value !== "on" && value !== "extended")
        return;
      report3({
        ...wholeLine(directive.origin),
        message: "Enabled TRACE: the answer repeats the request, its cookies and what proxies added",
        help: "write `TraceEnable Off`"
      });
    }
  })
});

// src/lint/rules/unanchored-pattern.ts
var ENDING = /^[^$]*\\\.(?:\w+\??|\w*\((?:\?:)?[\w|?]+\)|\w*\[\w+\]\w*)$/;
var unanchoredPattern = defineRule({
  id: "unanchored-pattern",
  summary: "Patterns that run or open files say where the name ends",
  category: "security",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ report: report3 }) => ({
    section(section) {
      const tilde = section.key === "files" && section.words[0]?.value === "~";
      const word = section.words[tilde ? 1 : 0];
      if (section.key !== "filesmatch" && !tilde || word === void 0 || word.value.length > 1e3) return;
      if (!ENDING.test(word.value) || section.origin === null) return;
      const handler = directivesOf2(section, "sethandler", "forcetype").find(
        ({ words }) => !/^(?:none|default-handler)$/i.test(words[0]?.value ?? "")
      );
      const grant = accessDirectives(section).find(grantsAll);
      if (handler === void 0 && (grant === void 0 || restricts(section))) return;
      const end = word.quote === "" ? word.end : word.end - 1;
      report3({
        ...wordOnly(section, word),
        message: `Unanchored pattern: ${quote(word.value)} also fits names that go on, which are then ${handler === void 0 ? "open" : "run"}`,
        help: `write \`${word.value}$\``,
        ...section.origin.expandedFrom === void 0 && word.terminated ? { fix: { safe: false, edits: [{ start: end, end, text: "$" }] } } : {}
      });
    }
  })
});

// src/lint/rules/unclosed-section.ts
var refused = problemRule({
  id: "unclosed-section",
  summary: "Every section is closed",
  category: "syntax",
  severity: "warning",
  // unmatched-close says it, at the closing tag.
  ignore: (problem, config) => mistypedCloses(config).consequences.has(problem)
});
var CONDITIONAL = /^if(?:module|define|version|file|directive|section)$/i;
var unclosedSection = defineRule({
  ...refused,
  create: (context) => {
    const { config, report: report3 } = context;
    const reported = /* @__PURE__ */ new Set();
    const visitor = refused.create(context);
    return {
      problem(problem) {
        if (problem.kind === "unclosed-section") reported.add(problem.origin.line);
        visitor.problem?.(problem);
      },
      end() {
        for (const { open } of mistypedCloses(config).byClose.values()) reported.add(open);
        for (const reading of config.readings) {
          const open = /* @__PURE__ */ new Set();
          for (const { kind, line } of reading.tree.problems) {
            if (kind === "unclosed-section" && CONDITIONAL.test(line.name) && !reported.has(line)) open.add(line);
          }
          if (open.size === 0) continue;
          for (const [index, line] of reading.tree.lines.entries()) {
            if (line.kind !== "open" || !open.has(line) || reading.active[index] !== true) continue;
            const { name: name2, nameStart, nameEnd } = line;
            report3({
              reading,
              span: { start: nameStart, end: nameEnd },
              message: `<${name2}> is not closed; httpd forgives it at the end of a file`,
              help: `add \`</${name2}>\``
            });
          }
        }
      }
    };
  }
});

// src/lint/rules/undefined-variable.ts
var OF_ENVIRONMENT = /\$\{[A-Z][A-Z0-9_]*\}/;
var undefinedVariable = problemRule({
  id: "undefined-variable",
  summary: "Variables are defined",
  category: "semantics",
  severity: "warning",
  severityOf: ({ message }) => OF_ENVIRONMENT.test(message) ? "info" : "warning"
});

// src/lint/rules/unix-socket-dir.ts
var unixSocketDir = defineRule({
  id: "unix-socket-dir",
  summary: "UnixSocketDir is set where mod_backhand is used",
  category: "backhand",
  severity: "warning",
  fixable: "no",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => {
    let uses;
    let isSet = false;
    return {
      directive(directive) {
        if (directive.key === "unixsocketdir") isSet = true;
        if (["backhand", "backhandfromso", "multicaststats", "broadcaststats"].includes(directive.key)) {
          uses ??= directive;
        }
      },
      end() {
        if (uses === void 0 || isSet || fromWiki(config)) return;
        const help = "add `UnixSocketDir` with a local directory that the server's user may write to";
        report3({ ...nameOnly(uses.origin), message: "Missing UnixSocketDir", help });
      }
    };
  }
});

// src/lint/rules/unknown-candidacy-function.ts
var builtIn = candidacyDefinitions.filter(({ sharedObject }) => sharedObject === null).map(({ name: name2 }) => name2);
var shared = candidacyDefinitions.filter(({ sharedObject }) => sharedObject !== null);
function sharedFinding({ directive, name: name2, sharedObject }) {
  const file = sharedObject?.value ?? "";
  if (/\.m?js$/.test(file)) return null;
  const replaced = shared.find((one) => one.name === name2.value);
  const help = replaced === void 0 ? "a .so of a legacy Apache cannot be loaded here: port the function to a .mjs file" : `\`BackhandFromSO ${replaced.sharedObject ?? ""} ${replaced.name}\` is built in`;
  const message = `Unknown candidacy function ${quote(name2.value)} in ${quote(file)}`;
  return { ...wordOnly(directive, name2), message, help, severity: "warning" };
}
function builtInFinding({ directive, name: name2 }) {
  const message = `Unknown candidacy function ${quote(name2.value)}`;
  const sameLetters = builtIn.find((one) => one.toLowerCase() === name2.value.toLowerCase());
  const suggestion = sameLetters ?? nearest(name2.value, builtIn);
  const place = wordOnly(directive, name2);
  if (suggestion === null) return { ...place, message, help: `known are ${builtIn.join(", ")}`, fatal: true };
  const edits = [{ start: name2.start, end: name2.end, text: suggestion }];
  const isCase = sameLetters !== void 0;
  const help = isCase ? `names are case-sensitive: \`${suggestion}\`` : `did you mean \`${suggestion}\`?`;
  return { ...place, message, help, fatal: true, ...fixAt(directive.origin, isCase, edits) };
}
var unknownCandidacyFunction = defineRule({
  id: "unknown-candidacy-function",
  summary: "Backhand and BackhandFromSO name a candidacy function that exists, in its own case",
  category: "backhand",
  severity: "error",
  fixable: "safe",
  dialects: ["1.3"],
  create: ({ config, report: report3 }) => ({
    end() {
      for (const step2 of pipelinesOf(config).flatMap(({ steps }) => steps)) {
        if (step2.definition !== null) continue;
        const finding = step2.sharedObject === null ? builtInFinding(step2) : sharedFinding(step2);
        if (finding !== null) report3(finding);
      }
    }
  })
});

// src/lint/rules/unknown-directive.ts
var MOST_SEARCHES = 500;
var BYTE_ORDER_MARK = "\uFEFF";
var RUNS_PERL = /* @__PURE__ */ new Set(["perl", "perlmodule", "perlloadmodule", "perlrequire", "perlscript"]);
function missingBlank(node) {
  const definition = gluedFunction(node.name);
  if (node.kind !== "directive" || definition === null) return null;
  const { start, end } = nameOnly(node.origin).span;
  const text = `Backhand ${definition.name}`;
  return { help: `did you mean \`${text}\`?`, ...fixAt(node.origin, true, [{ start, end, text }]) };
}
function otherKind(node, dialect) {
  if (lookupDirective(dialect, node.name, node.kind === "directive").length === 0) return null;
  return { help: node.kind === "directive" ? `\`<${node.name}>\` is a section` : `\`${node.name}\` is no section` };
}
function otherDialects(node, { dialect, dialectReason }) {
  const having = dialects.filter(
    (one) => one !== dialect && lookupDirective(one, node.name, node.kind === "section").length > 0
  );
  if (having.length === 0) return null;
  return { help: `httpd ${having.join(", ")} has it; this is read as ${dialect} (${dialectReason})` };
}
function meant(node, dialect) {
  if (node.origin === null) return null;
  const candidates = directivesOf(dialect).filter((spec) => spec.section === (node.kind === "section"));
  const rejected = /* @__PURE__ */ new Set();
  for (let tries = 0; tries < 5; tries++) {
    const name2 = nearest(
      node.name,
      candidates.flatMap((spec2) => rejected.has(spec2.name) ? [] : [spec2.name])
    );
    const spec = candidates.find((one) => one.name === name2);
    if (name2 === null || spec === void 0) return null;
    rejected.add(name2);
    const shown = node.kind === "section" ? `<${name2}>` : name2;
    const help = `did you mean \`${shown}\`?`;
    if (node.kind === "directive") {
      const { unknown: _, ...rest } = node;
      const renamed = { ...rest, name: name2, key: name2.toLowerCase(), spec };
      if (contextProblem(renamed) !== null) continue;
      if (argumentProblem(renamed) !== null || valueProblem(renamed) !== null) return { help };
    }
    const { start, end } = nameOnly(node.origin).span;
    return { help, ...fixAt(node.origin, false, [{ start, end, text: name2 }]) };
  }
  return null;
}
function report2(node, { config, report: report3 }, opaque, search) {
  if (node.origin === null || node.unknown === void 0) return;
  const place = nameOnly(node.origin);
  const noun = node.kind === "section" ? "section" : "directive";
  const shown = node.kind === "section" ? `<${node.name}>` : node.name;
  if (node.unknown.reason === "inactive") {
    const files2 = node.unknown.modules.map((name2) => findModule(config.dialect, name2)?.file ?? name2);
    const modules3 = files2.join(" or ");
    const help = `load ${modules3}, or put it into \`<IfModule ${files2[0] ?? ""}>\``;
    report3({
      ...place,
      message: `Unavailable ${noun} ${quote(shown)}: ${modules3} is not loaded here`,
      help,
      fatal: true
    });
    return;
  }
  if (node.name.startsWith(BYTE_ORDER_MARK)) {
    const edits = [{ start: place.span.start, end: place.span.start + 1, text: "" }];
    const message2 = `Byte order mark before ${quote(node.name.slice(1))}: httpd takes it for a part of the name`;
    report3({
      ...place,
      message: message2,
      help: "save the file as UTF-8 without it",
      fatal: true,
      ...fixAt(node.origin, true, edits)
    });
    return;
  }
  if (node.name.startsWith("@")) return;
  const advice = missingBlank(node) ?? otherKind(node, config.dialect) ?? otherDialects(node, config) ?? (search ? meant(node, config.dialect) : null);
  if (opaque && advice === null) return;
  const message = `Unknown ${noun} ${quote(shown)}`;
  report3({ ...place, message, ...advice, ...opaque ? { severity: "warning" } : { fatal: true } });
}
var unknownDirective = defineRule({
  id: "unknown-directive",
  summary: "Every directive is one that a loaded module has",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  create: (context) => {
    const unknown = [];
    let opaque = context.config.modules.unrecognised.length > 0;
    return {
      directive(directive) {
        opaque ||= RUNS_PERL.has(directive.key);
        if (directive.unknown !== void 0) unknown.push(directive);
      },
      section(section) {
        opaque ||= RUNS_PERL.has(section.key);
        if (section.unknown !== void 0) unknown.push(section);
      },
      end() {
        let reported = "";
        for (const [index, node] of unknown.entries()) {
          if (node.origin === null) continue;
          const { reading, line } = node.origin;
          const place = `${reading.source.position(line.start).line} ${reading.source.path}`;
          if (place !== reported || node.origin.expandedFrom !== void 0)
            report2(node, context, opaque, index < MOST_SEARCHES);
          reported = place;
        }
      }
    };
  }
});

// src/lint/rules/unknown-log-format.ts
var USUAL = /* @__PURE__ */ new Set(["common", "combined", "vhost_combined", "combinedio", "referer", "agent"]);
function slipOf(word) {
  const meant3 = nearest(word, USUAL);
  return meant3 === null || Math.abs(meant3.length - word.length) > 1 || word.startsWith(meant3) ? null : meant3;
}
var unknownLogFormat = defineRule({
  id: "unknown-log-format",
  summary: "CustomLog names a format that LogFormat defines",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ report: report3 }) => {
    const logs = [];
    const names = /* @__PURE__ */ new Map();
    return {
      directive(directive) {
        const [, second] = directive.words;
        if (directive.spec === null || second === void 0) return;
        if (directive.key === "logformat") names.set(second.value, directive);
        if (directive.key === "customlog" || directive.key === "globallog") logs.push(directive);
      },
      end() {
        const isPiece = names.size === 0;
        const known4 = isPiece ? USUAL : /* @__PURE__ */ new Set([...names.keys(), "CLF"]);
        for (const log of logs) {
          const format = log.words[1];
          if (format === void 0 || !/^[\w-]+$/.test(format.value) || known4.has(format.value)) continue;
          const meant3 = isPiece ? slipOf(format.value) : nearest(format.value, names.keys());
          if (isPiece && meant3 === null) continue;
          const definition = meant3 === null ? void 0 : names.get(meant3);
          report3({
            ...wordOnly(log, format),
            message: `Unknown format ${quote(format.value)}: every line of the log will read just that`,
            help: meant3 === null ? "define it with LogFormat" : `did you mean \`${meant3}\`?`,
            ...definition === void 0 ? {} : {
              related: [
                { origin: definition.origin, message: `defined on ${placeOf2(definition.origin, log.origin)}` }
              ]
            },
            ...meant3 === null ? {} : fixAt(log.origin, false, [{ start: format.start, end: format.end, text: meant3 }])
          });
        }
      }
    };
  }
});

// src/lint/rules/unknown-module-name.ts
import { distance as distance2 } from "fastest-levenshtein";
var MOST_SEARCHES2 = 200;
var LONGEST7 = 64;
function meant2(name2, dialect) {
  if (name2.length > LONGEST7 || name2.endsWith("_module")) return null;
  const base = name2.replace(/\.(?:so|dll|o)$/i, "");
  if (base !== name2 || /^mod_\w+$/.test(name2)) return findModule(dialect, `${base}.c`)?.file ?? null;
  if (name2.length < 8 || dialects.some((one) => findModule(one, name2) !== null)) return null;
  const near = modulesOf(dialect).filter(({ file }) => file !== "" && distance2(file, name2) === 1);
  return near.length === 1 ? near[0]?.file ?? null : null;
}
var unknownModuleName = defineRule({
  id: "unknown-module-name",
  summary: "IfModule asks for modules by names that they have",
  category: "semantics",
  severity: "warning",
  fixable: "unsafe",
  dialects,
  create: ({ config, report: report3 }) => ({
    end() {
      let searches = 0;
      for (const { key, argument, value, origin } of config.conditionals) {
        const negated = argument.startsWith("!");
        if (key !== "ifmodule" || value !== negated || searches >= MOST_SEARCHES2) continue;
        const name2 = negated ? argument.slice(1) : argument;
        searches += 1;
        const wanted = meant2(name2, config.dialect);
        const { line, reading } = origin;
        if (wanted === null || line.kind !== "open") continue;
        const at = reading.source.text.indexOf(name2, line.argsStart);
        const inLine = at !== -1 && at + name2.length <= line.end;
        report3({
          ...nameOnly(origin),
          ...inLine ? { span: { start: at, end: at + name2.length } } : {},
          message: `${negated ? "Branch that is always read" : "Dead branch"}: no module is called ${quote(name2)}`,
          help: `did you mean \`${wanted}\`?`,
          ...inLine ? fixAt(origin, false, [{ start: at, end: at + name2.length, text: wanted }]) : {}
        });
      }
    }
  })
});

// src/lint/rules/unmatched-close.ts
var unmatchedClose = problemRule({
  id: "unmatched-close",
  summary: "Every closing tag has its opening one",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  advice: (problem, config) => {
    const mistyped = mistypedCloses(config).byClose.get(problem);
    if (mistyped === void 0) return void 0;
    const { source } = problem.origin.reading;
    return `did you mean \`</${mistyped.open.name}>\`, of line ${source.position(mistyped.open.nameStart).line}?`;
  },
  fix: (problem, config) => {
    const mistyped = mistypedCloses(config).byClose.get(problem);
    const { line } = problem.origin;
    if (mistyped === void 0 || line.kind !== "close" || line.continued) return null;
    return { safe: true, edits: [{ start: line.nameStart, end: line.nameEnd, text: mistyped.open.name }] };
  }
});

// src/lint/rules/unreachable-virtual-host.ts
var MOST_WILDCARDS = 50;
var Taken = class {
  #exact = /* @__PURE__ */ new Map();
  /** `*.example` by `.example`. */
  #endings = /* @__PURE__ */ new Map();
  #others = [];
  find(name2) {
    const exact = this.#exact.get(name2);
    if (exact !== void 0) return exact;
    if (this.#endings.size > 0) {
      for (let at = name2.indexOf("."); at !== -1; at = name2.indexOf(".", at + 1)) {
        const ending = this.#endings.get(name2.slice(at));
        if (ending !== void 0) return ending;
      }
    }
    return this.#others.find((one) => matchesWildcard(one.name, name2));
  }
  add(written) {
    const { name: name2 } = written;
    if (!/[*?]/.test(name2)) {
      if (!this.#exact.has(name2)) this.#exact.set(name2, written);
    } else if (/^\*\.[^*?]+$/.test(name2)) {
      if (!this.#endings.has(name2.slice(1))) this.#endings.set(name2.slice(1), written);
    } else if (this.#others.length < MOST_WILDCARDS) {
      this.#others.push(written);
    }
  }
};
var LONGEST8 = 255;
var unreachableVirtualHost = defineRule({
  id: "unreachable-virtual-host",
  summary: "No name of a virtual host is taken by an earlier one",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    end() {
      const byAddress = /* @__PURE__ */ new Map();
      for (const { section, addresses, names } of virtualHosts(config)) {
        if (isPerhaps(section, config)) continue;
        const lists = addresses.map((address) => {
          const text = addressText(address);
          const list2 = byAddress.get(text) ?? new Taken();
          byAddress.set(text, list2);
          return list2;
        });
        for (const { name: name2, directive, word } of names) {
          const takers = name2.length > LONGEST8 ? [] : lists.map((list2) => list2.find(name2));
          const [taker] = takers;
          if (taker === void 0 || takers.includes(void 0) || name2 === "" || name2.includes("@")) continue;
          const how = taker.name === name2 ? "has it" : `takes it with ${quote(taker.word.value)}`;
          const finding = {
            ...wordOnly(directive, word),
            message: `Unreachable name ${quote(word.value)}: ${placeOf2(taker.directive.origin, directive.origin)} ${how}, on the same address`,
            help: "the first virtual host with a fitting name answers",
            related: [{ origin: taker.directive.origin, message: "answers for it" }]
          };
          report3(finding);
        }
        for (const list2 of lists) for (const name2 of names) list2.add(name2);
      }
    }
  })
});

// src/lint/rules/unreadable-file.ts
var unreadableFile = problemRule({
  id: "unreadable-file",
  summary: "Included files can be read",
  category: "semantics",
  severity: "warning"
});

// src/lint/rules/unterminated-quote.ts
var ONE_QUOTE_IS_MEANT = /* @__PURE__ */ new Set(["errordocument"]);
var unterminatedQuote = defineRule({
  id: "unterminated-quote",
  summary: "Every quoted argument has its closing quote",
  category: "syntax",
  severity: "warning",
  fixable: "safe",
  dialects,
  create: ({ report: report3 }) => {
    const check = (node) => {
      const word = node.words.at(-1);
      if (node.origin === null || word === void 0 || word.terminated || node.spec === null) return;
      if (ONE_QUOTE_IS_MEANT.has(node.key) || node.kind === "directive" && node.spec.args.includes("RAW_ARGS"))
        return;
      const place = wordOnly(node, word);
      const simple = !word.value.endsWith("\\") && !node.rawArgs.includes("${");
      report3({
        ...place,
        message: `Expected a closing ${word.quote}`,
        help: "the argument runs to the end of the line",
        ...simple ? fixAt(node.origin, true, [{ start: word.end, end: word.end, text: word.quote }]) : {}
      });
    };
    return { directive: check, section: check };
  }
});

// src/lint/rules/useless-in-section.ts
var LATE = /* @__PURE__ */ new Set(["location", "locationmatch", "files", "filesmatch"]);
var LINKS = /^[+-]?(?:followsymlinks|symlinksifownermatch)$/i;
var uselessInSection = defineRule({
  id: "useless-in-section",
  summary: "AllowOverride and options for links stand in Directory sections",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report: report3 }) => ({
    directive(directive) {
      const { key, parent, words, spec } = directive;
      if (spec === null) return;
      const byPattern = parent.key === "directorymatch" || parent.key === "directory" && parent.words[0]?.value === "~";
      if (/^allowoverride(?:list)?$/.test(key) && (byPattern || LATE.has(parent.key))) {
        report3({
          ...nameOnly(directive.origin),
          message: `Useless ${directive.name}: access files are looked for before <${parent.name}> ${byPattern ? "with a pattern " : ""}counts`,
          help: "put it into a `<Directory>` with a path"
        });
        return;
      }
      if (key !== "options" || !LATE.has(parent.key)) return;
      for (const word of words) {
        if (!LINKS.test(word.value)) continue;
        const off2 = word.value.startsWith("-");
        report3({
          ...wordOnly(directive, word),
          message: `Useless ${word.value}: links are ${off2 ? "followed" : "checked"} before <${parent.name}> counts`,
          help: "put it into a `<Directory>`",
          // Who switches it off believes to be safe from something.
          ...off2 ? {} : { severity: "info" }
        });
      }
    }
  })
});

// src/lint/rules/user-dir-root.ts
function disablesRoot({ words }) {
  const [first, ...names] = words.map(({ value }) => value.toLowerCase());
  return (first === "disabled" || first === "disable") && (names.length === 0 || names.includes("root"));
}
var userDirRoot = defineRule({
  id: "user-dir-root",
  summary: "UserDir serves no home folder as a whole, and none of root",
  category: "security",
  severity: "info",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => everySection(config, (section) => {
    const lines = directivesOf2(section, "userdir");
    const safe = lines.some(disablesRoot) || directivesOf2(config.server, "userdir").some(disablesRoot);
    for (const line of lines) {
      const [word] = line.words;
      if (word === void 0 || /^(?:enabled?|disabled?)$/i.test(word.value) || /@\w/.test(word.value)) continue;
      const whole = /^(?:\.\/?|\/)$/.test(word.value);
      const home = !/[/*:]/.test(word.value);
      if (!whole && (safe || !home)) continue;
      report3({
        ...wordOnly(line, word),
        message: whole ? `Served home folders: \`UserDir ${word.value}\` leads /~root/ to the root of the file system` : `UserDir ${quote(word.value)} is for root too`,
        ...whole ? { severity: "warning" } : {},
        help: whole ? "name a folder, such as `public_html`" : "add `UserDir disabled root`"
      });
    }
  })
});

// src/lint/rules/virtual-host-not-listened.ts
var virtualHostNotListened = defineRule({
  id: "virtual-host-not-listened",
  summary: "The ports of virtual hosts are listened to",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    end() {
      const listen2 = directivesOf2(config.server, "listen");
      const lines = listen2.length > 0 || config.dialect !== "1.3" ? listen2 : directivesOf2(config.server, "port");
      const sockets = lines.flatMap(({ words }) => words.slice(0, 1).map(writtenAddress));
      if (sockets.length === 0 || sockets.some(({ port: port2 }) => port2 === null)) return;
      if (config.problems.some(({ kind }) => kind === "missing-include" || kind === "undefined-variable")) return;
      for (const { section, addresses } of virtualHosts(config)) {
        if (isPerhaps(section, config)) continue;
        for (const { host, port: port2, word } of addresses) {
          if (port2 === null || sockets.some((one) => one.port === port2)) continue;
          report3({
            ...wordOnly(section, word),
            message: `Unreachable virtual host: nothing listens to port ${port2} of ${quote(word.value)}`,
            help: `add \`Listen ${host === "*" || host === "_default_" || !/^[\d.[]/.test(host) ? "" : `${host}:`}${port2}\``
          });
        }
      }
    }
  })
});

// src/lint/wiki/lost-tags.ts
var conditional = /^if(?:module|define|version)$/i;
var directoryLike2 = /^(?:directory|location|files)(?:match)?$/i;
var heading = /^[\s!=*#]*(?:step|part|section|chapter|schritt)\s+\d|^\s*(?:!{1,3}|={2,6})\s*\S/i;
var DEEPEST2 = 100;
function matchedOpeners(page) {
  const matched = /* @__PURE__ */ new Set();
  const open = [];
  const counts = /* @__PURE__ */ new Map();
  for (const line of page) {
    if (line.kind === "open") {
      open.push(line);
      counts.set(line.spec.name, (counts.get(line.spec.name) ?? 0) + 1);
    }
    if (line.kind !== "close") continue;
    const isMatch = (one) => one.spec.name.toLowerCase() === line.name.toLowerCase();
    if (![...counts].some(([name2, count2]) => count2 > 0 && name2.toLowerCase() === line.name.toLowerCase())) continue;
    for (let top = open.pop(); top !== void 0; top = open.pop()) {
      counts.set(top.spec.name, (counts.get(top.spec.name) ?? 1) - 1);
      if (!isMatch(top)) continue;
      matched.add(top);
      break;
    }
  }
  return matched;
}
function endsSection(section, line) {
  if (!directoryLike2.test(section.spec.name)) return false;
  if (line.kind === "directive")
    return line.spec.overrides.length > 0 && line.spec.overrides.every((bit) => bit === "RSRC_CONF");
  return line.kind === "open" && /^(?:virtualhost|directory|location)(?:match)?$/i.test(line.spec.name);
}
function repeats(tree, section, line) {
  if (line.kind !== "open" || line.spec.name !== section.spec.name) return false;
  const argument = (one) => tree.text.slice(one.line.argsStart, one.line.argsEnd);
  return conditional.test(line.spec.name) ? argument(line) === argument(section) : line.spec.name === "VirtualHost";
}
function lostTags(tree, page) {
  const matched = matchedOpeners(page);
  const lost = [];
  const open = [];
  let last = -1;
  const closeTo = (depth) => {
    const from = Math.max(depth, open.findLastIndex((one) => matched.has(one)) + 1);
    for (const one of open.splice(from).reverse()) lost.push({ open: one, after: last });
  };
  for (const line of page) {
    if (line.kind === "text") {
      if (heading.test(tree.text.slice(line.line.start, Math.min(line.line.end, line.line.start + 200)))) closeTo(0);
      continue;
    }
    if (line.kind === "close") {
      const at = open.findLastIndex(
        (one) => matched.has(one) && one.spec.name.toLowerCase() === line.name.toLowerCase()
      );
      if (at >= 0) {
        closeTo(at + 1);
        open.length = at;
      }
    } else {
      const ended = open.findIndex((one) => !matched.has(one) && (endsSection(one, line) || repeats(tree, one, line)));
      if (ended >= 0) closeTo(ended);
    }
    last = line.index;
    if (line.kind === "open" && open.length < DEEPEST2) open.push(line);
  }
  closeTo(0);
  return lost;
}

// src/lint/rules/wiki-markup.ts
var PAGE = "this was copied from a wiki";
function add(additions, index, text) {
  const texts = additions.get(index);
  if (texts === void 0) additions.set(index, [text]);
  else texts.push(text);
}
function behind(reading, line, texts) {
  const text = reading.source.text.slice(line.start, line.end);
  const [lineEnd = ""] = /\r?\n?$/.exec(text) ?? [];
  const indent = /^[ \t]*/.exec(text)?.[0] ?? "";
  const at = line.end - lineEnd.length;
  const eol = lineEnd === "" ? "\n" : lineEnd;
  return { start: at, end: at, text: texts.map((one) => eol + (one.startsWith("#") ? indent : "") + one).join("") };
}
function textFinding(reading, { line, index }) {
  const { text } = reading.source;
  const content = text.slice(line.start, line.end);
  const start = line.start + (/^\s*/.exec(content.slice(0, 1e3))?.[0].length ?? 0);
  const end = line.start + content.trimEnd().length;
  const ofSoftware = /^[\w./-]+\.php:\d+: /.test(text.slice(start, start + 200));
  return {
    reading,
    span: { start, end: Math.max(start, end) },
    message: `${ofSoftware ? "Message of the wiki's software" : "Prose"} ${quote(text.slice(start, end))}`,
    help: `${PAGE}: make it a comment`,
    fatal: reading.active[index] !== false,
    fix: { safe: true, edits: [{ start, end: start, text: "# " }] }
  };
}
function nameFinding(reading, { line, index }) {
  const word = withoutMarks(line.name);
  if (word === null) return null;
  const span = { start: line.nameStart, end: line.nameEnd };
  return {
    reading,
    span,
    message: `Wiki markup ${quote(line.name)}`,
    help: `${PAGE}: write \`${word}\``,
    fatal: reading.active[index] !== false,
    fix: { safe: true, edits: unmark({ text: line.name, word, span }) }
  };
}
function lostFile(reading, page) {
  if (page.kind !== "directive" || page.spec.name !== "LoadModule") return null;
  const { argsStart, argsEnd } = page.line;
  const args = reading.source.text.slice(argsStart, Math.min(argsEnd, argsStart + 1e3));
  const module = /^(\w+)_module\s+(\S*\/)$/.exec(args);
  const [, name2, folder] = module ?? [];
  if (name2 === void 0 || folder === void 0) return null;
  const file = `mod_${name2}.so`;
  return {
    reading,
    span: { start: argsEnd - folder.length, end: argsEnd },
    message: `Lost file name behind ${quote(folder)}`,
    help: `${PAGE}: \`${folder}${file}\` is meant`,
    fatal: reading.active[page.index] !== false,
    fix: { safe: true, edits: [{ start: argsEnd, end: argsEnd, text: file }] }
  };
}
function linkFindings(reading, { kind, line }) {
  const from = kind === "text" ? line.start : line.argsStart;
  const to = kind === "text" ? line.end : line.argsEnd;
  return linksIn(reading.source.text, from, to).map((link) => ({
    reading,
    span: link.span,
    message: `Wiki link ${quote(link.text)}`,
    help: `${PAGE}: write \`${link.word}\``,
    severity: "warning",
    fix: { safe: true, edits: unmark(link) }
  }));
}
function has(page, ...names) {
  return page.some((one) => one.kind === "directive" && names.includes(one.spec.name.toLowerCase()));
}
function inspect(reading, report3) {
  const { tree, source } = reading;
  const page = wikiPage(tree);
  if (page === null) return;
  for (const one of page) {
    const findings = [
      one.kind === "text" ? textFinding(reading, one) : nameFinding(reading, one),
      lostFile(reading, one),
      ...linkFindings(reading, one)
    ];
    for (const finding of findings) if (finding !== null) report3(finding);
  }
  const additions = /* @__PURE__ */ new Map();
  const stats = has(page, "multicaststats", "broadcaststats", "acceptstats") ? [] : page.filter((one) => one.kind === "directive" && one.spec.name === "UnixSocketDir");
  for (const { index } of stats) {
    add(additions, index, "# Missing here, lost by the wiki: MulticastStats address:port,ttl and AcceptStats network");
  }
  const tags = lostTags(tree, page);
  for (const { open, after } of tags) {
    const [indent = ""] = /^[ \t]*/.exec(source.text.slice(open.line.start, open.line.end)) ?? [];
    add(additions, after, `${indent}</${withoutMarks(open.line.name) ?? open.line.name}>`);
  }
  const fixBehind = (index) => {
    const line = tree.lines[index];
    const texts = additions.get(index);
    return line === void 0 || texts === void 0 ? {} : { fix: { safe: true, edits: [behind(reading, line, texts)] } };
  };
  for (const { line, index } of stats) {
    report3({
      reading,
      span: { start: line.nameStart, end: line.nameEnd },
      message: "Lost lines behind it: MulticastStats and AcceptStats are nowhere in the page",
      help: `${PAGE}: their addresses cannot be restored, a comment marks the place`,
      severity: "warning",
      ...fixBehind(index)
    });
  }
  for (const { open, after } of tags) {
    const name2 = withoutMarks(open.line.name) ?? open.line.name;
    const place = source.position(tree.lines[after]?.start ?? 0).line;
    report3({
      reading,
      span: { start: open.line.nameStart, end: open.line.nameEnd },
      message: `Lost closing tag </${name2}>`,
      help: `${PAGE}: it belongs after line ${place}`,
      fatal: reading.active[open.index] !== false,
      ...fixBehind(after)
    });
  }
}
var wikiMarkup = defineRule({
  id: "wiki-markup",
  summary: "The text bears no marks of a wiki that it was copied from",
  category: "syntax",
  severity: "error",
  fixable: "safe",
  dialects,
  shadows: [
    "unknown-directive",
    "argument-count",
    "argument-value",
    "wrong-context",
    "unclosed-section",
    "unmatched-close",
    "crossed-sections",
    "misplaced-section",
    "malformed-tag",
    "bad-conditional",
    "module-list",
    "unterminated-quote",
    "line-end-comment"
  ],
  create: ({ report: report3 }) => ({
    reading(reading) {
      inspect(reading, report3);
    }
  })
});

// src/lint/rules/worker-limits.ts
var NAMES = new Set(
  "minspareservers maxspareservers minsparethreads maxsparethreads serverlimit threadlimit threadsperchild maxrequestworkers maxclients".split(" ")
);
function modelOf(name2) {
  const [, kind] = /^(?:mpm_)?(prefork|itk|worker|event|winnt|netware|mpmt_os2|beos|perchild)(?:_module|\.c)?$/i.exec(name2) ?? [];
  if (kind === void 0) return void 0;
  return /^(?:prefork|itk)$/i.test(kind) ? "prefork" : /^(?:worker|event)$/i.test(kind) ? "threads" : null;
}
var DEFAULTS = { prefork: 256, processes: 16, threadsPerChild: 25, threadLimit: 64 };
function corrections(settings, model, dialect) {
  const found = [];
  const number2 = (name2) => {
    const text = firstWord(settings.get(name2));
    return /^\d{1,9}$/.test(text) ? Number(text) : null;
  };
  const correct = (name2, because, taken, why, help) => {
    const setting = settings.get(name2);
    if (setting === void 0) return;
    const message = `${setting.name} ${firstWord(setting)} ${why}: httpd takes ${taken}`;
    found.push({ setting, because: settings.get(because), message, help });
  };
  const or = (name2, otherwise) => {
    const setting = settings.get(name2);
    return setting === void 0 ? otherwise : `${setting.name} ${firstWord(setting)}`;
  };
  const [least, most] = [number2("minspareservers"), number2("maxspareservers")];
  if (least !== null && most !== null && most <= least && model !== "threads" && model !== null) {
    const why = `is not above MinSpareServers ${least}`;
    correct("maxspareservers", "minspareservers", least + 1, why, `write at least \`MaxSpareServers ${least + 1}\``);
  }
  if (model === void 0 || model === null) return found;
  const threadLimit = number2("threadlimit") ?? DEFAULTS.threadLimit;
  const written = number2("threadsperchild");
  const threads = model === "prefork" ? 1 : Math.min(written ?? DEFAULTS.threadsPerChild, threadLimit);
  if (model === "threads") {
    const [few, many] = [number2("minsparethreads"), number2("maxsparethreads")];
    if (few !== null && many !== null && many < few + threads) {
      const why = `is less than MinSpareThreads ${few} and the ${threads} threads of one process`;
      correct("maxsparethreads", "minsparethreads", few + threads, why, "write at least as many as both together");
    }
    if (written !== null && written > threadLimit) {
      const why = `is more than ${or("threadlimit", `the usual ThreadLimit of ${threadLimit}`)}`;
      correct("threadsperchild", "threadlimit", threadLimit, why, `write \`ThreadLimit ${written}\` before it`);
    }
  }
  const workers = settings.has("maxrequestworkers") ? "maxrequestworkers" : "maxclients";
  const wanted = number2(workers);
  const processes = number2("serverlimit") ?? (model === "prefork" ? DEFAULTS.prefork : DEFAULTS.processes);
  const possible = processes * threads;
  if (wanted !== null && possible > 0 && wanted > possible) {
    const limit2 = or("serverlimit", `the usual limit of ${processes} processes`);
    const why = `is more than ${limit2}${model === "threads" ? ` with ${threads} threads each` : ""}`;
    const help = dialect === "1.3" ? "a higher HARD_SERVER_LIMIT has to be compiled in" : `write \`ServerLimit ${Math.ceil(wanted / threads)}\` before it`;
    correct(workers, "serverlimit", possible, why, help);
  }
  return found;
}
var workerLimits = defineRule({
  id: "worker-limits",
  summary: "The numbers of processes and threads fit together",
  category: "performance",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => {
    const blocks = /* @__PURE__ */ new Map();
    const models = /* @__PURE__ */ new Map();
    let block = null;
    let depth = 0;
    let loaded = config.dialect === "1.3" ? "prefork" : void 0;
    const settings = [];
    return {
      reading() {
        block = null;
      },
      line(line, _index, { tree }) {
        if (line.kind === "directive") {
          if (block !== null && NAMES.has(line.name.toLowerCase())) blocks.set(line, block);
        } else if (line.kind === "open" && /^ifmodule$/i.test(line.name)) {
          const model = block === null ? modelOf(argsWords(tree, line)[0]?.value ?? "") : void 0;
          if (block !== null) depth++;
          else if (model !== void 0) {
            block = line;
            depth = 1;
            models.set(line, model);
          }
        } else if (line.kind === "close" && /^ifmodule$/i.test(line.name) && block !== null) {
          depth--;
          if (depth === 0) block = null;
        }
      },
      directive(directive) {
        if (directive.spec === null) return;
        if (directive.key === "loadmodule") loaded = modelOf(firstWord(directive)) ?? loaded;
        if (NAMES.has(directive.key) && directive.parent === config.server) settings.push(directive);
      },
      end() {
        const reported = /* @__PURE__ */ new Set();
        const check = (chosen2, model) => {
          for (const { setting, because, message, help } of corrections(
            new Map(chosen2.map((one) => [one.key, one])),
            model,
            config.dialect
          )) {
            if (reported.has(setting)) continue;
            reported.add(setting);
            const finding = { ...wordOnly(setting, setting.words[0]), message, help };
            report3(
              because === void 0 ? finding : { ...finding, related: [{ origin: because.origin, message: "does not fit" }] }
            );
          }
        };
        if (loaded !== void 0 || blocks.size === 0) {
          check(settings, loaded);
          return;
        }
        const last = /* @__PURE__ */ new Map();
        const inside = /* @__PURE__ */ new Map();
        for (const setting of settings) {
          const opener = blocks.get(setting.origin.line);
          const list2 = opener === void 0 ? void 0 : inside.get(opener);
          if (opener === void 0) last.set(setting.key, setting);
          else if (list2 === void 0) inside.set(opener, [setting]);
          else list2.push(setting);
        }
        for (const [opener, list2] of inside) check([...last.values(), ...list2], models.get(opener));
      }
    };
  }
});

// src/lint/rules/wrong-context.ts
var wrongContext = defineRule({
  id: "wrong-context",
  summary: "Directives stand where httpd takes them",
  category: "semantics",
  severity: "error",
  fixable: "no",
  dialects,
  create: ({ config, report: report3 }) => ({
    directive(directive) {
      const problem = contextProblem(directive);
      if (problem === null || isMisled(directive, config)) return;
      report3({ ...nameOnly(directive.origin), message: problem, fatal: true });
    }
  })
});

// src/lint/rules/index.ts
var rules = [
  acceptMissesNetwork,
  accessWithoutEffect,
  argumentCount,
  argumentValue,
  authWithoutRequire,
  backhandModuleOrder,
  backhandNoAge,
  backhandNoSortAfterWindow,
  backhandNoStats,
  backhandSelfRedirect,
  backhandShuffleLast,
  backhandSortBeforeShuffle,
  backhandWindowWithoutShuffle,
  badConditional,
  badDefine,
  badInclude,
  badMacro,
  broadcastStats,
  candidacyArgument,
  cgiSourceServed,
  changedDirective,
  conditionalBeforeModule,
  contradictoryConditionals,
  crossedSections,
  deadBranch,
  defaultHostOverlap,
  directiveBeforeModule,
  directoryListing,
  duplicateListen,
  filePathInLocation,
  gluedDirectives,
  hostnameLookups,
  htFilesOpen,
  includeCycle,
  keepAliveOff,
  limitLeavesMethods,
  lineEndComment,
  locationGuardsFile,
  locationSlashGap,
  locationWildcard,
  longTimeout,
  lostLine2,
  malformedTag,
  misplacedSection,
  missingFile,
  missingInclude,
  mixedAccessControl,
  moduleList,
  nameVirtualHostMissing,
  nameVirtualHostUnused,
  openProxy,
  optionsMixedSigns,
  overlongLine,
  overriddenDirective,
  overrideEverywhere,
  passwordFileServed,
  redirectLoop,
  relativeDirectorySection,
  removedDirective,
  rewriteWithoutEngine,
  rootDirectoryOpen,
  runAsRoot,
  satisfyAnyOpen,
  sectionNeverMatches,
  serverNameMissing,
  serverPageOpen,
  serverTokens,
  shadowedMapping,
  slashMismatch,
  sslCertificateMissing,
  sslEngineMissing,
  sslOldProtocol,
  sslWeakCipher,
  statsAddress,
  statsGroupScope,
  statsHostName,
  statsTtl,
  statsWithoutAccept,
  statusPageBalanced,
  statusPageOpen,
  suppressionComment,
  symlinkChecks,
  templateFile,
  traceEnabled,
  unanchoredPattern,
  unclosedSection,
  undefinedVariable,
  unixSocketDir,
  unknownCandidacyFunction,
  unknownDirective,
  unknownLogFormat,
  unknownModuleName,
  unmatchedClose,
  unreachableVirtualHost,
  unreadableFile,
  unterminatedQuote,
  uselessInSection,
  userDirRoot,
  virtualHostNotListened,
  wikiMarkup,
  workerLimits,
  wrongContext
];

// ../../i4/noise.ts
var [root, ...only] = process.argv.slice(2);
var files = readdirSync2(root, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => join3(e.parentPath, e.name)).filter((p) => !p.endsWith("MANIFEST.tsv")).sort();
var chosen = only.length ? rules.filter((r) => only.includes(r.id)) : rules;
for (const path of files) {
  const r = lint(readConfiguration({ path, fileSystem: nodeFileSystem, dialect: "auto", environment: {} }), { rules: chosen, severities: /* @__PURE__ */ new Map(), files: nodeFileSystem });
  for (const f of r.files) for (const d of f.diagnostics) if (only.length || d.severity !== "info") console.log(f.source.path.slice(root.length + 1) + ":" + d.line, r.dialect, d.severity, d.rule, d.message, "|", f.source.lineText(d.line).trim().slice(0, 80));
}
