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
  const renamed = (lines: readonly TableDirective[]): readonly TableDirective[] =>
    lines.map((line) => {
      if (!isProxyPass(line)) return line;
      const other = { ...line, name: passedOverProxy };
      gone.push(other);
      return other;
    });
  const inSection = (section: TableSection): TableSection => ({
    ...section,
    directives: renamed(section.directives),
    sections: section.sections.map(inSection),
  });
  const hosts = table.hosts.map((host) => ({ ...host, directives: renamed(host.directives) }));
  const sections = table.sections.map(inSection);
  return {
    ...table,
    hosts,
    sections,
    unenforced: [...table.unenforced, ...gone.map((line) => ({ ...line, decides: true }))],
  };
}
