import { generate } from "selfsigned";

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateWishes {
  /** Who signs it; itself when absent. */
  readonly by?: Certificate;
  readonly isAuthority?: boolean;
  readonly keyType?: "ec" | "rsa";
  readonly from?: Date;
  readonly until?: Date;
  /** IP addresses that it is for, too. */
  readonly addresses?: readonly string[];
}

const dayMs = 86_400_000;

/** Makes a certificate for a name, good from yesterday until tomorrow unless told otherwise. */
export async function certificateFor(name: string, wishes: CertificateWishes = {}): Promise<Certificate> {
  const { by, isAuthority = false, keyType = "ec", addresses = [] } = wishes;
  const made = await generate([{ name: "commonName", value: name }], {
    keyType,
    algorithm: "sha256",
    notBeforeDate: wishes.from ?? new Date(Date.now() - dayMs),
    notAfterDate: wishes.until ?? new Date(Date.now() + dayMs),
    extensions: [
      { name: "basicConstraints", cA: isAuthority, critical: true },
      {
        name: "subjectAltName",
        altNames: [{ type: 2, value: name }, ...addresses.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
    ...(by === undefined ? {} : { ca: by }),
  });
  return { cert: `${made.cert.trim()}\n`, key: `${made.private.trim()}\n` };
}
