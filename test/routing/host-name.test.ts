import { readHostName } from "../../src/routing/host-name.ts";

/** Each was sent to httpd 2.4.71. */
describe("2.4 accepts", () => {
  test.each([
    ["main.ex", "main.ex"],
    ["A.EX", "a.ex"],
    ["a.", "a"],
    ["a_b", "a_b"],
    ["-a", "-a"],
    [".a", ".a"],
    ["", ""],
    ["x:80", "x"],
    ["x:080", "x"],
    ["1.2.3.4", "1.2.3.4"],
    ["[::1]", "[::1]"],
    ["[::1]:80", "[::1]"],
  ])("%s", (value, name) => {
    expect(readHostName(value, "2.4")).toEqual({ name });
  });
});

describe("2.4 answers 400 to", () => {
  test.each(
    "a b|a@b|x:|x:0|x:65536|x:abc|[fe80::1%eth0]|1.2.3|127.1|0x7f.1|a..b|a..|a/b|a\\b|:80|a,b|a%20b|::1|a*b|a;b|a'b|a+b|x: 80|\u00e9".split(
      "|",
    ),
  )("%s", (value) => {
    expect(readHostName(value, "2.4")).toHaveProperty("error");
  });
});

describe("1.3", () => {
  test.each([
    ["v2.ex:9999", "v2.ex"],
    ["a b*c", "a b*c"],
    ["V.EX.", "v.ex"],
    ["[FD00::1]:8080", "[fd00::1]"],
    ["[::1]", "[::1]"],
  ])("accepts %s", (value, name) => {
    expect(readHostName(value, "1.3")).toEqual({ name });
  });

  test.each(["a..b", "a/b", "a\\b", "x:abc", "x:", "x:0", "[::1]:x", "[::1", "[fe80::1%eth0]"])(
    "answers 400 to %s",
    (value) => {
      expect(readHostName(value, "1.3")).toHaveProperty("error");
    },
  );
});
