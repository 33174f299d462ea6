import { compile } from "../../src/compile/compile.ts";
import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { readConfiguration } from "../../src/config/read.ts";
import { globSample } from "../../src/samples/glob-sample.ts";
import { patternSample } from "../../src/samples/pattern-sample.ts";
import { sampleRequests } from "../../src/samples/sample-requests.ts";

const expressions: readonly string[] = [
  "^\\.ht",
  "\\.(gif|jpe?g|png)$",
  "^/~([a-z]+)/?",
  "^/a[0-9]{3}/(b|c)+$",
  "(?i)^/Admin(?:/|$)",
  "^/x[^/]+/y",
  "^/[[:alpha:]]+\\d\\w\\s$",
  "^(?!/static)/",
  "a|b",
];

describe("A sample of a regular expression", () => {
  test.each(expressions)("%s matches it", (expression) => {
    const sample = patternSample(expression) ?? "";
    const flags = expression.startsWith("(?i)") ? "i" : "";
    const translated = expression.replace("(?i)", "").replace("[[:alpha:]]", "[a-z]");
    expect(sample).toMatch(new RegExp(translated, flags));
  });

  test.each(["(", "[a", "a)", "(".repeat(10_000), ""])("%j ends without an exception", (expression) => {
    expect(patternSample(expression)).toBe(expression === "" ? "" : null);
  });
});

describe("A sample of a shell pattern", () => {
  test.each([
    ["*.example", "x.example"],
    ["/srv/?/[abc]", "/srv/x/a"],
    ["/[!x]/[^a]", "/y/x"],
    ["\\*", "*"],
  ])("%s: %s", (pattern, sample) => {
    expect(globSample(pattern)).toBe(sample);
  });
});

/** Requests of a configuration, as one line each. */
function requestsOf(text: string, limit = 1000): readonly string[] {
  const config = readConfiguration({
    path: "/s/httpd.conf",
    fileSystem: memoryFileSystem({ "/s/httpd.conf": text }),
    dialect: "2.4",
    serverRoot: "/s",
  });
  return sampleRequests(compile(config).table, limit).map(
    ({ address, port, host, path, method, from }) => `${address}:${port} ${host ?? "-"} ${method} ${path} ${from}`,
  );
}

describe("Requests that a configuration suggests", () => {
  test("touch every name and address of a virtual host", () => {
    const requests = requestsOf(
      "Listen 8080\n<VirtualHost 127.0.0.1:8081 *:8082>\nServerName a.example\nServerAlias *.b.example\n</VirtualHost>\n",
    );
    for (const name of ["a.example", "x.b.example", "unknown.invalid", "-"]) {
      expect(requests).toContain(`127.0.0.1:8081 ${name} GET / 192.0.2.1`);
      expect(requests).toContain(`192.0.2.2:8082 ${name} GET / 192.0.2.1`);
    }
  });

  test("lie in every section and beside it, by every method and client that it tells apart", () => {
    const requests = requestsOf(
      [
        "Listen 80\nServerName s\nDocumentRoot /srv\nAlias /icons /usr/icons",
        "<Location /a>\n<Limit PUT>\nRequire ip 10.0.0.0/8\n</Limit>\n</Location>",
        "<Directory /usr/icons/small>\n<Files secret>\nRequire all denied\n</Files>\n</Directory>",
        '<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>\n',
      ].join("\n"),
    );
    for (const path of ["/a", "/a/sample", "/ax", "/icons/small/", "/icons/small/secret", "/icons", "/.ht"]) {
      expect(requests).toContain(`192.0.2.2:80 s GET ${path} 192.0.2.1`);
    }
    for (const client of ["192.0.2.1", "10.0.0.1", "10.255.255.254"]) {
      expect(requests).toContain(`192.0.2.2:80 s PUT /a ${client}`);
      expect(requests).toContain(`192.0.2.2:80 s POST /a ${client}`);
    }
  });

  test("are no more than asked for, and each one once", () => {
    const text = Array.from({ length: 100 }, (_, index) => `<Location /${index}>\n</Location>\n`).join("");
    expect(requestsOf(text, 50)).toHaveLength(50);
    expect(new Set(requestsOf(text)).size).toBe(requestsOf(text).length);
  });
});
