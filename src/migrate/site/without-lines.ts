import type { RoutingTable, TableDirective, TableSection } from "../../compile/table.ts";

const isProxyPass = ({ name }: TableDirective): boolean => /^proxypass(?:match)?$/i.test(name);

/** What such a line is called in the table that is made, so that routing passes over it; see `passedOver`. */
const passedOverProxy = "[ProxyPass]";

/**
 * A table whose ProxyPass lines are passed over and named where they count: the servers behind are not there to be asked, so
 * requests are compared without those lines.
 */
export function withoutProxies(table: RoutingTable): RoutingTable {
  const gone: TableDirective[] = [];
  const renamed = renamedLines(table, isProxyPass, passedOverProxy, gone);
  return { ...renamed, unenforced: [...table.unenforced, ...gone.map((line) => ({ ...line, decides: true }))] };
}

/** A table without the lines that send requests elsewhere: what holds for those that another module takes first. */
export function withoutRedirects(table: RoutingTable): RoutingTable {
  return renamedLines(table, ({ name }) => /^redirect/i.test(name), "[Redirect]", []);
}

function renamedLines(
  table: RoutingTable,
  isMeant: (line: TableDirective) => boolean,
  name: string,
  gone: TableDirective[],
): RoutingTable {
  const renamed = (lines: readonly TableDirective[]): readonly TableDirective[] =>
    lines.map((line) => {
      if (!isMeant(line)) return line;
      const other = { ...line, name };
      gone.push(other);
      return other;
    });
  const inSection = (section: TableSection): TableSection => ({
    ...section,
    directives: renamed(section.directives),
    sections: section.sections.map(inSection),
  });
  const hosts = table.hosts.map((host) => ({ ...host, directives: renamed(host.directives) }));
  return { ...table, hosts, sections: table.sections.map(inSection) };
}
