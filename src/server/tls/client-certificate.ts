import type { DetailedPeerCertificate, TLSSocket } from "node:tls";
import type { ClientCertificates } from "./tls-settings.ts";

/**
 * Why a client may not stay, by the certificate that it showed or did not; null: it may. OpenSSL has looked at the signatures
 * and dates by the time that a connection is open, and Node has kept the result in `authorized`.
 */
export function clientRefusal(socket: TLSSocket, { verify, depth }: ClientCertificates): string | null {
  if (verify === "none") return null;
  const certificate = socket.getPeerCertificate(true) as Partial<DetailedPeerCertificate>;
  if (certificate.raw === undefined) return verify === "require" ? "The client has no certificate" : null;
  // Types say that it is always an Error; it is a text.
  const why: unknown = socket.authorizationError;
  if (!socket.authorized) return `The client's certificate is not good: ${String(why)}`;
  return chainLength(certificate) > depth ? "The client's certificate is further from an authority than allowed" : null;
}

/** How many certificates stand behind the first; an authority is its own issuer. */
function chainLength(first: Partial<DetailedPeerCertificate>): number {
  const seen = new Set<Partial<DetailedPeerCertificate>>();
  let certificate = first;
  while (!seen.has(certificate)) {
    seen.add(certificate);
    const next: Partial<DetailedPeerCertificate> | undefined = certificate.issuerCertificate;
    if (next === undefined || next.fingerprint256 === certificate.fingerprint256) break;
    certificate = next;
  }
  return seen.size - 1;
}
