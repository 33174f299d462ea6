import type { Dialect } from "../dialect.ts";
import type { DirectiveTable } from "./directive-table.ts";

/**
 * Modules from elsewhere that configurations in the wild use, so that their directives are neither unknown nor taken for
 * typing errors. Kinds and places are given where the module's documents or sources say them; the rest is open.
 */
const old = ["1.3"] as const satisfies readonly Dialect[];
const modern = ["2.0", "2.2", "2.4"] as const satisfies readonly Dialect[];
const all = ["1.3", "2.0", "2.2", "2.4"] as const satisfies readonly Dialect[];

const tables: readonly DirectiveTable[] = [
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
      "SSLProxyMachineCertificatePath TAKE1 s",
    ],
  },
  {
    modules: [{ name: "apache_ssl", identifier: "apache_ssl_module" }],
    dialects: all,
    directives: [
      "SSLDisable NO_ARGS s,SSLEnable NO_ARGS s,SSLCacheServerPath TAKE1 s,SSLCacheServerPort TAKE1 s",
      "SSLCacheServerRunDir TAKE1 s,SSLFlag FLAG s,SSLRequiredCiphers,SSLRequireCipher,SSLBanCipher,SSLFakeBasicAuth NO_ARGS s",
      "SSLExportClientCertificates NO_ARGS,SSLRandomFile,SSLRandomFilePerConnection,SSLNoCAList,SSLLogFile",
      "SSLCheckClientDN,SSLDenySSL,SSLKeyNoteLogFile,SSLCertificateLogDir,SSLUseCRL,SSLUseTLS,SSLUseSSLv2",
    ],
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
      "PerlInterpMaxRequests TAKE1 s,PerlInterpScope TAKE1 ads,PerlTrace TAKE1 s",
    ],
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
      "AxTraceIntermediate,AxTranslateOutput,AxAddXSPTaglib,<AxMediaType,<AxStyleName",
    ],
  },
  // PHP; the module's file name changed with every line.
  {
    modules: [
      { name: "mod_php3", identifier: "php3_module", dialects: old },
      { name: "mod_php4", identifier: "php4_module" },
      { name: "sapi_apache2", identifier: "php4_module", dialects: modern },
      { name: "mod_php5", identifier: "php5_module" },
      { name: "mod_php7", identifier: "php7_module", dialects: modern },
      { name: "mod_php", identifier: "php_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "php_value TAKE2 o,php_flag TAKE2 o,php_admin_value TAKE2 ds,php_admin_flag TAKE2 ds,PHPINIDir TAKE1 s",
    ],
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
      "php3_upload_tmp_dir TAKE1 o,php3_user_dir TAKE1 ds,php3_xbithack FLAG o",
    ],
  },
  {
    modules: [{ name: "mod_suphp", identifier: "suphp_module" }],
    dialects: all,
    directives: [
      "suPHP_Engine FLAG ads,suPHP_ConfigPath TAKE1 ads,suPHP_UserGroup TAKE2 ds,suPHP_AddHandler ITERATE ds",
      "suPHP_RemoveHandler ITERATE ds,suPHP_PHPPath TAKE1 s",
    ],
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
      "PythonInputFilter TAKE2 ads,PythonOutputFilter TAKE2 ads,PythonConnectionHandler RAW_ARGS s",
    ],
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
      "WSGIReloadMechanism TAKE1 ads,WSGIServerMetrics TAKE1 s,WSGIDestroyInterpreter FLAG s,WSGIStartupTimeout TAKE1 s",
    ],
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
      "RackAutoDetect,UnionStationKey,UnionStationSupport",
    ],
  },
  {
    modules: [{ name: "mod_ruby", identifier: "ruby_module" }],
    dialects: all,
    directives: [
      "RubyRequire,RubyHandler,RubyAddPath,RubySafeLevel,RubyOutputMode,RubyKanjiCode,RubySetEnv,RubyPassEnv",
      "RubyTimeOut,RubyOption,RubyGcPerRequest,RubyRestrictDirectives,RubyTransHandler,RubyAuthenHandler",
      "RubyAuthzHandler,RubyAccessHandler,RubyTypeHandler,RubyFixupHandler,RubyLogHandler,RubyHeaderParserHandler",
      "RubyPostReadRequestHandler,RubyInitHandler,RubyCleanupHandler,RubyChildInitHandler,RubyErrorLogHandler",
    ],
  },
  {
    modules: [{ name: "mod_fastcgi", identifier: "fastcgi_module" }],
    dialects: all,
    directives: [
      "FastCgiServer RAW_ARGS s,FastCgiExternalServer RAW_ARGS s,AppClass RAW_ARGS s,ExternalAppClass RAW_ARGS s",
      "FastCgiConfig RAW_ARGS s,FCGIConfig RAW_ARGS s,FastCgiIpcDir TAKE12 s,FastCgiSuexec TAKE1 s,FCGISuexec TAKE1 s",
      "FastCgiWrapper TAKE1 s,FastCgiAccessChecker TAKE1 ads,FastCgiAccessCheckerAuthoritative FLAG ads",
      "FastCgiAuthenticator TAKE12 ads,FastCgiAuthenticatorAuthoritative FLAG ads,FastCgiAuthorizer TAKE12 ads",
      "FastCgiAuthorizerAuthoritative FLAG ads",
    ],
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
      "ZombieScanInterval TAKE1 s,SpawnScore TAKE1 s,SpawnScoreUpLimit TAKE1 s,TerminationScore TAKE1 s",
    ],
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
      "JkRequestHeaderIndicator",
    ],
  },
  {
    modules: [{ name: "mod_jserv", identifier: "jserv_module" }],
    dialects: old,
    directives: [
      "ApJServManual,ApJServProperties,ApJServLogFile,ApJServLogLevel,ApJServDefaultHost,ApJServDefaultPort",
      "ApJServDefaultProtocol,ApJServHost,ApJServRoute,ApJServBalance,ApJServShmFile,ApJServVMTimeout,ApJServVMInterval",
      "ApJServProtocolParameter,ApJServSecretKey,ApJServMount,ApJServMountCopy,ApJServAction,ApJServEnvVar,ApJServRetryAttempts",
    ],
  },
  {
    modules: [
      { name: "mod_weblogic", identifier: "weblogic_module" },
      { name: "mod_wl_20", identifier: "weblogic_module", dialects: modern },
      { name: "mod_wl_22", identifier: "weblogic_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "WebLogicHost,WebLogicPort,WebLogicCluster,MatchExpression,WLProxySSL,WLLogFile,Debug,PathTrim,PathPrepend",
    ],
  },
  // Subversion and WebDAV.
  {
    modules: [{ name: "mod_dav", identifier: "dav_module" }],
    dialects: old,
    directives: [
      "DAV FLAG ds,DAVLockDB TAKE1 s,DAVMinTimeout TAKE1 ds,DAVDepthInfinity FLAG ds,DAVLimitXMLRequestBody TAKE1 ads",
      "DAVParam TAKE2 ds",
    ],
  },
  {
    modules: [{ name: "mod_dav_svn", identifier: "dav_svn_module" }],
    dialects: modern,
    directives: [
      "SVNPath TAKE1 d,SVNParentPath TAKE1 d,SVNReposName TAKE1 d,SVNIndexXSLT TAKE1 d,SVNSpecialURI TAKE1 s",
      "SVNAutoversioning FLAG ds,SVNPathAuthz TAKE1 ds,SVNListParentPath FLAG ds,SVNMasterURI TAKE1 d",
      "SVNActivitiesDB TAKE1 d,SVNAllowBulkUpdates TAKE1 ds,SVNInMemoryCacheSize TAKE1 s,SVNCompressionLevel TAKE1 s",
      "SVNCacheTextDeltas FLAG ds,SVNCacheFullTexts FLAG ds,SVNCacheRevProps FLAG ds,SVNCacheNodeProps FLAG ds",
      "SVNAdvertiseV2Protocol FLAG ds,SVNBlockRead FLAG ds,SVNHooksEnv TAKE1 ds,SVNMasterVersion TAKE1 d,SVNUseUTF8 FLAG s",
    ],
  },
  {
    modules: [{ name: "mod_authz_svn", identifier: "authz_svn_module" }],
    dialects: modern,
    directives: [
      "AuthzSVNAccessFile TAKE1 d,AuthzSVNReposRelativeAccessFile TAKE1 d,AuthzSVNGroupsFile TAKE1 d",
      "AuthzSVNAuthoritative FLAG d,AuthzSVNAnonymous FLAG d,AuthzSVNNoAuthWhenAnonymousAllowed FLAG d,AuthzForceUsernameCase",
    ],
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
      "mod_gzip_handle_methods,mod_gzip_imap_size,mod_gzip_config_version,mod_gzip_do_static_files,mod_gzip_do_cgi",
    ],
  },
  {
    modules: [{ name: "mod_layout", identifier: "layout_module" }],
    dialects: all,
    directives: [
      "LayoutHeader,LayoutFooter,LayoutComment,LayoutContentType,LayoutDefaultHandlers,LayoutDisplay,LayoutHandler",
      "LayoutIgnoreHeaders,LayoutIgnoreHeaderURI,LayoutIgnoreFooterURI,LayoutIgnoreURI,LayoutHandlerOverride",
      "LayoutFooterReplacement,LayoutHeaderReplacement,LayoutMerge,LayoutMergeBeginTag,LayoutMergeEndTag,LayoutMergeFooter",
      "LayoutMergeHeader,LayoutReplaceHeader,LayoutReplaceFooter,LayoutScheme,LayoutTimeLog,LayoutSetOriginEnv",
    ],
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
      "ModPagespeedXHeaderValue,ModPagespeedAdmin,ModPagespeedGlobalAdmin,AddOutputFilterByType TAKE_ARGV f",
    ],
  },
  {
    modules: [{ name: "mod_xsendfile", identifier: "xsendfile_module" }],
    dialects: modern,
    directives: [
      "XSendFile FLAG ads,XSendFilePath TAKE12 ads,XSendFileIgnoreEtag FLAG ads,XSendFileIgnoreLastModified FLAG ads",
      "XSendFileUnescape FLAG ads,XSendFileAllowAbove FLAG ads",
    ],
  },
  {
    modules: [{ name: "mod_proxy_html", identifier: "proxy_html_module" }],
    dialects: ["2.0", "2.2"],
    directives: [
      "ProxyHTMLBufSize,ProxyHTMLCharsetAlias,ProxyHTMLCharsetDefault,ProxyHTMLCharsetOut,ProxyHTMLDocType,ProxyHTMLEnable",
      "ProxyHTMLEvents,ProxyHTMLExtended,ProxyHTMLFixups,ProxyHTMLInterp,ProxyHTMLLinks,ProxyHTMLLogVerbose,ProxyHTMLMeta",
      "ProxyHTMLStartParse,ProxyHTMLStripComments,ProxyHTMLURLMap",
    ],
  },
  {
    modules: [{ name: "mod_frontpage", identifier: "frontpage_module" }],
    dialects: all,
    directives: ["FrontPageEnable,FrontPageDisable,FrontpageAdminEnable,FrontpageAdminDisable,FPStatic"],
  },
  {
    modules: [{ name: "mod_roaming", identifier: "roaming_module" }],
    dialects: old,
    directives: ["RoamingAlias TAKE2 s,LiPrefsDir,RoamingUserFile"],
  },
  // Limits and bandwidth.
  {
    modules: [{ name: "mod_throttle", identifier: "throttle_module" }],
    dialects: old,
    directives: [
      "ThrottlePolicy,ThrottleClientIP,ThrottleRemoteUser,ThrottleLimit,ThrottleInterval,ThrottleMaxDelay,ThrottleMinDelay",
      "ThrottlePolicyDefault,ThrottleContentType,ThrottleIndex,ThrottleLockFile,ThrottleRefresh,ThrottleRuntimeFile,ThrottleMe",
    ],
  },
  {
    modules: [{ name: "mod_bandwidth", identifier: "bandwidth_module" }],
    dialects: old,
    directives: [
      "BandWidthModule FLAG s,BandWidthDataDir TAKE1 s,BandWidthPulse TAKE1 s,BandWidth TAKE2 ads,LargeFileLimit TAKE2 ads",
      "MaxConnection TAKE1 ads,MinBandWidth TAKE2 ads",
    ],
  },
  {
    modules: [{ name: "mod_bw", identifier: "bw_module" }],
    dialects: modern,
    directives: [
      "BandWidthModule FLAG ads,ForceBandWidthModule FLAG ads,BandWidth TAKE2 ads,MinBandWidth TAKE2 ads",
      "LargeFileLimit TAKE3 ads,MaxConnection TAKE2 ads,BandWidthPacket TAKE1 ads,BandWidthError TAKE1 ads",
    ],
  },
  {
    modules: [{ name: "mod_cband", identifier: "cband_module" }],
    dialects: modern,
    directives: [
      "CBandDefaultExceededURL,CBandDefaultExceededCode,CBandScoreFlushPeriod,CBandRandomPulse,CBandLimit,CBandClassLimit",
      "CBandExceededURL,CBandExceededSpeed,CBandScoreboard,CBandPeriod,CBandPeriodSlice,CBandSpeed,CBandRemoteSpeed",
      "CBandClassRemoteSpeed,CBandUser,<CBandUser,CBandUserLimit,CBandUserClassLimit,CBandUserExceededURL",
      "CBandUserExceededSpeed,CBandUserScoreboard,CBandUserPeriod,CBandUserPeriodSlice,CBandUserSpeed,<CBandClass,CBandClassDst",
    ],
  },
  {
    modules: [{ name: "mod_limitipconn", identifier: "limitipconn_module" }],
    dialects: all,
    directives: ["MaxConnPerIP TAKE1 ads,NoIPLimit ITERATE ads,OnlyIPLimit ITERATE ads,MaxConnPerUid,MaxConnPerVhost"],
  },
  {
    modules: [
      { name: "mod_evasive", identifier: "evasive_module" },
      { name: "mod_evasive20", identifier: "evasive20_module", dialects: modern },
      { name: "mod_dosevasive", identifier: "dosevasive_module" },
      { name: "mod_dosevasive20", identifier: "dosevasive20_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "DOSHashTableSize TAKE1 s,DOSPageCount TAKE1 s,DOSSiteCount TAKE1 s,DOSPageInterval TAKE1 s,DOSSiteInterval TAKE1 s",
      "DOSBlockingPeriod TAKE1 s,DOSEmailNotify TAKE1 s,DOSLogDir TAKE1 s,DOSSystemCommand TAKE1 s,DOSWhitelist ITERATE s",
    ],
  },
  {
    modules: [{ name: "mod_qos", identifier: "qos_module" }],
    dialects: modern,
    directives: [
      "QS_SrvMaxConn,QS_SrvMaxConnClose,QS_SrvMaxConnPerIP,QS_SrvMinDataRate,QS_ClientEntries,QS_ErrorPage,QS_LocRequestLimit",
      "QS_LocRequestLimitMatch,QS_LocRequestPerSecLimit,QS_SetEnvIf,QS_ClientPrefer,QS_EventLimitCount,QS_ClientEventLimitCount",
    ],
  },
  {
    modules: [{ name: "mod_resource", identifier: "resource_module" }],
    dialects: old,
    directives: [
      "MaxCPUPerChild TAKE12 s,MaxDATAPerChild TAKE12 s,MaxNOFILEPerChild TAKE12 s,MaxRSSPerChild TAKE12 s",
      "MaxSTACKPerChild TAKE12 s",
    ],
  },
  // Security.
  {
    modules: [
      { name: "mod_security", identifier: "security_module" },
      { name: "mod_security2", identifier: "security2_module", dialects: modern },
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
      "SecUploadFileMode,SecUploadInMemoryLimit,SecUploadKeepFiles,SecWebAppId,SecWriteStateLimit,SecXmlExternalEntity",
    ],
  },
  {
    modules: [{ name: "mod_macro", identifier: "macro_module" }],
    dialects: ["1.3", "2.0", "2.2"],
    directives: [
      "<Macro RAW_ARGS ads,Use RAW_ARGS ads,UndefMacro TAKE1 ads,MacroIgnoreEmptyArgs NO_ARGS ads,MacroIgnoreBadNesting NO_ARGS ads",
    ],
  },
  // Authentication.
  {
    modules: [
      { name: "mod_auth_mysql", identifier: "mysql_auth_module" },
      { name: "auth_mysql", identifier: "auth_mysql_module" },
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
      "AuthMySQLPort,AuthMySQLSocket,AuthMySQLDefaultDB",
    ],
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
      "Auth_PG_cache_passwords,Auth_PG_hash_type,Auth_PG_charset",
    ],
  },
  {
    modules: [{ name: "mod_auth_ldap", identifier: "auth_ldap_module", file: "mod_auth_ldap.c" }],
    dialects: old,
    directives: [
      "AuthLDAPURL TAKE1 u,AuthLDAPBindDN TAKE1 u,AuthLDAPBindPassword TAKE1 u,AuthLDAPAuthoritative FLAG u,LDAP_Server",
      "AuthLDAPEnabled FLAG u,AuthLDAPGroupAttribute ITERATE u,AuthLDAPGroupAttributeIsDN FLAG u,LDAP_Port,Base_DN,UID_Attr",
      "AuthLDAPRemoteUserIsDN FLAG u,AuthLDAPCompareDNOnServer FLAG u,AuthLDAPFrontPageHack FLAG u,Bind_DN,Bind_Pass",
      "AuthLDAPCacheSize TAKE1 s,AuthLDAPCacheTTL TAKE1 s,AuthLDAPOpCacheSize TAKE1 s,AuthLDAPOpCacheTTL TAKE1 s",
      "AuthLDAPCertDBPath TAKE1 s,AuthLDAPStartTLS FLAG u,AuthLDAPDereferenceAliases TAKE1 u,AuthOracleLDAP,AuthLDAPCharsetConfig",
    ],
  },
  {
    modules: [{ name: "mod_auth_kerb", identifier: "auth_kerb_module" }],
    dialects: all,
    directives: [
      "KrbMethodNegotiate FLAG u,KrbMethodK5Passwd FLAG u,KrbMethodK4Passwd FLAG u,KrbAuthoritative FLAG u",
      "KrbDelegateBasic FLAG u,KrbAuthRealm ITERATE u,KrbAuthRealms ITERATE u,KrbServiceName TAKE1 u,Krb5Keytab TAKE1 u",
      "Krb4Srvtab TAKE1 u,KrbSaveCredentials FLAG u,KrbVerifyKDC FLAG u,KrbLocalUserMapping FLAG u,KrbConstrainedDelegation",
    ],
  },
  {
    modules: [{ name: "mod_auth_gssapi", identifier: "auth_gssapi_module" }],
    dialects: modern,
    directives: [
      "GssapiSSLonly,GssapiLocalName,GssapiConnectionBound,GssapiUseSessions,GssapiSessionKey,GssapiCredStore",
      "GssapiDelegCcacheDir,GssapiDelegCcacheUnique,GssapiUseS4U2Proxy,GssapiBasicAuth,GssapiBasicAuthMech",
      "GssapiAllowedMech,GssapiNegotiateOnce,GssapiNameAttributes,GssapiImpersonate,GssapiPublishErrors,GssapiAcceptorName",
    ],
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
      "OIDCUserInfoTokenMethod,OIDCWhiteListedClaims,OIDCBlackListedClaims,OIDCXForwardedHeaders,OIDCTokenBindingPolicy",
    ],
  },
  {
    modules: [{ name: "mod_auth_mellon", identifier: "auth_mellon_module" }],
    dialects: modern,
    directives: [
      "MellonEnable,MellonEndpointPath,MellonSPMetadataFile,MellonSPPrivateKeyFile,MellonSPCertFile,MellonIdPMetadataFile",
      "MellonIdPCAFile,MellonIdPMetadataGlob,MellonVariable,MellonSecureCookie,MellonCookieDomain,MellonCookiePath",
      "MellonUser,MellonIdP,MellonSetEnv,MellonSetEnvNoPrefix,MellonRequire,MellonCond,MellonSessionLength,MellonDefaultLoginPath",
      "MellonCacheSize,MellonCacheEntrySize,MellonLockFile,MellonPostDirectory,MellonOrganizationName,MellonSessionDump",
      "MellonMergeEnvVars,MellonSubjectConfirmationDataAddressCheck,MellonRedirectDomains,MellonSignatureMethod",
    ],
  },
  {
    modules: [{ name: "mod_shib", identifier: "mod_shib" }],
    dialects: modern,
    directives: [
      "ShibConfig,ShibCatalogs,ShibSchemaDir,ShibRequestSetting,ShibRequestMapperConfig,ShibAccessControl",
      "ShibAccessControlType,ShibApplicationId,ShibBasicHijack,ShibRequireSession,ShibRequireSessionWith,ShibExportAssertion",
      "ShibRedirectToSSL,ShibRequireAll,ShibUseEnvironment,ShibUseHeaders,ShibExpireRedirects,ShibCompatValidUser",
    ],
  },
  {
    modules: [
      { name: "mod_auth_cas", identifier: "auth_cas_module" },
      { name: "mod_auth_pam", identifier: "auth_pam_module" },
      { name: "mod_auth_external", identifier: "auth_external_module" },
      { name: "mod_authnz_external", identifier: "authnz_external_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "CASVersion,CASDebug,CASValidateURL,CASLoginURL,CASProxyValidateURL,CASCertificatePath,CASCookiePath,CASTimeout",
      "CASIdleTimeout,CASCacheCleanInterval,CASCookieEntropy,CASScope,CASRenew,CASGateway,CASRootProxiedAs,CASValidateServer",
      "AuthPAM_Enabled,AuthPAM_Authoritative,AuthPAM_FallThrough,AuthExternal,AddExternalAuth,SetExternalAuthMethod",
      "AddExternalGroup,SetExternalGroupMethod,GroupExternal,AuthExternalAuthoritative,DefineExternalAuth,DefineExternalGroup",
      "AuthExternalProvideCache,AuthExternalContext,GroupExternalError,AuthExternalGroupsAtOnce",
    ],
  },
  // Addresses, logs, virtual hosts.
  {
    modules: [
      { name: "mod_geoip", identifier: "geoip_module" },
      { name: "mod_maxminddb", identifier: "maxminddb_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "GeoIPEnable FLAG ads,GeoIPDBFile TAKE12 s,GeoIPOutput ITERATE s,GeoIPUseFirstXForwardedForIP FLAG s",
      "GeoIPScanProxyHeaders FLAG s,GeoIPScanProxyHeaderField,GeoIPUseLastXForwardedForIP FLAG s,GeoIPEnableUTF8 FLAG ads",
      "GeoIPEnableHostnameLookups FLAG ads,MaxMindDBEnable FLAG ads,MaxMindDBFile TAKE2 ads,MaxMindDBEnv TAKE2 ads",
      "MaxMindDBSetNotes FLAG ads,MaxMindDBNetworkEnv",
    ],
  },
  {
    modules: [
      { name: "mod_rpaf", identifier: "rpaf_module" },
      { name: "mod_rpaf-2.0", identifier: "rpaf_module", dialects: modern },
    ],
    dialects: all,
    directives: [
      "RPAFenable FLAG s,RPAFsethostname FLAG s,RPAFproxy_ips ITERATE s,RPAFheader TAKE1 s,RPAF_Enable FLAG s",
      "RPAF_ProxyIPs ITERATE s,RPAF_Header TAKE1 s,RPAF_SetHostName FLAG s,RPAF_SetHTTPS FLAG s,RPAF_SetPort FLAG s",
      "RPAF_ForbidIfNotProxy FLAG s",
    ],
  },
  {
    modules: [{ name: "mod_extract_forwarded", identifier: "extract_forwarded_module" }],
    dialects: all,
    directives: ["MEForder,MEFaccept,MEFrefuse,MEFaddenv,MEFstripheader,MEFdebug"],
  },
  {
    modules: [{ name: "mod_log_sql", identifier: "log_sql_module" }],
    dialects: all,
    directives: [
      "LogSQLLoginInfo,LogSQLDatabase,LogSQLDBParam,LogSQLDBDriver,LogSQLCreateTables,LogSQLMassVirtualHosting",
      "LogSQLTableType,LogSQLTransferLogTable,LogSQLTransferLogFormat,LogSQLRemhostIgnore,LogSQLRequestAccept",
      "LogSQLRequestIgnore,LogSQLCookieLogTable,LogSQLHeadersInLogTable,LogSQLHeadersOutLogTable,LogSQLNotesLogTable",
      "LogSQLMachineID,LogSQLPreserveFile,LogSQLForcePreserve,LogSQLDelayedInserts,LogSQLSocketFile,LogSQLTCPPort",
      "LogSQLWhichCookie,LogSQLWhichHeaderIn,LogSQLWhichHeaderOut,LogSQLWhichNote,LogSQLWhichCookies,LogSQLScoreDomain",
    ],
  },
  {
    modules: [
      { name: "itk", identifier: "mpm_itk_module", file: "itk.c" },
      { name: "mpm_itk", identifier: "mpm_itk_module", file: "mpm_itk.c" },
    ],
    dialects: modern,
    directives: [
      "AssignUserID TAKE2 ads,AssignUserIDExpr TAKE1 ads,AssignGroupIDExpr TAKE1 ads,MaxClientsVHost TAKE1 s",
      "NiceValue TAKE1 ads,LimitUIDRange TAKE2 s,LimitGIDRange TAKE2 s,EnableCapabilities FLAG s",
    ],
  },
  {
    modules: [
      { name: "mod_ruid2", identifier: "ruid2_module" },
      { name: "peruser", identifier: "mpm_peruser_module", file: "peruser.c" },
    ],
    dialects: modern,
    directives: [
      "RMode,RUidGid,RGroups,RMinUidGid,RDefaultUidGid,RDocumentChRoot,<Processor,ServerEnvironment,Multiplexer,ExpireTimeout",
      "MaxProcessors,MinSpareProcessors,MaxMultiplexers,ProcessorWaitTimeout,MinMultiplexers",
    ],
  },
  {
    modules: [
      { name: "mod_cluster", identifier: "proxy_cluster_module", file: "mod_proxy_cluster.c" },
      { name: "mod_manager", identifier: "manager_module" },
      { name: "mod_advertise", identifier: "advertise_module" },
    ],
    dialects: modern,
    directives: [
      "ManagerBalancerName,EnableMCPMReceive,EnableMCMPReceive,MaxMCMPMessSize,MemManagerFile,MaxContext,MaxNode,MaxHost",
      "MaxSessionId,PersistSlots,AllowDisplay,AllowCmd,ReduceDisplay,CheckNonce,WSUpgradeHeader,AJPSecret,ResponseFieldSize",
      "ServerAdvertise,AdvertiseGroup,AdvertiseFrequency,AdvertiseSecurityKey,AdvertiseManagerUrl,AdvertiseBindAddress",
      "CreateBalancers,UseAlias,LBstatusRecalTime,WaitForRemove,ProxyPassMatchPreserve,EnableOptions,UseNocanon",
      "DeterministicFailover,ModProxyClusterHCTemplate",
    ],
  },
  {
    modules: [{ name: "mod_authcookie", identifier: "authcookie_module" }],
    dialects: all,
    directives: ["AuthCookieName,AuthCookieDomain,AuthCookieDBUser,AuthCookieTimeout,AuthCookieEncrypt"],
  },
  {
    modules: [{ name: "mod_auth_tkt", identifier: "auth_tkt_module" }],
    dialects: all,
    directives: [
      "TKTAuthSecret,TKTAuthSecretOld,TKTAuthDigestType,TKTAuthLoginURL,TKTAuthTimeoutURL,TKTAuthPostTimeoutURL",
      "TKTAuthUnauthURL,TKTAuthGuestLogin,TKTAuthGuestUser,TKTAuthGuestCookie,TKTAuthTimeout,TKTAuthTimeoutRefresh",
      "TKTAuthCookieName,TKTAuthDomain,TKTAuthCookieExpires,TKTAuthBackCookieName,TKTAuthBackArgName,TKTAuthToken",
      "TKTAuthIgnoreIP,TKTAuthRequireSSL,TKTAuthCookieSecure,TKTAuthDebug,TKTAuthQuerySeparator",
    ],
  },
  {
    modules: [{ name: "mod_policy", identifier: "policy_module" }],
    dialects: ["2.4"],
    directives: [
      "PolicyType,PolicyTypeURL,PolicyLength,PolicyLengthURL,PolicyKeepalive,PolicyKeepaliveURL,PolicyVary,PolicyVaryURL",
      "PolicyValidation,PolicyValidationURL,PolicyConditional,PolicyConditionalURL,PolicyNocache,PolicyNocacheURL",
      "PolicyMaxage,PolicyMaxageURL,PolicyVersion,PolicyVersionURL,PolicyFilter,PolicyEnvironment",
    ],
  },
  {
    modules: [{ name: "mod_ssl_ct", identifier: "ssl_ct_module" }],
    dialects: ["2.4"],
    directives: [
      "CTAuditStorage,CTLogClient,CTLogConfigDB,CTMaxSCTAge,CTProxyAwareness,CTSCTStorage,CTServerHelloSCTLimit,CTStaticLogConfig",
      "CTStaticSCTs",
    ],
  },
  {
    modules: [
      { name: "mod_mono", identifier: "mono_module" },
      { name: "mod_aspdotnet", identifier: "aspdotnet_module" },
      { name: "mod_tcl", identifier: "tcl_module" },
      { name: "mod_chroot", identifier: "chroot_module" },
      { name: "mod_vhost_limit", identifier: "vhost_limit_module" },
      { name: "mod_vhs", identifier: "vhs_module" },
      { name: "mod_vhost_ldap", identifier: "vhost_ldap_module" },
    ],
    dialects: all,
    directives: [
      "MonoServerPath,MonoApplications,MonoAutoApplication,MonoAutoRestartMode,MonoAutoRestartRequests,MonoDebug",
      "MonoMaxActiveRequests,MonoPath,MonoSetServerAlias,MonoUnixSocket,MonoExecutablePath,MonoWapiDir,AddMonoApplications",
      "AspNet,AspNetMount,AspNetFiles,ChrootDir TAKE1 s,VhostLDAPEnabled,VhostLDAPUrl,VhostLDAPBindDN,VhostLDAPBindPassword",
    ],
  },
];

/** The tables of modules from elsewhere, all with the status `third-party`. */
export const thirdParty: readonly DirectiveTable[] = tables.map((table) => ({ ...table, status: "third-party" }));
