/** Lines that 2.4.71 takes and refuses because of their values; `{…}` around a line puts it into a folder. */
export interface ValueCases {
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

const table = `
AllowCONNECT 443 445-443 70000 | x ; 443- ; -443 ; 443-x ; 5s
{AuthBasicUseDigestAlgorithm md5 | x}
{AuthDigestAlgorithm MD5 | MD5-sess}
{AuthDigestQop AUTH | none ; auth auth-int}
{AuthDigestNonceLifetime -5 | x ; 5s}
AuthDigestShmemSize 1k | x ; 16 ; 5s ; 1G
{AuthName 50% | a%{b ; %{X}}
{AuthFormUsername x | a=b}
{AuthFormSize 5k | -1 ; 9223372036854775808}
AsyncRequestWorkerFactor .1 | 0 ; x ; 5s
BalancerGrowth 100 | -1 ; 1023
BrotliAlterETag nochange | x
BrotliCompressionQuality x | 16 ; -1
BrotliCompressionWindow 10.5 | 9 ; x
BrotliCompressionMaxInputBlock 16 | 15 ; x
DeflateFilterNote Input x | y x
CacheDirLength 8 | 0 ; x ; 88
CacheEnable disk / | disk ; / disk
CacheDisable / | on ; x
CacheKeyBaseURL //x | x ; /x
CacheLastModifiedFactor -.1x | x
CacheLockMaxAge 9223372036854775808 | 0 ; x
CacheMaxFileSize x | -1 ; 9223372036854775808
CacheSocacheMaxSize 1024k | 1023 ; x ; 4294967296
CGIDScriptTimeout ms | -1 ; 5S ; 5m ; 9999999999h
CGIVar REQUEST_URI current-uri | x current-uri ; REQUEST_URI x
CookieDomain .x.y | x.y ; .x
CookieExpires "5 weeks 2 hours" | x ; 5x ; "5 x"
CookieSameSite lax | x
CookieStyle rfc2965 | x
DavMinTimeout 4294967296 | -1 ; 3000000000
DBDMax 9223372036854775808 | +5 ; 5k
DeflateCompressionLevel 9 | 0 ; 10
DeflateInflateLimitRequestBody +5 | 5k ; -1
ExtFilterDefine x mode=output cmd="/bin/cat x" | x mode=x ; x y
ExtFilterDefine y preservescontentlength cmd=/bin/cat | "a b"
FlushMaxThreshold 4294967295 | 4294967296
HeartbeatMaxServers 10 | 9 ; -1
H2MaxWorkers 5s | 0 ; x
H2Padding 8 | 9 ; -1
H2PushDiarySize 16 | 15 ; 5
H2PushPriority * after 257 | * x ; * before 5 ; * after 0
{H2PushResource add /x critical | foo /x ; add /x y}
H2StreamTimeout 1h | x
H2WindowSize 1024 | 1023
KeepAliveTimeout 5hx | x ; 5S ; 99999999999999
{KeptBodySize 5 | 5k ; -1}
LimitXMLRequestBody x | -1
LogMessage "a %{HTTP_HOST}" hook=all | a b ; "%{X}" ; a expr=%{
LuaCodeCache STAT | x
LuaInherit parent-last | x
LuaScope server 1 2 | Once ; x
LuaHookFixups x y | x ; x y z
LuaHookTranslateName x y EARLY | x y z ; x
MaxMemFree 4294967296 | -1 ; 9223372036854775808
MemcacheConnTTL 3600 | 3601 ; x
ProtocolsHonorOrder off | x
ProxyFCGIBackendType fpm | x
ProxyFCGISetEnvIf "true" A %{HTTP_HOST} | %{ A ; "true" A %{X}
ProxyHTMLBufSize -5 | 5k
ProxyRemoteMatch ^a http://x:8080 | ( http://x:80 ; ^a x:80
RegexDefaultOptions none +ICASE | EXTENDED ; +none
RequestReadTimeout header=20-40,MinRate=500 body=20,minrate=500 | header ; header=20-40 ; body=20,MinRate=0 ; header=40-20,MinRate=5 ; foo=1
ServerName a[b | a*b ; http:
{SessionCookieName x path=/ | a=b}
{SessionExpiryUpdateInterval 5 | -1}
SSIStartTag a | "a b"
SSLVHostSNIPolicy Secure | x
ScriptLog x | x y
Substitute s|a|b|inqf | s/a ; s//b/ ; s/(/b/ ; s/a/b/x ; s/a/b/c/
Substitute s/(/b/n | x
SubstituteMaxLineLength 5G | 5x ; 5kb
WatchdogInterval 100ms | 99ms ; x
`;

/** The table, with the lines written out. */
export function valueCases(): ValueCases {
  const [takes, refuses]: [string[], string[]] = [[], []];
  for (const row of table.trim().split("\n")) {
    const inFolder = row.startsWith("{");
    const [first = "", others = ""] = (inFolder ? row.slice(1, -1) : row).split(/ \| (?=[^|]*$)/);
    const name = first.slice(0, first.indexOf(" "));
    const placed = (line: string): string => (inFolder ? `<Directory /x>\n${line}\n</Directory>\n` : `${line}\n`);
    takes.push(placed(first));
    for (const values of others.split(" ; ")) refuses.push(placed(`${name} ${values}`));
  }
  return { takes, refuses };
}
