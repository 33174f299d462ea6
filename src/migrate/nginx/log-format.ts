import { translateLogFormat } from "../site/log-format.ts";
import type { SharedVariables } from "./shared-variables.ts";

/** What nginx has no value for it writes as a dash, so that `%q` has no equal: httpd writes nothing there. */
const plain: Readonly<Record<string, string>> = {
  "%": "%",
  h: "$remote_addr",
  a: "$remote_addr",
  A: "$server_addr",
  l: "-",
  u: "$remote_user",
  t: "[$time_local]",
  r: "$request",
  s: "$status",
  B: "$body_bytes_sent",
  O: "$bytes_sent",
  I: "$request_length",
  v: "$server_name",
  V: "$host",
  p: "$server_port",
  m: "$request_method",
  U: "$uri",
  H: "$server_protocol",
  f: "$request_filename",
  P: "$pid",
};

/** A format of httpd as nginx writes it, or the items that it has nothing for. */
export function logFormat(
  format: string,
  variables: SharedVariables,
): { readonly text: string } | { readonly missing: readonly string[] } {
  return translateLogFormat(format, {
    item: (letter, argument) => itemText(letter, argument, variables),
    // nginx has no way to write a dollar sign.
    literal: (character) => (/[$%]/.test(character) ? null : character),
  });
}

function itemText(letter: string, argument: string | undefined, variables: SharedVariables): string | null {
  if (argument === undefined) {
    // Nothing sent is a dash there.
    if (letter === "b")
      return variables.define("map", "$body_bytes_sent", "bytes", ["default $body_bytes_sent;", "0 -;"]);
    if (letter === "T")
      return variables.define("map", "$request_time", "seconds", ["default 0;", '"~^(\\\\d+)\\\\." $1;']);
    return plain[letter] ?? null;
  }
  const name = argument.toLowerCase().replaceAll("-", "_");
  if (letter === "C") return /^\w+$/.test(argument) ? `$cookie_${argument}` : null;
  if (!/^[a-z0-9_]+$/.test(name)) return null;
  if (letter === "i") return `$http_${name}`;
  return letter === "o" ? `$sent_http_${name}` : null;
}
