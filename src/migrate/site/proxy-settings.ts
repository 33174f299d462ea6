import type { TableDirective } from "../../compile/table.ts";

/** ProxyErrorOverride, where it is on; without statuses for all from 400 on. */
export function overriddenStatuses(
  effective: readonly TableDirective[],
): { readonly directive: TableDirective; readonly statuses: readonly string[] } | null {
  const directive = effective.findLast(({ name }) => name.toLowerCase() === "proxyerroroverride");
  const [first = "", ...statuses] = directive?.args ?? [];
  return directive === undefined || first.toLowerCase() !== "on" ? null : { directive, statuses };
}
