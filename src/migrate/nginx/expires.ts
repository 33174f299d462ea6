import type { TableDirective } from "../../compile/table.ts";
import { expiryOf, expiryLines, typeExpression, type Expiry } from "../site/expiry.ts";
import { fieldLines } from "../site/header-lines.ts";
import type { LineOutcomes } from "../site/line-outcomes.ts";
import type { Sender } from "./headers.ts";
import type { SharedVariables } from "./shared-variables.ts";
import { quote } from "./words.ts";

/** Lines about for how long an answer may be kept. */
export interface ExpiresLines {
  readonly expires: readonly string[];
  readonly add: readonly string[];
  readonly hide: readonly string[];
}

const none: ExpiresLines = { expires: [], add: [], hide: [] };

/** What another server says of it itself, in whose place nginx would put its own. */
const kept: Pick<ExpiresLines, "add" | "hide"> = {
  add: ["add_header Cache-Control $upstream_http_cache_control always;"],
  hide: ["proxy_hide_header Cache-Control;"],
};

/** Writes `expires` for effective directives, and judges the lines of mod_expires. */
export function expiresLines(
  effective: readonly TableDirective[],
  sender: Sender,
  outcomes: LineOutcomes,
  variables: SharedVariables,
): ExpiresLines {
  const lines = expiryLines(effective);
  if (lines.length === 0) return none;
  const found = expiryOf(effective);
  if (found === null) {
    outcomes.rest(lines, "mod_expires is not on");
    return none;
  }
  outcomes.drop(found.wrong, "no time that nginx takes");
  const taken = takenBy(effective);
  if (taken !== null) {
    const own = lines.filter((one) => !found.wrong.includes(one));
    if (taken.says) outcomes.drop(own, `a Header line gives ${taken.name}, which counts before what nginx would add`);
    else outcomes.lose(own, `a Header line gives ${taken.name}, and expires would write it, too`);
    return none;
  }
  const all = [...found.byType.values(), ...(found.other === null ? [] : [found.other])];
  const isChange = all.length > 0 && all.every(({ from }) => from === "change");
  const word = isChange ? "expires modified" : "expires";
  // One location counts from one moment.
  const odd = isChange ? [] : all.filter(({ from }) => from === "change");
  outcomes.lose(
    odd.map(({ directive }) => directive),
    "expires counts all types of a location from one moment",
  );
  const line = written(found, isChange ? "change" : "access", word, sender, variables);
  outcomes.write(
    lines.filter((one) => !found.wrong.includes(one) && !odd.some(({ directive }) => directive === one)),
    [line],
    "the same times",
  );
  return { ...(sender === "own" ? none : kept), expires: [line] };
}

function written(
  { byType, other }: Expiry,
  from: "access" | "change",
  word: string,
  sender: Sender,
  variables: SharedVariables,
): string {
  const isOwn = sender === "own";
  const rest = other?.from === from ? String(other.seconds) : "off";
  if (byType.size === 0 && isOwn) return `${word} ${rest};`;
  // What another server says itself stays.
  const start = isOwn ? "" : ":";
  const rows = [...byType].map(([type, lifetime]) => {
    const key = `~*^${start}${typeExpression(type).slice(1)}`;
    return `${quote(key)} ${lifetime.from === from ? lifetime.seconds : "off"};`;
  });
  const source = isOwn ? "$sent_http_content_type" : '"$upstream_http_expires:$sent_http_content_type"';
  const tail = isOwn ? [] : [`"~^:" ${rest};`];
  const variable = variables.define("map", source, "expires", [`default ${isOwn ? rest : "off"};`, ...rows, ...tail]);
  return `${word} ${variable};`;
}

/** A field of mod_expires that a Header line sets or takes away. */
function takenBy(effective: readonly TableDirective[]): { readonly name: string; readonly says: boolean } | null {
  for (const line of fieldLines(effective)) {
    const words = /^(?:always|onsuccess)$/i.test(line.args[0] ?? "") ? line.args.slice(1) : line.args;
    const [action = "", name = "", value = ""] = words;
    if (line.name.toLowerCase() === "requestheader" || !/^(?:set|unset|edit|edit\*)$/i.test(action)) continue;
    if (!/^(?:cache-control|expires):?$/i.test(name)) continue;
    return { name, says: /max-age|no-store|no-cache/i.test(value) && words[3] === undefined };
  }
  return null;
}
