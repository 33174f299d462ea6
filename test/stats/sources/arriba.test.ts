import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureArriba, readArriba } from "../../../src/stats/sources/arriba.ts";

let directory = "";
const file = () => join(directory, "mod_backhand-Arriba");
const measure = () => Promise.resolve(1234);
const mustNotMeasure = () => Promise.reject(new Error("measured"));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "arriba-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe("the relative speed", () => {
  test("is measured once and kept in the directory", async () => {
    expect(await readArriba(directory, measure)).toEqual({ speed: 1234, problem: null });
    expect(readFileSync(file(), "latin1")).toBe("1234\n");
    expect(readdirSync(directory)).toHaveLength(1);
    expect(await readArriba(directory, mustNotMeasure)).toEqual({ speed: 1234, problem: null });
  });

  test("is measured each time without a directory", async () => {
    expect(await readArriba(null, measure)).toEqual({ speed: 1234, problem: null });
  });

  test.each(["", "fast\n", "-5\n", "0\n", "99999999999\n", "12", "1e3\n", "1\n2\n", "\0\0\0\0", "9".repeat(100)])(
    "is measured again when the file holds %j",
    async (text) => {
      writeFileSync(file(), text);
      expect(await readArriba(directory, measure)).toEqual({ speed: 1234, problem: null });
      expect(readFileSync(file(), "latin1")).toBe("1234\n");
    },
  );

  test("does not follow a link, and does not write through it", async () => {
    const target = join(directory, "target");
    writeFileSync(target, "77\n");
    symlinkSync(target, file());
    expect((await readArriba(directory, measure)).speed).toBe(1234);
    expect(readFileSync(target, "latin1")).toBe("77\n");
  });

  test("does not wait for a pipe", async () => {
    execFileSync("mkfifo", [file()]);
    expect((await readArriba(directory, measure)).speed).toBe(1234);
  });

  test("is there even when it cannot be kept", async () => {
    const { speed, problem } = await readArriba(join(directory, "missing"), measure);
    expect(speed).toBe(1234);
    expect(problem).toContain("Cannot keep the measured speed");
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is the best of its slices, in thousands of rounds a millisecond", async () => {
    // The clock goes 10 ms forward at each look, 1 ms in the seventh slice's rounds.
    let nowMs = 0;
    let looks = 0;
    const speed = await measureArriba(() => {
      looks += 1;
      nowMs += looks > 12 && looks < 20 ? 1 : 10;
      return nowMs;
    });
    // Slices of one batch of 20,000 rounds in 10 ms give 2; the fast one does a batch a millisecond.
    expect(speed).toBe(20);
  });

  test("can really be measured", async () => {
    expect(await measureArriba()).toBeGreaterThan(1);
  });
});
