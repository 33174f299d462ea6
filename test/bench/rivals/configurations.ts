const modules = "/usr/lib/apache2/modules";

/** What every rival is told: where it listens, what is behind it, where it may write. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  readonly backends: readonly number[];
}

/** backhand: the classic pipeline, announcements over loopback, the access log on. */
export function backhandConfiguration({ folder, port }: Place, statisticsPort: number): string {
  return `ServerRoot ${folder}
Listen 127.0.0.1:${port}
ServerName bench.example
DocumentRoot ${folder}
KeepAlive On
MaxKeepAliveRequests 0
CustomLog backhand.log common
ErrorLog backhand-error.log
AcceptStats 127.0.0.0/8
MulticastStats 127.0.0.1:${statisticsPort}
<Directory />
AllowOverride None
</Directory>
<Location />
Backhand removeSelf
Backhand byAge 20
Backhand byRandom
Backhand byLogWindow
Backhand byLoad
</Location>
`;
}

export function apacheConfiguration({ folder, port, backends }: Place): string {
  const names = [
    "mpm_event",
    "authz_core",
    "proxy",
    "proxy_http",
    "proxy_balancer",
    "lbmethod_byrequests",
    "slotmem_shm",
  ];
  return `ServerRoot ${folder}
ServerName bench.example
Listen 127.0.0.1:${port}
PidFile ${folder}/httpd.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/apache-error.log
${names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join("\n")}
StartServers 1
ServerLimit 1
ThreadsPerChild 128
MaxRequestWorkers 128
KeepAlive On
MaxKeepAliveRequests 0
LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
CustomLog ${folder}/apache.log common
<Proxy balancer://all>
${backends.map((backend) => `BalancerMember http://127.0.0.1:${backend}`).join("\n")}
</Proxy>
ProxyPass / balancer://all/
`;
}

export function nginxConfiguration({ folder, port, backends }: Place): string {
  const servers = backends.map((backend) => `server 127.0.0.1:${backend};`).join(" ");
  return nginx(
    folder,
    `upstream all { ${servers} keepalive 64; }
  access_log ${folder}/nginx.log;
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://all; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }`,
  );
}

/** Servers behind the rivals: 300 bytes at any path, ten megabytes at /big. */
export function backendConfiguration(folder: string, ports: readonly number[]): string {
  return nginx(
    folder,
    `access_log off;
  server {
    ${ports.map((port) => `listen 127.0.0.1:${port};`).join(" ")}
    root ${folder};
    location / { default_type text/plain; return 200 "${"x".repeat(300)}"; }
    location /big { }
  }`,
  );
}

function nginx(folder: string, http: string): string {
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  return `pid ${folder}/nginx-${http.length}.pid;
daemon off;
worker_processes 1;
error_log ${folder}/nginx-error.log;
events { worker_connections 8192; }
http {
  ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
  keepalive_requests 100000000;
  ${http}
}
`;
}

export function haproxyConfiguration({ folder, port, backends }: Place): string {
  return `global
  nbthread 1
  maxconn 8192
  log ${folder}/haproxy.sock local0
defaults
  mode http
  option httplog
  log global
  http-reuse always
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend all
  bind 127.0.0.1:${port}
  default_backend all
backend all
  balance random
${backends.map((backend, index) => `  server s${index} 127.0.0.1:${backend}`).join("\n")}
`;
}
