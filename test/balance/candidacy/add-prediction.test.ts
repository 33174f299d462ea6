import { addPrediction } from "../../../src/balance/candidacy/add-prediction.ts";
import { candidate, context } from "../../support/candidate.ts";
import { made } from "../../support/run-function.ts";

const servers = [
  candidate("a", { load: 1, sentSinceHeard: 6, cpuCount: 2 }),
  candidate("b", { load: 1 }),
  candidate("c", { load: 1, sentSinceHeard: 3, cpuCount: 0 }),
];

function loads(argument: string | null) {
  return made(addPrediction, argument)(servers, { ...context(), redirect: () => {}, draining: [] }).map(
    (each) => each.load,
  );
}

test("addPrediction adds the requests since the last announcement, divided by the CPUs, to the load", () => {
  expect(loads(null)).toEqual([4, 1, 4]);
  expect(loads("0.5")).toEqual([2.5, 1, 2.5]);
});

test("addPrediction leaves the servers themselves alone", () => {
  loads(null);
  expect(servers.map((server) => server.load)).toEqual([1, 1, 1]);
});

test("addPrediction refuses a negative weight", () => {
  expect(addPrediction.create("-1")).toHaveProperty("error");
});
