import { balanceLine } from "../haproxy/backends.ts";
import { sandboxSocket, type ForeignServer } from "./foreign-server.ts";
import { inOneForm } from "./probe.ts";
import { CLIENT_FIELD, HOST_STAMP, UPSTREAM_STAMP } from "./sandbox.ts";
import type { SandboxNetwork } from "./sandbox-network.ts";

/** HAProxy, whose own output has one keyword on a line. */
export const haproxyServer: ForeignServer = {
  program: "/usr/sbin/haproxy",
  sendsFiles: false,
  refused: /\/\/|\/\.\.?(?:\/|$)/,
  locationForm: inOneForm,
  sandbox,
  args: (file) => ["-db", "-f", file],
  groupOf: balanceLine,
  hostLine: (stamp, lines) => lines.findIndex((line) => line.includes(`set-var(txn.host) int(${stamp}) if`)),
};

function sandbox(text: string, _folder: string, network: SandboxNetwork): string {
  return text
    .split("\n")
    .flatMap((line): readonly string[] => {
      const at = line.trimStart();
      if (at.startsWith("frontend ")) {
        return [
          line,
          `    http-request set-src req.hdr(${CLIENT_FIELD})`,
          `    http-after-response set-header ${HOST_STAMP} %[var(txn.host)]`,
        ];
      }
      const bind = /^bind (.*?):(\d+)(?: .*)?$/.exec(at);
      if (bind !== null) return [`    bind ${sandboxSocket(bind[1] ?? "", Number(bind[2]), network)}`];
      if (at.startsWith("balance ")) return [line, `    http-request set-header ${UPSTREAM_STAMP} "${at}."`];
      const server = /^server (\S+) .*$/.exec(at);
      if (server !== null) {
        const cookie = / cookie \S+$/.exec(at)?.[0] ?? "";
        return [`    server ${server[1] ?? ""} 127.0.0.1:${network.upstreamPort}${cookie}`];
      }
      if (/^(?:resolvers |parse-resolv-conf|hold |log |user |group |chroot )/.test(at)) return [];
      return [
        line
          .replace(/\{ dst_port (\d+) \}/g, (_, port: string) => `{ dst_port ${network.port(Number(port))} }`)
          .replace(
            /\{ dst ([^}]*) \}/g,
            (_, list: string) =>
              `{ dst ${list
                .split(" ")
                .map((ip) => network.ip(ip))
                .join(" ")} }`,
          ),
      ];
    })
    .join("\n");
}
