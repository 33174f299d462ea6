import type { Word } from "../../grammar/word.ts";
import type { ActiveNode } from "./active-config.ts";
import { conditionProblem } from "./expression.ts";
import { subnetVerdict } from "./ip-subnet.ts";
import { dialectOf, only24, problemAt } from "./value-problem.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** The hosts of Allow and Deny. mod_access_compat.c allow_cmd */
function hosts(node: ActiveNode): ValueProblem | null {
  const [from, ...words] = node.words;
  if (from?.value.toLowerCase() !== "from") {
    if (from === undefined) return null;
    return problemAt(from, `${node.name} must be followed by 'from'`, `write \`${node.name} from ${from.value}\``);
  }
  if (dialectOf(node) !== "2.4") return null;
  for (const word of words) {
    if (word.value.toLowerCase() === "all" || /^env=/i.test(word.value)) continue;
    if (word.value.startsWith("#")) return problemAt(word, `No comments are allowed in ${node.name}`);
    const problem = networkProblem(word, true);
    if (problem !== null) return problem;
  }
  return null;
}

function networkProblem(word: Word, names: boolean): ValueProblem | null {
  const verdict = subnetVerdict(word.value);
  if (verdict === "ok" || (verdict === "name" && names && !word.value.includes("/"))) return null;
  return problemAt(
    word,
    `"${word.value}" is no address or network${verdict === "bad mask" ? ": the mask is wrong" : ""}`,
  );
}

/** Addresses, networks or names of proxies. mod_remoteip.c proxies_set */
function proxies(node: ActiveNode): ValueProblem | null {
  return node.words.map((word) => networkProblem(word, true)).find((problem) => problem !== null) ?? null;
}

/** Methods that 2.4 knows from the start. */
const methods: ReadonlySet<string> = new Set(
  (
    "GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL " +
    "CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE"
  ).split(" "),
);

/** Modules bring providers of any name, but not of any kind. */
const providerName = /^[A-Za-z][\w.-]*$/;

/** `AuthBasicProvider name…` */
function authenticationProviders(node: ActiveNode): ValueProblem | null {
  const odd = node.words.find(({ value }) => !providerName.test(value));
  return odd === undefined ? null : problemAt(odd, `Unknown provider "${odd.value}" for ${node.name}`);
}

/**
 * `Require [not] provider words…`. A negation decides nothing on its own, so only RequireAll takes it.
 * mod_authz_core.c add_authz_provider, mod_authz_host.c
 */
function require(node: ActiveNode): ValueProblem | null {
  const [first, ...others] = node.words;
  const negated = first?.value.toLowerCase() === "not";
  const [provider, ...words] = negated ? others : node.words;
  if (provider === undefined) return { message: "Require needs a provider, such as `all` or `user`" };
  if (!providerName.test(provider.value))
    return problemAt(provider, `Unknown provider "${provider.value}" for Require`);
  const [word] = words;
  switch (provider.value.toLowerCase()) {
    case "all":
      if (words.length !== 1 || !/^(?:granted|denied)$/i.test(word?.value ?? ""))
        return problemAt(word ?? provider, "Require all takes `granted` or `denied`");
      break;
    case "ip": {
      if (word === undefined) return { message: "Require ip needs an address" };
      const wrong = words.map((one) => networkProblem(one, false)).find((problem) => problem !== null);
      if (wrong !== undefined) return wrong;
      break;
    }
    case "method": {
      const unknown = words.find(({ value }) => !methods.has(value));
      if (unknown !== undefined) return problemAt(unknown, `Unknown method "${unknown.value}" in Require`);
      break;
    }
    case "expr": {
      const text = node.rawArgs.slice(node.rawArgs.toLowerCase().indexOf("expr") + 4).trim();
      const problem = conditionProblem(unquoted(text), "boolean");
      if (problem !== null)
        return problemAt(word ?? provider, `Expression in Require expr cannot be parsed: ${problem}`);
    }
  }
  if (!negated || isInRequireAll(node)) return null;
  return problemAt(provider, "A negated Require has no effect here", "put it into <RequireAll> beside one that grants");
}

/** Quotes around all of it go. mod_authz_core.c expr_parse_config */
function unquoted(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
}

function isInRequireAll(node: ActiveNode): boolean {
  return node.parent?.key === "requireall";
}

/**
 * RequireAll, RequireAny and RequireNone: one without a Require decides nothing, one with negations only neither, and a
 * RequireNone is a negation itself.
 */
function requireSection(node: ActiveNode): ValueProblem | null {
  if (node.kind !== "section") return null;
  const children = node.children.filter((child) => child.key.startsWith("require"));
  if (children.length === 0) return { message: `<${node.name}> holds no Require` };
  if (dialectOf(node) !== "2.4") return null;
  if (node.key === "requirenone" && !isInRequireAll(node)) {
    return { message: "<RequireNone> has no effect here", help: "put it into <RequireAll> beside one that grants" };
  }
  const negative = (child: ActiveNode): boolean =>
    child.key === "requirenone" || (child.key === "require" && child.words[0]?.value.toLowerCase() === "not");
  if (node.key === "requireall" && children.every(negative)) return { message: "<RequireAll> holds negations only" };
  return null;
}

/** Checks of who may come in. */
export const accessChecks: readonly (readonly [string, ValueCheck])[] = [
  ["allow", hosts],
  ["deny", hosts],
  ["require", only24(require)],
  ["authbasicprovider", only24(authenticationProviders)],
  ["authdigestprovider", only24(authenticationProviders)],
  ["remoteipinternalproxy", only24(proxies)],
  ["remoteiptrustedproxy", only24(proxies)],
  ["<requireall", requireSection],
  ["<requireany", requireSection],
  ["<requirenone", requireSection],
];
