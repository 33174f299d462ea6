import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer, request } from "node:http";
import { once } from "node:events";
import { join } from "node:path";

import { freePorts, runToEnd, startServer } from "../../src/migrate/verify/real-server.ts";
import { describeIf, describeIfShared, sharedPath } from "../support/shared.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";
import { migrateFile, migrateText } from "./support.ts";

const programs = { nginx: "/usr/sbin/nginx", haproxy: "/usr/sbin/haproxy" } as const;
type Name = keyof typeof programs;
const names: readonly Name[] = ["nginx", "haproxy"];
const areThere = names.every((name) => existsSync(programs[name]));
const root = join(import.meta.dirname, "..", "..");

/** What only belongs to the machine: sockets, logs, files that are not here. */
function onThisMachine(name: Name, text: string, folder: string, port: (port: number) => number): string {
  if (name === "haproxy") {
    return text
      .replace(/^( *bind \S+) ssl .*$/gm, "$1")
      .replace(/bind [\d.]*:(\d+)/g, (_, own: string) => `bind 127.0.0.1:${port(Number(own))}`)
      .replace(/dst_port (\d+)/g, (_, own: string) => `dst_port ${port(Number(own))}`);
  }
  const addresses = new Map<string, string>();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (one) => `${one}_temp_path ${folder}/${one};`,
  );
  return `pid ${folder}/pid; error_log stderr;\n${text
    .replace(/^ *ssl_.*\n/gm, "")
    .replace(/^( *listen .*) ssl\b/gm, "$1")
    .replace("http {", `http { access_log off; ${temporary.join(" ")}`)
    .replace(/listen (?:([\d.]+):)?(\d+)/g, (_, ip: string | undefined, own: string) => {
      if (ip !== undefined && !addresses.has(ip)) addresses.set(ip, `127.88.0.${addresses.size + 1}`);
      return `listen ${ip === undefined ? "" : `${addresses.get(ip) ?? ""}:`}${port(Number(own))}`;
    })}`;
}

function argumentsFor(name: Name, file: string, folder: string, isCheck: boolean): readonly string[] {
  if (name === "haproxy") return isCheck ? ["-c", "-q", "-f", file] : ["-db", "-f", file];
  return isCheck ? ["-t", "-q", "-p", folder, "-c", file] : ["-p", folder, "-c", file, "-g", "daemon off;"];
}

async function accepts(name: Name, text: string): Promise<string> {
  const folder = temporaryFolder();
  try {
    const free = [...(await freePorts(40))];
    const ports = new Map<number, number>();
    const port = (own: number): number => {
      const found = ports.get(own) ?? free.pop() ?? 0;
      ports.set(own, found);
      return found;
    };
    const file = folder.write("conf", onThisMachine(name, text, folder.path, port));
    const { code, text: said } = await runToEnd(programs[name], argumentsFor(name, file, folder.path, true));
    return code === 0 ? "accepted" : said;
  } finally {
    folder.remove();
  }
}

describeIf(areThere, "nginx or haproxy is not there")("nginx -t and haproxy -c accept", () => {
  test.each(names.flatMap((name) => ["wlug-balancer", "wlug-backend"].map((fixture) => ({ name, fixture }))))(
    "what becomes of $fixture for $name",
    async ({ name, fixture }) => {
      expect(await accepts(name, migrateFile(join(root, "fixtures", fixture, "httpd.conf"), name).text)).toBe(
        "accepted",
      );
    },
  );

  describeIfShared("what becomes of real configurations of httpd 1.3:", () => {
    const folder = sharedPath("corpus", "apache1.3");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    test.each(files)("%s", async (path) => {
      for (const name of names) expect(await accepts(name, migrateFile(path, name).text)).toBe("accepted");
    });
  });
});

