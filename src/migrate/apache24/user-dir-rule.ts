import type { ActiveConfig, ActiveNode } from "../../config/active-config.ts";
import { changed, lost } from "../verdict.ts";
import type { LineRule } from "./line-rule.ts";
import { quoted, wordsOf } from "./line-rule.ts";

/** All UserDir lines of the server and its hosts. */
const linesIn = ({ server }: ActiveConfig): readonly ActiveNode[] =>
  [server, ...server.children].flatMap((node) =>
    node.kind === "section" ? node.children.filter(({ key }) => key === "userdir") : [],
  );

/**
 * UserDir with a URL: behind an asterisk 2.4 leaves out the rest, and it takes `http://x` for the name
 * of a folder (seen with 2.4.71).
 * httpd 1.3 mod_userdir.c translate_userdir
 */
export const userDir: LineRule = (directive, { dialect, config }) => {
  const [pattern = "", ...others] = wordsOf(directive);
  const star = pattern.indexOf("*");
  const before = star === -1 ? `${pattern}/` : pattern.slice(0, star);
  const behind = star === -1 ? "" : pattern.slice(star + 1);
  const isUrl = before.includes(":") && !pattern.startsWith("/");
  if (dialect !== "1.3" || !isUrl || (star !== -1 && !behind.startsWith("/"))) return null;
  const target = `${before}$1${behind}$2`;
  const line = `RedirectMatch 302 "^/~([^/]+)(.*)$" ${quoted(target)}`;
  // A redirect holds for every host, and for every user.
  if (others.length > 0 || linesIn(config).length !== 1 || /[$&\\]/.test(before + behind))
    return lost(
      `2.4 ${star === -1 ? "takes this for a folder" : "leaves out what stands behind the asterisk"}: write ${line} where it is to hold`,
    );
  return changed(line, "UserDir of 2.4 cannot say it");
};
