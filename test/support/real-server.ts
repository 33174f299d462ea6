import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { answers } from "./bus-server.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A real server program that runs in the foreground with a configuration of the test's own. */
export interface RealServer {
  readonly folder: TemporaryFolder;
  /** Resolves when it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a program with a configuration that `configure` makes for its folder, and waits until the port answers. As somebody
 * without rights where we have all, since servers don't want to serve as root.
 */
export async function startReal(
  program: string,
  args: (file: string, folder: string) => readonly string[],
  configure: (folder: string) => string,
  port: number,
): Promise<RealServer> {
  const folder = temporaryFolder();
  chmodSync(folder.path, 0o777);
  const file = folder.write("server.conf", configure(folder.path));
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  let said = "";
  const child = spawn(program, [...args(file, folder.path)], { stdio: ["ignore", "pipe", "pipe"], ...nobody });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, "exit");
  const server = {
    folder,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      folder.remove();
    },
  };
  const endMs = Date.now() + 8000;
  while (!(await answers(port))) {
    if (Date.now() > endMs || child.exitCode !== null) {
      await server.stop();
      throw new Error(`${program} does not start: ${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

const modules = "/usr/lib/apache2/modules";

/** Apache with mod_status at /server-status and mod_heartmonitor's handler at /heartbeat. */
export function startApache(port: number): Promise<RealServer> {
  return startReal(
    "apache2",
    (file) => ["-DFOREGROUND", "-f", file],
    (folder) => `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule status_module ${modules}/mod_status.so
LoadModule heartmonitor_module ${modules}/mod_heartmonitor.so
HeartbeatListen 239.255.78.9:${port}
HeartbeatMaxServers 0
HeartbeatStorage ${folder}/heartbeats
StartServers 1
ServerLimit 2
ThreadsPerChild 8
MaxRequestWorkers 16
MinSpareThreads 1
MaxSpareThreads 16
<Location /server-status>
SetHandler server-status
</Location>
<Location /heartbeat>
SetHandler heartbeat
</Location>
`,
    port,
  );
}

/** nginx with stub_status at /stub. */
export function startNginx(port: number): Promise<RealServer> {
  return startReal(
    "nginx",
    (file, folder) => ["-c", file, "-p", folder, "-e", `${folder}/error.log`, "-g", "daemon off;"],
    (folder) => `pid ${folder}/nginx.pid;
worker_processes 1;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; location /stub { stub_status; } }
}
`,
    port,
  );
}
