import { X509Certificate } from "node:crypto";
import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { ClientCertificates } from "./tls-settings.ts";

/**
 * Why a client may not stay, by the certificate that it showed or did not; null: it may. OpenSSL has looked at the signatures
 * and dates by the time that a connection is open, and Node has kept the result in `authorized`. `authorities` are those of
 * the host.
 */
export function clientRefusal(
  socket: TLSSocket,
  { verify, depth }: ClientCertificates,
  authorities: readonly X509Certificate[],
): string | null {
  if (verify === "none") return null;
  const certificate = socket.getPeerCertificate(true) as Partial<DetailedPeerCertificate>;
  if (certificate.raw === undefined) return verify === "require" ? "The client has no certificate" : null;
  // Types say that it is always an Error; it is a text.
  const why: unknown = socket.authorizationError;
  if (!socket.authorized) return `The client's certificate is not good: ${String(why)}`;
  const length = chainLength(certificate, authorities);
  if (length === null) {
    return "Who signed the client's certificate is not in SSLCACertificateFile, and SSLVerifyDepth cannot be judged";
  }
  return length > depth ? "The client's certificate is further from an authority than SSLVerifyDepth allows" : null;
}

/** More than any chain has; no limit of SSLVerifyDepth that means anything is beyond it. */
const longestChain = 100;

/**
 * How many certificates stand behind the first, up to the one that signed itself. Node 24 does not tell which of them a client
 * sent along; null when one of those is missing among the authorities.
 */
function chainLength(first: Partial<DetailedPeerCertificate>, authorities: readonly X509Certificate[]): number | null {
  const known = [...authorities];
  const seen = new Set<Partial<DetailedPeerCertificate>>();
  let sent: Partial<DetailedPeerCertificate> | undefined = first;
  for (; sent?.raw !== undefined && !seen.has(sent); sent = sent.issuerCertificate) {
    seen.add(sent);
    known.push(new X509Certificate(sent.raw));
  }
  if (first.raw === undefined) return null;
  let certificate = new X509Certificate(first.raw);
  for (let length = 0; length < longestChain; length += 1) {
    if (isSignedBy(certificate, certificate)) return length;
    const issuer = known.find((each) => isSignedBy(certificate, each));
    if (issuer === undefined) return null;
    certificate = issuer;
  }
  return longestChain;
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
