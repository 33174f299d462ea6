import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StatusMember, StatusReport } from "../../src/server/status-report.ts";
import { sendStatus } from "../../src/server/status-page.ts";
import { onStop, startBackend, stopAll } from "../proxy/support.ts";
import { ask, clusterLines, startTestServer } from "../server/support.ts";
import { browserMissing, openPage, startBrowser } from "../support/browser.ts";
import type { Browser } from "../support/browser.ts";
import { describeIf } from "../support/shared.ts";

/** Where to leave pictures for people; they are made in any case. */
const pictures = process.env["BACKHAND_SCREENSHOTS"] ?? mkdtempSync(join(tmpdir(), "status-page-"));

describeIf(browserMissing === null, browserMissing ?? "")("the status page in a browser", () => {
  let browser: Browser | null = null;

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    browser = await startBrowser();
  }, 30_000);
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(stopAll);

  async function opened() {
    if (browser === null) throw new Error("No browser runs");
    const { page, notes } = await openPage(browser);
    onStop(() => page.close());
    return { page, notes };
  }

  test("shows every statistic, asks nobody else, and finds servers that come by itself", async () => {
    const { server, port, announce } = await startTestServer(
      `${clusterLines}<Location /app>\nBackhand removeSelf\nBackhand byRandom\n</Location>\n<Location /status>\nSetHandler backhand-handler\n</Location>\n`,
    );
    const bad = await startBackend("bad", (_request, response) => {
      response.writeHead(503).end();
    });
    announce(await startBackend("web1"), { ready: 7, busy: 3, backhanded: 41, meanTimeMs: 12.4 });
    announce(bad);
    announce(await startBackend("leaving"), { state: "drain" });
    for (let turn = 0; turn < 60; turn += 1) await ask(port, "/app/");
    const { page, notes } = await opened();
    const address = `http://127.0.0.1:${port}/status`;
    await page.setViewportSize({ width: 1400, height: 500 });
    await page.goto(address);
    const titles = await page.locator("th").allTextContents();
    const cells = await page.locator("tr", { hasText: "web1" }).locator("td").allTextContents();
    const shown = Object.fromEntries(titles.map((title, index) => [title, cells[index]]));
    const [, web1] = server.status().members;
    expect(shown).toMatchObject({
      server: "web1",
      contact: `127.0.0.1:${web1?.port ?? 0}`,
      state: "up",
      ready: "7",
      busy: "3",
      load: "0.10",
      "CPU idle": "90 %",
      CPUs: "1",
      arriba: "100",
      memory: "954 MiB",
      backhanded: "41",
      "mean time": "12 ms",
      "in flight": "0",
      requests: String(web1?.requests ?? ""),
      errors: "0",
    });
    for (const title of ["age", "available", "latency", "check", "arrivals per period", "variance"]) {
      expect(shown[title]).toMatch(/\S/);
    }
    const text = await page.locator("body").innerText();
    expect(text).toMatch(/bad is ejected: 5 requests in a row failed, the last one: it answered 503 \(\d+ s left\)/);
    expect(text).toMatch(/Announcements refused: source 0, signature 0, stale 0, replay 0, contact 0/);
    expect(text).toContain("Herding: ");
    await page.screenshot({ path: join(pictures, "light.png") });
    const table = "document.querySelector('div')";
    expect(await page.evaluate(`${table}.scrollWidth <= ${table}.clientWidth`)).toBe(true);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: join(pictures, "dark.png") });
    await page.setViewportSize({ width: 380, height: 700 });
    await page.screenshot({ path: join(pictures, "narrow.png") });
    // The table is wider than a telephone; it alone is moved, and the rest stays in view.
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    await page.evaluate(`${table}.scrollLeft = 400`);
    expect((await page.getByRole("cell", { name: "web1" }).boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.screenshot({ path: join(pictures, "narrow-moved.png") });

    announce(await startBackend("newcomer"));
    await page.getByText("newcomer").waitFor({ timeout: 8000 });
    expect(new Set(notes.requests)).toEqual(new Set([address]));
    expect(notes.complaints).toEqual([]);
    for (const name of ["light", "dark", "narrow"]) expect(existsSync(join(pictures, `${name}.png`))).toBe(true);
  });

  test("names and reasons that look like a page of their own are only text", async () => {
    const nasty = `"><script>alert(1)</script><img src=//evil.example/x onerror=alert(2)><style>*{display:none}</style>&lt;`;
    const member = {
      id: nasty,
      address: nasty,
      port: 80,
      state: "ejected",
      ageMs: 1,
      check: { problem: nasty, ageMs: 1, latency: 1 },
      ejection: { reason: nasty, leftMs: 1000, times: 2 },
      ...Object.fromEntries(
        "ready busy load cpu ncpu arriba tmem amem numbacked tatime inflight requests errors latency arrivals arrivalsVariance"
          .split(" ")
          .map((name) => [name, 1]),
      ),
    } as unknown as StatusMember;
    const report: StatusReport = {
      version: 1,
      self: { id: nasty, address: nasty },
      now: 0,
      members: [member],
      refused: { [nasty]: 1 },
      herding: null,
      places: null,
    };
    const server = createServer((request, response) => void sendStatus(request, response, report, "/status"));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onStop(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });
    const { page, notes } = await opened();
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/status`;
    await page.goto(address);
    expect(await page.locator("td").first().textContent()).toBe(nasty);
    expect(await page.locator("script, img").count()).toBe(0);
    expect(await page.locator("style").count()).toBe(1);
    expect(await page.locator("h1").textContent()).toBe(`${nasty} (${nasty})`);
    // Even what slipped through would not run.
    const ran = await page.evaluate(`{
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      "ran" in window;
    }`);
    expect(ran).toBe(false);
    expect(notes.complaints).toHaveLength(1);
    expect(notes.complaints[0]).toMatch(/Content Security Policy/);
    expect(new Set(notes.requests)).toEqual(new Set([address]));
  });
});
