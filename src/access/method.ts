import type { MethodLimit } from "../compile/table.ts";

/** HEAD is GET for httpd, in requests and in configurations. */
export function methodNumber(method: string): string {
  return method === "HEAD" ? "GET" : method;
}

/** Whether a directive inside a Limit or LimitExcept counts for a method. */
export function appliesTo(limit: MethodLimit | undefined, method: string): boolean {
  if (limit === undefined) return true;
  const number = methodNumber(method);
  return limit.methods.some((word) => methodNumber(word) === number) !== limit.except;
}
