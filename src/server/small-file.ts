import { open } from "node:fs/promises";
import { encode } from "../source/encoding.ts";

/** The bytes of a file; null when it is none, cannot be read, or is larger than `largest`. */
export async function readSmallFile(path: string, largest: number): Promise<Buffer | null> {
  try {
    const file = await open(Buffer.from(encode(path)), "r");
    try {
      const status = await file.stat();
      return status.isFile() && status.size <= largest ? await file.readFile() : null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
