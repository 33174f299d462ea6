import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, dirname } from "node:path";
import send from "send";
import { toBytes } from "../routing/bytes.ts";
import type { Match } from "../routing/match.ts";
import { escapePath } from "../routing/escape-path.ts";
import type { ContentSettings } from "./content-settings.ts";
import type { LocalAnswer } from "./local-answer.ts";
import { isProgram, mediaType } from "./media-type.ts";

/** Sends an answer that is no file; resolves when it is over. */
export type Refuse = (answer: LocalAnswer) => Promise<void>;

/**
 * Answers a request with a file of this machine, under the name that routing gave it and no other. Never sends: a program's
 * text, a file whose name begins with `.ht`, the list of a folder. Routing has replaced folders by their index files already.
 * `refuse` sends what is no file, a redirect to a path of this server included. Resolves when the answer is over.
 */
export async function sendLocalFile(
  request: IncomingMessage,
  response: ServerResponse,
  match: Match,
  settings: ContentSettings,
  refuse: Refuse,
): Promise<void> {
  const refused = refusal(request, match, settings) ?? (await missing(match, request.method ?? ""));
  if (refused === null) {
    await sendFile(request, response, match.filename, settings, refuse);
  } else if (refused.status === 301) {
    const query = match.query === null ? "" : `?${match.query}`;
    await refuse({ status: 301, location: `${escapePath(toBytes(match.uri), match.access.dialect)}/${query}` });
  } else {
    await refuse(refused);
  }
}

function refusal(request: IncomingMessage, match: Match, settings: ContentSettings): LocalAnswer | null {
  // mod_dir looks before any handler does.
  if (match.fileKind === "directory" && !match.uri.endsWith("/") && settings.addsSlash) return { status: 301 };
  if (isProgram(match.filename, match.handler, settings)) return programAnswer;
  const { method = "" } = request;
  if (method === "OPTIONS") return { status: 200, allow: settings.methods.join(", ") };
  if (!settings.methods.includes(method)) return { status: 405, allow: settings.methods.join(", ") };
  if (isHidden(match)) return { status: 403 };
  if (isBeyondFile(match, settings)) return { status: 404 };
  return null;
}

/** Whether a file may be sent in the place of an error's page. */
export function isServable(match: Match, settings: ContentSettings): boolean {
  return (
    match.fileKind === "file" &&
    !isProgram(match.filename, match.handler, settings) &&
    !isHidden(match) &&
    !isBeyondFile(match, settings)
  );
}

function isHidden({ filename }: Match): boolean {
  return /(?:^|\/)\.ht[^/]*(?:\/|$)/i.test(filename);
}

/** A plain file has nothing to do with what follows it in the path, unless AcceptPathInfo says so. */
function isBeyondFile({ pathInfo }: Match, { acceptsPathInfo }: ContentSettings): boolean {
  return pathInfo !== "" && !acceptsPathInfo;
}

/** A program cannot be run here, and its text is not sent. */
const programAnswer: LocalAnswer = { status: 501, reason: "This would be a program, and this server runs none" };

/** Why there is no file to send; null when there is one. */
async function missing({ filename, handler }: Match, method: string): Promise<LocalAnswer | null> {
  const kind = await kindOf(filename);
  if (kind === "none" || kind === "other") return { status: kind === "none" ? 404 : 403 };
  if (kind === "file") return filename.endsWith("/") ? { status: 404 } : null;
  // Lists, which are refused, are only for GET and for a folder that no line gives a handler; else a folder is no file.
  return { status: method === "POST" || handler !== null ? 404 : 403 };
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

/** Ranges, conditions, HEAD and backpressure are the library's; the type and what may be sent are ours. */
function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  settings: ContentSettings,
  refuse: Refuse,
): Promise<void> {
  return new Promise((resolve, reject) => {
    // While the file was looked at: it would not be closed once more.
    if (response.closed || response.destroyed) {
      resolve();
      return;
    }
    let encoded: string;
    try {
      encoded = encodeURIComponent(basename(path));
    } catch {
      // Bytes in the name that are no UTF-8.
      refuse({ status: 404 }).then(resolve, reject);
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
        refuse({ status: status >= 400 && status < 600 ? status : 500 }).catch(reject);
      })
      .on("directory", () => {
        refuse({ status: 403 }).catch(reject);
      })
      .pipe(response);
  });
}
