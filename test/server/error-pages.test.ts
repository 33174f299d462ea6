import { stopAll } from "../proxy/support.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const files = {
  "htdocs/gone.html": "our page\n",
  "htdocs/inner/x.txt": "x",
  "htdocs/closed/page.html": "closed page",
  "htdocs/run.cgi": "secret",
};

const closed =
  "<Location /closed>\nDeny from all\n</Location>\n<Location /in>\nRequire valid-user\nAuthType Basic\nAuthName x\nAuthUserFile none\n</Location>\n";

test("a path takes the place of the error's page and keeps the status and its fields", async () => {
  const { port } = await startTestServer(
    `${closed}ErrorDocument 404 /gone.html\nErrorDocument 403 /gone.html?x\nErrorDocument 405 /gone.html\n`,
    files,
  );
  const missing = await ask(port, "/nope", { headers: { Range: "bytes=0-2", "If-Match": '"x"' } });
  expect(missing).toMatchObject({ status: 404, body: "our page\n" });
  expect(missing.headers["content-type"]).toBe("text/html");
  expect(await ask(port, "/nope", { method: "HEAD" })).toMatchObject({ status: 404, body: "" });
  expect(await ask(port, "/closed/x")).toMatchObject({ status: 403, body: "our page\n" });
  const put = await ask(port, "/inner/x.txt", { method: "PUT" });
  expect(put).toMatchObject({ status: 405, body: "our page\n" });
  expect(put.headers.allow).toContain("GET");
  // Refused before any section counts: the lines of the host hold.
  expect(await ask(port, "/a%2fb")).toMatchObject({ status: 404, body: "our page\n" });
});

test("a text is sent as it is, and the innermost line holds", async () => {
  const { port } = await startTestServer(
    'ErrorDocument 404 "<b>outer</b>"\n<Location /inner>\nErrorDocument 404 "inner"\n</Location>\n' +
      "<Location /own>\nErrorDocument 404 default\n</Location>\n",
    files,
  );
  const outer = await ask(port, "/nope");
  expect(outer).toMatchObject({ status: 404, body: "<b>outer</b>" });
  expect(outer.headers["content-type"]).toBe("text/html; charset=iso-8859-1");
  expect(await ask(port, "/inner/nope")).toMatchObject({ status: 404, body: "inner" });
  expect((await ask(port, "/own/nope")).body).toMatch(/^404 Not Found/);
});

test("a URL leads to another server, but never from 401", async () => {
  const { port } = await startTestServer(
    `${closed}ErrorDocument 404 http://o.example/lost\nErrorDocument 500 http://o.example/lost\nErrorDocument 401 http://o.example/\n`,
    files,
  );
  const missing = await ask(port, "/nope");
  expect(missing.status).toBe(302);
  expect(missing.headers.location).toBe("http://o.example/lost");
  expect((await ask(port, "/in")).status).toBe(401);
});

test("a URL keeps the bytes that the line has", async () => {
  const { port } = await startTestServer("ErrorDocument 404 http://o.example/é/\n", files);
  const { headers } = await ask(port, "/nope");
  expect(Buffer.from(headers.location ?? "", "latin1").toString()).toBe("http://o.example/é/");
});

test.each(["/closed/page.html", "/nope.html", "/run.cgi", "/inner", "/.htaccess"])(
  "%s, which cannot be sent itself, gives way to the server's own page",
  async (path) => {
    const { port } = await startTestServer(`AddHandler cgi-script .cgi\n${closed}ErrorDocument 404 ${path}\n`, files);
    const missing = await ask(port, "/nope");
    expect(missing.status).toBe(404);
    expect(missing.body).toMatch(/^404 Not Found/);
  },
);

test("ForceType beats the name, a name's last known extension counts, and DefaultType the rest", async () => {
  const types = async (lines: string, apache = ""): Promise<readonly (string | undefined)[]> => {
    const { port } = await startTestServer(`${apache}${lines}`, {
      "htdocs/a.html.en": "",
      "htdocs/a.unknown": "",
      "htdocs/b.txt": "",
    });
    const paths = ["/a.html.en", "/a.unknown", "/b.txt"];
    return Promise.all(paths.map(async (path) => (await ask(port, path)).headers["content-type"]));
  };
  expect(await types("")).toEqual(["text/html", "application/octet-stream", "text/plain"]);
  expect(await types("<Files b.txt>\nForceType image/gif\n</Files>\nAddType text/x-en .en\n")).toEqual([
    "text/x-en",
    "application/octet-stream",
    "image/gif",
  ]);
  const old = "ServerType standalone\n";
  expect(await types("", old)).toEqual(["text/html", "text/plain", "text/plain"]);
  expect(await types("DefaultType text/x-any\n", old)).toEqual(["text/html", "text/x-any", "text/plain"]);
  expect(await types("ForceType application/x-httpd-php\n", old)).toEqual(Array(3).fill("text/plain; charset=utf-8"));
});
