import { backhandOff, off } from "../../../src/balance/candidacy/off.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test.each([off, backhandOff])("$name empties the list and ends the pipeline", (definition) => {
  expect(idsAfter(definition, null, [candidate("a"), candidate("b")])).toEqual([]);
  expect(definition.effect).toBe("stop");
});
