import { memoryFileSystem } from "../../src/config/memory-file-system.ts";
import { createRouter, isRefusal } from "../../src/routing/router.ts";
import { settle } from "../../src/routing/settle.ts";
import { compileText } from "../support/compile-text.ts";

const facts = memoryFileSystem({ "/srv/index.html": "", "/srv/other.html": "" });

/** The conditions that apply to a request, by their arguments, as httpd 2.4 has them. */
function conditionsOf(lines: string, target: string, address = "10.1.1.1"): string {
  const { table, problems } = compileText(`Listen 80\nDocumentRoot /srv\nDirectoryIndex index.html\n${lines}`, "2.4");
  expect(problems).toEqual([]);
  const routed = createRouter(table, { facts }).route({
    localAddress: "10.0.0.1",
    localPort: 80,
    host: "x",
    target,
    method: "GET",
    client: { address, protocol: "HTTP/1.1", headers: ["Host", "x"] },
  });
  if (isRefusal(routed)) throw new Error(routed.reason);
  const { match } = settle(routed, address, "GET", "10.0.0.1");
  return match.sections
    .filter(({ kind }) => kind === "If" || kind === "ElseIf" || kind === "Else")
    .map(({ argument }) => argument)
    .join(", ");
}

const nested = (kind: string, argument: string, inner: string): string =>
  `<${kind} "${argument}">\n<If "${inner}">\nServerSignature On\n</If>\n</${kind}>\n`;
const inFolder = (lines: string): string => `<Directory /srv>\n${lines}</Directory>\n`;

// Each seen with httpd 2.4.71.
describe("Conditions inside conditions", () => {
  test("count behind those that they stand in", () => {
    expect(conditionsOf(inFolder(nested("If", "true", "1 -eq 1")), "/other.html")).toBe("true, 1 -eq 1");
    expect(conditionsOf(inFolder(nested("If", "false", "1 -eq 1")), "/other.html")).toBe("");
  });

  test("do not count for an index file that meets what its folder met", () => {
    expect(conditionsOf(inFolder(nested("If", "true", "1 -eq 1")), "/")).toBe("true");
  });

  test("count for an index file that meets another condition", () => {
    const own = `<If "%{REQUEST_URI} =~ /html$/">\n</If>\n`;
    expect(conditionsOf(inFolder(nested("If", "true", "1 -eq 1") + own), "/")).toBe(
      "true, %{REQUEST_URI} =~ /html$/, 1 -eq 1",
    );
  });

  test("of the server that hold make those of folders count for index files", () => {
    const lines = nested("If", "2 -eq 2", "3 -eq 3") + inFolder(nested("If", "true", "1 -eq 1"));
    expect(conditionsOf(lines, "/")).toBe("2 -eq 2, true, 3 -eq 3, 1 -eq 1");
  });

  test("of the server do not, where the one around them does not hold", () => {
    const lines = `<If "4 -eq 4">\n</If>\n${nested("ElseIf", "2 -eq 2", "3 -eq 3")}${inFolder(nested("If", "true", "1 -eq 1"))}`;
    expect(conditionsOf(lines, "/")).toBe("4 -eq 4, true");
  });
});
