import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { exchangeRaw, stopAll } from "../proxy/support.ts";
import { startAnswering, wantedField } from "./answering-backend.ts";
import { hasApache } from "./apache.ts";
import type { Pair } from "./pair.ts";
import { startPair } from "./pair.ts";

/** `BACKEND` is the address of the server behind, `FOLDER` the test's folder. */
const configuration = `
DocumentRoot FOLDER/www
<Directory FOLDER/www>
Require all granted
</Directory>
ErrorDocument 410 /gone.html
ErrorDocument 403 "no entry"
SetEnvIf X-Flag (.+) flag=$1
SetEnv X_FIXED fixed
Header set X-Main main
Header always set X-Always main
Header set X-Both onsuccess
Header always set X-Both always
Header always unset X-Answer
RequestHeader set X-Set-Main main
ProxyPass /p http://BACKEND/p
Redirect /sent http://elsewhere.example/
Redirect gone /gone
<Location /p>
Header add X-Main location
Header append X-Main appended
Header set X-List "one, two"
Header merge X-List two
Header merge X-List three
Header add X-Percent "100%% %{flag}e %{none}e %{X_FIXED}e"
Header setifempty X-Main never
Header setifempty X-Empty filled
Header set X-If-Flag yes env=flag
Header set X-If-Not yes env=!flag
Header set X-Expr "expr=%{REQUEST_METHOD} %{HTTP_HOST}" "expr=%{REQUEST_URI} =~ m#^/p/e#"
Header unset X-Answer
Header edit X-Edit ^a b
Header edit X-Edit c$ "d"
Header edit* X-Star o 0
Header edit X-Group "(\\w+)=(\\w+)" "$2=$1"
Header edit Set-Cookie ^(.*)$ "$1; Secure"
Header echo ^X-Echo
Header unset X-Twice
Header set Colon: value
RequestHeader set X-Set-Location location
RequestHeader append X-Set-Main more
RequestHeader unset X-Drop
RequestHeader edit X-Set-Edit a b
RequestHeader edit* X-Set-Star a b
RequestHeader add X-Set-Main third
RequestHeader merge X-Set-Merge x
RequestHeader set X-Set-Flag "%{flag}e" env=flag
RequestHeader setifempty X-Set-Main never
</Location>
<Location /p/inner>
Header unset X-Main
Header always set X-Always inner
</Location>
<Location /closed>
Require all denied
Header always set X-Closed yes
Header set X-Closed-Success yes
</Location>
<Files typed.txt>
Header set Content-Type text/special
Header unset Last-Modified
</Files>
`;

const compared = /^(?:x-|set-cookie|colon|content-type|last-modified|location)/i;

describeIf(hasApache, "apache2 is not there")("Header and RequestHeader do what Debian's apache2 does", () => {
  let folder: TemporaryFolder;
  let pair: Pair;
  let heads: string[] = [];

  beforeAll(async () => {
    folder = temporaryFolder();
    const { backend, heads: seen } = await startAnswering();
    heads = seen;
    for (const name of ["index.html", "gone.html", "typed.txt"]) folder.write(`www/${name}`, name);
    pair = await startPair(folder, configuration.replaceAll("BACKEND", `127.0.0.1:${backend.port}`), [
      "proxy",
      "proxy_http",
    ]);
  });
  afterAll(async () => {
    await pair.stop();
    await stopAll();
    folder.remove();
  });

  async function look(port: number, target: string, fields: readonly string[]) {
    heads.length = 0;
    const head = [`GET ${target} HTTP/1.1`, "Host: front.example", "Connection: close", ...fields, "", ""];
    const answer = await exchangeRaw(port, head.join("\r\n"));
    const [first = "", ...rest] = (answer.split("\r\n\r\n", 1)[0] ?? "").split("\r\n");
    // Names are compared without their case, and in no order but that of one name.
    const named = (lines: readonly string[]): readonly string[] =>
      lines
        .map((line, at) => ({ at, line: line.replace(/^[^:]+/, (name) => name.toLowerCase()) }))
        .sort((a, b) => {
          const [left, right] = [a, b].map(({ line }) => line.split(":", 1)[0] ?? "");
          return left === right ? a.at - b.at : (left ?? "") < (right ?? "") ? -1 : 1;
        })
        .map(({ line }) => line);
    const isTyped = answer.includes("X-Wanted") || !target.startsWith("/typed");
    return {
      status: first.split(" ")[1],
      // Types of pages of the servers' own differ.
      fields: named(
        rest.filter((line) => compared.test(line) && (!isTyped || !/^(?:content-type|last-modified)/i.test(line))),
      ),
      sent: named((heads[0] ?? "").split("\r\n").filter((line) => /^x-(?:set|drop)/i.test(line))),
    };
  }

  const answerFields = [
    "X-Main: server",
    "X-Answer: secret",
    "X-Edit: abc",
    "X-Edit: xyc",
    "X-Star: foo boo",
    "X-Group: a=b c=d",
    "X-Twice: 1",
    "X-Twice: 2",
    "X-Both: server",
    "Set-Cookie: a=1",
    "Set-Cookie: b=2",
    "X-List: zero",
  ];

  test.each<[string, readonly string[]]>([
    ["/p/x", []],
    ["/p/x", [wantedField({ fields: answerFields })]],
    ["/p/x", [wantedField({ status: "404 Not Found", fields: answerFields })]],
    ["/p/x", [wantedField({ status: "304 Not Modified", fields: answerFields, body: "" })]],
    ["/p/x", [wantedField({ status: "302 Found", fields: ["Location: http://x.example/"] })]],
    ["/p/x", ["X-Flag: raised", "X-Echoed: back", "X-Echo-Two: twice", "X-Other: not"]],
    ["/p/e", []],
    ["/p/inner/x", [wantedField({ fields: answerFields })]],
    ["/p/x", ["X-Drop: gone", "X-Set-Edit: aaa", "X-Set-Star: aaa", "X-Set-Merge: x, y", "X-Set-Main: client"]],
    ["/p/x", ["X-Set-Merge: y", "X-Set-Main: one", "X-Set-Main: two"]],
    ["/", []],
    ["/index.html", ["If-None-Match: *"]],
    ["/typed.txt", []],
    ["/missing", []],
    ["/closed", []],
    ["/sent/x", []],
    ["/gone", []],
    ["/gone.html", []],
  ])("GET %s with %j", async (target, fields) => {
    const ours = await look(pair.ours, target, fields);
    const apache = await look(pair.apache, target, fields);
    expect(ours).toEqual(apache);
  });
});
