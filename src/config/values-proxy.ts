import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { isInside, oneOf, only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

const perDirectory = [
  "location",
  "locationmatch",
  "directory",
  "directorymatch",
  "files",
  "filesmatch",
  "if",
  "elseif",
  "proxy",
  "proxymatch",
  "else",
];

const workerNumbers: Readonly<Record<string, number>> = {
  loadfactor: 1,
  retry: 0,
  ttl: 1,
  smax: Number.NEGATIVE_INFINITY,
  timeout: 1,
  lbset: 0,
};
const workerNames: ReadonlySet<string> = new Set(
  (
    "loadfactor retry ttl min max smax acquire timeout iobuffersize receivebuffersize keepalive disablereuse enablereuse " +
    "route redirect status flushpackets flushwait ping lbset connectiontimeout flusher upgrade responsefieldsize secret " +
    "hcmethod hcpasses hcfails hcinterval hcuri hcexpr hctemplate addressttl bgrowth"
  ).split(" "),
);
const balancerNames: ReadonlySet<string> = new Set(
  "stickysession nofailover timeout maxattempts lbmethod scolonpathdelim stickysessionsep failonstatus failontimeout nonce growth forcerecovery".split(
    " ",
  ),
);
const switches: ReadonlySet<string> = new Set(["keepalive", "disablereuse", "enablereuse"]);

/** `key=value` of a worker. mod_proxy.c set_worker_param */
function parameter(word: Word, balancer: boolean): ValueProblem | null {
  const at = word.value.indexOf("=");
  const key = word.value.slice(0, at).toLowerCase();
  const value = word.value.slice(at + 1);
  if (!workerNames.has(key) && !(balancer && balancerNames.has(key)))
    return problemAt(word, `Unknown parameter "${word.value}" of a worker`);
  const least = workerNumbers[key];
  if (
    least !== undefined &&
    !(Number.parseInt(value, 10) >= least) &&
    !(balancer && key === "timeout" && value !== "") &&
    least !== Number.NEGATIVE_INFINITY
  )
    return problemAt(word, `Expected a number of at least ${least} in ${word.value}`);
  if (key === "loadfactor" && Number.parseFloat(value) > 100)
    return problemAt(word, `Expected 1 to 100 in ${word.value}`);
  if (switches.has(key) && !/^(?:on|off)$/i.test(value)) return problemAt(word, `Expected On or Off in ${word.value}`);
  if (key === "connectiontimeout" && !(Number.parseInt(value, 10) > 0))
    return problemAt(word, `Expected a time above 0 in ${word.value}`);
  if (key === "status" && !/^[+-]?[DSIHENRC+-]+$/i.test(value))
    return problemAt(word, `Unknown state in ${word.value}`);
  return null;
}

/**
 * `ProxyPass [path] url [key=value…] [nocanon|interpolate|noquery]`; the path is the section's inside one.
 * mod_proxy.c add_pass
 */
function proxyPass(node: ActiveNode): ValueProblem | null {
  const inSection = isInside(node, ...perDirectory);
  let words = node.words;
  let isExpression = node.key === "proxypassmatch";
  let path: Word | undefined;
  if (!inSection) {
    if (words[0]?.value === "~") {
      if (isExpression) return problemAt(words[0], "ProxyPassMatch takes no ~");
      isExpression = true;
      words = words.slice(1);
    }
    [path, ...words] = words;
  }
  const [url, ...rest] = words;
  if (url === undefined) return { message: `${node.name} needs a path and a URL outside of <Location>` };
  const balancer = /^balancer:\/\//i.test(url.value);
  let wrong: ValueProblem | null = null;
  for (const word of rest) {
    if (/^(?:nocanon|interpolate|noquery)$/i.test(word.value)) continue;
    if (!word.value.includes("=")) {
      if (inSection && url.value.startsWith("/"))
        return problemAt(url, `${node.name} takes no path inside of a section`);
      return problemAt(word, `Expected key=value, got "${word.value}"`);
    }
    wrong ??= parameter(word, balancer);
  }
  if (path !== undefined && isExpression) {
    const problem = expressionProblem(path.value, "2.4");
    if (problem !== null) return problemAt(path, `Regular expression "${path.value}" cannot be compiled: ${problem}`);
  }
  if (url.value === "!") return null;
  // Behind the socket a scheme is enough: the host is this one.
  const target = url.value
    .replace(/^unix:[^|]*\|/i, "")
    .replace(/^([A-Za-z]+:)$/, url.value.includes("|") ? "$1//localhost" : "$1");
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(target)?.[1];
  if (authority === undefined || authority === "")
    return problemAt(url, `${node.name} needs an absolute URL, got "${url.value}"`);
  const port = /:([^:\]]*)$/.exec(authority)?.[1] ?? "";
  if (!/^\d*$/.test(port) && !isExpression) return problemAt(url, `Port "${port}" is no number`);
  return wrong;
}

