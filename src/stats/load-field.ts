import type { Member } from "./member.ts";
import { decodeAnnouncement } from "./packet.ts";

/** Name of the field of an answer in which a server says how it is, in lower case. */
export const LOAD_FIELD = "x-backhand-load";

/** `ready=8&busy=2&load=0.4&cpu=0.85` is far shorter. */
const MAX_LENGTH = 200;

/** What a server says of itself with an answer; absent figures were not sent. */
export type LoadFigures = Pick<Member, "ready" | "busy"> & Partial<Pick<Member, "load" | "cpuIdle">>;

/** `ready=8&busy=2&load=0.4&cpu=0.85`: keys and numbers as in an announcement. */
export function loadField({ ready, busy, load, cpuIdle }: LoadFigures): string {
  const rounded = (value: number): string => `${Math.round(value * 1000) / 1000}`;
  const more = `${load === undefined ? "" : `&load=${rounded(load)}`}${cpuIdle === undefined ? "" : `&cpu=${rounded(cpuIdle)}`}`;
  return `ready=${ready}&busy=${busy}${more}`;
}

/** Reads the field out of the fields of an answer (name, value, name, value); null when it is not there or cannot be read. */
export function readLoadField(headers: readonly string[]): LoadFigures | null {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? "";
    if (name.length !== LOAD_FIELD.length || name.toLowerCase() !== LOAD_FIELD) continue;
    return readFigures(headers[index + 1] ?? "");
  }
  return null;
}

function readFigures(text: string): LoadFigures | null {
  if (text.length > MAX_LENGTH) return null;
  const read = decodeAnnouncement(Buffer.from(`v=1&${text}`, "latin1"));
  if ("failure" in read) return null;
  const { ready, busy, load, cpuIdle } = read;
  return { ready, busy, ...(load === null ? {} : { load }), ...(cpuIdle === null ? {} : { cpuIdle }) };
}
