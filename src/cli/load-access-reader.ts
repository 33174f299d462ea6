import type { AccessReading } from "../compile/access-file-reader.ts";
import type { ServedTable } from "../server/prepare-table.ts";
import type { SentTable } from "../server/workers/messages.ts";

/** What a reader of .htaccess files is made of, as it goes from one process to another. */
export type SentReading = AccessReading & { readonly allowUnenforced: boolean };

/** Makes the reader of .htaccess files of a table; the parser is loaded only for that. */
export async function servedTable({ table, accessReading }: SentTable, cwd: string): Promise<ServedTable> {
  if (accessReading === null) return { table, accessFiles: null };
  const { createAccessFileReader } = await import("../compile/access-file-reader.ts");
  const { fileSystemAt } = await import("./read-options.ts");
  const { allowUnenforced, ...reading } = accessReading as SentReading;
  return { table, accessFiles: createAccessFileReader(reading, fileSystemAt(cwd), { allowUnenforced }) };
}
