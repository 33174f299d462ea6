import { constants, createPrivateKey, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext } from "node:tls";
import type { SecureContextOptions } from "node:tls";
import type { Place } from "../../compile/table.ts";
import { encode } from "../../source/encoding.ts";
import { ServerError } from "../server-error.ts";
import type { ClientCertificates, NamedFile, TlsSettings } from "./tls-settings.ts";

/** Certificates with their keys, lists of authorities: far below, and a file by mistake may be of any size. */
const mostBytes = 4 * 1024 * 1024;

/** A host's files, read and checked. */
export interface TlsIdentity {
  readonly options: SecureContextOptions;
  /** Who may sign the certificates of clients. */
  readonly authorities: readonly X509Certificate[];
  /** What a start need not stop for: `httpd.conf:12: …`. */
  readonly warnings: readonly string[];
}

export interface TlsFileWorld {
  readonly where: (place: Place) => string;
  readonly nowMs: number;
}

/** Reads what a host's lines name. Throws a ServerError that names the line when it cannot be used. */
export function readTlsIdentity(settings: TlsSettings, world: TlsFileWorld): TlsIdentity {
  const warnings: string[] = [];
  const chain = settings.chain === null ? "" : `\n${readPem(settings.chain, "CERTIFICATE", world)}`;
  const pairs = settings.certificates.map((file, index) => {
    const text = readPem(file, "CERTIFICATE", world);
    const certificate = firstCertificate(text, file, world);
    const keyFile = settings.keys[index] ?? file;
    const keyText = keyFile === file ? text : readPem(keyFile, "PRIVATE KEY", world);
    const key = privateKey(keyText, keyFile, world);
    if (!certificate.checkPrivateKey(key)) throw fileError(keyFile, `It is not the key of ${file.path}`, world);
    const validity = notValid(certificate, world.nowMs);
    if (validity !== null) warnings.push(`${world.where(file.directive.place)}: ${file.path} ${validity}`);
    return { cert: text + chain, key: keyText };
  });
  const { versions, ciphers, ticketKeys, clients } = settings;
  const options: SecureContextOptions = {
    cert: pairs.map(({ cert }) => cert),
    key: pairs.map(({ key }) => key),
    minVersion: versions.min,
    maxVersion: versions.max,
    honorCipherOrder: settings.prefersOwnOrder,
    // A session that is taken up again would bring no certificate to look at.
    secureOptions: settings.tickets && clients.verify === "none" ? 0 : constants.SSL_OP_NO_TICKET,
    ...(ciphers === null ? {} : { ciphers }),
    ...(ticketKeys === null ? {} : { ticketKeys: readTicketKeys(ticketKeys, world) }),
    ...(clients.verify === "none" ? {} : authorityOptions(clients, world)),
  };
  mustBeUsable(options, settings, world);
  const { ca = [] } = options;
  const texts = (Array.isArray(ca) ? ca : [ca]).flatMap((text) => text.toString().match(certificateText) ?? []);
  return { options, authorities: texts.map((text) => new X509Certificate(text)), warnings };
}

const certificateText = /-----BEGIN (?:[A-Z0-9]+ )?CERTIFICATE-----[^-]+-----END (?:[A-Z0-9]+ )?CERTIFICATE-----/g;

/** Makes a context of it once, so that OpenSSL says now what it would say to the first client. */
function mustBeUsable(options: SecureContextOptions, settings: TlsSettings, world: TlsFileWorld): void {
  const { cipherLine, certificates } = settings;
  try {
    if (options.ciphers !== undefined) createSecureContext({ ciphers: options.ciphers });
  } catch (error) {
    const line = cipherLine === null ? "" : ` (${world.where(cipherLine.place)})`;
    const why = error instanceof Error ? error.message : String(error);
    throw new ServerError("BACKHAND_BAD_TABLE", `Cannot use the SSLCipherSuite${line}: ${why}`, error);
  }
  try {
    createSecureContext(options);
  } catch (error) {
    const [file] = certificates;
    const why = error instanceof Error ? error.message : String(error);
    if (file === undefined) throw error;
    throw fileError(file, `OpenSSL does not take it: ${why}`, world, error);
  }
}

function fileError({ path, directive }: NamedFile, why: string, world: TlsFileWorld, cause?: unknown): ServerError {
  const line = `${directive.name}, ${world.where(directive.place)}`;
  return new ServerError("BACKHAND_FILE", `Cannot use ${path} (${line}): ${why}`, cause);
}

