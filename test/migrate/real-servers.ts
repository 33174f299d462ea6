import type { ForeignServer } from "../../src/migrate/verify/foreign-server.ts";
import { freePorts, startServer, type RunningServer } from "../../src/migrate/verify/real-server.ts";
import { SandboxNetwork } from "../../src/migrate/verify/sandbox-network.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { modulesDirectory } from "./support.ts";

/** A server of this machine that answers on the loopback. */
export interface Answering {
  readonly port: number;
  readonly running: RunningServer;
}

/** Another program may take a port between the look for a free one and the start. */
async function start(
  program: string,
  make: (ports: readonly number[]) => { readonly args: readonly string[]; readonly port: number },
): Promise<Answering> {
  let said = "";
  for (let round = 0; round < 4; round += 1) {
    const { args, port } = make(await freePorts(3));
    const running = await startServer(program, args, port);
    if (!("refused" in running)) return { port, running };
    said = running.refused;
  }
  throw new Error(`${program} does not start: ${said}`);
}

/** Where the document root /srv/none lies for every server that is started here. */
export const FILES = "files/srv/none";

/** A configuration of 2.4 as it was, run by the server that it was written for; its query is in the field X-Query. */
export function startApache(source: string, folder: TemporaryFolder, more: readonly string[] = []): Promise<Answering> {
  return start("/usr/sbin/apache2", ([port = 0]) => {
    const modules = ["mpm_event", "authz_core", "authz_host", "rewrite", "alias", "headers", "dir", ...more].map(
      (name) => `LoadModule ${name}_module ${modulesDirectory}/mod_${name}.so`,
    );
    const own = source
      .replace("Listen 80\n", `Listen 127.0.0.1:${port}\n`)
      .replaceAll("*:80", `*:${port}`)
      .replace("/etc/apache", folder.path)
      .replaceAll("/srv/none", `${folder.path}/${FILES}`);
    const query = 'Header always set X-Query "expr=%{QUERY_STRING}"';
    const lines = [...modules, `PidFile ${folder.path}/pid`, `ErrorLog ${folder.path}/error`, "Mutex posixsem", query];
    const file = folder.write("apache/httpd.conf", [...lines, own].join("\n"));
    return { args: ["-DFOREGROUND", "-f", file], port };
  });
}

/** What was migrated, run by its server; `change` sees the output as it goes into the sandbox and as it comes out. */
export function startForeign(
  server: ForeignServer,
  output: string,
  folder: TemporaryFolder,
  change: (sandboxed: string) => string = (text) => text,
): Promise<Answering> {
  return start(server.program, (ports) => {
    const network = new SandboxNetwork(ports);
    const file = folder.write("foreign/conf", change(server.sandbox(output, folder.path, network)));
    return { args: server.args(file, folder.path), port: network.port(80) };
  });
}
