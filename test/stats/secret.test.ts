import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSecret } from "../../src/stats/secret.ts";

const directory = mkdtempSync(join(tmpdir(), "secret-"));
const path = join(directory, "secret");

afterAll(() => {
  rmSync(directory, { recursive: true });
});

test.each(["0123456789abcdef", "0123456789abcdef\n", "\n0123456789abcdef\r\n"])(
  "the secret of %j has no line ends",
  async (text) => {
    writeFileSync(path, text);
    expect(await readSecret(path)).toBe("0123456789abcdef");
  },
);

test("a short secret is refused", async () => {
  writeFileSync(path, "0123456789abcde\n");
  await expect(readSecret(path)).rejects.toMatchObject({
    code: "BACKHAND_SECRET",
    message: `Expected at least 16 characters as secret in ${path} instead of 15`,
  });
});

test("a missing file is an error that names it", async () => {
  await expect(readSecret(join(directory, "none"))).rejects.toMatchObject({
    code: "BACKHAND_SECRET",
    message: expect.stringContaining(join(directory, "none")),
  });
});
