import { dialects } from "../../../grammar/dialect.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Ciphers that give no secrecy, no identity, or too little of it, under OpenSSL's names. */
const WEAK: ReadonlySet<string> = new Set(
  "null enull anull adh aecdh low exp export export40 export56 rc4 rc2 des md5 des-cbc3-sha 3des".split(" "),
);

/** Longer lists are not written by hand, and this one is read word by word. */
const LONGEST = 10_000;

export const sslWeakCipher = defineRule({
  id: "ssl-weak-cipher",
  summary: "Weak ciphers are not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["sslciphersuite", "sslproxyciphersuite"],
    directive(directive) {
      if (directive.key !== "sslciphersuite" && directive.key !== "sslproxyciphersuite") return;
      const word = directive.words.at(-1);
      if (word === undefined || word.value.length > LONGEST) return;
      const parts = word.value.toLowerCase().split(/[:, ]+/);
      const out = new Set(parts.filter((part) => /^[!-]/.test(part)).map((part) => part.slice(1)));
      // `+NAME` only moves what is there already to the end.
      const added = parts.filter((part) => part !== "" && !/^[!+-]/.test(part));
      const weak = [...new Set(added.flatMap((part) => part.split("+")).filter((part) => WEAK.has(part)))];
      const left = weak.filter((part) => !out.has(part) && !(part.startsWith("exp") && out.has("exp")));
      if (left.length === 0) return;
      report({
        ...wordOnly(directive, word),
        message: `Weak ciphers: ${quote(left.join(", ").toUpperCase())}`,
        help: "write `HIGH:!aNULL:!MD5:!3DES`",
      });
    },
  }),
});
