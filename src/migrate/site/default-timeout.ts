import type { Dialect } from "../../compile/table.ts";

/** What httpd waits for, in seconds, where no Timeout line says it: five minutes until 2.2. */
export function defaultTimeout(dialect: Dialect): number {
  return dialect === "2.4" ? 60 : 300;
}

/** For how long httpd keeps a connection without a KeepAliveTimeout line, in seconds. */
export function defaultKeepAliveTimeout(dialect: Dialect): number {
  return dialect === "1.3" || dialect === "2.0" ? 15 : 5;
}
