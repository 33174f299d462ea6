import { luaSections } from "../../grammar/raw-sections.ts";
import type { ActiveNode } from "./active-config.ts";
import { expressionProblem } from "./regular-expression.ts";
import { isInside, oneOf, only24, perDirectory, problemAt } from "./value-problem.ts";
import { expressionWord } from "./values-conditions.ts";
import type { ValueCheck, ValueProblem } from "./values.ts";

/** Each word has one form. */
function every(form: RegExp, expected: string): ValueCheck {
  return (node) => {
    const odd = node.words.find(({ value }) => !form.test(value));
    return odd === undefined ? null : problemAt(odd, `Expected ${expected} for ${node.name}, got "${odd.value}"`);
  };
}

/** The first word has a form; others may be anything. */
function first(form: RegExp, expected: string): ValueCheck {
  return (node) => {
    const [word] = node.words;
    if (word === undefined || form.test(word.value)) return null;
    return problemAt(word, `Expected ${expected} for ${node.name}, got "${word.value}"`);
  };
}

/** As many words as that; httpd takes the line whole and counts by itself. */
function count(min: number, max: number, check?: ValueCheck): ValueCheck {
  return (node) => {
    if (node.words.length < min)
      return { message: `${node.name} needs ${min === 1 ? "an argument" : `${min} arguments`}` };
    if (node.words.length > max) return { message: `${node.name} takes ${max} arguments at most` };
    return check?.(node) ?? null;
  };
}

