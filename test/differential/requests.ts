import { Buffer } from "node:buffer";

import type { Random } from "./random.ts";

/** A request as it goes over the wire, one character a byte. */
export interface DifferentialRequest {
  readonly address: string;
  readonly port: number;
  readonly from: string;
  readonly method: string;
  readonly target: string;
  readonly protocol: "HTTP/1.0" | "HTTP/1.1";
  /** Null: no Host field. */
  readonly host: string | null;
  readonly headers: readonly (readonly [string, string])[];
}

const paths = [
  "/",
  "/f.txt",
  "/a",
  "/a/",
  "/a/f.txt",
  "/a/b/",
  "/a/b",
  "/a/b/f.txt",
  "/a/b/c/g.html",
  "/a/b/c",
  "/a/b/c/",
  "/a/b/c/index.html",
  "/ab/h.php",
  "/ab",
  "/ab/",
  "/x.d/f.txt",
  "/x.d",
  "/nope",
  "/nope/x",
  "/a/nope",
  "/f.txt/pi",
  "/a/f.txt/p/q",
  "/a/b/nope/z",
  "//a//f.txt",
  "/a/./b/../f.txt",
  "/a//b//",
  "/%61/f.txt",
  "/%61%2e/f.txt",
  "/al/f.txt",
  "/al",
  "/al/",
  "/al//b/f.txt",
  "/al/b/f.txt",
  "/x",
  "/x/y",
  "/r/z",
  "/m/1?2",
  "/a%2fb",
  "/a%2Fb/f.txt",
  "/a/b/f.txt?q",
  "/A/f.txt",
  "/A/",
  "/s%20p/",
  "/s%20p/f.txt",
  "/s+p/f.txt",
  "/%c3%a9/f.txt",
  "/%C3%A9/",
  "/%E9/f.txt",
  "/..",
  "/../f.txt",
  "/a/../../f.txt",
  "/a/..",
  "/a/.",
  "/a/%2e%2e/f.txt",
  "/%2e/f.txt",
  "/a/...",
  "/.a",
  "/a/b%00/f",
  "/%zz",
  "/a%",
  "/a%4",
  "/f.txt%20",
  "/a/f.txt/",
  "/f.txt?a=b?c",
  "/?",
  "/?x",
  "/index.html",
  "/index.html/x",
  "/i.html.x",
  "/a/i.html.x",
  "/la/f.txt",
  "/la/",
  "/a/lf.txt",
  "/~u1/f.txt",
  "/~u1",
  "/~u1/",
  "/~u2/x",
  "/~",
  "/~nobody/",
  "/~u1/../u2/f.txt",
  "/%7eu1/f.txt",
  "/cgi/f.txt",
  "/cgi/h.php",
  "/cgi",
  "/al2/a/f.txt",
  "/al3.txt",
  "/loc",
  "/loc/f.txt",
  "/loc/a/f.txt",
  "/a/b/c/f.txt/x",
  "/a;x/f.txt",
  "/a/f.txt;y",
  "/a:b",
  "/a/f.txt&x",
  "/%7Ef.txt",
  "/a/%62/f.txt",
  "/a/b/%63/",
  "/aa",
  "/a/b/cc",
  "/rr/x?y",
  "/a/%C0%AF/f.txt",
  "/%ff",
  "/\u00e9/f.txt",
  "/a\\b",
  "/a%5cb",
  "/%0a",
  "/a%0d%0aX:y",
  "/.htaccess",
  "/a/.htaccess",
] as const;

const hosts = [
  "a.ex",
  "b.ex",
  "c.ex",
  "x.ex",
  "w.a.ex",
  "A.ex.",
  "A.EX",
  "127.0.0.1",
  "127.0.0.2",
  "zz",
  "c.ex:99",
  "main.ex",
  "d.ex.",
  "a.ex:80",
  "a.ex:",
  "a.ex:x",
  "a.ex:0",
  "a.ex:70000",
  "",
  "a..ex",
  "a.ex/..",
  "[::1]",
  "[::1]:80",
  "a_b.ex",
  "a b",
  "a.ex..",
  ".ex",
  "*.ex",
  "-a.ex",
  "u@a.ex",
  "10.1",
  "1.2.3.4.5",
  "a.ex\\",
  "a.ex.1",
  "\u00e9.ex",
  "q.w.a.ex",
] as const;

