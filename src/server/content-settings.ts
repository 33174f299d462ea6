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
  /** From ForceType, whatever the name says; null: none. */
  readonly forcedType: string | null;
  /** For names that say nothing. */
  readonly defaultType: string;
  /** AcceptPathInfo On: what follows a file's name in the path is no reason to refuse it. */
  readonly acceptsPathInfo: boolean;
  /** Not with DirectorySlash Off: a folder that is named without its slash leads to itself with one. */
  readonly addsSlash: boolean;
  /** What a file can be asked with; from 2.0 on POST gives it, too. */
  readonly methods: readonly string[];
}

/** LimitRequestBody in 2.4.71 where no line says otherwise: 1 GiB since 2.4.54; older ones had no limit. */
const defaultBodyLimit24 = 1024 * 1024 * 1024;

/** Apache's own charset for `AddDefaultCharset On`. */
const defaultCharset = "iso-8859-1";

/** 2.4 sends no type for what it does not know; here it is one that no browser runs. */
const unknownType = "application/octet-stream";

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
  let forcedType: string | null = null;
  let defaultType = dialect === "2.4" ? unknownType : "text/plain";
  let acceptsPathInfo = false;
  let addsSlash = true;
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
      case "forcetype":
        forcedType = dialect !== "1.3" && /^none$/i.test(first) ? null : first.toLowerCase();
        break;
      case "defaulttype":
        // 2.4 takes nothing but none.
        if (dialect !== "2.4") defaultType = /^none$/i.test(first) ? unknownType : first;
        break;
      case "acceptpathinfo":
        acceptsPathInfo = /^on$/i.test(first);
        break;
      case "directoryslash":
        addsSlash = !/^off$/i.test(first);
        break;
      default:
        break;
    }
  }
  const methods = dialect === "1.3" ? ["GET", "HEAD", "OPTIONS"] : ["GET", "HEAD", "POST", "OPTIONS"];
  return {
    bodyLimit,
    charset,
    types,
    forcedType,
    defaultType,
    acceptsPathInfo,
    addsSlash,
    methods,
  };
}
