import { reportHtml } from "../../src/migrate/report-html.ts";
import { makeReport } from "../../src/migrate/report.ts";
import type { OutputLine } from "../../src/migrate/verdict.ts";

const from = { path: "httpd.conf", line: 1 };

const report = (lines: readonly OutputLine[]): ReturnType<typeof makeReport> =>
  makeReport({ files: [{ path: "new.conf", lines }], lines: [], notes: [] }, "nginx", "2.2");

describe("the lines that are added", () => {
  it("are those of one reason together, by their physical lines", () => {
    const { added, summary } = report([
      { text: "a \\\n  b", from },
      { text: "one", from: null, why: "x" },
      { text: "  two", from: null, why: "x" },
      { text: "three", from: null, why: "y" },
      { text: "", from: null, why: "y" },
      { text: "four", from: null, why: "y" },
      { text: "c", from },
    ]);
    expect(added).toEqual([
      { path: "new.conf", line: 3, endLine: 4, text: "one\n  two", why: "x" },
      { path: "new.conf", line: 5, endLine: 5, text: "three", why: "y" },
      { path: "new.conf", line: 7, endLine: 7, text: "four", why: "y" },
    ]);
    expect(summary.added).toBe(4);
  });

  it("are not those that lines of the source have become", () => {
    const { added } = report([
      { text: "server {", from: null },
      { text: "    root /srv;", from },
      { text: "    server_tokens off;", from: null, why: "x" },
      { text: "}", from: null },
    ]);
    expect(added).toEqual([{ path: "new.conf", line: 3, endLine: 3, text: "    server_tokens off;", why: "x" }]);
  });

  it("come in parts of a hundred, none left out", () => {
    const { added, summary } = report(
      Array.from({ length: 250 }, (_, line) => ({ text: `line ${line}`, from: null, why: "x" })),
    );
    expect(added.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 100],
      [101, 200],
      [201, 250],
    ]);
    expect(added.flatMap(({ text }) => text.split("\n"))).toEqual(
      Array.from({ length: 250 }, (_, line) => `line ${line}`),
    );
    expect(summary.added).toBe(250);
  });

  it("are rows of the page with their places", () => {
    const page = [
      ...reportHtml(report([...["<a>", "b", "c"].map((text) => ({ text, from: null, why: "x" }))]), "title", null),
    ].join("");
    expect(page).toContain('<td class="n">new.conf:1–3</td><td><pre>&lt;a&gt;\nb\nc</pre></td>');
  });
});
