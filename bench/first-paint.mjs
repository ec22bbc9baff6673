import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const BROWSER = process.env['AGENTOPS_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** What the page says of its own paint; 0 where it has not painted. */
const PAINT = `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`;

/**
 * Seconds from opening a file to its first content on the screen, several times; null without a browser.
 * @param {string} file
 * @param {number} times
 */
export async function firstPaints(file, times) {
  if (!existsSync(BROWSER)) return null;
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  try {
    const paints = [];
    for (let time = 0; time < times; time++) {
      const page = await browser.newPage();
      await page.goto(`file://${file}#view=trials`, { waitUntil: 'commit' });
      await page.waitForSelector('tr[data-index="0"]');
      await page.waitForFunction(`(${PAINT}) > 0`);
      paints.push(Number(await page.evaluate(PAINT)) / 1000);
      await page.close();
    }
    return paints;
  } finally {
    await browser.close();
  }
}
