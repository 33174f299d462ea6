import type { ActiveConfig, ActiveNode } from "../config/active-config.ts";
import type { Draft } from "./draft.ts";

const hasRoot = (children: readonly ActiveNode[]): boolean =>
  children.some(({ key }) => key === "documentroot" || key === "virtualdocumentroot");

/** Says that paths with a drive, of Windows, are on no other machine. */
function noteDrives(server: ActiveConfig["server"], draft: Draft): void {
  const waiting = [...server.children];
  let count = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.words.some(({ value }) => /^[a-z]:[\\/]/i.test(value))) count += 1;
    if (node.kind === "section") waiting.push(...node.children);
  }
  if (count > 0) {
    const lines = count === 1 ? "1 line has a path" : `${count} lines have paths`;
    draft.note(`${lines} with a drive, which only Windows has: write where these files are on the new machine`, true);
  }
}

/** Says where no line tells what is served: the old program has a folder built in that the new one does not know. */
export function noteDocumentRoot({ server }: Pick<ActiveConfig, "server">, draft: Draft): void {
  noteDrives(server, draft);
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