/**
 * `BalancerMember [balancer] url [key=value…]`; the balancer is the section's inside one.
 * mod_proxy.c add_member
 */
function balancerMember(node: ActiveNode): ValueProblem | null {
  const inSection = isInside(node, ...perDirectory);
  const places = node.words.filter(({ value }) => !value.includes("="));
  const surplus = places[inSection ? 1 : 2];
  if (surplus !== undefined) return problemAt(surplus, `Expected key=value, got "${surplus.value}"`);
  if (!inSection && places.length < 2) return { message: `${node.name} needs a balancer and a URL outside of <Proxy>` };
  return null;
}

function proxyPassReverse(node: ActiveNode): ValueProblem | null {
  const inSection = isInside(node, ...perDirectory);
  if (node.words.length === 1 && !inSection) return { message: `${node.name} needs a path outside of <Location>` };
  if (node.words.length === 2 && inSection) return { message: `${node.name} takes no path inside of a section` };
  return null;
}

/** `ProxyRemote match url`: scheme, host and perhaps a port. */
function proxyRemote(node: ActiveNode): ValueProblem | null {
  const url = node.words[1];
  if (url === undefined) return null;
  const found = /^[^:]*:\/\/(.+)$/.exec(url.value)?.[1];
  const port = found === undefined ? undefined : /:([^:/]*)\/?$/.exec(found)?.[1];
  if (found !== undefined && (port === undefined || (Number.parseInt(port, 10) > 0 && /^\d+$/.test(port)))) return null;
  return problemAt(url, `Expected scheme://host:port, got "${url.value}"`);
}

function proxyRemoteMatch(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  const problem = word === undefined ? null : expressionProblem(word.value, "2.4");
  if (word === undefined || problem === null) return proxyRemote(node);
  return problemAt(word, `Regular expression "${word.value}" cannot be compiled: ${problem}`);
}

function proxyTimeout(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  return word === undefined || Number.parseInt(word.value, 10) >= 1
    ? null
    : problemAt(word, "Expected a time of at least one second");
}

function proxyDomain(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  return word === undefined || word.value.startsWith(".") ? null : problemAt(word, "A domain starts with a dot");
}

/** Checks of mod_proxy. */
export const proxyChecks: readonly (readonly [string, ValueCheck])[] = (
  [
    ["balancermember", balancerMember],
    ["proxypass", proxyPass],
    ["proxypassmatch", proxyPass],
    ["proxypassreverse", proxyPassReverse],
    ["proxyremote", proxyRemote],
    ["proxyremotematch", proxyRemoteMatch],
    ["proxytimeout", proxyTimeout],
    ["proxydomain", proxyDomain],
    ["proxyerroroverride", oneOf("on", "off")],
    ["proxybadheader", oneOf("iserror", "ignore", "startbody")],
    ["proxystatus", oneOf("on", "off", "full")],
    ["proxyvia", oneOf("on", "off", "full", "block")],
  ] as const
).map(([name, check]) => [name, only24(check)]);
