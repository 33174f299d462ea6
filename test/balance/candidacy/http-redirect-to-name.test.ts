import { httpRedirectToName } from "../../../src/balance/candidacy/http-redirect-to-name.ts";
import { redirectedTo } from "../../support/run-function.ts";
import { candidate } from "../../support/candidate.ts";

const server = candidate("www-1.dc3");

test.each([
  [null, "www-1.dc3"],
  ["%S", "www-1.dc3"],
  ["%H", "www.client.com"],
  ["%2S.%-2H", "www-1.dc3.client.com"],
  ["%1S.%H", "www-1.www.client.com"],
  ["%9S.example.com", "www-1.dc3.example.com"],
  ["%-1S", "dc3"],
])("HTTPRedirectToName %s makes a name", (format, name) => {
  const request = { scheme: "http" as const, host: "www.client.com:8080", target: "/", headers: {} };
  expect(redirectedTo(httpRedirectToName, format, server, { request })).toBe(name);
});

test.each([null, "evil.com/x?", "a..b", "[::1]:80", "x".repeat(300), "a b"])(
  "HTTPRedirectToName relays the request instead of redirecting to a name that is none, with Host %j",
  (host) => {
    const request = { scheme: "http" as const, host, target: "/", headers: {} };
    expect(redirectedTo(httpRedirectToName, "%H", server, { request })).toBeNull();
  },
);

test.each(["", "%", "%X", "%0S", "http://%S", "%S/x"])("HTTPRedirectToName refuses the format %j", (format) => {
  expect(httpRedirectToName.create(format)).toHaveProperty("error");
});
