import { describeIf } from "../support/shared.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { exchangeRaw, stopAll } from "../proxy/support.ts";
import type { Wanted } from "./answering-backend.ts";
import { startAnswering, wantedField } from "./answering-backend.ts";
import { hasApache } from "./apache.ts";
import { answers, configuration, targets } from "./proxying-cases.ts";
import type { Pair } from "./pair.ts";
import { startPair } from "./pair.ts";

/** What one side did with a request. */
interface Seen {
  readonly status: number;
  /** Request line and Host field that reached the server behind; null: none did. */
  readonly sent: readonly string[] | null;
  /** The fields that lines about proxying change. */
  readonly fields: readonly string[];
}

const compared = /^(?:location|content-location|uri|set-cookie|via|www-authenticate):/i;

describeIf(hasApache, "apache2 is not there")("ProxyPass and its kin do what Debian's apache2 does", () => {
  let folder: TemporaryFolder;
  let pair: Pair;
  let backendPort = 0;
  let heads: string[] = [];

  beforeAll(async () => {
    folder = temporaryFolder();
    const answering = await startAnswering();
    heads = answering.heads;
    backendPort = answering.backend.port;
    folder.write("www/index.html", "index");
    folder.write("www/plain/x", "file");
    folder.write("www/not/x", "file");
    const text = configuration.replaceAll("BACKEND", `127.0.0.1:${backendPort}`);
    pair = await startPair(folder, text, ["proxy", "proxy_http", "proxy_wstunnel"]);
  });
  afterAll(async () => {
    await pair.stop();
    await stopAll();
    folder.remove();
  });

  async function look(port: number, head: string): Promise<Seen> {
    heads.length = 0;
    const answer = await exchangeRaw(port, head);
    const [first = "", ...fields] = (answer.split("\r\n\r\n", 1)[0] ?? "").split("\r\n");
    const sent = heads[0]?.split("\r\n");
    const name = (line: string): string => line.split(":", 1)[0]?.toLowerCase() ?? "";
    const plain = (line: string): string =>
      line
        .replaceAll(`:${port}`, ":FRONT")
        .replaceAll(String(backendPort), "BACK")
        .replace(/\((?:Apache|Backhand)[^)]*\)/, "(PRODUCT)")
        .replace(/^[^:]+/, name);
    return {
      status: Number(first.split(" ")[1]),
      sent:
        sent === undefined
          ? null
          : [sent[0] ?? "", ...sent.filter((line) => /^(?:host|via|x-set):/i.test(line)).map(plain)].map((line) =>
              line.replaceAll(String(backendPort), "BACK"),
            ),
      fields: fields
        .filter((line) => compared.test(line))
        .map(plain)
        .sort(),
    };
  }

  async function both(target: string, more: readonly string[] = [], method = "GET", host = "front.example") {
    const head = [`${method} ${target} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...more, "", ""].join("\r\n");
    return { apache: await look(pair.apache, head), ours: await look(pair.ours, head) };
  }

  test.each(targets)("GET %s", async (target) => {
    const { apache, ours } = await both(target);
    expect(ours).toEqual(apache);
  });

  test.each(answers)("an answer with %j to %s", async (wanted, target) => {
    const { apache, ours } = await both(target, [
      wantedField(JSON.parse(JSON.stringify(wanted).replaceAll(":BACK", `:${backendPort}`)) as Wanted),
    ]);
    expect(ours).toEqual(apache);
  });

  test.each([
    ["/a/x", "other.example"],
    ["/keep/x", "other.example:8080"],
    ["/a/x", "vhost.example"],
    ["/own/x", "vhost.example"],
    ["/a/x", "alone.example"],
    ["/keep/x", "alone.example"],
  ])("GET %s at %s", async (target, host) => {
    const { apache, ours } = await both(target, [], "GET", host);
    expect(ours).toEqual(apache);
  });

  test.each(["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "PROPFIND"])("%s /a/x", async (method) => {
    const { apache, ours } = await both("/a/x", ["Content-Length: 0"], method);
    expect(ours).toEqual(apache);
  });
});
