import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { requestsToAsk } from "../../src/cli/requests-to-ask.ts";
import type { SampleRequest } from "../../src/samples/sample-requests.ts";
import { compileText } from "../support/compile-text.ts";
import { recordedTerminal } from "../support/recorded-terminal.ts";
import { temporaryFolder, type TemporaryFolder } from "../support/temporary-folder.ts";

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder.remove();
});

async function ask(
  bytes: string | Uint8Array,
): Promise<{ readonly requests: readonly SampleRequest[]; readonly err: string }> {
  writeFileSync(join(folder.path, "log"), bytes);
  const { terminal, err } = recordedTerminal(folder.path);
  const { table } = compileText("Listen 80\nServerName x.example\n", "2.2");
  return { requests: await requestsToAsk("log", table, terminal), err: err() };
}

const logged = (request: string): string => `192.0.2.1 - - [01/Jan/2004:00:00:00 +0000] "${request}" 200 -\n`;

describe("requests of a file that a server is asked", () => {
  test.each([
    ["no request came", logged("-") + logged("\\x16\\x03"), "where no request came: 2 lines, the first is 2"],
    ["a line is too long", logged(`GET /${"a".repeat(1_000_000)} HTTP/1.0`), "longer than httpd takes: line 2"],
    [
      "a JSON path is too long",
      `${JSON.stringify({ path: `/${"a".repeat(9000)}` })}\n`,
      "longer than httpd takes: line 2",
    ],
    ["a tunnel was wanted", logged("CONNECT mail.example:25 HTTP/1.0"), "which ask for no path: line 2"],
    ["the server was asked", logged("OPTIONS * HTTP/1.0"), "which ask for no path: line 2"],
    ["clients have IPv6", '{"path":"/x","from":"2001:db8::1"}\n', "whose clients have addresses of IPv6: line 2"],
    ["nothing listens", '{"path":"/x","to":"10.0.0.1:8080"}\n', "to ports on which nothing listens: line 2"],
  ])("are not those where %s, which is said", async (_, text, said) => {
    const { requests, err } = await ask(logged("GET /a HTTP/1.0") + text);
    expect(requests.map(({ path }) => path)).toEqual(["/a"]);
    expect(err).toBe(`Left out of log, ${said}\n`);
  });

  test.each([
    ["a space in the path", '{"path":"/a b"}', "%20 stands for a space"],
    ["no slash", '{"path":"a"}', "a path that starts with a slash"],
    ["a method of two words", '{"path":"/","method":"A B"}', "Expected a method such as GET"],
    ["two lines for a host", '{"path":"/","host":"a\\r\\nX: y"}', "Expected a name of a host"],
    ["a client without address", '{"path":"/","from":"nobody"}', "Expected the address of a client"],
  ])("may not have %s", async (_, line, said) => {
    await expect(ask(`\n${line}\n`)).rejects.toThrow(new RegExp(`^log:2: .*${said}`));
  });

  test.each([
    ["zstd", "KLUv/QRY", "packed"],
    ["bzip2", "QlpoOTFB", "packed"],
    ["xz", "/Td6WFoAAA==", "packed"],
    ["UTF-16", "//4xAC4A", "UTF-16"],
    ["something else", "AAECAwQF", "it is no text"],
  ])("are not read from %s", async (_, base64, said) => {
    await expect(ask(Buffer.from(base64, "base64"))).rejects.toThrow(new RegExp(`^Cannot read log: .*${said}`));
  });

  test("may stand behind a byte order mark, and are sent in ASCII", async () => {
    const { requests, err } = await ask(`\ufeff${logged("GET /a HTTP/1.0")}{"path":"/caf\u00e9"}\n`);
    expect(requests.map(({ path }) => path)).toEqual(["/a", "/caf%C3%A9"]);
    expect(err).toBe("");
  });

  test.each(["", "\n\n"])("may be none, which is said", async (text) => {
    expect(await ask(text)).toEqual({ requests: [], err: "No request in log: it is empty\n" });
  });
});
