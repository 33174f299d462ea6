import { migrateText } from "./support.ts";

const file = (main: string, host: string): string => `Listen 80
ServerName main.example
DocumentRoot /srv/main
${main}
NameVirtualHost *:80
<VirtualHost *:80>
ServerName one.example
DocumentRoot /srv/one
${host}
</VirtualHost>
<VirtualHost *:80>
ServerName two.example
DocumentRoot /srv/two
</VirtualHost>
`;

/** The lines of the server block of a host that say how long something is waited for. */
function timesOf(text: string, name: string): readonly string[] {
  const block = text.split(/^ {4}server \{$/m).find((one) => one.includes(`server_name ${name};`)) ?? "";
  return block.split("\n").flatMap((line) => /^ {8}(\w*(?:timeout|keepalive)\w* .*;)$/.exec(line)?.[1] ?? []);
}

describe("timeouts and kept connections of one host, for nginx", () => {
  it.each([
    ["KeepAliveTimeout 3", "", ["keepalive_timeout 3s;"]],
    ["KeepAlive Off\nKeepAliveTimeout 3", "KeepAliveTimeout 9", ["keepalive_timeout 0;"]],
    ["MaxKeepAliveRequests 0", "MaxKeepAliveRequests 5", ["keepalive_requests 1000000;"]],
    ["KeepAlive On", "KeepAlive Off\nKeepAliveTimeout 9", ["keepalive_timeout 9s;"]],
    ["KeepAlive On", "KeepAlive Off", ["keepalive_timeout 5s;"]],
    ["KeepAlive On", "KeepAlive Off\nKeepAlive On", []],
    ["KeepAliveTimeout 4", "KeepAlive Off", []],
  ])("%j in a host below %j", (host, main, times) => {
    const { text, migration } = migrateText(file(main, host), { to: "nginx", dialect: "2.2" });
    const written = migration.lines.flatMap(({ verdict }) => (verdict.kind === "changed" ? verdict.to : []));
    expect(written).toEqual(expect.arrayContaining([...times.slice(-1)]));
    expect(timesOf(text, "one.example")).toEqual(times);
    expect(timesOf(text, "two.example")).toEqual([]);
  });

  it("are all that Timeout stands for", () => {
    const { text } = migrateText(file("Timeout 60", "Timeout 7"), { to: "nginx", dialect: "2.2" });
    expect(timesOf(text, "one.example")).toContain("proxy_read_timeout 7s;");
    expect(timesOf(text, "one.example")).toHaveLength(5);
  });
});
