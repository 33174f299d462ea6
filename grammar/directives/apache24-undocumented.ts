/**
 * Rows like those of apache24.ts for what Apache 2.4.71 says that it has (`apache2 -L`) and the recorded manual does not.
 * The sections of mod_lua are not here: what stands in them is Lua and no configuration.
 */
export const undocumented: readonly string[] = [
  "<MDomain|mod_md|RAW_ARGS|RSRC_CONF||s||<MDomain dns-name [ other-dns-name... ]>...</MDomain>",
  "H2MaxHeaderBlockLen|mod_http2|TAKE1|RSRC_CONF||sv||H2MaxHeaderBlockLen bytes",
  "H2MaxStreamErrors|mod_http2|TAKE1|RSRC_CONF||sv||H2MaxStreamErrors n",
  "ListenTCPDeferAccept|mpm_common|TAKE1|RSRC_CONF|GLOBAL_ONLY|s||ListenTCPDeferAccept value",
  "MDHttpProxyCACertificateFile|mod_md|TAKE1|RSRC_CONF||s||MDHttpProxyCACertificateFile path-to-pem-file",
  "MDInitialDelay|mod_md|TAKE1|RSRC_CONF||s||MDInitialDelay duration",
  "MDProfile|mod_md|TAKE1|RSRC_CONF||s||MDProfile name",
  "MDProfileMandatory|mod_md|TAKE1|RSRC_CONF||s||MDProfileMandatory on|off",
  "MDRenewViaARI|mod_md|TAKE1|RSRC_CONF||s||MDRenewViaARI on|off",
  "MacroIgnoreBadNesting|mod_macro|RAW_ARGS|OR_ALL||svdh||MacroIgnoreBadNesting",
  "MacroIgnoreEmptyArgs|mod_macro|RAW_ARGS|OR_ALL||svdh||MacroIgnoreEmptyArgs",
  "SSLVHostSNIPolicy|mod_ssl|TAKE1|RSRC_CONF||s||SSLVHostSNIPolicy strict|secure|authonly|insecure",
];
