import { byCpu } from "../../../src/balance/candidacy/by-cpu.ts";
import { candidate } from "../../support/candidate.ts";
import { idsAfter } from "../../support/run-function.ts";

test("byCPU puts the most idle CPU first", () => {
  const servers = [
    candidate("a", { cpuIdle: 0.2 }),
    candidate("b", { cpuIdle: 0.9 }),
    candidate("c", { cpuIdle: 0.5 }),
  ];
  expect(idsAfter(byCpu, null, servers)).toEqual(["b", "c", "a"]);
});
