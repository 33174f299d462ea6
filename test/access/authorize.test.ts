import { Buffer } from "node:buffer";

import { accessSettings } from "../../src/access/settings.ts";
import type { ReadAuthFile } from "../../src/access/auth-file.ts";
import { createAuthenticator } from "../../src/access/authenticator.ts";
import type { Authorization } from "../../src/access/authorize.ts";
import { authorize } from "../../src/access/authorize.ts";
import type { Dialect } from "../../src/compile/table.ts";
import { compileText } from "../support/compile-text.ts";

const sha = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";
const slow = "$2y$05$j5dR0PrikrFBahYNX8zQP.HEI1tld9/L2qzBXz0d4E41CNzkx0Z5.";
const files: Readonly<Record<string, string>> = {
  "/etc/users": `# users\nann:${sha}\nbob:${sha}:extra\nann:{SHA}other\ncoy:${slow}\n`,
  "/srv/root/groups": "staff: ann\nothers: bob coy\n# x: ann\n",
};
const readFile: ReadAuthFile = (path) => {
  const text = files[path];
  return text === undefined ? null : { text, version: "1" };
};

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

const lines = 'AuthType Basic\nAuthName "the ""realm"\nAuthUserFile /etc/users\nAuthGroupFile groups\n';

function decideFor(
  text: string,
  authorization: string | null,
  dialect: Dialect = "2.4",
  clientAddress = "10.0.0.1",
): Promise<Authorization> {
  const { table } = compileText(`Listen 80\n<Location />\n${text}</Location>\n`, dialect);
  const settings = accessSettings(table.sections[0]?.directives ?? [], dialect);
  const authenticate = createAuthenticator({ readFile, serverRoot: "/srv/root" });
  return authorize(
    settings,
    { clientAddress, localAddress: "10.0.0.9", method: "GET", authorization, asked: null },
    authenticate,
  );
}

describe.each<Dialect>(["1.3", "2.2", "2.4"])("Basic authentication in %s", (dialect) => {
  test.each<[string, string, string | null, Authorization["kind"]]>([
    ["nobody", "Require valid-user\n", null, "unauthorized"],
    ["the right password", "Require valid-user\n", basic("ann", "secret"), "granted"],
    ["another password", "Require valid-user\n", basic("ann", "Secret"), "unauthorized"],
    ["an unknown user", "Require valid-user\n", basic("eve", "secret"), "unauthorized"],
    ["text behind the hash", "Require valid-user\n", basic("bob", "secret"), "granted"],
    ["bcrypt", "Require valid-user\n", basic("coy", "secret"), "granted"],
    ["another scheme", "Require valid-user\n", "Bearer x", "unauthorized"],
    ["a user who is named", "Require user bob ann\n", basic("ann", "secret"), "granted"],
    ["a user who is not", "Require user bob\n", basic("ann", "secret"), "unauthorized"],
    ["a member of a group", "Require group x staff\n", basic("ann", "secret"), "granted"],
    ["one who is not", "Require group staff\n", basic("bob", "secret"), "unauthorized"],
    ["one of several lines", "Require group staff\nRequire user bob\n", basic("bob", "secret"), "granted"],
    ["Deny before the user", "Require valid-user\nOrder allow,deny\n", basic("ann", "secret"), "denied"],
    ["Satisfy any with the address", "Require valid-user\nOrder deny,allow\nSatisfy any\n", null, "granted"],
    [
      "Satisfy any with the user",
      "Require valid-user\nOrder allow,deny\nSatisfy any\n",
      basic("ann", "secret"),
      "granted",
    ],
    ["Satisfy any with neither", "Require valid-user\nOrder allow,deny\nSatisfy any\n", null, "unauthorized"],
  ])("%s", async (_, text, authorization, kind) => {
    await expect(decideFor(lines + text, authorization, dialect)).resolves.toMatchObject({ kind });
  });

  test.each([
    ["no AuthType", "AuthName x\nAuthUserFile /etc/users\nRequire valid-user\n"],
    ["AuthType Digest", "AuthType Digest\nAuthName x\nAuthUserFile /etc/users\nRequire valid-user\n"],
    ["no AuthName", "AuthType Basic\nAuthUserFile /etc/users\nRequire valid-user\n"],
    ["no AuthUserFile", "AuthType Basic\nAuthName x\nRequire valid-user\n"],
    ["a file that is not there", "AuthType Basic\nAuthName x\nAuthUserFile /nowhere\nRequire valid-user\n"],
  ])("%s closes", async (_, text) => {
    await expect(decideFor(text, basic("ann", "secret"), dialect)).resolves.toMatchObject({ kind: "misconfigured" });
  });
});

test("the challenge names the realm, with nothing that could break the field", async () => {
  const text = 'AuthType Basic\nAuthName "a \\"b\\" c"\nAuthUserFile /etc/users\nRequire valid-user\n';
  await expect(decideFor(text, null)).resolves.toMatchObject({ challenge: 'Basic realm="a \\"b\\" c"' });
});

test("what is right is remembered, what is wrong is not, and a new file is asked again", async () => {
  let reads = 0;
  let text = `coy:${slow}\n`;
  const authenticate = createAuthenticator({
    serverRoot: "/",
    readFile: () => {
      reads++;
      return { text, version: text };
    },
  });
  const settings = accessSettings(
    compileText(`Listen 80\n<Location />\n${lines}Require valid-user\n</Location>\n`, "2.4").table.sections[0]
      ?.directives ?? [],
    "2.4",
  ).auth;
  const ask = (password: string): Promise<string> =>
    authenticate(settings, { user: "coy", password }).then(({ kind }) => kind);
  expect(await ask("secret")).toBe("user");
  const start = performance.now();
  for (let index = 0; index < 200; index++) expect(await ask("secret")).toBe("user");
  // 200 checks of bcrypt would take more than a second at this cost.
  expect(performance.now() - start).toBeLessThan(500);
  expect(await ask("wrong")).toBe("refused");
  text = "coy:{SHA}none\n";
  expect(await ask("secret")).toBe("refused");
  expect(reads).toBeGreaterThan(200);
});

test("a flood of passwords is turned away instead of kept waiting", async () => {
  const authenticate = createAuthenticator({ serverRoot: "/", readFile });
  const { auth } = accessSettings(
    compileText(`Listen 80\n<Location />\n${lines}Require valid-user\n</Location>\n`, "2.4").table.sections[0]
      ?.directives ?? [],
    "2.4",
  );
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => authenticate(auth, { user: "coy", password: `x${index}` })),
  );
  const kinds = answers.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "busy").length).toBeGreaterThan(100);
  expect(kinds.filter((kind) => kind === "refused").length).toBeGreaterThan(30);
});
