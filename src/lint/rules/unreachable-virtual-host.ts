import { dialects } from "../../../grammar/dialect.ts";
import type { Finding } from "../rule.ts";
import { matchesWildcard } from "../../config/wildcard.ts";
import { isPerhaps } from "../conditional-lines.ts";
import { wordOnly } from "../places.ts";
import { quote } from "../quote.ts";
import { defineRule } from "../rule.ts";
import { placeOf } from "../sections.ts";
import { addressText, virtualHosts, type WrittenName } from "../virtual-hosts.ts";

/** Each costs a comparison with every name behind it; `*.example` is not among them. */
const MOST_WILDCARDS = 50;

/** Names that are taken on one address. */
class Taken {
  readonly #exact = new Map<string, WrittenName>();
  /** `*.example` by `.example`. */
  readonly #endings = new Map<string, WrittenName>();
  readonly #others: WrittenName[] = [];

  find(name: string): WrittenName | undefined {
    const exact = this.#exact.get(name);
    if (exact !== undefined) return exact;
    if (this.#endings.size > 0) {
      for (let at = name.indexOf("."); at !== -1; at = name.indexOf(".", at + 1)) {
        const ending = this.#endings.get(name.slice(at));
        if (ending !== undefined) return ending;
      }
    }
    return this.#others.find((one) => matchesWildcard(one.name, name));
  }

  add(written: WrittenName): void {
    const { name } = written;
    if (!/[*?]/.test(name)) {
      if (!this.#exact.has(name)) this.#exact.set(name, written);
    } else if (/^\*\.[^*?]+$/.test(name)) {
      if (!this.#endings.has(name.slice(1))) this.#endings.set(name.slice(1), written);
    } else if (this.#others.length < MOST_WILDCARDS) {
      this.#others.push(written);
    }
  }
}

/** No name of the DNS is longer; a hostile one is not looked at dot by dot. */
const LONGEST = 255;

/** The first host with a name or alias that fits gets the request, wildcards included; 2.4 vhost.c check_hostalias. */
export const unreachableVirtualHost = defineRule({
  id: "unreachable-virtual-host",
  summary: "No name of a virtual host is taken by an earlier one",
  category: "semantics",
  severity: "warning",
  fixable: "no",
  dialects,
  create: ({ config, report }) => ({
    end() {
      const byAddress = new Map<string, Taken>();
      for (const { section, addresses, names } of virtualHosts(config)) {
        if (isPerhaps(section, config)) continue;
        const lists = addresses.map((address) => {
          const text = addressText(address);
          const list = byAddress.get(text) ?? new Taken();
          byAddress.set(text, list);
          return list;
        });
        for (const { name, directive, word } of names) {
          const takers = name.length > LONGEST ? [] : lists.map((list) => list.find(name));
          const [taker] = takers;
          if (taker === undefined || takers.includes(undefined) || name === "" || name.includes("@")) continue;
          const how = taker.name === name ? "has it" : `takes it with ${quote(taker.word.value)}`;
          const finding: Finding = {
            ...wordOnly(directive, word),
            message: `Unreachable name ${quote(word.value)}: ${placeOf(taker.directive.origin, directive.origin)} ${how}, on the same address`,
            help: "the first virtual host with a fitting name answers",
            related: [{ origin: taker.directive.origin, message: "answers for it" }],
          };
          report(finding);
        }
        for (const list of lists) for (const name of names) list.add(name);
      }
    },
  }),
});
