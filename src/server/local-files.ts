import { lstat, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, dirname } from "node:path";
import send from "send";
import type { Match } from "../routing/match.ts";
import type { ContentSettings } from "./content-settings.ts";
import { sendLocalAnswer } from "./local-answer.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { isProgram, mediaType } from "./media-type.ts";

/**
 * Answers a request with a file of this machine, under the name that routing gave it and no other. Never sends: a program's
 * text, a file whose name begins with `.ht`, the list of a folder. Routing has replaced folders by their index files already.
 * Resolves when the answer is over; `locationOf` makes an absolute URL of a path.
 */
export async function sendLocalFile(
  request: IncomingMessage,
  response: ServerResponse,
  match: Match,
  settings: ContentSettings,
  locationOf: (path: string) => string,
): Promise<void> {
  const refused = refusal(request, match, settings) ?? (await missing(match, settings));
  if (refused === null) {
    await sendFile(request, response, match.filename, settings);
  } else if (refused.status === 301) {
    const query = match.query === null ? "" : `?${match.query}`;
    sendLocalAnswer(response, { status: 301, location: locationOf(`${encodePath(match.uri)}/${query}`) });
  } else {
    sendLocalAnswer(response, refused);
  }
}

function refusal(request: IncomingMessage, match: Match, settings: ContentSettings): LocalAnswer | null {
  if (isProgram(match.filename, match.handler, settings)) return programAnswer;
  if (request.method !== "GET" && request.method !== "HEAD") return { status: 405, allow: "GET, HEAD" };
  if (/(?:^|\/)\.ht[^/]*(?:\/|$)/i.test(match.filename)) return { status: 403 };
  // A plain file has nothing to do with what follows it in the path. httpd 2.x core AcceptPathInfo
  if (match.pathInfo !== "" && match.pathInfo !== "/") return { status: 404 };
  return null;
}

/** A program cannot be run here, and its text is not sent. */
const programAnswer: LocalAnswer = { status: 501, reason: "This would be a program, and this server runs none" };

/** Why there is no file to send; null when there is one. */
async function missing(match: Match, settings: ContentSettings): Promise<LocalAnswer | null> {
  const { filename, uri } = match;
  const kind = await kindOf(filename);
  if (kind === "none" || kind === "other") return { status: kind === "none" ? 404 : 403 };
  if (!settings.followsLinks && (await hasLink(filename, match.mappedBy?.args.at(-1) ?? "/"))) return { status: 403 };
  if (kind === "file") return filename.endsWith("/") ? { status: 404 } : null;
  return { status: uri.endsWith("/") ? 403 : 301 };
}

async function kindOf(path: string): Promise<"file" | "folder" | "other" | "none"> {
  try {
    const found = await stat(path);
    return found.isFile() ? "file" : found.isDirectory() ? "folder" : "other";
  } catch {
    // Not there, not allowed, or a name that no file can have.
    return "none";
  }
}

/** Whether the file, or a folder on the way to it below `base`, is a symbolic link. */
async function hasLink(path: string, base: string): Promise<boolean> {
  const end = base.replace(/\/+$/, "");
  for (let at = path.replace(/\/+$/, ""); at.length > end.length && at.startsWith(end); at = dirname(at)) {
    try {
      if ((await lstat(at)).isSymbolicLink()) return true;
    } catch {
      return true;
    }
    if (at === "/" || at === ".") break;
  }
  return false;
}

/** Ranges, conditions, HEAD and backpressure are the library's; the type and what may be sent are ours. */
function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  settings: ContentSettings,
): Promise<void> {
  return new Promise((resolve) => {
    let encoded: string;
    try {
      encoded = encodeURIComponent(basename(path));
    } catch {
      // Bytes in the name that are no UTF-8.
      sendLocalAnswer(response, { status: 404 });
      resolve();
      return;
    }
    response.setHeader("Content-Type", mediaType(path, settings));
    response.once("close", resolve);
    send(request, encoded, { root: dirname(path), dotfiles: "allow", index: false, cacheControl: false })
      .on("error", (error: Error & { readonly status?: number }) => {
        if (response.headersSent) {
          response.destroy();
          return;
        }
        for (const name of response.getHeaderNames()) if (name !== "server") response.removeHeader(name);
        const { status = 500 } = error;
        // 416 names the size in a field of the error; 404 and 403 may be a file that went away since.
        const range = (error as { readonly headers?: { readonly "Content-Range"?: string } }).headers?.[
          "Content-Range"
        ];
        if (range !== undefined) response.setHeader("Content-Range", range);
        sendLocalAnswer(response, { status: status >= 400 && status < 600 ? status : 500 });
      })
      .on("directory", () => {
        sendLocalAnswer(response, { status: 403 });
      })
      .pipe(response);
  });
}

function encodePath(path: string): string {
  return path
    .split("/")
    .map((part) => {
      try {
        return encodeURIComponent(part);
      } catch {
        return "";
      }
    })
    .join("/");
}
