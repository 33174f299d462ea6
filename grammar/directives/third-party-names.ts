import type { DirectiveTable } from "./directive-table.ts";

/**
 * Names that Debian's builds of modules from elsewhere have (`apache2 -L`) and their documents or older sources don't.
 * Their words and places are open.
 */
export const thirdPartyNames: readonly DirectiveTable[] = [
  {
    modules: [{ name: "mod_auth_cas", identifier: "auth_cas_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "CASAttributeDelimiter,CASAttributePrefix,CASAuthNHeader,CASCookie,CASCookieDomain,CASCookieHttpOnly",
      "CASGatewayCookie,CASGatewayCookieDomain,CASPreserveTicket,CASSSOEnabled,CASScrubRequestHeaders",
      "CASSecureCookie,CASValidateDepth,CASValidateSAML",
    ],
  },
  {
    modules: [{ name: "mod_auth_gssapi", identifier: "auth_gssapi_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "GssapiBasicTicketTimeout,GssapiDelegCcacheEnvVar,GssapiDelegCcachePerms,GssapiPublishMech",
      "GssapiRequiredNameAttributes,GssapiSignalPersistentAuth",
    ],
  },
  {
    modules: [{ name: "mod_auth_openidc", identifier: "auth_openidc_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "OIDCCABundlePath,OIDCCacheFileCleanInterval,OIDCClientJwksUri,OIDCClientTokenEndpointKeyPassword",
      "OIDCIDTokenEncryptedResponseAlg,OIDCIDTokenEncryptedResponseEnc,OIDCIDTokenSignedResponseAlg,OIDCInfoHook",
      "OIDCLogoutXFrameOptions,OIDCMemCacheConnectionsHMax,OIDCMemCacheConnectionsMin,OIDCMemCacheConnectionsSMax",
      "OIDCMemCacheConnectionsTTL,OIDCOAuthAcceptTokenAs,OIDCOAuthAccessTokenBindingPolicy",
      "OIDCOAuthIntrospectionClientAuthBearerToken,OIDCOAuthIntrospectionEndpointAuth",
      "OIDCOAuthIntrospectionEndpointCert,OIDCOAuthIntrospectionEndpointKey,OIDCOAuthIntrospectionEndpointMethod",
      "OIDCOAuthIntrospectionEndpointParams,OIDCOAuthIntrospectionTokenParamName,OIDCOAuthServerMetadataURL",
      "OIDCOAuthTokenExpiryClaim,OIDCOAuthTokenIntrospectionInterval,OIDCOAuthVerifyCertFiles",
      "OIDCOAuthVerifySharedKeys,OIDCPassCookies,OIDCProviderBackChannelLogoutSupported",
      "OIDCProviderMetadataRefreshInterval,OIDCProviderRegistrationEndpointJson,OIDCProviderRevocationEndpoint",
      "OIDCRedirectURLsAllowed,OIDCRedisCacheConnectTimeout,OIDCRedisCacheDatabase,OIDCRedisCacheTimeout",
      "OIDCRedisCacheUsername,OIDCRequestObject,OIDCStateCookiePrefix,OIDCStateInputHeaders",
      "OIDCUserInfoEncryptedResponseAlg,OIDCUserInfoEncryptedResponseEnc,OIDCUserInfoSignedResponseAlg",
      "OIDCValidateIssuer",
    ],
  },
  {
    modules: [{ name: "mod_auth_tkt", identifier: "auth_tkt_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["TKTAuthGuestEmpty,TKTAuthGuestFallback,TKTAuthTimeoutMin"],
  },
  {
    modules: [{ name: "mod_authnz_external", identifier: "authnz_external_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["GroupExternalManyAtOnce"],
  },
  {
    modules: [{ name: "mod_evasive20", identifier: "evasive20_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["DOSHTTPResponseCode"],
  },
  {
    modules: [{ name: "mod_fcgid", identifier: "fcgid_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["PassHeader,TimeScore"],
  },
  {
    modules: [{ name: "mod_geoip", identifier: "geoip_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["GeoIPUseFirstNonPrivateXForwardedForIP"],
  },
  {
    modules: [{ name: "mod_jk", identifier: "jk_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["JkLocalAddrIndicator,JkSSLPROTOCOLIndicator"],
  },
  {
    modules: [{ name: "mod_mono", identifier: "mono_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "MonoApplicationsConfigDir,MonoApplicationsConfigFile,MonoAutoRestartTime,MonoCheckHiddenFiles",
      "MonoDocumentRootDir,MonoIOMAP,MonoListenAddress,MonoListenBacklog,MonoListenPort,MonoMaxCPUTime",
      "MonoMaxMemory,MonoMaxWaitingRequests,MonoMinThreads,MonoRunXSP,MonoSetEnv,MonoTargetFramework,MonoUnixUmask",
      "MonoXSPStartAttempts,MonoXSPStartWaitTime",
    ],
  },
  {
    modules: [{ name: "mod_passenger", identifier: "passenger_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "PassengerAdminPanelAuthType,PassengerAdminPanelPassword,PassengerAdminPanelUrl,PassengerAdminPanelUsername",
      "PassengerAnalyticsLogGroup,PassengerAnalyticsLogUser,PassengerAnonymousTelemetryProxy,PassengerAppLogFile",
      "PassengerAppStartCommand,PassengerCtl,PassengerDebugLogFile,PassengerDebugger",
      "PassengerDirectInstanceRequestAddress,PassengerDisableAnonymousTelemetry,PassengerDisableLogPrefix",
      "PassengerDumpConfigManifest,PassengerFileDescriptorLogFile,PassengerFlyWith,PassengerLveMinUid",
      "PassengerMaxRequestQueueTime,PassengerMeteorAppSettings,PassengerMonitorLogFile,PassengerPreloadBundler",
      "PassengerResistDeploymentErrors,PassengerResponseBufferHighWatermark,PassengerSocketBacklog",
      "PassengerSpawnDir,PassengerStickySessionsCookieAttributes,PassengerStickySessionsCookieName",
      "PassengerTurbocaching,RailsDefaultUser,RailsMaxInstancesPerApp,RailsMaxPoolSize,RailsPoolIdleTime,RailsRuby",
      "RailsSpawnServer,RailsUserSwitching,UnionStationFilter,UnionStationGatewayAddress,UnionStationGatewayCert",
      "UnionStationGatewayPort,UnionStationProxyAddress",
    ],
  },
  {
    modules: [{ name: "mod_security2", identifier: "security2_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["SecRequestEncoding"],
  },
  {
    modules: [{ name: "mod_vhost_ldap", identifier: "vhost_ldap_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: ["VhostLDAPDereferenceAliases,VhostLDAPFallback,VhostLDAPWildcard"],
  },
  {
    modules: [{ name: "mod_wsgi", identifier: "wsgi_module" }],
    dialects: ["2.2", "2.4"],
    status: "third-party",
    directives: [
      "WSGIDontWriteBytecode,WSGIGroupAuthoritative,WSGINewRelicConfigFile,WSGINewRelicEnvironment",
      "WSGIPassApacheRequest",
    ],
  },
];
