import { httpRedirectToIp } from "../../../src/balance/candidacy/http-redirect-to-ip.ts";
import { redirectedTo } from "../../support/run-function.ts";
import { candidate } from "../../support/candidate.ts";

test("HTTPRedirectToIP names the chosen server's address", () => {
  expect(redirectedTo(httpRedirectToIp, null, candidate("a", { address: "10.0.0.7" }))).toBe("10.0.0.7");
  expect(redirectedTo(httpRedirectToIp, null, candidate("a", { address: "fd00::7" }))).toBe("[fd00::7]");
  // The client has interfaces of its own.
  expect(redirectedTo(httpRedirectToIp, null, candidate("a", { address: "fe80::7%eth0" }))).toBe("[fe80::7]");
});
