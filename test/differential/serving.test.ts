import { rmSync } from "node:fs";
import type { TemporaryFolder } from "../support/temporary-folder.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeIf } from "../support/shared.ts";
import { freePorts, hasApache, preamble, startApache } from "./apache.ts";
import { listenLines } from "./compare.ts";
import { printParts } from "./configuration.ts";
import { Generator } from "./generate.ts";
import { startOurs } from "./ours-serving.ts";
import { seededRandom } from "./random.ts";
import { RawClient } from "./raw-client.ts";
import type { DifferentialRequest } from "./requests.ts";
import { randomRequest, wireText } from "./requests.ts";
import { folders, makeSite } from "./site.ts";

/** Configurations, and requests to each: 600 pairs. BACKHAND_SEED and BACKHAND_CONFIGURATIONS ask for others. */
const CONFIGURATIONS = Number(process.env["BACKHAND_CONFIGURATIONS"] ?? 15);
const REQUESTS = 40;
const firstSeed = Number(process.env["BACKHAND_SEED"] ?? 500);

/** What is told apart: what a browser does next. */
interface Served {
  readonly status: number;
  readonly challenge: string | null;
  readonly location: string | null;
}

/** What our server refuses on purpose, as docs/serving.md says: methods that Node does not know, scripts, `.ht` files. */
function isOurRefusal(real: Served, ours: Served, request: DifferentialRequest, text: string): boolean {
  if (ours.status === 501) return [200, 404, 405].includes(real.status);
  // A Host field that can be none is refused even where an absolute URI makes it void.
  if (ours.status === 400 && /^[a-z]+:/i.test(request.target)) return true;
  // Folders are never listed.
  const isListed = (): boolean =>
    new URL(request.target, "http://x").pathname.endsWith("/") || /DirectorySlash Off/i.test(text);
  if (ours.status === 403 && real.status === 200 && isListed()) return true;
  return ours.status === 403 && real.status < 500 && /\/\.(?:h|%68)t/i.test(request.target);
}

describeIf(hasApache, "apache2 is not there")("serve answers as Debian's apache2 does", () => {
  let folder: TemporaryFolder;
  let root: string;
  beforeAll(() => {
    folder = temporaryFolder();
    root = makeSite(folder);
  });
  afterAll(() => {
    folder.remove();
  });

  test.each(Array.from({ length: CONFIGURATIONS }, (_, index) => firstSeed + index))(
    "the same configuration and requests, made from seed %i",
    async (seed) => {
      const random = seededRandom(seed);
      const [first = 0, second = 0, third = 0, fourth = 0] = await freePorts(4);
      const theirs = [first, second];
      const mine = new Map([
        [first, third],
        [second, fourth],
      ]);
      const toMine = (text: string): string =>
        text.replace(/:(\d+)/g, (whole, port: string) => `:${mine.get(Number(port)) ?? whole.slice(1)}`);
      const scene = { ports: theirs, root, homes: `${folder.path}/home`, withUsers: true };
      const configuration = new Generator(random, scene).configuration();
      for (const name of folders) rmSync(`${folder.path}/www/${name}/.htaccess`, { force: true });
      for (const [name, parts] of Object.entries(configuration.accessFiles)) {
        folder.write(`www/${name}/.htaccess`, printParts(parts));
      }
      const text = `${preamble(folder)}LoadModule autoindex_module /usr/lib/apache2/modules/mod_autoindex.so
${listenLines(theirs)}DocumentRoot ${root}\n${printParts(configuration.parts)}`;
      const apache = await startApache(folder.write("httpd.conf", text), first);
      if ("refused" in apache) throw new Error(`apache2 does not start: ${apache.refused}`);
      const client = new RawClient();
      try {
        const ours = await startOurs(`${folder.path}/ours.conf`, toMine(text).replace(/^(PidFile|ErrorLog).*\n/gm, ""));
        try {
          const ask = async (request: DifferentialRequest): Promise<Served> => {
            const answer = await client.ask(request, request.method, wireText(request));
            const { status } = answer;
            return { status, challenge: answer.field("WWW-Authenticate"), location: answer.field("Location") };
          };
          for (let index = 0; index < REQUESTS; index++) {
            const request = randomRequest(random, theirs, true);
            // Refused before anything is decided, as docs/serving.md says.
            if (request.method === "FOO" || /[^\x00-\x7f]/.test(request.target)) continue;
            const real = await ask(request);
            const own = await ask({ ...request, port: mine.get(request.port) ?? 0 });
            if (isOurRefusal(real, own, request, text)) continue;
            // For a host without ServerName httpd asks the DNS for the name of its address.
            const name = own.location?.startsWith("http://127.0.0.1") === true ? "127.0.0.1" : "localhost";
            const location = real.location && toMine(real.location).replace("//localhost", `//${name}`);
            const expected = { ...real, location };
            expect({ request, ...own }).toEqual({ request, ...expected });
          }
        } finally {
          await ours.close();
        }
      } finally {
        client.close();
        await apache.stop();
      }
    },
    60_000,
  );
});
