import fc from "fast-check";
import { readApacheStatus } from "../../../src/stats/sources/apache-status.ts";

const modern = `localhost
ServerVersion: Apache/2.4.71 (Debian)
ServerMPM: event
Load1: 0.42
BusyWorkers: 4
GracefulWorkers: 2
IdleWorkers: 71
Processes: 3
Scoreboard: __W_K...
`;

describe("the workers in Apache's server-status?auto", () => {
  test("are those of a present Apache, without the one that answers", () => {
    expect(readApacheStatus(modern)).toEqual({ ready: 71, busy: 5 });
  });

  test.each([
    ["an older one", "BusyWorkers: 1\nIdleWorkers: 9\nScoreboard: _W\n", { ready: 9, busy: 0 }],
    ["Apache 1.3, which calls them servers", "BusyServers: 2\r\nIdleServers: 3\r\n", { ready: 3, busy: 1 }],
    ["one that counts nothing", "BusyWorkers: 0\nIdleWorkers: 0\n", { ready: 0, busy: 0 }],
  ])("are those of %s", (_name, text, expected) => {
    expect(readApacheStatus(text)).toEqual(expected);
  });

  test.each([
    ["nothing", ""],
    ["a page", "<html>BusyWorkers: 1 IdleWorkers: 1</html>"],
    ["half of it", "BusyWorkers: 1\n"],
    ["two answers", `${modern}${modern}`],
    ["negative numbers", "BusyWorkers: -1\nIdleWorkers: 3\n"],
    ["numbers too long to be any", "BusyWorkers: 1\nIdleWorkers: 99999999999\n"],
  ])("are not in %s", (_name, text) => {
    expect(readApacheStatus(text)).toBeNull();
  });

  test("never throw, whatever is answered", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const figures = readApacheStatus(`BusyWorkers: ${text}\nIdleWorkers: 1`);
        expect(figures === null || figures.busy >= 0).toBe(true);
      }),
    );
  });
});
