import type { Dialect } from "../../grammar/dialect.ts";
import type { ActiveNode, ActiveSection } from "../../src/config/active-config.ts";
import { refusal, refusalByAll } from "../../src/config/refusal.ts";
import { read } from "./reading.ts";

/** What is said of the last line of a text, which may close sections. */
function lastOf(section: ActiveSection): ActiveNode {
  const last = section.children.at(-1);
  if (last === undefined) return section;
  return last.kind === "section" ? lastOf(last) : last;
}

const said = (text: string, dialect: Dialect) => {
  const node = lastOf(read(text, dialect).server);
  return { own: refusal(node)?.message ?? null, all: refusalByAll(node)?.message ?? null };
};

describe("a line in a file that mixes what several httpds know", () => {
  test.each<[Dialect, string]>([
    ["1.3", "Timeout"],
    ["1.3", "Listen abc"],
    ["2.4", "Listen abc"],
    ["1.3", "<Directory /x>\nDocumentRoot /y\n</Directory>"],
    ["1.3", "<VirtualHost *>\nMulticastStats\n</VirtualHost>"],
    ["1.3", "BackhandWorkers 2 4"],
    ["2.4", "KeepAlive"],
    ["1.3", "Require"],
    ["2.4", "<Location /x>\nListen 80\n</Location>"],
  ])("read as %s, %j is refused by every httpd", (dialect, text) => {
    const { own, all } = said(text, dialect);
    expect(own).not.toBeNull();
    expect(all).toBe(own);
  });

  test.each<[Dialect, string]>([
    ["1.3", "ProxyPass /ws ws://10.0.0.1:80/ upgrade=websocket"],
    ["1.3", "ProxyPass / http://10.0.0.1/ retry=0 timeout=5"],
    ["1.3", "<Location /x>\nProxyPass http://10.0.0.1/\n</Location>"],
    ["2.4", "Options Indexes +FollowSymLinks"],
    ["2.4", "FancyIndexing on"],
  ])("read as %s, %j is refused there and taken elsewhere", (dialect, text) => {
    const { own, all } = said(text, dialect);
    expect(own).not.toBeNull();
    expect(all).toBeNull();
  });

  test("a name that only another httpd has is judged by that one", () => {
    expect(said("MergeSlashes", "1.3")).toEqual({ own: null, all: "MergeSlashes must be On or Off" });
    expect(said("MergeSlashes off", "1.3")).toEqual({ own: null, all: null });
  });

  test("of a name that no httpd has nothing is said", () => {
    expect(said("Nope", "2.4")).toEqual({ own: null, all: null });
  });
});
