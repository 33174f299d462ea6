import { isIPv6 } from "node:net";
import type { ActiveNode } from "./active-config.ts";
import { dialectOf, isInside } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** Not a matter of `ap_check_cmd_context`: the handler looks for the host's list of names, which the main server has not. */
function onlyInVirtualHost(node: ActiveNode): ValueProblem | null {
  return isInside(node, "virtualhost") ? null : { message: `${node.name} is only for a <VirtualHost>` };
}

/** 1.3 reads the port with `atoi`; 2.x takes what it cannot read for part of a host name and only warns. */
function virtualHost(node: ActiveNode): ValueProblem | null {
  if (dialectOf(node) !== "1.3") {
    for (const word of node.words) {
      const message = addressProblem(word.value);
      if (message !== null) return { message, span: { start: word.start, end: word.end } };
    }
    return null;
  }
  for (const word of node.words) {
    const port = /:([^:]*)$/.exec(word.value)?.[1];
    if (port === undefined || port === "*" || /^\s*[+-]?0*[1-9]/.test(port)) continue;
    return {
      message: `Port "${port}" in <VirtualHost> must be a number or *`,
      span: { start: word.start, end: word.end },
    };
  }
  return null;
}

/**
 * What 2.x says of an address of a virtual host, or null; whether the name exists is another matter.
 * apr_parse_addr_port, server/vhost.c get_addresses
 */
function addressProblem(text: string): string | null {
  const address = text.endsWith(":*") && text.length > 2 ? text.slice(0, -2) : text;
  if (address === "" || address.toLowerCase() === "_default_") return null;
  const invalid = `Address or port "${text}" in <VirtualHost> is invalid`;
  let digits = address.length;
  while (digits > 0 && /\d/.test(address.charAt(digits - 1))) digits -= 1;
  const port = address.slice(digits, digits + 20);
  const hasPort = digits === 0 || (port !== "" && address[digits - 1] === ":");
  if (hasPort && (Number(port) < 1 || Number(port) > 65_535)) return invalid;
  if (digits === 0) return `Port ${text} in <VirtualHost> needs an address in front: *:${text}`;
  const host = hasPort ? address.slice(0, digits - 1) : address;
  if (host === "") return invalid;
  // Its reader of IPv6 takes any number of zeros in front, and a zone behind.
  const six = host
    .slice(1, -1)
    .replace(/%.*$/s, "")
    .replace(/\b0+(?=[\da-f])/gi, "");
  return host.startsWith("[") && (!host.endsWith("]") || !isIPv6(six)) ? invalid : null;
}

/** Checks that depend on where the directive stands. */
export const placeChecks: readonly (readonly [string, ValueCheck])[] = [
  ["serveralias", onlyInVirtualHost],
  ["<virtualhost", virtualHost],
];
