import { addSelf } from "../../../src/balance/candidacy/add-self.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

const self = candidate("self", { isSelf: true });

test("addSelf puts this server at the end when it is missing, and only then", () => {
  expect(idsAfter(addSelf, null, [candidate("a")], { self })).toEqual(["a", "self"]);
  expect(idsAfter(addSelf, null, [], { self })).toEqual(["self"]);
  expect(idsAfter(addSelf, null, [self, candidate("a")], { self })).toEqual(["self", "a"]);
});
