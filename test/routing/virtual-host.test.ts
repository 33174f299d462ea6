import type { Dialect } from "../../src/compile/table.ts";
import { createRouter } from "../../src/routing/router.ts";
import { compileText } from "../support/compile-text.ts";

/** The name of the host that answers, and why. */
function hostOf(text: string, dialect: Dialect, to: string, host: string | null, path = "/"): string {
  const { table, problems } = compileText(text, dialect);
  expect(problems).toEqual([]);
  const [localAddress = "", port = ""] = to.split(/:(?=\d+$)/);
  const answer = createRouter(table).route({
    localAddress,
    localPort: Number(port),
    host,
    target: path,
    method: "GET",
  });
  const name = answer.host === null ? "none" : answer.host === 0 ? "main" : (table.hosts[answer.host]?.name ?? "");
  return `${name}: ${answer.reason}`;
}

const host = (address: string, ...lines: readonly string[]): string =>
  `<VirtualHost ${address}>\n${lines.join("\n")}\n</VirtualHost>\n`;

describe("1.3 and 2.2 tell hosts apart by name only where NameVirtualHost says so", () => {
  const two = host("10.0.0.1", "ServerName a.ex") + host("10.0.0.1", "ServerName b.ex");

  test("without it the first of two hosts on one address answers for both", () => {
    expect(hostOf(`Port 80\n${two}`, "1.3", "10.0.0.1:80", "b.ex")).toBe("a.ex: the address 10.0.0.1:80, line 2");
  });

  test("with it the name decides, and the first answers for others", () => {
    const text = `Port 80\nNameVirtualHost 10.0.0.1\n${two}`;
    expect(hostOf(text, "1.3", "10.0.0.1:80", "B.EX.")).toBe("b.ex: ServerName b.ex, line 7");
    expect(hostOf(text, "1.3", "10.0.0.1:80", "c.ex")).toBe("a.ex: the first VirtualHost on 10.0.0.1:80, line 3");
    expect(hostOf(text, "1.3", "10.0.0.1:80", null)).toMatch(/^a\.ex/);
  });

  test("the port of an address is the main Port above it", () => {
    const text = `Port 8080\nNameVirtualHost 10.0.0.1\n${two}`;
    expect(hostOf(text, "1.3", "10.0.0.1:80", "b.ex")).toBe("main: no virtual host has this address and port");
    expect(hostOf(text, "1.3", "10.0.0.1:8080", "b.ex")).toMatch(/^b\.ex/);
  });

  test("from 2.0 an address without a port means any", () => {
    const text = `Listen 80\nNameVirtualHost 10.0.0.1\n${two}`;
    expect(hostOf(text, "2.2", "10.0.0.1:12345", "b.ex")).toMatch(/^b\.ex/);
  });

  test("a NameVirtualHost for all addresses does not see one that has a host of its own", () => {
    const text = `NameVirtualHost *\n${host("*", "ServerName s1.ex")}${host("*", "ServerName s2.ex")}${host("10.0.0.2", "ServerName ip.ex")}`;
    expect(hostOf(text, "1.3", "10.0.0.2:80", "s2.ex")).toMatch(/^ip\.ex/);
    expect(hostOf(text, "1.3", "10.0.0.3:80", "s2.ex")).toMatch(/^s2\.ex/);
  });

  test("a host by address never looks at names or ServerPath", () => {
    const text = host("10.0.0.1:80", "ServerName a.ex", "ServerPath /a") + host("_default_:*", "ServerName d.ex");
    expect(hostOf(text, "1.3", "10.0.0.1:80", "d.ex", "/x")).toMatch(/^a\.ex/);
    expect(hostOf(text, "1.3", "10.0.0.9:81", "a.ex")).toBe("d.ex: the address _default_:*, line 5");
  });

  test("the address as written counts as a name", () => {
    const text = `NameVirtualHost 127.0.0.1\n${host("127.0.0.1", "ServerName a.ex")}${host("localhost", "ServerName b.ex")}`;
    expect(hostOf(text, "1.3", "127.0.0.1:80", "localhost")).toBe(
      "b.ex: the address localhost:80 of the VirtualHost, line 5",
    );
  });
});

