import { isIPv6 } from "node:net";

/**
 * What httpd says of an address or network (`10.1`, `10.0.0.0/8`, `10.0.0.0/255.0.0.0`, `2001:db8::/32`): `ok`, the part that
 * is wrong, or `name` when it does not look like an address at all and so is a host name where one is allowed.
 * apr_ipsubnet_create
 */
export function subnetVerdict(text: string): "ok" | "name" | "bad address" | "bad mask" {
  const slash = text.indexOf("/");
  const address = slash === -1 ? text : text.slice(0, slash);
  const six = address.includes(":");
  if (!six && !/^[0-9.]+$/.test(address)) return "name";
  if (six ? !isIPv6(address) : !isPartialAddress(address, slash === -1)) return "bad address";
  if (slash === -1) return "ok";
  const mask = text.slice(slash + 1);
  if (/^\d{1,9}$/.test(mask)) {
    const bits = Number(mask);
    return bits > 0 && bits <= (six ? 128 : 32) ? "ok" : "bad mask";
  }
  return !six && isPartialAddress(mask, false) && mask.split(".").length === 4 ? "ok" : "bad mask";
}

/** One to four numbers; fewer than four, with a dot at the end or not, stand for a network when there is no mask. */
function isPartialAddress(text: string, partial: boolean): boolean {
  const parts = text.split(".");
  if (partial && parts.length > 1 && parts.at(-1) === "") parts.pop();
  if (parts.length > 4 || (!partial && parts.length < 4)) return false;
  return parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}
