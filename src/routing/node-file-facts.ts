import { Buffer } from "node:buffer";
import { statSync } from "node:fs";

import { encode } from "../source/encoding.ts";
import type { FileFacts } from "./file-facts.ts";

/** The files of this machine. A name with bytes that are no UTF-8 is looked up by its bytes. */
export const nodeFileFacts: FileFacts = {
  kindOf(path) {
    try {
      const status = statSync(Buffer.from(encode(path)), { throwIfNoEntry: false });
      if (status === undefined) return null;
      return status.isFile() ? "file" : status.isDirectory() ? "directory" : "other";
    } catch {
      return null;
    }
  },
};
