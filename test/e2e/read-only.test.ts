import { chmodSync, chownSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../support/run-cli.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("--fix leaves a read-only file alone and says so", async () => {
  const folder = temporaryFolder();
  try {
    chmodSync(folder.path, 0o777);
    const text = "<Directory /x>\n</Directroy>\n";
    const path = folder.write("a.conf", text);
    // Root may write everywhere, so somebody else does it.
    const uid = process.getuid?.() === 0 ? 65534 : undefined;
    if (uid !== undefined) chownSync(path, uid, uid);
    chmodSync(path, 0o444);
    const { code, stderr } = await runCli(["lint", "--fix", path], {
      cwd: folder.path,
      ...(uid === undefined ? {} : { uid }),
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `backhand: Cannot write ${path}: permission denied\n` });
    expect(readFileSync(join(folder.path, "a.conf"), "utf8")).toBe(text);
    expect(readdirSync(folder.path)).toEqual(["a.conf"]);
  } finally {
    folder.remove();
  }
});
