import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually, stopAll } from "../proxy/support.ts";
import type { Answer } from "./support.ts";
import { ask, startTestServer } from "./support.ts";

afterEach(stopAll);

const basic = (credentials: string): Readonly<Record<string, string>> => ({
  Authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
});

// All have the password "secret".
const files = {
  users: "ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nbob:$apr1$y1aApWMT$bml.jZNgEhAeU3.kVvmmy/\n",
  groups: "staff: ann\n",
  "htdocs/in/index.html": "inside\n",
  "htdocs/in/page.txt": "page\n",
};

const closed = `AuthType Basic
AuthName "Jürgen's \\"own\\""
AuthUserFile users
AuthGroupFile groups
`;

/** A folder that asks for users, and a log of them. */
async function start(
  lines: string,
): Promise<{ get: (path: string, as?: string) => Promise<Answer>; log: () => string }> {
  const { port, folder } = await startTestServer(
    `<Directory FOLDER/htdocs/in>\n${lines}\n</Directory>\nCustomLog FOLDER/access.log "%u %>s %U %{kind}e"\n`,
    files,
  );
  return {
    get: (path, as) => ask(port, path, as === undefined ? {} : { headers: basic(as) }),
    log: () => readFileSync(join(folder, "access.log"), "utf8"),
  };
}

test("a user is asked for with the realm's bytes, and let in with the right password", async () => {
  const { get, log } = await start(`${closed}Require valid-user`);
  const refused = await get("/in/page.txt");
  expect(refused.status).toBe(401);
  expect(Buffer.from(refused.headers["www-authenticate"] ?? "", "latin1").toString()).toBe(
    'Basic realm="Jürgen\'s \\"own\\""',
  );
  expect(await get("/in/page.txt", "ann:wrong")).toMatchObject({ status: 401 });
  expect(await get("/in/page.txt", "ann:secret")).toMatchObject({ status: 200, body: "page\n" });
  expect(await get("/in/page.txt", "bob:secret")).toMatchObject({ status: 200, body: "page\n" });
  // The index file is asked by its own sections, and served to the same user.
  expect(await get("/in/", "ann:secret")).toMatchObject({ status: 200, body: "inside\n" });
  expect((await get("/in/")).status).toBe(401);
  await eventually(() => log().split("\n").length === 7, "all are logged");
  expect(log()).toBe(
    "- 401 /in/page.txt -\nann 401 /in/page.txt -\nann 200 /in/page.txt -\nbob 200 /in/page.txt -\n" +
      "ann 200 /in/index.html -\n- 401 /in/ -\n",
  );
});

test("groups and names decide; who is none of them is asked again", async () => {
  const { get } = await start(`${closed}Require group staff`);
  expect((await get("/in/page.txt", "ann:secret")).status).toBe(200);
  const other = await get("/in/page.txt", "bob:secret");
  expect(other.status).toBe(401);
  expect(other.headers["www-authenticate"]).toContain("Basic realm=");
});

test("a configuration that does not say how to check users answers 500", async () => {
  const { get } = await start("AuthType Basic\nAuthName x\nRequire valid-user");
  expect((await get("/in/page.txt", "ann:secret")).status).toBe(500);
});

test("a user file that changes counts at once", async () => {
  const { port, folder } = await startTestServer(
    `<Location />\n${closed}Require valid-user\n</Location>\n<Directory FOLDER>\nAllowOverride None\n</Directory>`,
    files,
  );
  const status = async (): Promise<number> => (await ask(port, "/", { headers: basic("ann:secret") })).status;
  expect(await status()).toBe(200);
  writeFileSync(join(folder, "users"), "bob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");
  expect(await status()).toBe(401);
});

test("nobody needs a password where Satisfy any finds the address", async () => {
  const { get, log } = await start(`${closed}Require valid-user\nOrder deny,allow\nAllow from 127.0.0.1\nSatisfy any`);
  expect((await get("/in/page.txt")).status).toBe(200);
  expect((await get("/in/page.txt", "ann:wrong")).status).toBe(200);
  await eventually(() => log().split("\n").length === 3, "both are logged");
  expect(log()).not.toMatch(/ann 200/);
});

test("a folder that is closed says so, whatever its index file would ask for", async () => {
  // SetEnv comes after the folder's own access and before that of the index file.
  const { get } = await start(
    `${closed}SetEnv e1 1\nDeny from env=!e1\nRequire user ann\nDirectoryIndex page.txt/more\n`,
  );
  expect(await get("/in/")).toMatchObject({ status: 403 });
  expect(await get("/in/", "ann:secret")).toMatchObject({ status: 403 });
});

test("variables of the request decide and are logged", async () => {
  const { get, log } = await start("SetEnvIf Authorization . kind=named\nOrder allow,deny\nAllow from env=kind");
  expect((await get("/in/page.txt")).status).toBe(403);
  expect((await get("/in/page.txt", "a:b")).status).toBe(200);
  await eventually(() => log().split("\n").length === 3, "both are logged");
  expect(log()).toBe("- 403 /in/page.txt -\n- 200 /in/page.txt named\n");
});
