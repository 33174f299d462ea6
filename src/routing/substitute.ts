import type { Dialect } from "../compile/table.ts";
import type { ByteString } from "./bytes.ts";

/** Fills `$1` and the like into a target; until 2.2 `&` is the whole match. ap_pregsub */
export function substitute(target: ByteString, groups: readonly ByteString[], dialect: Dialect): ByteString {
  return target.replace(/\\[$&]|\$(\d)|&/g, (part, digit: string | undefined) => {
    if (part.startsWith("\\")) return part.slice(1);
    if (digit !== undefined) return groups[Number(digit)] ?? "";
    return dialect === "2.4" ? "&" : (groups[0] ?? "");
  });
}