function readText(file: NamedFile, world: TlsFileWorld): string {
  try {
    const path = Buffer.from(encode(file.path));
    const status = statSync(path);
    if (!status.isFile() || status.size > mostBytes) throw new Error("it is no file, or far too large");
    return readFileSync(path).toString("latin1");
  } catch (error) {
    throw fileError(file, error instanceof Error ? error.message : String(error), world, error);
  }
}

function readPem(file: NamedFile, what: "CERTIFICATE" | "PRIVATE KEY", world: TlsFileWorld): string {
  const text = readText(file, world);
  // `EC PRIVATE KEY`, `TRUSTED CERTIFICATE`, …
  if (!new RegExp(`-----BEGIN (?:[A-Z0-9]+ )?${what}-----`).test(text) && !/ENCRYPTED PRIVATE KEY/.test(text)) {
    throw fileError(file, `Expected PEM with "BEGIN ${what}" in it`, world);
  }
  return text;
}

function firstCertificate(text: string, file: NamedFile, world: TlsFileWorld): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw fileError(file, "Its first certificate cannot be read", world, error);
  }
}

function privateKey(text: string, file: NamedFile, world: TlsFileWorld): KeyObject {
  const key = /-----BEGIN (?:[A-Z0-9]+ )?PRIVATE KEY-----[^]*?-----END (?:[A-Z0-9]+ )?PRIVATE KEY-----/.exec(text);
  const isLocked = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: ?4,ENCRYPTED/.test(text);
  if (isLocked) {
    const way = "write it without one (openssl pkey -in … -out …) to a file that only root can read";
    throw fileError(file, `The key has a password, and nobody is there to type it at start; ${way}`, world);
  }
  if (key === null) throw fileError(file, 'Expected PEM with "BEGIN PRIVATE KEY" in it', world);
  try {
    return createPrivateKey(key[0]);
  } catch (error) {
    throw fileError(file, "The key cannot be read", world, error);
  }
}

function notValid({ validFrom, validTo }: X509Certificate, nowMs: number): string | null {
  if (Date.parse(validTo) < nowMs) return `has expired: it was good until ${validTo}`;
  return Date.parse(validFrom) > nowMs ? `is not good yet, but from ${validFrom}` : null;
}

/** 48 bytes: name, HMAC key and AES key, in Node as in httpd. */
function readTicketKeys(file: NamedFile, world: TlsFileWorld): Buffer {
  const keys = Buffer.from(readText(file, world), "latin1");
  if (keys.length !== 48) throw fileError(file, `Expected 48 bytes, got ${keys.length}`, world);
  return keys;
}

function authorityOptions(clients: ClientCertificates, world: TlsFileWorld): SecureContextOptions {
  const { authorities, authorityFolder, revoked } = clients;
  const ca = readAuthorities(authorities, authorityFolder, world);
  return { ca, ...(revoked === null ? {} : { crl: readText(revoked, world) }) };
}

/** The certificates of those who may sign others, of a file and of a folder. Throws a ServerError that names the line. */
export function readAuthorities(
  authorities: NamedFile | null,
  authorityFolder: NamedFile | null,
  world: TlsFileWorld,
): string[] {
  const ca: string[] = [];
  if (authorities !== null) ca.push(readPem(authorities, "CERTIFICATE", world));
  if (authorityFolder !== null) {
    for (const name of hashedNames(authorityFolder, world)) {
      const file = { ...authorityFolder, path: join(authorityFolder.path, name) };
      ca.push(readPem(file, "CERTIFICATE", world));
    }
  }
  return ca;
}

/** A certificate and its key in one file, which a server behind asks us for. Throws a ServerError that names the line. */
export function readMachineCertificate(
  file: NamedFile,
  world: TlsFileWorld,
): { readonly cert: string; readonly key: string } {
  const text = readPem(file, "CERTIFICATE", world);
  const key = privateKey(text, file, world);
  if (!firstCertificate(text, file, world).checkPrivateKey(key)) throw fileError(file, "Its key is another's", world);
  return { cert: text, key: text };
}

/** As `c_rehash` names them: eight digits and a number. */
function hashedNames(folder: NamedFile, world: TlsFileWorld): readonly string[] {
  try {
    return readdirSync(folder.path)
      .filter((name) => /^[0-9a-f]{8}\.\d+$/.test(name))
      .sort();
  } catch (error) {
    throw fileError(folder, "The folder cannot be read", world, error);
  }
}
