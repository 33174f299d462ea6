/** A certificate with its key, as one file and as two. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
  readonly both: string;
}

type WithTls = (configuration: string, port: number, files: TlsFiles) => string;

const modules = "/usr/lib/apache2/modules";

/** The configurations of the rivals with TLS and HTTP/2 in front, everything else as it was. */
export const withTls = {
  backhand: (configuration, _port, { both }) =>
    `${configuration}Protocols h2 http/1.1\nSSLEngine on\nSSLCertificateFile ${both}\n`,
  apache2: (configuration, _port, { certificate, key }) =>
    `${configuration}LoadModule ssl_module ${modules}/mod_ssl.so
LoadModule http2_module ${modules}/mod_http2.so
LoadModule socache_shmcb_module ${modules}/mod_socache_shmcb.so
Protocols h2 http/1.1
SSLEngine on
SSLCertificateFile ${certificate}
SSLCertificateKeyFile ${key}
`,
  nginx: (configuration, port, { certificate, key }) =>
    configuration.replace(
      `listen 127.0.0.1:${port};`,
      `listen 127.0.0.1:${port} ssl http2; ssl_certificate ${certificate}; ssl_certificate_key ${key}; ssl_protocols TLSv1.2 TLSv1.3;`,
    ),
  haproxy: (configuration, port, { both }) =>
    configuration.replace(`bind 127.0.0.1:${port}`, `bind 127.0.0.1:${port} ssl crt ${both} alpn h2,http/1.1`),
} as const satisfies Readonly<Record<string, WithTls>>;
