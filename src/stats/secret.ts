import { readFile } from "node:fs/promises";

/** Shorter ones can be guessed from one captured packet. */
const MIN_BYTES = 16;

/** A secret that cannot be used. */
export class SecretError extends Error {
  readonly code = "BACKHAND_SECRET";
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "SecretError";
  }
}

/** The shared secret in a file, without line ends around it. Rejects with a SecretError. */
export async function readSecret(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "latin1");
  } catch (error) {
    throw new SecretError(`Cannot read the secret in ${path}: ${error instanceof Error ? error.message : ""}`, error);
  }
  const secret = text.replace(/^[\r\n]+|[\r\n]+$/g, "");
  if (secret.length < MIN_BYTES) {
    throw new SecretError(`Expected at least ${MIN_BYTES} characters as secret in ${path} instead of ${secret.length}`);
  }
  return secret;
}
