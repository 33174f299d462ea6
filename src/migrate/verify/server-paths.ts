import type { ActiveConfig, ActiveNode, ActiveSection } from "../../config/active-config.ts";
import { isUnder } from "../../routing/uri.ts";
import { toBytes } from "../../routing/bytes.ts";
import { firstWord } from "../apache24/line-rule.ts";
import type { SourcePlace } from "../verdict.ts";

function placeOf({ origin }: ActiveNode): SourcePlace {
  if (origin === null) return { path: "", line: 0 };
  const { source } = origin.reading;
  return { path: source.path, line: source.position(origin.line.start).line };
}

const keyOf = (host: SourcePlace | null): string => (host === null ? "" : `${host.path}:${host.line}`);

/**
 * The ServerPath line that takes the beginning of a path away, by the opening line of the request's host (null: the main
 * server) and the path as it was sent; empty where none does.
 */
export function serverPathFinder({
  server,
}: ActiveConfig): (host: SourcePlace | null, path: string) => readonly SourcePlace[] {
  const isHost = (node: ActiveNode): node is ActiveSection => node.kind === "section" && node.key === "virtualhost";
  const found = new Map<string, { readonly path: string; readonly place: SourcePlace }>();
  for (const section of [server, ...server.children.filter(isHost)]) {
    const line = section.children.findLast(({ key }) => key === "serverpath");
    const host = section === server ? null : placeOf(section);
    if (line !== undefined) found.set(keyOf(host), { path: firstWord(line), place: placeOf(line) });
  }
  return (host, path) => {
    const own = found.get(keyOf(host));
    return own !== undefined && isUnder(toBytes(path), toBytes(own.path)) ? [own.place] : [];
  };
}
