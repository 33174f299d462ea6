import { dialects } from "../../../grammar/dialect.ts";
import type { Word } from "../../../grammar/word.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";

/** Protocols that are broken; TLS 1.0 and 1.1 are deprecated (RFC 8996) and only remarked upon. */
const BROKEN: ReadonlySet<string> = new Set(["sslv2", "sslv3"]);
const OLD: ReadonlySet<string> = new Set(["tlsv1", "tlsv1.1"]);

/** The words that switch an old protocol on and are not taken back by a later one. */
function enabled(words: readonly Word[]): readonly Word[] {
  let on: Word[] = [];
  for (const word of words) {
    const name = word.value.toLowerCase();
    if (name.startsWith("-")) on = on.filter(({ value }) => value.toLowerCase().replace(/^\+/, "") !== name.slice(1));
    else if (!name.startsWith("+")) on = [word];
    else on.push(word);
  }
  return on.filter(({ value }) => {
    const name = value.toLowerCase().replace(/^\+/, "");
    return BROKEN.has(name) || OLD.has(name);
  });
}

export const sslOldProtocol = defineRule({
  id: "ssl-old-protocol",
  summary: "Broken and deprecated versions of TLS are not switched on",
  category: "security",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ report }) => ({
    directives: ["sslprotocol", "sslproxyprotocol"],
    directive(directive) {
      if (directive.key !== "sslprotocol" && directive.key !== "sslproxyprotocol") return;
      // `SSLv2 SSLv3`: only the last without a sign would count, but each was meant.
      const plain = directive.words.every(({ value }) => !/^[+-]/.test(value));
      const found = plain ? directive.words : enabled(directive.words);
      for (const word of found) {
        const name = word.value.toLowerCase().replace(/^\+/, "");
        if (!BROKEN.has(name) && !OLD.has(name)) continue;
        const broken = BROKEN.has(name);
        report({
          ...wordOnly(directive, word),
          message: `${broken ? "Broken" : "Deprecated"} protocol ${quote(word.value)}`,
          ...(broken ? {} : { severity: "info" as const }),
          help: "write `SSLProtocol -all +TLSv1.2 +TLSv1.3`",
        });
      }
    },
  }),
});
