import {
  compile,
  createRouter,
  isRefusal,
  lint,
  memoryFileSystem,
  parse,
  print,
  readConfiguration,
  rules,
} from "../src/index.ts";
import * as source from "../src/index.ts";

const text = `ServerName www.example
Listen 80
DocumentRoot /srv
<Location /app>
    Backhand byAge 6
    Backhand byRandom
    Backhand byLoad
</Location>
`;

describe("the library", () => {
  const config = readConfiguration({
    path: "/httpd.conf",
    fileSystem: memoryFileSystem({ "/httpd.conf": text }),
    dialect: "1.3",
    defines: [],
    before: [],
    after: [],
    modules: [],
    environment: {},
  });

  test("parses and prints", () => {
    expect(print(parse(text, "1.3"))).toBe(text);
  });

  test("lints", () => {
    const { files } = lint(config, { rules, severities: new Map() });
    expect(files.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule))).toContain("backhand-no-stats");
  });

  test("compiles and routes", () => {
    const router = createRouter(compile(config).table);
    const match = router.route({
      localAddress: "10.0.0.1",
      localPort: 80,
      host: "www.example",
      target: "/app/x",
      method: "GET",
    });
    if (isRefusal(match)) throw new Error(match.reason);
    expect(match.pipeline.map((step) => step.function)).toEqual(["byAge", "byRandom", "byLoad"]);
  });

  test("is built with the same exports", async () => {
    const built = (await import(new URL("../dist/index.js", import.meta.url).href)) as object;
    expect(Object.keys(built).sort()).toEqual(Object.keys(source).sort());
  });
});
