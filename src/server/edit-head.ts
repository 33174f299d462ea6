import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Http2Response } from "./http2/http2-response.ts";

/** Changes the fields of an answer; flat, names in the spelling in which they are sent. */
export type EditFields = (status: number, fields: readonly string[]) => readonly string[];

const edits = new WeakMap<ServerResponse, EditFields>();

/**
 * Has the fields of a response that are set one by one edited when its head is written, whoever has it written; a later edit
 * takes the place of an earlier one.
 */
export function editHead(response: ServerResponse, edit: EditFields): void {
  const other: unknown = response;
  if (other instanceof Http2Response) {
    other.edit = edit;
    return;
  }
  const isFirst = !edits.has(response);
  edits.set(response, edit);
  if (!isFirst) return;
  // Node calls it for every head, also for those that a first write brings about.
  const write = response.writeHead.bind(response);
  response.writeHead = ((status: number, given?: OutgoingHttpHeaders): ServerResponse => {
    const fields: string[] = [];
    for (const [name, value] of Object.entries(given ?? {})) if (value !== undefined) response.setHeader(name, value);
    for (const name of rawNames(response)) {
      const value = response.getHeader(name);
      for (const each of Array.isArray(value) ? value : [value]) fields.push(name, String(each));
      response.removeHeader(name);
    }
    const values = new Map<string, string[]>();
    const edited = edits.get(response)?.(status, fields) ?? fields;
    for (let at = 0; at + 1 < edited.length; at += 2) {
      const name = edited[at] ?? "";
      const before = values.get(name.toLowerCase());
      if (before === undefined) values.set(name.toLowerCase(), [edited[at + 1] ?? ""]);
      else before.push(edited[at + 1] ?? "");
      // One that stands more than once is one list of fields for Node.
      response.setHeader(name, before ?? edited[at + 1] ?? "");
    }
    return write(status);
  }) as ServerResponse["writeHead"];
}

/** Names as they were set; Node's types know the method of requests only. */
function rawNames(response: ServerResponse): readonly string[] {
  return (response as unknown as { readonly getRawHeaderNames: () => string[] }).getRawHeaderNames();
}
