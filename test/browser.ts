import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env['AGENTOPS_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The browser of this machine, null where it has none; in CI it must have one. */
export const browserFile = findBrowser();

function findBrowser(): string | null {
  const file = PLACES.find((place) => place !== undefined && existsSync(place));
  if (file !== undefined) return file;
  if (process.env['CI']) throw new Error('Cannot test pages: no Chromium, .ci/run installs one');
  return null;
}

/** Starts the browser. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(browserFile !== null && { executablePath: browserFile }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}

/** A page with all that went wrong in it and all that it asked for. */
export interface WatchedPage {
  readonly page: Page;
  /** Messages of the console, errors that were thrown, dialogs. */
  readonly troubles: string[];
  /** Addresses that were asked for, the file itself aside. */
  readonly requests: string[];
}

/** Opens a file from disk in a page that reaches nothing else. */
export async function openFile(
  context: BrowserContext,
  file: string,
  hash = '',
): Promise<WatchedPage> {
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`file://${file}`)) requests.push(request.url());
  });
  await page.goto(`file://${file}${hash}`);
  return { page, troubles, requests };
}
