import type { ActiveNode } from "./active-config.ts";
import { atoi } from "./atoi.ts";
import { conditionProblem } from "./expression.ts";
import { isInside, oneOf, only24, perDirectory, problemAt } from "./value-problem.ts";
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

/** `SSLCipherSuite [SSL|TLSv1.3] ciphers`; OpenSSL looks at the ciphers when the server starts. ssl_cmd_SSLCipherSuite */
function cipherSuite(node: ActiveNode): ValueProblem | null {
  const [protocol, ciphers] = node.words;
  if (protocol === undefined || ciphers === undefined || protocol.value === "SSL") return null;
  if (protocol.value !== "TLSv1.3")
    return problemAt(
      protocol,
      `Unknown protocol "${protocol.value}" for ${node.name}`,
      "known in front of the ciphers are SSL and TLSv1.3",
    );
  if (node.key !== "sslciphersuite" || !isInside(node, ...perDirectory)) return null;
  return problemAt(protocol, "Ciphers of TLSv1.3 cannot be set for a folder, path or file");
}

/** Depths, sizes and seconds, which may be nothing that is a number but not below zero. */
function notNegative(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || atoi(word.value) >= 0) return null;
  return problemAt(word, `Expected a number from 0 on for ${node.name}, got "${word.value}"`);
}

/** `SSLCARevocationCheck chain|leaf|none [no_crl_for_cert_ok]` and its kin: what to check, and how. */
function checking(modes: readonly string[], flag: string): ValueCheck {
  return (node) => {
    const [mode, ...flags] = node.words;
    if (mode === undefined) return { message: `${node.name} needs one of ${modes.join(", ")}` };
    const odd = modes.includes(mode.value.toLowerCase())
      ? flags.find(({ value }) => value.toLowerCase() !== flag)
      : mode;
    return odd === undefined
      ? null
      : problemAt(
          odd,
          `Unknown value "${odd.value}" for ${node.name}`,
          `known are ${modes.join(", ")} and then ${flag}`,
        );
  };
}

/** `builtin`, `exec:program` or `|program`; ssl_cmd_SSLPassPhraseDialog */
function passPhraseDialog(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || /^builtin$/i.test(word.value) || /^(?:exec:|\|)./s.test(word.value)) return null;
  return problemAt(word, `Unknown dialog "${word.value}"`, "known are builtin, exec:program and |program");
}

/** `SSLRandomSeed startup|connect source [bytes]`; ssl_cmd_SSLRandomSeed */
function randomSeed(node: ActiveNode): ValueProblem | null {
  const [moment, source, bytes] = node.words;
  if (moment !== undefined && !/^(?:startup|connect)$/i.test(moment.value))
    return problemAt(moment, `Unknown moment "${moment.value}" for SSLRandomSeed`, "known are startup and connect");
  if (source === undefined || bytes === undefined) return null;
  if (/^builtin$/i.test(source.value)) return problemAt(bytes, "The builtin source takes no number of bytes");
  return atoi(bytes.value) < 0 ? problemAt(bytes, `"${bytes.value}" is no number of bytes`) : null;
}

/** `SSLSessionCache shmcb:file(bytes)`: what mod_socache_shmcb wants of its part. socache_shmcb_create */
function sharedCache(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  const [, size] = /^(?:shmcb|default):[^(]*\((.*)$/s.exec(word?.value ?? "") ?? [];
  if (word === undefined || size === undefined) return null;
  const bytes = /^(\d+)\)$/.exec(size)?.[1];
  if (bytes === undefined) return problemAt(word, "Expected a number of bytes and a `)` behind the `(`");
  if (Number(bytes) < 8192) return problemAt(word, "The cache needs at least 8192 bytes");
  return Number(bytes) < 4_294_967_295 ? null : problemAt(word, "The cache takes fewer than 4294967295 bytes");
}

/** The whole rest of the line is an expression. ssl_cmd_SSLRequire */
function requirement(node: ActiveNode): ValueProblem | null {
  const problem = conditionProblem(node.rawArgs, "boolean");
  return problem === null ? null : { message: `Expression "${node.rawArgs}" cannot be parsed: ${problem}` };
}

/** What OpenSSL 1.0.2 to 3.5 know, whatever the case; SSL_CONF_cmd(3). */
const opensslCommands: readonly string[] = (
  "signaturealgorithms clientsignaturealgorithms groups curves ecdhparameters cipherstring ciphersuites protocol minprotocol " +
  "maxprotocol options verifymode certificate privatekey serverinfofile chaincapath chaincafile chaincastore verifycapath " +
  "verifycafile verifycastore requestcafile clientcafile requestcapath clientcapath requestcastore clientcastore " +
  "dhparameters recordpadding numtickets"
).split(" ");

function opensslCommand(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || opensslCommands.includes(word.value.toLowerCase())) return null;
  return problemAt(word, `Unknown command "${word.value}" for ${node.name}`, "SSL_CONF_cmd(3) of OpenSSL lists them");
}

const verifyClient = oneOf("none", "off", "optional", "require", "on", "optional_no_ca");
const revocation = checking(["none", "leaf", "chain"], "no_crl_for_cert_ok");
const seconds = (
  "sslsessioncachetimeout sslocspresponsetimeskew sslocspresponsemaxage sslocsprespondertimeout sslstaplingresponsetimeskew " +
  "sslstaplingresponsemaxage sslstaplingstandardcachetimeout sslstaplingerrorcachetimeout sslstaplingrespondertimeout"
).split(" ");

const checks24: readonly (readonly [string, ValueCheck])[] = [
  ["sslprotocol", protocols],
  ["sslproxyprotocol", protocols],
  ["ssloptions", knownOptions],
  ["sslciphersuite", cipherSuite],
  ["sslproxyciphersuite", cipherSuite],
  ["sslverifyclient", verifyClient],
  ["sslproxyverify", verifyClient],
  ["sslverifydepth", notNegative],
  ["sslproxyverifydepth", notNegative],
  ["sslrenegbuffersize", notNegative],
  ...seconds.map((name) => [name, notNegative] as const),
  ["sslcarevocationcheck", revocation],
  ["sslproxycarevocationcheck", revocation],
  ["sslocspenable", checking(["off", "leaf", "on"], "no_ocsp_for_cert_ok")],
  ["sslpassphrasedialog", passPhraseDialog],
  ["sslrandomseed", randomSeed],
  ["sslsessioncache", sharedCache],
  ["sslstaplingcache", sharedCache],
  ["sslrequire", requirement],
  ["sslopensslconfcmd", opensslCommand],
];

/** Checks of mod_ssl, as 2.4 makes them; what OpenSSL alone decides is not judged. ssl_engine_config.c */
export const sslChecks: readonly (readonly [string, ValueCheck])[] = checks24.map(([name, check]) => [
  name,
  only24(check),
]);
