import type { TableDirective } from "../../compile/table.ts";
import { isProgramHandler, makesPrograms } from "../site/programs.ts";
import { lastNamed, linesNamed } from "../site/effective.ts";

/** httpd's own, without a port. */
const DEFAULT_PORT = 8000;

/**
 * What stands behind fastcgi_pass for a handler of mod_proxy_fcgi (`proxy:unix:…|fcgi://…`, `proxy:fcgi://…`); null for others,
 * for servers at a name, which nginx would look up before it starts, and for those with a path of their own.
 */
export function fastcgiServer(handler: string): string | null {
  const socket = /^proxy:unix:(\/[\w./-]+)\|fcgi:\/\/[^/|]*\/?$/i.exec(handler)?.[1];
  if (socket !== undefined) return `unix:${socket}`;
  const [, host, port = String(DEFAULT_PORT)] =
    /^proxy:fcgi:\/\/(localhost|[\d.]+|\[[\da-f:.]+\])(?::(\d{1,5}))?\/?$/i.exec(handler) ?? [];
  if (host === undefined || Number(port) > 65_535) return null;
  return `${host.toLowerCase() === "localhost" ? "127.0.0.1" : host}:${port}`;
}

/** The one server that runs all programs of some effective directives, by AddHandler; null when it is not one. */
export function addedServer(effective: readonly TableDirective[]): string | null {
  const servers = new Set(
    linesNamed(effective, "addhandler", "addtype", "forcetype").flatMap((line) => {
      if (!makesPrograms(line)) return [];
      const [handler = ""] = line.args;
      return [line.name.toLowerCase() === "addhandler" && isProgramHandler(handler) ? fastcgiServer(handler) : null];
    }),
  );
  const [only = null] = servers;
  return servers.size === 1 ? only : null;
}

/**
 * The lines of a location whose files a FastCGI server runs. No other file than one that is there is named to it, so that
 * nothing else is run than what httpd would have run. `isAliased`: the folder is not that of the server block.
 */
export function fastcgiLines(
  server: string,
  effective: readonly TableDirective[],
  { isAliased, asksUsers }: { readonly isAliased: boolean; readonly asksUsers: boolean },
): readonly string[] {
  const passesAuthorization = lastNamed(effective, "cgipassauth")?.args[0]?.toLowerCase() === "on";
  const isOwn = isAliased || asksUsers || passesAuthorization;
  const own = isOwn ? parameters({ isAliased, asksUsers, passesAuthorization }) : [];
  const found = isAliased
    ? ["if (!-f $request_filename) { return 404; }"]
    : [
        'fastcgi_split_path_info "^(.+?\\\\.[Pp][Hh][Pp][0-9]?)(/.*)$";',
        // Which try_files forgets.
        "set $backhand_path_info $fastcgi_path_info;",
        "try_files $fastcgi_script_name =404;",
      ];
  return [...found, ...own, `fastcgi_pass ${server};`];
}

/** What programs are told, for the http block; `lines` are those of all servers. */
export function sharedParameters(lines: readonly { readonly text: string }[]): readonly string[] {
  if (!lines.some(({ text }) => text.includes("set $backhand_path_info "))) return [];
  return parameters({ isAliased: false, asksUsers: false, passesAuthorization: false });
}

interface Told {
  readonly isAliased: boolean;
  readonly asksUsers: boolean;
  readonly passesAuthorization: boolean;
}

function parameters({ isAliased, asksUsers, passesAuthorization }: Told): readonly string[] {
  const pairs: readonly (readonly [name: string, value: string])[] = [
    ["GATEWAY_INTERFACE", "CGI/1.1"],
    ["SERVER_SOFTWARE", "nginx"],
    ["SERVER_NAME", "$server_name"],
    ["SERVER_ADDR", "$server_addr"],
    ["SERVER_PORT", "$server_port"],
    ["SERVER_PROTOCOL", "$server_protocol"],
    ["REQUEST_METHOD", "$request_method"],
    ["REQUEST_SCHEME", "$scheme"],
    ["HTTPS", "$https if_not_empty"],
    ["REQUEST_URI", "$request_uri"],
    ["QUERY_STRING", "$query_string"],
    ["DOCUMENT_ROOT", "$document_root"],
    ["SCRIPT_FILENAME", isAliased ? "$request_filename" : "$document_root$fastcgi_script_name"],
    ["SCRIPT_NAME", isAliased ? "$uri" : "$fastcgi_script_name"],
    ["PATH_INFO", isAliased ? '""' : "$backhand_path_info if_not_empty"],
    ["REMOTE_ADDR", "$remote_addr"],
    ["REMOTE_PORT", "$remote_port"],
    ["CONTENT_TYPE", "$content_type if_not_empty"],
    ["CONTENT_LENGTH", "$content_length if_not_empty"],
    ["REDIRECT_STATUS", "200"],
    // httpd tells of no field that a program would take for a setting of its own.
    ["HTTP_PROXY", '""'],
    // Whose password nobody has looked at is no user.
    ...(asksUsers ? ([["REMOTE_USER", "$remote_user"]] as const) : []),
    ...(passesAuthorization ? [] : ([["HTTP_AUTHORIZATION", '""']] as const)),
  ];
  return pairs.map(([name, value]) => `fastcgi_param ${name} ${value};`);
}
