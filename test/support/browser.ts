import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { BrowserContext, Page } from "playwright-core";

/** Debian's chromium. */
const executablePath = "/usr/bin/chromium";

/** Why there is no browser; null: there is one. */
export const browserMissing: string | null = existsSync(executablePath) ? null : `${executablePath} is not there`;

/** A browser with a profile of its own, which asks nobody but the page's server. */
export interface Browser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export async function startBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** What a page did that it must not. */
export interface PageNotes {
  /** Violations of the policy, errors of scripts and messages. */
  readonly complaints: string[];
  /** Addresses that were asked for. */
  readonly requests: string[];
}

export async function openPage({ context }: Browser): Promise<{ readonly page: Page; readonly notes: PageNotes }> {
  const page = await context.newPage();
  const notes: PageNotes = { complaints: [], requests: [] };
  page.on("console", (message) => notes.complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => notes.complaints.push(error.message));
  page.on("dialog", (dialog) => {
    notes.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => notes.requests.push(request.url()));
  return { page, notes };
}
