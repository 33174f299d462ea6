import type { TableDirective } from "../../compile/table.ts";
import { lastNamed, linesNamed } from "./effective.ts";

/** What is compressed on its way to clients that take it. */
export interface Compression {
  /** Media types without parameters; null for all. */
  readonly types: readonly string[] | null;
  /** 1 to 9; null without a line. */
  readonly level: number | null;
  /** Lines that say it. */
  readonly lines: readonly TableDirective[];
}

/** Types that expressions of mod_gzip are tried on: what servers send that is worth it. */
const usual = (
  "text/html text/plain text/css text/xml text/javascript text/csv text/x-component application/javascript application/x-javascript " +
  "application/json application/xml application/xhtml+xml application/rss+xml application/atom+xml application/rtf image/svg+xml"
).split(" ");

/** Reads SetOutputFilter, AddOutputFilterByType and mod_gzip; null where nothing is compressed. */
export function compressionOf(effective: readonly TableDirective[]): Compression | null {
  const levelLine = lastNamed(effective, "deflatecompressionlevel");
  const level = /^[1-9]$/.test(levelLine?.args[0] ?? "") ? Number(levelLine?.args[0]) : null;
  const ofLevel = levelLine === undefined ? [] : [levelLine];
  const isDeflate = (word = ""): boolean => /(?:^|;)deflate(?:;|$)/i.test(word);
  const all = lastNamed(effective, "setoutputfilter");
  if (all !== undefined && isDeflate(all.args[0])) return { types: null, level, lines: [all, ...ofLevel] };
  const byType = linesNamed(effective, "addoutputfilterbytype").filter(({ args }) => isDeflate(args[0]));
  if (byType.length > 0) {
    const types = byType.flatMap(({ args }) => args.slice(1)).map((word) => word.toLowerCase());
    return { types: [...new Set(types.filter(isType))], level, lines: [...byType, ...ofLevel] };
  }
  const gzip = lastNamed(effective, "mod_gzip_on");
  if (gzip?.args[0]?.toLowerCase() !== "yes") return null;
  const included = linesNamed(effective, "mod_gzip_item_include").filter(
    ({ args }) => args[0]?.toLowerCase() === "mime",
  );
  const types = usual.filter((one) => included.some(({ args }) => matchesType(args[1] ?? "", one)));
  return types.length === 0 ? null : { types, level: null, lines: [gzip, ...included] };
}

const isType = (word: string): boolean => /^[\w.+-]+\/[\w.+*-]+$/.test(word);

/** An expression of mod_gzip: plain text, dots, stars and anchors, all else is none of ours. */
function matchesType(expression: string, type: string): boolean {
  const plain = /^\^?([\w/+.-]*?)(?:\.\*|\$)*$/.exec(expression.replaceAll("\\", ""))?.[1];
  if (plain === undefined || plain === "") return false;
  const isWhole = expression.endsWith("$") && !expression.endsWith(".*$");
  return isWhole ? type === plain : type.startsWith(plain);
}
