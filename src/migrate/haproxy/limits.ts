import type { TableDirective } from "../../compile/table.ts";
import type { ActiveConfig, ActiveDirective } from "../../config/active-config.ts";
import type { Draft } from "../draft.ts";
import { compressionOf } from "../site/compression.ts";
import { lastNamed } from "../site/effective.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import { changed } from "../verdict.ts";

/** What the method and the version take of the shortest line of a request, with the spaces. */
const AROUND_URL = "GET  HTTP/1.1".length;

/** LimitRequestLine and LimitRequestFields of the main server, as rules for all requests. */
export function headLimits({ server }: ActiveConfig, draft: Draft): readonly string[] {
  const limitOf = (key: string): { readonly node: ActiveDirective; readonly limit: number } | null => {
    const node = server.children.findLast((one): one is ActiveDirective => one.kind === "directive" && one.key === key);
    const word = node?.words[0]?.value ?? "";
    return node === undefined || !/^\d{1,6}$/.test(word) ? null : { node, limit: Number(word) };
  };
  const rules: string[] = [];
  const add = (node: ActiveDirective, rule: string, why: string): void => {
    const line = draft.source.lineOf(node);
    if (line !== null) draft.judge(line, changed(rule, why));
    rules.push(rule);
  };
  const line = limitOf("limitrequestline");
  if (line !== null) {
    const longest = Math.max(0, line.limit - AROUND_URL);
    add(line.node, `http-request return status 414 if { url,length gt ${longest} }`, "counted by the URL, for a GET");
  }
  const fields = limitOf("limitrequestfields");
  // None is no limit.
  if (fields !== null && fields.limit > 0)
    add(fields.node, `http-request deny deny_status 400 if { req.fhdr_cnt gt ${fields.limit} }`, "the same in HAProxy");
  return rules;
}

/** LimitRequestBody, for requests that say how long they are. */
export function bodyRules(
  effective: readonly TableDirective[],
  meets: string,
  outcomes: LineOutcomes,
): readonly string[] {
  const line = lastNamed(effective, "limitrequestbody");
  const word = line?.args[0] ?? "";
  if (line === undefined || !/^\d{1,10}$/.test(word)) return [];
  const rule = "http-request deny deny_status 413";
  outcomes.write([line], [`${rule} if …`], "by Content-Length; a body in chunks has no limit in HAProxy");
  return Number(word) === 0 ? [] : [`${rule} if ${meets} { req.hdr(content-length) -m int gt ${word} }`];
}

/** Lines of a backend for what httpd compresses. */
export function compressionLines(effective: readonly TableDirective[], outcomes: LineOutcomes): readonly string[] {
  const found = compressionOf(effective);
  if (found === null) return [];
  const types = found.types?.filter((one) => !one.includes("*")) ?? null;
  if (types?.length === 0) return [];
  const made = ["compression algo gzip"];
  // Lines add to each other, and one takes 64 words.
  for (let at = 0; at < (types?.length ?? 0); at += 50)
    made.push(`compression type ${(types ?? []).slice(at, at + 50).join(" ")}`);
  outcomes.write(found.lines, made, "where something is sent on, whatever the variable no-gzip says");
  return made;
}