describe("names", () => {
  const three = (dialect: Dialect): string =>
    `${dialect === "1.3" ? "NameVirtualHost *" : "Listen 80"}\n` +
    host("*", "ServerName w.ex", "ServerAlias *.deep.ex q?.ex") +
    host("*", "ServerName late.deep.ex") +
    host("*", "ServerAlias other.ex", "ServerPath /p");

  test.each(["1.3", "2.4"] as const)(
    "the first host that matches in any way wins, so an early wildcard beats a later name (%s)",
    (dialect) => {
      expect(hostOf(three(dialect), dialect, "10.0.0.1:80", "late.deep.ex")).toMatch(
        /^w\.ex: ServerAlias \*\.deep\.ex/,
      );
      expect(hostOf(three(dialect), dialect, "10.0.0.1:80", "a.b.deep.ex")).toMatch(/^w\.ex: ServerAlias \*\.deep\.ex/);
      expect(hostOf(three(dialect), dialect, "10.0.0.1:80", "qx.ex")).toMatch(/^w\.ex: ServerAlias q\?\.ex/);
      expect(hostOf(three(dialect), dialect, "10.0.0.1:80", "deep.ex")).toMatch(/^w\.ex: the first/);
      expect(hostOf(three(dialect), dialect, "10.0.0.1:80", "OTHER.EX")).toMatch(/ServerAlias other\.ex/);
    },
  );

  test("without a Host the ServerPath decides, at a slash or the end", () => {
    expect(hostOf(three("2.4"), "2.4", "10.0.0.1:80", null, "/p/x")).toMatch(/ServerPath \/p/);
    expect(hostOf(three("2.4"), "2.4", "10.0.0.1:80", null, "/pp")).toMatch(/^w\.ex: the first/);
  });

  test("a host without a name on * has the main server's", () => {
    const text = `Listen 80\nServerName main.ex\n${host("*", "ServerName a.ex")}${host("*")}`;
    expect(hostOf(text, "2.4", "10.0.0.1:80", "main.ex")).toMatch(/^main\.ex: ServerName main\.ex, line 6/);
  });

  test("2.4 looks at addresses as names only when no name of any host fits", () => {
    const text = `Listen 80\n${host("127.0.0.1", "ServerName a.ex")}${host("127.0.0.1", "ServerName 127.0.0.1")}`;
    expect(hostOf(text, "2.4", "127.0.0.1:80", "127.0.0.1")).toMatch(/ServerName 127\.0\.0\.1, line 6/);
  });

  test("a thousand wildcards and a hostile name take no time", () => {
    const hosts = Array.from({ length: 1000 }, (_, index) =>
      host("*", `ServerName h${index}.ex`, `ServerAlias *.h${index}.ex *x*y*${index}`),
    );
    const { table } = compileText(`Listen 80\n${hosts.join("")}`, "2.4");
    const { route } = createRouter(table);
    const start = performance.now();
    route({ localAddress: "10.0.0.1", localPort: 80, host: "a.".repeat(4000), target: "/", method: "GET" });
    route({ localAddress: "10.0.0.1", localPort: 80, host: "xy".repeat(2000), target: "/", method: "GET" });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("2.4 ports", () => {
  // As httpd 2.4.71 answered.
  const text =
    `Listen 80\n` +
    host("*:*", "ServerName any.ex") +
    host("*:80", "ServerName port.ex") +
    host("127.0.0.5", "ServerName five.ex") +
    host("127.0.0.5:81", "ServerName fiveport.ex");
  test.each([
    ["127.0.0.1:80", "any.ex", "port.ex"],
    ["127.0.0.1:82", "port.ex", "any.ex"],
    ["127.0.0.5:81", "five.ex", "fiveport.ex"],
    ["127.0.0.5:80", "port.ex", "five.ex"],
  ])("%s with Host %s reaches %s: the very port goes before any port", (to, name, expected) => {
    expect(hostOf(text, "2.4", to, name).split(":")[0]).toBe(expected);
  });

  test("IPv6 addresses are one in all spellings", () => {
    const six = `Listen 80\n${host("[2001:db8:0:0::1]:80", "ServerName six.ex")}`;
    expect(hostOf(six, "2.4", "2001:db8::1:80", "x")).toMatch(/^six\.ex/);
  });
});
