import { upstreamMethod } from "../nginx/upstreams.ts";
import { sandboxSocket, type ForeignServer } from "./foreign-server.ts";
import { inOneForm } from "./probe.ts";
import { CLIENT_FIELD, HOST_STAMP, UPSTREAM_STAMP } from "./sandbox.ts";
import type { SandboxNetwork } from "./sandbox-network.ts";

const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/** nginx, whose own output has one directive or one end of a block on a line. */
export const nginxServer: ForeignServer = {
  program: "/usr/sbin/nginx",
  sendsFiles: true,
  refused: null,
  locationForm: withPlainEscapes,
  sandbox,
  args: (file, folder) => ["-p", folder, "-c", file, "-g", "daemon off;"],
  groupOf: upstreamMethod,
  hostLine: (stamp) => Number(stamp),
};

/** nginx takes the escapes of the characters from `&` to `~` out of what a `rewrite` sends to (NGX_UNESCAPE_REDIRECT). */
function withPlainEscapes(url: string): string {
  return inOneForm(
    url.replace(/%(2[6-9a-f]|[3-6][0-9a-f]|7[0-9a-e])/gi, (_, digits: string) =>
      String.fromCharCode(parseInt(digits, 16)),
    ),
  );
}

function sandbox(text: string, folder: string, network: SandboxNetwork): string {
  const methods = methodsOf(text);
  let stamp = "";
  let isStamped = false;
  const lines = text.split("\n").flatMap((line, index): readonly string[] => {
    const at = line.trimStart();
    if (at === "http {") return [line, ...preamble(folder)];
    if (at === "server {") {
      stamp = `add_header ${HOST_STAMP} ${index} always;`;
      isStamped = true;
      return [line, stamp];
    }
    if (at.startsWith("location ")) isStamped = false;
    // A block with fields of its own inherits none.
    if (at.startsWith("add_header ") && !isStamped) {
      isStamped = true;
      return [stamp, line];
    }
    const listen = /^listen (?:(\[[^\]]*\]|[\d.]+):)?(\d+)(.*?);$/.exec(at);
    if (listen !== null) {
      const [, address = "", port = "", rest = ""] = listen;
      return [`listen ${sandboxSocket(address, Number(port), network)}${rest.replace(/ (?:ssl|http2)\b/g, "")};`];
    }
    // No program is run: that one would be is what every one answers.
    if (
      /^(?:fastcgi_split_path_info |set \$backhand_path_info |try_files \$fastcgi_script_name |if \(!-f \$request_filename\) \{ return 404)/.test(
        at,
      )
    )
      return [];
    if (at.startsWith("fastcgi_pass ")) return ["try_files /.backhand-none =501;"];
    // Clients name themselves in the field of the preamble.
    if (/^(?:ssl_|proxy_ssl_|resolver |set_real_ip_from |real_ip_|access_log|error_log|user |pid )/.test(at)) return [];
    if (/^server [^{]*;$/.test(at)) return [`server 127.0.0.1:${network.upstreamPort};`];
    const proxy = /^proxy_pass http:\/\/([\w-]+);$/.exec(at);
    if (proxy !== null && proxy[1]?.startsWith("balancer_") !== true) {
      return [line, `proxy_set_header ${UPSTREAM_STAMP} "${methods.get(proxy[1] ?? "") ?? ""}.";`];
    }
    // Servers of the old configuration are never asked.
    if (at.startsWith("proxy_pass "))
      return [`proxy_pass http://127.0.0.1:${network.upstreamPort};`, `proxy_set_header ${UPSTREAM_STAMP} "relayed.";`];
    return [insideFolder(line, folder)];
  });
  return `pid ${folder}/pid;\nerror_log stderr;\n${lines.join("\n")}`;
}

function preamble(folder: string): readonly string[] {
  return [
    "access_log off;",
    ...TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`),
    "set_real_ip_from 127.0.0.0/8;",
    `real_ip_header ${CLIENT_FIELD};`,
  ];
}

/** Paths of files, which all lie in quotes. */
function insideFolder(line: string, folder: string): string {
  const files = `${folder}/files`;
  return line
    .replace(/^(\s*(?:root|alias|auth_basic_user_file) ")(?=\/)/, `$1${files}`)
    .replace(/^(\s*"~\^[^\n]*" ")(?=\/)/, `$1${files}`);
}

/** The method of each upstream, by its name. */
function methodsOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", first = ""] of text.matchAll(/^\s*upstream (\S+) \{\n\s*([^\n]*)/gm)) {
    found.set(name, first.startsWith("server ") ? "" : first);
  }
  return found;
}
