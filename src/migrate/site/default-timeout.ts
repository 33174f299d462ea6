import type { Dialect } from "../../compile/table.ts";

/** What httpd waits for, in seconds, where no Timeout line says it: five minutes until 2.2. */
export function defaultTimeout(dialect: Dialect): number {
  return dialect === "2.4" ? 60 : 300;
}