const text = [
  "Listen 80",
  "ServerName a.example",
  "DocumentRoot @ROOT@",
  "DirectoryIndex start.html f",
  "<Directory @ROOT@>",
  "Order allow,deny",
  "Allow from all",
  "</Directory>",
  "<Directory @ROOT@/closed>",
  "Order deny,allow",
  "Deny from all",
  "Allow from 127.0.0.5",
  "</Directory>",
  "<Directory @ROOT@/closed/open>",
  "Order allow,deny",
  "Allow from all",
  "</Directory>",
  "<Location /never>",
  "Require user ann",
  "AuthType Basic",
  "AuthName x",
  "</Location>",
  '<Files ~ "^\\.ht">',
  "Order allow,deny",
  "Deny from all",
  "</Files>",
  "AddType application/x-httpd-php .php",
  "Redirect permanent /old http://b.example/new",
  "<Location /app>",
  "Backhand byAge 6",
  "Backhand byLoad",
  "</Location>",
  "NameVirtualHost *:80",
  "<VirtualHost *:80>",
  "ServerName a.example",
  "</VirtualHost>",
  "<VirtualHost *:80>",
  "ServerName v.example",
  "DocumentRoot @ROOT@/v",
  "<Location /x>",
  "Order allow,deny",
  "Allow from all",
  "Deny from 127.0.0.5",
  "</Location>",
  "</VirtualHost>",
  "",
].join("\n");

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly body: string;
}

async function ask(port: number, host: string, path: string, from: string): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, localAddress: from, headers: { Host: host }, agent: false },
      (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, body: body.trim() });
        });
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}

describeIf(areThere, "nginx or haproxy is not there")("a running server", () => {
  let folder: TemporaryFolder;
  beforeAll(() => {
    folder = temporaryFolder();
    // The workers of nginx have another user.
    chmodSync(folder.path, 0o755);
    for (const name of ["closed/open", "v/x", "never"]) mkdirSync(join(folder.path, "www", name), { recursive: true });
    for (const name of ["f", "closed/f", "closed/open/f", "v/f", "v/x/f", "never/f", ".htx", "p.php"]) {
      folder.write(`www/${name}`, name);
    }
  });
  afterAll(() => {
    folder.remove();
  });

  test.each(names)("%s lets nobody in who was kept out, and hands on what was balanced", async (name) => {
    const [port = 0, member = 0] = await freePorts(2);
    const backend = createServer((incoming, response) => response.end(`member ${incoming.url ?? ""}`)).listen(
      member,
      "127.0.0.1",
    );
    await once(backend, "listening");
    const source = text.replaceAll("@ROOT@", `${folder.path}/www`);
    const { text: output } = migrateText(source, { to: name, backends: [{ address: "127.0.0.1", port: member }] });
    const file = folder.write(
      `${name}.conf`,
      onThisMachine(name, output, folder.path, () => port),
    );
    const server = await startServer(programs[name], argumentsFor(name, file, folder.path, false), port);
    if ("refused" in server) throw new Error(`${server.refused}\n${output}`);
    try {
      const files = name === "nginx" ? 200 : 404;
      const statuses = async (host: string, path: string): Promise<readonly number[]> => [
        (await ask(port, host, path, "127.0.0.1")).status,
        (await ask(port, host, path, "127.0.0.5")).status,
      ];
      expect(await statuses("a.example", "/f")).toEqual([files, files]);
      expect(await statuses("a.example", "/closed/f")).toEqual([403, files]);
      expect(await statuses("a.example", "/%63losed/f")).toEqual([403, files]);
      expect(await statuses("a.example", "/closed/open/f")).toEqual([files, files]);
      expect(await statuses("a.example", "/never/f")).toEqual([403, 403]);
      expect(await statuses("a.example", "/.htx")).toEqual([403, 403]);
      expect(await statuses("v.example", "/x/f")).toEqual([files, 403]);
      expect(await statuses("v.example", "/f")).toEqual([files, files]);
      if (name === "nginx") {
        expect(await statuses("a.example", "/p.php")).toEqual([501, 501]);
        for (const host of ["a.example", "v.example"]) {
          expect(await ask(port, host, "/", "127.0.0.1")).toMatchObject({
            status: 200,
            body: expect.stringMatching(/f$/),
          });
        }
      }
      expect(await ask(port, "a.example", "/old/page", "127.0.0.1")).toMatchObject({
        status: 301,
        location: "http://b.example/new/page",
      });
      expect(await ask(port, "a.example", "/app/p.php?q=1", "127.0.0.1")).toMatchObject({
        status: 200,
        body: "member /app/p.php?q=1",
      });
    } finally {
      await server.stop();
      backend.close();
    }
  });
});
