import type { RoutingTable } from "../compile/table.ts";
import type { EffectiveDirective } from "../routing/match.ts";

/** What the sections that cover a request say of sending a file, and of its body. */
export interface ContentSettings {
  /** Bytes; Infinity: no limit. */
  readonly bodyLimit: number;
  /** From AddDefaultCharset; null: none is named. */
  readonly charset: string | null;
  /** Media type by extension, lower case without dot. */
  readonly types: ReadonlyMap<string, string>;
  readonly followsLinks: boolean;
}

/** LimitRequestBody in 2.4.71 where no line says otherwise: 1 GiB since 2.4.54; older ones had no limit. */
const defaultBodyLimit24 = 1024 * 1024 * 1024;

/** Apache's own charset for `AddDefaultCharset On`. */
const defaultCharset = "iso-8859-1";

/** Reads effective directives, once for each combination of sections. */
export function createContentSettings(
  dialect: RoutingTable["apache"],
): (effective: readonly EffectiveDirective[]) => ContentSettings {
  const known = new WeakMap<readonly EffectiveDirective[], ContentSettings>();
  return (effective) => {
    let settings = known.get(effective);
    if (settings === undefined) {
      settings = readContentSettings(effective, dialect);
      known.set(effective, settings);
    }
    return settings;
  };
}

function readContentSettings(
  effective: readonly EffectiveDirective[],
  dialect: RoutingTable["apache"],
): ContentSettings {
  const types = new Map<string, string>();
  let charset: string | null = null;
  let bodyLimit = dialect === "2.4" ? defaultBodyLimit24 : Infinity;
  let followsLinks = true;
  for (const { name, args } of effective) {
    const [first = "", ...rest] = args;
    switch (name.toLowerCase()) {
      case "limitrequestbody":
        if (/^\d{1,15}$/.test(first)) bodyLimit = first === "0" ? Infinity : Number(first);
        break;
      case "adddefaultcharset":
        charset = /^off$/i.test(first) ? null : /^on$/i.test(first) ? defaultCharset : first;
        break;
      case "addtype":
        for (const extension of rest) types.set(extension.replace(/^\./, "").toLowerCase(), first.toLowerCase());
        break;
      case "removetype":
        for (const extension of args) types.delete(extension.replace(/^\./, "").toLowerCase());
        break;
      case "options":
        followsLinks = followsAfter(args, followsLinks);
        break;
      default:
        break;
    }
  }
  return { bodyLimit, charset, types, followsLinks };
}

/** What an Options line makes of following links: plain words replace, `+` and `-` change. SymLinksIfOwnerMatch does not count. */
function followsAfter(words: readonly string[], before: boolean): boolean {
  let follows = words.some((word) => !/^[+-]/.test(word)) ? false : before;
  for (const word of words) {
    const option = word.replace(/^[+-]/, "").toLowerCase();
    if (option === "followsymlinks" || option === "all") follows = !word.startsWith("-");
    if (option === "none") follows = false;
  }
  return follows;
}
