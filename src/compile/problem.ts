import type { Place } from "./table.ts";

/** Something in the configuration that the table cannot hold as httpd would run it. */
export interface CompileProblem {
  /** With an error the table would not do what httpd does, and a server must not start from it. */
  readonly severity: "error" | "warning";
  readonly kind:
    | "bad-address"
    | "unresolved-name"
    | "bad-pattern"
    | "bad-argument"
    | "no-listener"
    | "access-files"
    | "unreadable-configuration"
    | "refused-line";
  readonly message: string;
  /** Null for what no line says. */
  readonly place: Place | null;
}

export type Report = (problem: CompileProblem) => void;
