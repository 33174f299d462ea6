import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..", "shared");

/** A path inside the folder of references and real configurations that lies beside the checkout. */
export function sharedPath(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/** `describe` where that folder is there; elsewhere the tests skip and say so, and with CI set they fail. */
export const describeIfShared = describeIf(existsSync(root), "../shared is not there");

/** `describe` under a condition: skipped with the reason when it does not hold, failing when CI is set. */
export function describeIf(condition: boolean, reason: string): (title: string, body: () => void) => void {
  return (title, body) => {
    if (condition) {
      describe(title, body);
    } else if (process.env["CI"]) {
      test(title, () => {
        throw new Error(`${reason}, and CI needs it`);
      });
    } else {
      describe.skip(`${title} (skipped: ${reason})`, () => {
        test("needs what is not there", () => {});
      });
    }
  };
}