const decorations: readonly ((path: string) => string)[] = [
  (path) => path,
  (path) => `http://b.ex${path}`,
  (path) => `http://a.ex:99${path}`,
  (path) => `HTTP://W.A.EX${path}`,
  (path) => `${path}?a=b`,
  (path) => `/${path}`,
  (path) => `${path}/`,
  (path) => path.replaceAll("/", "//"),
  (path) => `/x/..${path}`,
  (path) => `/.${path}`,
  (path) => `${path}/.`,
  (path) => `${path}/..`,
  (path) => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => `${path}#x`,
  (path) => path.toUpperCase(),
  (path) => `https://b.ex${path}`,
  (path) => `ftp://b.ex${path}`,
  (path) => `http://u@b.ex${path}`,
  (path) => path.slice(1).replace(/^[?]/, "x?"),
];

const agents = ["Mozilla/5.0 (X11)", "BadBot/1.0", "curl/8", "", "MSIE 4"];

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString("base64")}`;

const authorizations = [
  ...["ann", "ann", "bob", "dan", "eve", "coy", "nobody", "Ann", ""].map((user) => basic(`${user}:secret`)),
  basic("ann:Secret"),
  basic("ann"),
  basic("bob:"),
  basic("dan:secret\0x"),
  basic("eve:secret:x"),
  basic("ann:secret").replace("Basic", "bAsIc"),
  basic("ann:secret").replace("Basic ", "Basic   "),
  "Basic",
  "Basic !!!",
  "Digest username=ann",
];

/** What no careful client sends; the longest still fits into the 8190 bytes of a request line. */
const hostile: readonly string[] = [
  `/${"x".repeat(300)}`,
  `/${"x".repeat(7900)}`,
  `/a/${"y".repeat(256)}/f.txt`,
  `/nope/${"z".repeat(300)}`,
  `/${"a/".repeat(3000)}f.txt`,
  `/${"../".repeat(50)}f.txt`,
  `/a/f.txt/${"p".repeat(4000)}`,
  `/${"%61".repeat(500)}`,
  "/a%00",
  "/%00/a",
  "/%c0%ae%c0%ae/f.txt",
  "/%c0%af",
  "/%e0%80%af/a",
  "/%ed%a0%80/f.txt",
  "/\xed\xa0\x80",
  "/%25%32%66",
  "/a/%252e%252e/f.txt",
  "/%u0061/f.txt",
  "/a/f.txt%00.html",
  "/%7f",
  "/%01",
  "/a/..%2f..%2ff.txt",
  "/a/..;/f.txt",
  "/?%00",
  "/a\tb",
];

/** A request that has a fair chance to meet something of a configuration from `generate`. */
export function randomRequest(random: Random, ports: readonly number[], withUsers: boolean): DifferentialRequest {
  const { pick, chance } = random;
  const path: string = chance(0.06) ? pick(hostile) : pick(paths);
  const address = chance(0.07) ? "::1" : pick(["127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3"]);
  const headers: (readonly [string, string])[] = [];
  if (chance(0.5)) headers.push(["User-Agent", pick(agents)]);
  if (chance(0.2)) headers.push(["Referer", pick(["http://a.ex/", "http://evil.ex/x", ""])]);
  if (chance(0.15)) headers.push(["X-Test", pick(["1", "yes", "no"])]);
  if (chance(0.1)) headers.push(["X-Test", pick(["2", "yes"])]);
  if (withUsers && chance(0.8)) headers.push(["Authorization", pick(authorizations)]);
  const decorated = chance(0.75) ? path : pick(decorations)(path);
  return {
    address,
    port: pick(ports),
    from: address === "::1" ? "::1" : pick(["127.0.0.1", "127.0.0.2", "127.1.2.3"]),
    method: pick(["GET", "GET", "GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "DELETE", "FOO"]),
    // A request line that is too long is not for routing.
    target: decorated.length > 8000 ? path : decorated,
    ...namedHost(random),
    headers,
  };
}

/** Only old clients name no host, and some of them do. */
function namedHost({ pick, chance }: Random): Pick<DifferentialRequest, "host" | "protocol"> {
  if (chance(0.12)) return { host: null, protocol: "HTTP/1.0" };
  const protocol = chance(0.05) ? "HTTP/1.0" : "HTTP/1.1";
  if (chance(0.01)) return { host: null, protocol };
  return { host: chance(0.7) ? pick(hosts.slice(0, 13)) : pick(hosts), protocol };
}

/** The bytes of a request. */
export function wireText({ method, target, host, protocol, headers }: DifferentialRequest): string {
  const lines = [`${method} ${target} ${protocol}`];
  if (host !== null) lines.push(`Host: ${host}`);
  if (protocol === "HTTP/1.0") lines.push("Connection: keep-alive");
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (method === "POST" || method === "PUT") lines.push("Content-Length: 0");
  return `${lines.join("\r\n")}\r\n\r\n`;
}
