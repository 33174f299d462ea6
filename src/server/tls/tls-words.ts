/** The protocols of SSLProtocol that there are, the oldest first, as Node names them. */
const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
export type TlsVersion = (typeof versions)[number];

/** Both ends are offered. */
export interface VersionRange {
  readonly min: TlsVersion;
  readonly max: TlsVersion;
}

/** Known to some httpd, and offered by no OpenSSL that Node comes with. */
const gone: ReadonlySet<string> = new Set(["sslv2", "sslv3"]);

/** TLS 1.2 and later, where no line says otherwise; httpd would also offer what its OpenSSL has disabled for years. */
export const modernVersions: VersionRange = { min: "TLSv1.2", max: "TLSv1.3" };

/**
 * The words of an SSLProtocol line: a bare word takes the place of all before it, `+` adds, `-` takes away. As in httpd there
 * are no holes: from the newest down to the first that is missing.
 * httpd 2.4 ssl_engine_config.c ssl_cmd_protocol_parse, ssl_engine_init.c ssl_init_ctx_protocol
 */
export function readVersions(words: readonly string[]): VersionRange | { readonly error: string } {
  let wanted = new Set<TlsVersion>();
  for (const word of words) {
    const sign = /^[+-]/.exec(word)?.[0] ?? "";
    const name = word.slice(sign.length).toLowerCase();
    const named = name === "all" ? versions : versions.filter((version) => version.toLowerCase() === name);
    if (named.length === 0 && !gone.has(name)) return { error: `Unknown protocol "${word}"` };
    if (sign === "-") for (const version of named) wanted.delete(version);
    else wanted = new Set(sign === "+" ? [...wanted, ...named] : named);
  }
  const max = versions.findLast((version) => wanted.has(version));
  if (max === undefined) return { error: "Expected a protocol that is still offered, such as TLSv1.2: none is left" };
  let at = versions.indexOf(max);
  while (at > 0 && wanted.has(versions[at - 1] ?? max)) at -= 1;
  return { min: versions[at] ?? max, max };
}

/** What httpd adds to every list: no suites without a certificate, without a cipher, or weakened for export. */
const neverOffered = "!aNULL:!eNULL:!EXP";

/** The suites of TLS 1.3 that OpenSSL offers by itself. */
const defaultSuites = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

/**
 * The list for OpenSSL of what the SSLCipherSuite lines say: `tls12` for up to TLS 1.2, `tls13` for what follows `TLSv1.3`.
 * Null: no line, and the list of Node. Node turns TLS 1.3 off when a list names none of its suites.
 */
export function cipherList(tls12: string | null, tls13: string | null, nodeDefault: string): string | null {
  if (tls12 === null && tls13 === null) return null;
  const old = nodeDefault.split(":").filter((name) => !name.startsWith("TLS_"));
  return `${tls13 ?? defaultSuites}:${tls12 === null ? old.join(":") : `${tls12}:${neverOffered}`}`;
}