/** Words that are texts with variables in them. */
function texts(...indexes: readonly number[]): ValueCheck {
  return (node) => {
    for (const index of indexes) {
      const word = node.words[index];
      const problem = word === undefined || word.value === "" ? null : expressionWord(word, word.value, "string");
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** `RequestReadTimeout header=20-40,MinRate=500 body=20`; mod_reqtimeout.c set_reqtimeouts */
function requestReadTimeout(node: ActiveNode): ValueProblem | null {
  for (const word of node.words) {
    const [, from, to, rate] =
      /^(?:handshake|header|body)=(\d+)(?:-(\d+))?(?:,MinRate=(\d+))?$/i.exec(word.value) ?? [];
    if (from === undefined)
      return problemAt(word, `Expected header=20-40,MinRate=500 or its kin for ${node.name}, got "${word.value}"`);
    if (to !== undefined && rate === undefined) return problemAt(word, "A range of seconds needs a MinRate behind it");
    if (to !== undefined && Number(to) <= Number(from)) return problemAt(word, "The range of seconds has no length");
    if (rate !== undefined && Number(rate) === 0) return problemAt(word, "MinRate is above 0");
  }
  return null;
}

/** `s/pattern/text/flags`, with any delimiter; nothing hides one in the pattern. mod_substitute.c set_pattern */
function substitution(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined) return null;
  const delimiter = word.value.charAt(1);
  const [, pattern = "", text, flags = "", more] = word.value.split(delimiter === "" ? "/" : delimiter);
  const shape = "Expected s/pattern/text/ and flags of i, n, f and q";
  if (
    !/^s./is.test(word.value) ||
    pattern === "" ||
    text === undefined ||
    more !== undefined ||
    !/^[infq]*$/i.test(flags)
  )
    return problemAt(word, `${shape} for ${node.name}, got "${word.value}"`);
  const problem = /n/i.test(flags) ? null : expressionProblem(pattern, "2.4");
  return problem === null ? null : problemAt(word, `Regular expression "${pattern}" cannot be compiled: ${problem}`);
}

/** A path or URL in front of the section, none in it. mod_cache.c add_cache_enable */
function cacheEnable(node: ActiveNode): ValueProblem | null {
  const [provider, url] = node.words;
  if (provider === undefined) return null;
  if (provider.value.startsWith("/")) return problemAt(provider, "Expected the name of a cache in front of the path");
  if (url !== undefined || isInside(node, ...perDirectory)) return null;
  return { message: "CacheEnable needs a path or URL outside of <Location>" };
}

function cacheDisable(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || /^\/|:/.test(word.value) || isInside(node, ...perDirectory)) return null;
  return problemAt(word, "CacheDisable needs a path or URL outside of <Location>");
}

/** `5`, `"plus 5 days"`. mod_usertrack.c set_cookie_exp */
function cookieExpires(node: ActiveNode): ValueProblem | null {
  const [word] = node.words;
  if (word === undefined || /^\d+$/.test(word.value)) return null;
  const parts = word.value.split(/[ \t]+/).filter((part) => part !== "");
  if (parts[0]?.toLowerCase() === "plus") parts.shift();
  const odd = parts.some((part, index) => (index % 2 === 0 ? !/^\d/.test(part) : !/^(?:y|mon|mi|w|d|h|s)/i.test(part)));
  if (!odd && parts.length !== 1) return null;
  return problemAt(word, `Expected seconds or "plus 5 days" for ${node.name}, got "${word.value}"`);
}

/** `[add] path [critical]`; http2 h2_conf_add_push_res */
function pushResource(node: ActiveNode): ValueProblem | null {
  const [, last, more] = node.words.slice(node.words[0]?.value.toLowerCase() === "add" ? 1 : 0);
  const odd = more ?? (last?.value.toLowerCase() === "critical" ? undefined : last);
  return odd === undefined
    ? null
    : problemAt(odd, `Unknown option "${odd.value}" for ${node.name}`, "known is critical");
}

/** `type [after|before|interleaved] [weight]`; only the last two weigh. http2 h2_conf_add_push_priority */
function pushPriority(node: ActiveNode): ValueProblem | null {
  const [, order, weight] = node.words;
  if (order !== undefined && !/^(?:after|before|interleaved)$/i.test(order.value))
    return problemAt(
      order,
      `Unknown order "${order.value}" for ${node.name}`,
      "known are after, before and interleaved",
    );
  if (weight === undefined) return null;
  if (/^before$/i.test(order?.value ?? "")) return problemAt(weight, "What comes before the rest takes no weight");
  return /^\s*\+?0*[1-9]/.test(weight.value) ? null : problemAt(weight, "A weight is a number from 1 on");
}

/** mod_ext_filter.c define_filter */
const filterParameter =
  /^(?:preservescontentlength$|mode=(?:output|input)$|(?:ftype|enableenv|disableenv|intype|outtype|cmd)=)/i;

function filterDefine(node: ActiveNode): ValueProblem | null {
  // `cmd="program with words"` is one parameter, though the quote is in its middle.
  const parameters = node.rawArgs.replace(/^\s*\S+/, "").match(/[^\s"]*"[^"]*"|\S+/g) ?? [];
  const odd = parameters.find((parameter) => !filterParameter.test(parameter));
  return odd === undefined ? null : { message: `Unknown parameter "${odd}" for ${node.name}` };
}

/** `LogMessage text [hook=name] [expr=condition]`; mod_log_debug.c cmd_log_message */
function logMessage(node: ActiveNode): ValueProblem | null {
  for (const word of node.words.slice(1)) {
    if (/^hook=/i.test(word.value)) continue;
    if (!/^expr=/i.test(word.value)) return problemAt(word, `Expected hook= or expr=, got "${word.value}"`);
    const problem = expressionWord(word, word.value.slice(5), "boolean");
    if (problem !== null) return problem;
  }
  return texts(0)(node);
}

/** `ProxyFCGISetEnvIf condition [!]name [text]` */
function fcgiVariable(node: ActiveNode): ValueProblem | null {
  const [condition, , value] = node.words;
  return (
    (condition === undefined ? null : expressionWord(condition, condition.value, "boolean")) ??
    (value === undefined || value.value === "" ? null : expressionWord(value, value.value, "string"))
  );
}

const noteType: ValueCheck = (node) =>
  node.words.length < 2 ? null : first(/^(?:input|output|ratio)$/i, "Input, Output or Ratio")(node);
const alterETag = oneOf("addsuffix", "nochange", "remove");
const fieldName = count(1, Infinity, first(/^[^=&]*$/, "a name without = and &"));
/** A section of mod_lua: the name of a function, and when it is called; what follows is not looked at. */
const sectionEarly: ValueCheck = ({ words: [, when], name }) =>
  when === undefined || /^(?:early|late)$/i.test(when.value)
    ? null
    : problemAt(when, `Expected early or late for <${name}>, got "${when.value}"`);

const early = count(2, 3, (node) =>
  node.words[2] === undefined || /^(?:early|late)$/i.test(node.words[2].value)
    ? null
    : problemAt(node.words[2], `Expected early or late for ${node.name}`),
);
const tag = first(/^\S*$/, "a tag without blanks");

const checks24: readonly (readonly [string, ValueCheck])[] = [
  ["allowconnect", every(/^\d+(?:-\d+)?$/, "a port or a range of ports")],
  ["authbasicusedigestalgorithm", oneOf("off", "md5")],
  ["authdigestalgorithm", oneOf("md5")],
  ["authdigestqop", every(/^auth$/i, "auth")],
  ["authname", texts(0)],
  ["authtype", texts(0)],
  ["authbasicfake", texts(0, 1)],
  ["authformloginrequiredlocation", texts(0)],
  ["authformloginsuccesslocation", texts(0)],
  ["authformlogoutlocation", texts(0)],
  ...["body", "location", "method", "mimetype", "password", "username"].map(
    (name) => [`authform${name}`, first(/^[^=&]+$/, "a name without = and &")] as const,
  ),
  ["logmessage", logMessage],
  ["proxyhcexpr", count(2, Infinity)],
  [
    "proxyhctemplate",
    count(1, Infinity, (node) => {
      const odd = node.words.slice(1).find(({ value }) => !value.includes("="));
      return odd === undefined ? null : problemAt(odd, `Expected key=value, got "${odd.value}"`);
    }),
  ],
  ["sslvhostsnipolicy", oneOf("strict", "secure", "authonly", "insecure")],
  ["mdprofilemandatory", oneOf("on", "off")],
  ["mdrenewviaari", oneOf("on", "off")],
  ["proxyfcgisetenvif", fcgiVariable],
  ["brotlialteretag", alterETag],
  ["deflatealteretag", alterETag],
  ["brotlifilternote", noteType],
  ["deflatefilternote", noteType],
  ["cacheenable", cacheEnable],
  ["cachedisable", cacheDisable],
  ["cachekeybaseurl", first(/^\/\/|^[^/]*:/, "a URL with a scheme, host or port")],
  [
    "cgivar",
    (node) =>
      first(/^REQUEST_URI$/, "REQUEST_URI")(node) ??
      (node.words[1] === undefined || /^(?:current|original)-uri$/i.test(node.words[1].value)
        ? null
        : problemAt(node.words[1], "Expected current-uri or original-uri")),
  ],
  [
    "charsetoptions",
    every(/^(?:no)?(?:implicitadd|translateallmimetypes)$/i, "[No]ImplicitAdd or [No]TranslateAllMimeTypes"),
  ],
  ["cookiedomain", first(/^\..*\./s, "a domain with a dot in front and one inside")],
  ["cookieexpires", cookieExpires],
  ["cookiesamesite", oneOf("none", "lax", "strict")],
  ["cookiestyle", oneOf("netscape", "cookie", "cookie2", "rfc2109", "rfc2965")],
  ["extfilterdefine", filterDefine],
  [
    "extfilteroptions",
    every(/^(?:(?:no)?logstderr|onfail=(?:abort|remove))$/i, "[No]LogStderr or Onfail=abort|remove"),
  ],
  ["heartbeataddress", first(/^.+:\d+$/s, "address:port")],
  ["heartbeatlisten", first(/^.+:\d+$/s, "address:port")],
  ["h2pushpriority", pushPriority],
  ["h2pushresource", pushResource],
  ["luacodecache", oneOf("stat", "forever", "never")],
  ["luainherit", oneOf("none", "parent-first", "parent-last")],
  ["luascope", first(/^(?:once|request|conn|thread|server)$/, "once, request, conn, thread or server")],
  ...["fixups", "maptostorage", "typechecker"].map((name) => [`luahook${name}`, count(2, 2)] as const),
  ["luaquickhandler", count(2, 2)],
  ...["accesschecker", "authchecker", "translatename"].map((name) => [`luahook${name}`, early] as const),
  ["luahookcheckuserid", count(2, 3)],
  ...Array.from(luaSections, (name) => [`<${name}`, sectionEarly] as const),
  ["protocolshonororder", oneOf("on", "off")],
  ["proxyfcgibackendtype", oneOf("fpm", "generic")],
  [
    "regexdefaultoptions",
    every(/^(?:none|[+-]?(?:icase|dotall|dollar_endonly))$/i, "none, or ICASE, DOTALL and DOLLAR_ENDONLY with a sign"),
  ],
  ["requestreadtimeout", requestReadTimeout],
  ["sessioncookiename", fieldName],
  ["sessioncookiename2", fieldName],
  ["sessiondbdcookiename", count(1, Infinity, first(/^[^=;&]*$/, "a name without =, ; and &"))],
  ["sessiondbdcookiename2", count(1, Infinity, first(/^[^=;&]*$/, "a name without =, ; and &"))],
  ["ssistarttag", tag],
  ["ssiendtag", tag],
  ["substitute", substitution],
];

/** What the handlers of 2.4's smaller modules refuse, where the words alone tell it. */
export const moduleChecks: readonly (readonly [string, ValueCheck])[] = checks24.map(([name, check]) => [
  name,
  only24(check),
]);
