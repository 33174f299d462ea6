import { redirectLocation } from "../../src/balance/redirect-location.ts";

function location(target: string, host: string | null, scheme: "http" | "https" = "http") {
  return redirectLocation({ scheme, host, target, headers: {} }, "10.0.0.7");
}

test.each([
  ["path and query", "/a/b?c=d&e", "www.example.com", "http://10.0.0.7/a/b?c=d&e"],
  ["the port", "/", "www.example.com:8080", "http://10.0.0.7:8080/"],
  ["the port after an IPv6 address", "/", "[fd00::1]:8080", "http://10.0.0.7:8080/"],
  ["no port of an IPv6 address", "/", "[fd00::1]", "http://10.0.0.7/"],
  ["the path of an absolute target", "http://evil.example/x?y", "a", "http://10.0.0.7/x?y"],
  ["the query of an absolute target without path", "http://evil.example?y", "a", "http://10.0.0.7/?y"],
  ["no path of anything else", "*", null, "http://10.0.0.7/"],
  ["two slashes as they are", "//evil.example/x", "a", "http://10.0.0.7//evil.example/x"],
  ["bytes that may not stand in a field, escaped", "/\xe4 \r\nX: y", "a", "http://10.0.0.7/%E4%20%0D%0AX:%20y"],
  ["odd characters, escaped", "/\u20ac\ud800", "a", "http://10.0.0.7/%E2%82%AC%EF%BF%BD"],
])("a redirect keeps %s", (_title, target, host, expected) => {
  expect(location(target, host)).toBe(expected);
});

test("a redirect keeps the scheme", () => {
  expect(location("/", "a:444", "https")).toBe("https://10.0.0.7:444/");
});
