import type { ActiveConfig, ActiveNode } from "../config/active-config.ts";
import type { Draft } from "./draft.ts";

const hasRoot = (children: readonly ActiveNode[]): boolean =>
  children.some(({ key }) => key === "documentroot" || key === "virtualdocumentroot");

/** Says where no line tells what is served: the old program has a folder built in that the new one does not know. */
export function noteDocumentRoot({ server }: Pick<ActiveConfig, "server">, draft: Draft): void {
  if (hasRoot(server.children)) return;
  const hosts = server.children.filter((node) => node.kind === "section" && node.key === "virtualhost");
  if (hosts.length > 0 && hosts.every((node) => node.kind === "section" && hasRoot(node.children))) return;
  const listens = server.children.some(({ key }) => /^(?:listen|port|servername|serverroot|virtualhost)$/.test(key));
  if (!listens) return;
  draft.note(
    "No DocumentRoot is written, so the old server took the one that it was built with (httpd -V tells HTTPD_ROOT; htdocs below it): write it, since the new server takes another",
    false,
  );
}
