import { applyPatch } from "diff";
import { unifiedDiff } from "../../src/report/unified-diff.ts";

describe("unifiedDiff", () => {
  test("no difference, no text", () => {
    expect(unifiedDiff("a", "x\n", "x\n")).toBe("");
  });

  test("what patch reads", () => {
    expect(unifiedDiff("a.conf", "one\ntwo\n", "one\nTwo\n")).toBe(
      "--- a.conf\n+++ a.conf\n@@ -1,2 +1,2 @@\n one\n-two\n+Two\n",
    );
  });

  test.each([
    ["many differing lines", "a\n".repeat(9000), "b\n".repeat(9000)],
    ["without a line feed at the end", `${"a\n".repeat(9000)}x`, "b\n".repeat(9000)],
    ["and none on the other side", "a\n".repeat(9000), `${"b\n".repeat(9000)}x`],
  ])("%s still make a patch that applies", (_title, before, after) => {
    const patch = unifiedDiff("a.conf", before, after);
    expect(applyPatch(before, patch)).toBe(after);
  });
});
