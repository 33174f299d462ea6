import type { ActiveNode } from "./active-config.ts";
import { only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

const versions: ReadonlySet<string> = new Set(["all", "sslv2", "sslv3", "tlsv1", "tlsv1.1", "tlsv1.2", "tlsv1.3"]);

/**
 * `SSLProtocol [+-]version…`. SSLv2 may only be taken away; whether SSLv3 and TLSv1.3 are there, OpenSSL decides.
 * mod_ssl ssl_engine_config.c ssl_cmd_protocol_parse
 */
function protocols(node: ActiveNode): ValueProblem | null {
  for (const word of node.words) {
    const sign = /^[+-]/.exec(word.value)?.[0] ?? "";
    const name = word.value.slice(sign.length).toLowerCase();
    if (!versions.has(name)) return problemAt(word, `Unknown protocol "${word.value}" for ${node.name}`);
    if (name === "sslv2" && sign !== "-") return problemAt(word, "SSLv2 is no longer supported");
  }
  return null;
}

const options: ReadonlySet<string> = new Set(
  "stdenvvars exportcertdata fakebasicauth strictrequire optrenegotiate legacydnstringformat".split(" "),
);

/** `SSLOptions [+-]option…`; ssl_cmd_SSLOptions */
function knownOptions(node: ActiveNode): ValueProblem | null {
  const odd = node.words.find(({ value }) => !options.has(value.replace(/^[+-]/, "").toLowerCase()));
  return odd === undefined ? null : problemAt(odd, `Unknown option "${odd.value}" for ${node.name}`);
}

/** Checks of mod_ssl. */
export const sslChecks: readonly (readonly [string, ValueCheck])[] = [
  ["sslprotocol", only24(protocols)],
  ["sslproxyprotocol", only24(protocols)],
  ["ssloptions", only24(knownOptions)],
];
