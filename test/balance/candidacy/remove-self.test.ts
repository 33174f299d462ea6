import { removeSelf } from "../../../src/balance/candidacy/remove-self.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("removeSelf takes this server out", () => {
  const self = candidate("self", { isSelf: true });
  expect(idsAfter(removeSelf, null, [candidate("a"), self, candidate("b")])).toEqual(["a", "b"]);
  expect(idsAfter(removeSelf, null, [self])).toEqual([]);
});
