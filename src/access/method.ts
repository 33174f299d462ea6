import type { MethodLimit } from "../compile/table.ts";

/** Whether a directive inside a Limit or LimitExcept counts for a method. HEAD is GET for httpd. */
export function appliesTo(limit: MethodLimit | undefined, method: string): boolean {
  if (limit === undefined) return true;
  const name = method === "HEAD" ? "GET" : method;
  return limit.methods.includes(name) !== limit.except;
}
